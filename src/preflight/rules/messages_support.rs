//! An `.ipa` of stickers, whose app is Apple's stub, has the stub beside the app.

use plist::Value;

use crate::bundle::{BundleKind, Form};
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "messages-support",
    codes: &["itms-90633"],
    needs: &[Need::Ipa],
    sentence: "An `.ipa` of stickers, whose app is Apple's stub, has `MessagesApplicationSupport`.",
    source: "Apple's message ITMS-90633",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "LSApplicationLaunchProhibited";
    let app = asked.package.app();
    let is_stub = asked.package.form == Form::Ipa && app.says(KEY) && asked.is_build();
    if !is_stub || app.says("ITSWatchOnlyContainer") {
        return;
    }
    let is_for_messages = asked.of_kind(BundleKind::Extension).any(|bundle| {
        let point = bundle.get("NSExtension").and_then(Value::as_dictionary);
        let point = point.and_then(|list| list.get("NSExtensionPointIdentifier")?.as_string());
        point == Some("com.apple.message-payload-provider")
    });
    let mut support = asked.package.below("MessagesApplicationSupport/");
    if is_for_messages && support.next().is_none() {
        let title = "the app starts by Apple's stub, and `MessagesApplicationSupport` is missing";
        let finding = warning("itms-90633", app, title.to_owned());
        found.add(about_key(finding, app, KEY));
    }
}
