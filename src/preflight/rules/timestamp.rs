//! No signature of an iOS app was countersigned by a time authority.

use crate::preflight::rule::{Asked, Found, Need, Rule, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "timestamp",
    codes: &["itms-90135"],
    needs: &[Need::Device, Need::Export, Need::Signature],
    sentence: "No signature of an iOS app was countersigned by a time authority.",
    source: "Apple's message ITMS-90135; seen where apps were signed by other tools than Xcode",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked
        .programs()
        .filter(|_| asked.is_embedded() && asked.is_signed_for_good())
    {
        let signer = asked
            .package
            .signature(bundle)
            .and_then(|one| one.signer.as_ref());
        if signer.is_some_and(|signer| signer.is_timestamped) {
            let title = format!("the signature of `{}` has a timestamp", bundle.path);
            found.add(warning("itms-90135", bundle, title));
        }
    }
}
