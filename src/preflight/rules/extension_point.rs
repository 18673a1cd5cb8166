//! An extension says what it extends.

use plist::Value;

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "extension-point",
    codes: &["itms-90348"],
    sentence: "An extension says what it extends.",
    source: "Apple's message ITMS-90348",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked
        .of_kind(BundleKind::Extension)
        .filter(|_| asked.is_embedded())
    {
        let Some(own) = bundle.get("NSExtension").and_then(Value::as_dictionary) else {
            continue;
        };
        if !own.contains_key("NSExtensionPointIdentifier") {
            let title = format!("`{}` does not say what it extends", bundle.name());
            found.add(about_key(
                error("itms-90348", bundle, title),
                bundle,
                "NSExtensionPointIdentifier",
            ));
        }
    }
}
