//! The app's `CFBundlePackageType` is `APPL`.

use crate::preflight::rule::{Asked, Found, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "package-type",
    codes: &["itms-90183"],
    sentence: "The app's `CFBundlePackageType` is `APPL`.",
    source: "Apple's message ITMS-90183",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let app = asked.package.app();
    if app.list().is_none() || asked.is_mac() {
        return;
    }
    let said = app.text("CFBundlePackageType");
    if said != Some("APPL") {
        let title = match said {
            Some(said) => format!("`CFBundlePackageType` of the app is `{said}`, not `APPL`"),
            None => "the app has no `CFBundlePackageType`".to_owned(),
        };
        found.add(about_key(
            error("itms-90183", app, title),
            app,
            "CFBundlePackageType",
        ));
    }
}
