//! The Info.plist of a watch app or an extension has no key that is for iPhone apps only.

use plist::Value;

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "foreign-keys",
    codes: &["itms-90363"],
    needs: &[Need::Device],
    sentence: "The Info.plist of a watch app or an extension has no key that is for iPhone apps only.",
    source: "Apple's message ITMS-90363",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked.programs().filter(|_| asked.is_embedded()) {
        let key = match bundle.kind {
            BundleKind::WatchApp => ["LSRequiresIPhoneOS", "UILaunchStoryboardName"]
                .into_iter()
                .find(|key| bundle.get(key).is_some()),
            BundleKind::Extension => {
                let own = bundle.get("NSExtension").and_then(Value::as_dictionary);
                let key = "NSExtensionPointName";
                own.is_some_and(|own| own.contains_key(key)).then_some(key)
            }
            BundleKind::App
            | BundleKind::Clip
            | BundleKind::Helper
            | BundleKind::Framework
            | BundleKind::Resources
            | BundleKind::PlugIn => None,
        };
        if let Some(key) = key {
            let title = format!("`{key}` is no key for `{}`", bundle.name());
            found.add(about_key(error("itms-90363", bundle, title), bundle, key));
        }
    }
}
