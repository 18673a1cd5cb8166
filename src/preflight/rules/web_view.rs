//! No code refers to `UIWebView`.

use crate::preflight::rule::{Asked, Found, Rule, about_code, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "web-view",
    codes: &["itms-90809"],
    sentence: "No code refers to `UIWebView`.",
    source: "Apple's message ITMS-90809",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for binary in asked.binaries().filter(|_| asked.is_embedded()) {
        if let (true, Some(owner)) = (
            binary.imports("_OBJC_CLASS_$_UIWebView"),
            asked.package.owner(&binary.path),
        ) {
            let title = format!("`{}` refers to `UIWebView`", binary.path);
            found.add(about_code(
                error("itms-90809", owner, title).variable("file", &binary.path),
                owner,
            ));
        }
    }
}
