//! The app and the watch app name their icon in the asset catalogue.

use plist::Value;

use crate::bundle::{Bundle, BundleKind, Family};
use crate::diagnostic::Subject;
use crate::preflight::rule::{Asked, Found, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "icon-name",
    codes: &["itms-90713"],
    sentence: "The app and the watch app name their icon in the asset catalogue.",
    source: "Apple's message ITMS-90713",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked
        .programs()
        .filter(|_| asked.family() == Some(Family::Ios))
    {
        let has_icon = matches!(bundle.kind, BundleKind::App | BundleKind::WatchApp);
        // The container of a watch-only app or of stickers is never seen.
        let is_seen =
            !bundle.says("LSApplicationLaunchProhibited") && !bundle.says("ITSWatchOnlyContainer");
        if has_icon && is_seen && bundle.list().is_some() && !names_icon(bundle) {
            let title = format!(
                "`{}` does not name its icon (`CFBundleIconName`)",
                bundle.name()
            );
            let finding = error("itms-90713", bundle, title).about(Subject::AppIcon);
            found.add(about_key(finding, bundle, "CFBundleIconName"));
        }
    }
}

/// Xcode writes the name at the top for some targets and inside of `CFBundleIcons` for others.
fn names_icon(bundle: &Bundle) -> bool {
    let inside = |key: &str| {
        let icons = bundle.get(key)?.as_dictionary()?;
        icons
            .get("CFBundlePrimaryIcon")?
            .as_dictionary()?
            .get("CFBundleIconName")
    };
    let top = bundle.get("CFBundleIconName");
    let named = top
        .or_else(|| inside("CFBundleIcons"))
        .or_else(|| inside("CFBundleIcons~ipad"));
    named
        .and_then(Value::as_string)
        .is_some_and(|name| !name.trim().is_empty())
}
