//! Values of an Info.plist are of the kind that their keys ask for.

use plist::Value;

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "value-types",
    codes: &["itms-90039", "itms-90361"],
    sentence: "Values of an Info.plist are of the kind that their keys ask for.",
    source: "Apple's messages ITMS-90039 and ITMS-90361",
    check,
};

const TEXT: &[&str] = &[
    "CFBundleIdentifier",
    "CFBundleName",
    "CFBundleShortVersionString",
    "CFBundleVersion",
    "CFBundleExecutable",
    "MinimumOSVersion",
    "LSMinimumSystemVersion",
];
const ARRAY: &[&str] = &[
    "BGTaskSchedulerPermittedIdentifiers",
    "CFBundleDocumentTypes",
    "CFBundleURLTypes",
    "UIAppFonts",
    "UIBackgroundModes",
    "UIDeviceFamily",
    "UISupportedInterfaceOrientations",
    "UISupportedInterfaceOrientations~ipad",
];
const DICTIONARY: &[&str] = &[
    "CFBundleIcons",
    "CFBundleIcons~ipad",
    "NSAppTransportSecurity",
    "NSExtension",
    "UIApplicationSceneManifest",
    "UILaunchScreen",
];

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked.programs().filter(|_| asked.is_embedded()) {
        let code = match bundle.kind {
            BundleKind::Extension => "itms-90361",
            BundleKind::App
            | BundleKind::WatchApp
            | BundleKind::Clip
            | BundleKind::Helper
            | BundleKind::Framework
            | BundleKind::Resources
            | BundleKind::PlugIn => "itms-90039",
        };
        for (key, value) in bundle.list().into_iter().flatten() {
            if let Some(kind) = wanted(key, value) {
                let title = format!("`{key}` of `{}` is no {kind}", bundle.name());
                found.add(about_key(error(code, bundle, title), bundle, key));
            }
        }
    }
}

/// What the value should be and is not.
fn wanted(key: &str, value: &Value) -> Option<&'static str> {
    let is_purpose = key.starts_with("NS") && key.ends_with("UsageDescription");
    let (kind, fits) = if TEXT.contains(&key) || is_purpose {
        ("text", matches!(value, Value::String(_)))
    } else if ARRAY.contains(&key) {
        ("array", matches!(value, Value::Array(_)))
    } else if DICTIONARY.contains(&key) {
        ("dictionary", matches!(value, Value::Dictionary(_)))
    } else {
        return None;
    };
    (!fits).then_some(kind)
}
