//! No signature of an iOS app claims what only Macs know.

use crate::preflight::rule::{Asked, Found, Need, Rule, about_entitlement, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "platform-entitlements",
    codes: &["itms-90045"],
    needs: &[Need::Device, Need::Export, Need::Signature],
    sentence: "No signature of an iOS app claims what only Macs know.",
    source: "Apple's message ITMS-90045",
    check,
};

/// What the keys begin with after `com.apple.security.`.
const OF_MACS: &[&str] = &[
    "app-sandbox",
    "assets.",
    "automation.",
    "cs.",
    "device.",
    "files.",
    "inherit",
    "network.",
    "personal-information.",
    "print",
    "scripting-targets",
    "temporary-exception.",
];

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked
        .programs()
        .filter(|_| asked.is_embedded() && asked.is_signed_for_good())
    {
        let claims = asked.package.signature(bundle).and_then(|one| one.claims());
        let key = claims
            .into_iter()
            .flatten()
            .map(|(key, _)| key)
            .find(|key| {
                let rest = key.strip_prefix("com.apple.security.");
                rest.is_some_and(|rest| OF_MACS.iter().any(|one| rest.starts_with(one)))
            });
        if let Some(key) = key {
            let title = format!("`{}` claims `{key}`, which is for Macs", bundle.name());
            found.add(about_entitlement(
                warning("itms-90045", bundle, title),
                bundle,
                key,
            ));
        }
    }
}
