//! The fonts that the app names are not in the forms of web pages.

use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "fonts",
    codes: &["itms-90853"],
    needs: &[Need::Device],
    sentence: "The fonts that the app names are not in the forms of web pages.",
    source: "Apple's message ITMS-90853",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "UIAppFonts";
    for bundle in asked.programs().filter(|_| asked.is_embedded()) {
        let font = bundle.texts(KEY).into_iter().find(|name| {
            let ending = name
                .rsplit_once('.')
                .map(|(_, ending)| ending.to_ascii_lowercase());
            matches!(ending.as_deref(), Some("woff" | "woff2" | "eot"))
        });
        if let Some(font) = font {
            let title = format!("`{KEY}` names `{font}`, which is a font for web pages");
            let finding = warning("itms-90853", bundle, title).variable("file", font);
            found.add(about_key(finding, bundle, KEY));
        }
    }
}
