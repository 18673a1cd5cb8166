//! An app with an App Clip names it in its entitlements.

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_entitlement, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "clip-named",
    codes: &["itms-90876"],
    needs: &[Need::Export, Need::Signature],
    sentence: "An app with an App Clip names it in its entitlements.",
    source: "Apple's message ITMS-90876",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "com.apple.developer.associated-appclip-app-identifiers";
    let app = asked.package.app();
    let claims = asked.package.signature(app).and_then(|one| one.claims());
    let has_clip = asked.of_kind(BundleKind::Clip).next().is_some();
    if has_clip
        && asked.is_signed_for_good()
        && claims.is_some_and(|claims| !claims.contains_key(KEY))
    {
        let title = "the app holds an App Clip and does not name it in its entitlements".to_owned();
        found.add(about_entitlement(
            warning("itms-90876", app, title),
            app,
            KEY,
        ));
    }
}
