//! Every program's signature has entitlements.

use crate::preflight::rule::{Asked, Found, Need, Rule, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "entitlements-present",
    codes: &["itms-90166"],
    needs: &[Need::Device, Need::Export, Need::Signature],
    sentence: "Every program's signature has entitlements.",
    source: "Apple's message ITMS-90166",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked
        .programs()
        .filter(|_| asked.is_embedded() && asked.is_signed_for_good())
    {
        let signature = asked
            .package
            .signature(bundle)
            .filter(|one| one.signer.is_some());
        if signature.is_some_and(|one| one.claims().is_none()) {
            let title = format!("the signature of `{}` has no entitlements", bundle.path);
            found.add(error("itms-90166", bundle, title));
        }
    }
}
