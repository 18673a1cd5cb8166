//! No framework claims entitlements.

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_code, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "entitled-framework",
    codes: &["itms-90046"],
    needs: &[Need::Device, Need::Signature],
    sentence: "No framework claims entitlements.",
    source: "Apple's message ITMS-90046",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked
        .of_kind(BundleKind::Framework)
        .filter(|_| asked.is_embedded())
    {
        let claims = asked.package.signature(bundle).and_then(|one| one.claims());
        if claims.is_some_and(|claims| !claims.is_empty()) {
            let title = format!("the framework `{}` claims entitlements", bundle.name());
            let finding = warning("itms-90046", bundle, title).also_known_as("ITMS-91166");
            found.add(about_code(finding, bundle));
        }
    }
}
