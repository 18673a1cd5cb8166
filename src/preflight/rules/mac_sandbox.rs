//! On the Mac every program runs in the sandbox.

use plist::Value;

use crate::preflight::rule::{Asked, Found, Rule, about_entitlement, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "mac-sandbox",
    codes: &["itms-90296"],
    sentence: "On the Mac every program runs in the sandbox.",
    source: "Apple's message ITMS-90296",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "com.apple.security.app-sandbox";
    for bundle in asked
        .programs()
        .filter(|_| asked.is_mac() && asked.is_signed_for_good())
    {
        let signature = asked
            .package
            .signature(bundle)
            .filter(|one| one.signer.is_some());
        let Some(signature) = signature else { continue };
        let claims = signature.claims();
        if claims
            .and_then(|claims| claims.get(KEY))
            .and_then(Value::as_boolean)
            != Some(true)
        {
            let title = format!("`{}` does not run in the sandbox", bundle.path);
            found.add(about_entitlement(
                error("itms-90296", bundle, title),
                bundle,
                KEY,
            ));
        }
    }
}
