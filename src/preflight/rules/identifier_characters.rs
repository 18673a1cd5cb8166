//! A bundle identifier has letters, digits, dots and hyphens only.

use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "identifier-characters",
    codes: &["itms-90049"],
    needs: &[Need::Device],
    sentence: "A bundle identifier has letters, digits, dots and hyphens only.",
    source: "Apple's message ITMS-90049",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked.with_code().filter(|_| asked.is_embedded()) {
        let Some(value) = bundle.identifier() else {
            continue;
        };
        let is_fit = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '-');
        if !value.chars().all(is_fit) {
            let title = format!(
                "the identifier `{value}` of `{}` has a character that is not allowed",
                bundle.name()
            );
            let finding = error("itms-90049", bundle, title).variable("value", value);
            let finding = about_key(finding, bundle, "CFBundleIdentifier");
            found.add(about_code(finding, bundle));
        }
    }
}
