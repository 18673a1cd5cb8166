//! The name of a program's icon.

use plist::Value;

use crate::bundle::Bundle;

/// The icon's name in the asset catalogue. Xcode writes it at the top of the Info.plist for some targets and inside of
/// `CFBundleIcons` for others.
pub fn name(bundle: &Bundle) -> Option<&str> {
    let inside = |key: &str| {
        let icons = bundle.get(key)?.as_dictionary()?;
        icons
            .get("CFBundlePrimaryIcon")?
            .as_dictionary()?
            .get("CFBundleIconName")
    };
    let named = bundle
        .get("CFBundleIconName")
        .or_else(|| inside("CFBundleIcons"))
        .or_else(|| inside("CFBundleIcons~ipad"));
    named
        .and_then(Value::as_string)
        .filter(|name| !name.trim().is_empty())
}
