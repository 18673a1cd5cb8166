//! On the Mac every bundle with code has an identifier of letters, digits, dots and hyphens.

use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "mac-identifiers",
    codes: &["itms-90276", "itms-90277"],
    needs: &[Need::Mac],
    sentence: "On the Mac every bundle with code has an identifier of letters, digits, dots and hyphens.",
    source: "Apple's messages ITMS-90276 and ITMS-90277",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let bundles = asked
        .package
        .bundles
        .iter()
        .filter(|one| one.executable.is_some());
    for bundle in bundles.filter(|_| asked.is_mac()) {
        let value = bundle.identifier().unwrap_or_default();
        let is_fit = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '-');
        let (code, title) = if value.is_empty() {
            (
                "itms-90276",
                format!("`{}` has no bundle identifier", bundle.path),
            )
        } else if !value.chars().all(is_fit) {
            (
                "itms-90277",
                format!("`{value}`, the identifier of `{}`, is none", bundle.path),
            )
        } else {
            continue;
        };
        found.add(about_code(error(code, bundle, title), bundle));
    }
}
