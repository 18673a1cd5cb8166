//! On the Mac a signature claims its own application identifier, where its profile grants one.

use plist::Value;

use crate::preflight::rule::{Asked, Found, Need, Rule, about_entitlement, error, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "mac-claims",
    codes: &["itms-90286", "itms-90886"],
    needs: &[Need::Mac, Need::Export, Need::Signature],
    sentence: "On the Mac a signature claims its own application identifier, where its profile grants one.",
    source: "Apple's messages ITMS-90286 and ITMS-90886",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "com.apple.application-identifier";
    for bundle in asked
        .programs()
        .filter(|_| asked.is_mac() && asked.is_signed_for_good())
    {
        let claims = asked.package.signature(bundle).and_then(|one| one.claims());
        let grants = bundle
            .readable_profile()
            .is_some_and(|profile| profile.entitlements.contains_key(KEY));
        if grants && claims.is_some_and(|claims| !claims.contains_key(KEY)) {
            let title = format!("the signature of `{}` has no `{KEY}`", bundle.name());
            let finding = warning("itms-90886", bundle, title);
            found.add(about_entitlement(finding, bundle, KEY));
        }
        let own = claims
            .and_then(|claims| claims.get(KEY))
            .and_then(Value::as_string);
        let (Some(own), Some(identifier)) = (own, bundle.identifier()) else {
            continue;
        };
        if own
            .split_once('.')
            .is_none_or(|(_, rest)| rest != identifier)
        {
            let title = format!(
                "`{}` is signed as `{own}`, and its identifier is `{identifier}`",
                bundle.name()
            );
            let finding = error("itms-90286", bundle, title).variable("value", own);
            found.add(about_entitlement(finding, bundle, KEY));
        }
    }
}
