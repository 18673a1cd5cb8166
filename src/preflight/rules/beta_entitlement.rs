//! A signature claims `beta-reports-active` where its profile grants it.

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_entitlement, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "beta-entitlement",
    codes: &["itms-90191"],
    needs: &[Need::Device, Need::Export, Need::Signature, Need::Profile],
    sentence: "A signature claims `beta-reports-active` where its profile grants it: TestFlight asks for it.",
    source: "Apple's message ITMS-90191",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "beta-reports-active";
    for bundle in asked
        .of_kind(BundleKind::App)
        .filter(|_| asked.is_embedded() && asked.is_signed_for_good())
    {
        let claims = asked.package.signature(bundle).and_then(|one| one.claims());
        let profile = bundle.readable_profile();
        let is_granted = profile.is_some_and(|one| one.entitlements.contains_key(KEY));
        if is_granted && claims.is_some_and(|claims| !claims.contains_key(KEY)) {
            let title =
                format!("the signature lacks `{KEY}`, without which there is no TestFlight");
            found.add(about_entitlement(
                warning("itms-90191", bundle, title),
                bundle,
                KEY,
            ));
        }
    }
}
