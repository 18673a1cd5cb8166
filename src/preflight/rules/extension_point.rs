//! An extension says what it extends, and that is a point of Apple's.

use plist::Value;

use crate::bundle::BundleKind;
use crate::preflight::lists::Lists;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, error, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "extension-point",
    codes: &["itms-90348", "itms-90349"],
    needs: &[Need::Device],
    sentence: "An extension says what it extends, and that is a point of Apple's.",
    source: "Apple's messages ITMS-90348 and ITMS-90349",
    check,
};

const KEY: &str = "NSExtensionPointIdentifier";

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked
        .of_kind(BundleKind::Extension)
        .filter(|_| asked.is_embedded())
    {
        let Some(own) = bundle.get("NSExtension").and_then(Value::as_dictionary) else {
            continue;
        };
        let point = own.get(KEY).and_then(Value::as_string);
        let finding = match point.map(|point| point.strip_prefix("com.apple.")) {
            None if own.contains_key(KEY) => continue,
            None => {
                let title = format!("`{}` does not say what it extends", bundle.name());
                error("itms-90348", bundle, title)
            }
            Some(Some(name)) if Lists::get().extension_points.iter().any(|one| one == name) => {
                continue;
            }
            Some(_) => {
                let point = point.unwrap_or_default();
                let title = format!("`{}` extends `{point}`, which is not known", bundle.name());
                warning("itms-90349", bundle, title).variable("value", point)
            }
        };
        found.add(about_key(finding, bundle, KEY));
    }
}
