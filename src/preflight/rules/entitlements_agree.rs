//! A signature's entitlements in XML and in DER say the same.

use crate::preflight::rule::{Asked, Found, Need, Rule, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "entitlements-agree",
    codes: &["entitlements-disagree"],
    needs: &[Need::Export, Need::Signature],
    sentence: "A signature's entitlements in XML and in DER say the same.",
    source: "The system reads the DER ones since iOS 15; Apple's TN3125",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked.programs().filter(|_| asked.is_signed_for_good()) {
        let signature = asked.package.signature(bundle);
        let Some(signature) = signature else { continue };
        if let (Some(xml), Some(der)) = (&signature.entitlements, &signature.der_entitlements)
            && xml != der
        {
            let title = format!(
                "`{}` claims other entitlements in DER than in XML",
                bundle.path
            );
            found.add(warning("entitlements-disagree", bundle, title));
        }
    }
}
