//! An app built with the iOS 13 SDK or later claims no `NDEF` for its NFC sessions.

use plist::Value;

use crate::bundle::Version;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_entitlement, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "nfc",
    codes: &["itms-90778"],
    needs: &[Need::Device, Need::Export, Need::Signature],
    sentence: "An app built with the iOS 13 SDK or later claims no `NDEF` for its NFC sessions.",
    source: "Apple's message ITMS-90778",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "com.apple.developer.nfc.readersession.formats";
    for bundle in asked
        .programs()
        .filter(|_| asked.is_embedded() && asked.is_signed_for_good())
    {
        let claims = asked.package.signature(bundle).and_then(|one| one.claims());
        let formats = claims.and_then(|claims| claims.get(KEY)?.as_array());
        let mut formats = formats.into_iter().flatten().filter_map(Value::as_string);
        let is_new = bundle
            .minimum_os()
            .is_some_and(|low| low >= Version(13, 0, 0));
        if is_new && formats.any(|format| format == "NDEF") {
            let title = format!(
                "`{}` claims `NDEF`, which is no longer allowed",
                bundle.name()
            );
            found.add(about_entitlement(
                error("itms-90778", bundle, title),
                bundle,
                KEY,
            ));
        }
    }
}
