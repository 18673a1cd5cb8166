//! On the Mac every bundle with code has an identifier.

use crate::preflight::rule::{Asked, Found, Rule, about_code, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "mac-identifiers",
    codes: &["itms-90276"],
    sentence: "On the Mac every bundle with code has an identifier.",
    source: "Apple's message ITMS-90276",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let bundles = asked
        .package
        .bundles
        .iter()
        .filter(|one| one.executable.is_some());
    for bundle in bundles.filter(|_| asked.is_mac()) {
        if bundle.identifier().unwrap_or_default().is_empty() {
            let title = format!("`{}` has no bundle identifier", bundle.path);
            found.add(about_code(error("itms-90276", bundle, title), bundle));
        }
    }
}
