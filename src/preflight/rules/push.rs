//! An app that registers for push, or whose profile grants it, claims `aps-environment`.

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_entitlement, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "push",
    codes: &["itms-90078"],
    needs: &[Need::Export, Need::Signature],
    sentence: "An app that registers for push, or whose profile grants it, claims `aps-environment`.",
    source: "Apple's message ITMS-90078; that the profile grants it and nobody claims it is a rule of ours",
    check,
};

/// What code has that gets a device's token: the call, and the delegate's method that hears of it.
pub const SELECTORS: &[&str] = &[
    "registerForRemoteNotifications",
    "application:didRegisterForRemoteNotificationsWithDeviceToken:",
    "didRegisterForRemoteNotificationsWithDeviceToken:",
];

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked
        .of_kind(BundleKind::App)
        .filter(|_| asked.is_signed_for_good())
    {
        let signature = asked
            .package
            .signature(bundle)
            .filter(|one| one.signer.is_some());
        let Some(claims) = signature.and_then(|one| one.claims()) else {
            continue;
        };
        let keys = ["aps-environment", "com.apple.developer.aps-environment"];
        if keys.iter().any(|key| claims.contains_key(key)) {
            continue;
        }
        let profile = bundle.readable_profile();
        let grants =
            profile.is_some_and(|one| keys.iter().any(|key| one.entitlements.contains_key(key)));
        let registers = asked
            .package
            .code(bundle)
            .is_some_and(|code| SELECTORS.iter().any(|one| code.names_selector(one)));
        let title = match (grants, registers) {
            (true, _) => {
                "the profile grants push, and the signature does not claim it: people would get none"
            }
            (false, true) => {
                "the app registers for push, and its signature does not claim `aps-environment`"
            }
            (false, false) => continue,
        };
        found.add(about_entitlement(
            warning("itms-90078", bundle, title.to_owned()),
            bundle,
            keys[0],
        ));
    }
}
