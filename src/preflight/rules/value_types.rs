//! Values of an Info.plist are of the kind that their keys ask for.

use plist::Value;

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "value-types",
    codes: &["itms-90039", "itms-90361"],
    needs: &[Need::Device],
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
/// Inside of `NSExtension`.
const OF_EXTENSION: &[(&str, &str)] = &[
    ("NSExtensionPointIdentifier", "text"),
    ("NSExtensionMainStoryboard", "text"),
    ("NSExtensionPrincipalClass", "text"),
    ("NSExtensionAttributes", "dictionary"),
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
        let own = bundle.get("NSExtension").and_then(Value::as_dictionary);
        let inside = OF_EXTENSION.iter().filter_map(|(key, kind)| {
            let is_fit = fits(kind, own?.get(key)?);
            (!is_fit).then_some((*key, *kind))
        });
        let values = bundle.list().into_iter().flatten();
        let wrong = values.filter_map(|(key, value)| Some((key.as_str(), wanted(key, value)?)));
        for (key, kind) in wrong.chain(inside) {
            let title = format!("`{key}` of `{}` is no {kind}", bundle.name());
            found.add(about_key(error(code, bundle, title), bundle, key));
        }
    }
}

/// What the value should be and is not.
fn wanted(key: &str, value: &Value) -> Option<&'static str> {
    let is_purpose = key.starts_with("NS") && key.ends_with("UsageDescription");
    let kind = if TEXT.contains(&key) || is_purpose {
        "text"
    } else if ARRAY.contains(&key) {
        "array"
    } else if DICTIONARY.contains(&key) {
        "dictionary"
    } else {
        return None;
    };
    (!fits(kind, value)).then_some(kind)
}

fn fits(kind: &str, value: &Value) -> bool {
    match value {
        Value::String(_) => kind == "text",
        Value::Array(_) => kind == "array",
        Value::Dictionary(_) => kind == "dictionary",
        _ => false,
    }
}
