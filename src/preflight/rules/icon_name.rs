//! The app and the watch app name their icon in the asset catalogue.

use crate::bundle::{BundleKind, Family};
use crate::diagnostic::Subject;
use crate::preflight::icons;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "icon-name",
    codes: &["itms-90713"],
    needs: &[Need::Device],
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
        if has_icon && is_seen && bundle.list().is_some() && icons::name(bundle).is_none() {
            let title = format!(
                "`{}` does not name its icon (`CFBundleIconName`)",
                bundle.name()
            );
            let finding = error("itms-90713", bundle, title).about(Subject::AppIcon);
            found.add(about_key(finding, bundle, "CFBundleIconName"));
        }
    }
}
