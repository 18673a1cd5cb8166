//! `UIDeviceFamily` holds families of the platform; that of a watch app is 4 alone.

use plist::Value;

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "device-family",
    codes: &["itms-90100", "watch-device-family"],
    needs: &[Need::Device],
    sentence: "`UIDeviceFamily` holds families of the platform; that of a watch app is 4 alone.",
    source: "Apple's message ITMS-90100, and Apple's message on the `UIDeviceFamily` of watch apps, which has no number",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "UIDeviceFamily";
    for bundle in asked.programs().filter(|_| asked.is_embedded()) {
        let values = bundle.get(KEY).and_then(Value::as_array);
        let numbers = values.into_iter().flatten().map(number);
        let (code, known): (_, &[u64]) = match bundle.kind {
            BundleKind::App => ("itms-90100", &[1, 2, 3, 6, 7]),
            BundleKind::WatchApp => ("watch-device-family", &[4]),
            BundleKind::Extension
            | BundleKind::Clip
            | BundleKind::Helper
            | BundleKind::Framework
            | BundleKind::Resources
            | BundleKind::PlugIn => continue,
        };
        let wrong = numbers.flatten().find(|number| !known.contains(number));
        if let Some(value) = wrong {
            let title = format!("`{KEY}` of `{}` holds {value}", bundle.name());
            let finding = error(code, bundle, title).variable("value", value.to_string());
            found.add(about_key(finding, bundle, KEY));
        }
    }
}

fn number(value: &Value) -> Option<u64> {
    let text = value.as_string().and_then(|text| text.parse().ok());
    value.as_unsigned_integer().or(text)
}
