//! A resource bundle without code names no executable.

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unexpected-executable",
    codes: &["itms-90535"],
    needs: &[Need::Device],
    sentence: "A resource bundle without code names no executable.",
    source: "Apple's message ITMS-90535",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "CFBundleExecutable";
    for bundle in asked
        .of_kind(BundleKind::Resources)
        .filter(|_| asked.is_embedded())
    {
        let name = bundle.text(KEY).filter(|name| !name.is_empty());
        if name.is_some_and(|name| !asked.package.has(&format!("{}/{name}", bundle.path))) {
            let title = format!(
                "`{}` names an executable that it does not have",
                bundle.path
            );
            found.add(about_key(error("itms-90535", bundle, title), bundle, KEY));
        }
    }
}
