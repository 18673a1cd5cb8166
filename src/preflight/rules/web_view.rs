//! No code refers to `UIWebView`.

use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, error, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "web-view",
    codes: &["itms-90809"],
    needs: &[Need::Device, Need::Code],
    sentence: "No code refers to `UIWebView`, or names it.",
    source: "Apple's message ITMS-90809",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for binary in asked.binaries().filter(|_| asked.is_embedded()) {
        let Some(owner) = asked.package.owner(&binary.path) else {
            continue;
        };
        let finding = if binary.imports("_OBJC_CLASS_$_UIWebView") {
            let title = format!("`{}` refers to `UIWebView`", binary.path);
            error("itms-90809", owner, title)
        } else if binary.holds_text("UIWebView") {
            let title = format!("`{}` holds the name `UIWebView`", binary.path);
            warning("itms-90809", owner, title)
        } else {
            continue;
        };
        found.add(about_code(finding.variable("file", &binary.path), owner));
    }
}
