//! A build for TestFlight claims `beta-reports-active`.

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Rule, about_entitlement, warning};
use crate::profiles::Kind;

/// The rule.
pub const RULE: Rule = Rule {
    name: "beta-entitlement",
    codes: &["itms-90191"],
    sentence: "A build for TestFlight claims `beta-reports-active`.",
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
        let is_for_store = bundle
            .readable_profile()
            .is_some_and(|one| one.kind == Kind::AppStore);
        if is_for_store && claims.is_some_and(|claims| !claims.contains_key(KEY)) {
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
