//! An extension's identifier is its app's, a dot and one more word.

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "extension-identifier",
    codes: &["itms-90347"],
    needs: &[Need::Device],
    sentence: "An extension's identifier is its app's, a dot and one more word.",
    source: "Apple's message ITMS-90347",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    if !asked.is_embedded() {
        return;
    }
    for bundle in asked.of_kind(BundleKind::Extension) {
        let host = asked.host(bundle).and_then(|host| host.identifier());
        let (Some(own), Some(host)) = (bundle.identifier(), host) else {
            continue;
        };
        let rest = own
            .strip_prefix(host)
            .and_then(|rest| rest.strip_prefix('.'));
        if rest.is_none_or(|rest| rest.is_empty() || rest.contains('.')) {
            let title = format!("the extension's identifier `{own}` is not `{host}.` and one word");
            let finding = error("itms-90347", bundle, title).variable("value", own);
            found.add(about_key(finding, bundle, "CFBundleIdentifier"));
        }
    }
}
