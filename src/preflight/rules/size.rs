//! The app stays within Apple's limits: 4 GB unpacked, 75 MB for a watch app, 10 to 100 MB for an App Clip, 500 MB of code.

use crate::bundle::BundleKind;
use crate::preflight::rule::{Asked, Found, Need, Rule, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "app-size",
    codes: &["app-too-large"],
    needs: &[Need::Device],
    sentence: "The app stays within Apple's limits: 4 GB unpacked, 75 MB for a watch app, 10 to 100 MB for an App Clip, 500 MB of code.",
    source: "developer.apple.com/help/app-store-connect/reference/maximum-build-file-sizes",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    if !asked.is_embedded() {
        return;
    }
    for (kind, most, words) in [
        (BundleKind::App, 4_000_000_000, "4 GB"),
        (BundleKind::WatchApp, 75_000_000, "75 MB"),
    ] {
        for bundle in asked.of_kind(kind) {
            let folder = format!("{}/", bundle.path);
            let sizes = asked.package.below(&folder).map(|member| member.size);
            if sizes.fold(0_u64, u64::saturating_add) > most {
                let title = format!("`{}` is larger than {words} unpacked", bundle.path);
                found.add(error("app-too-large", bundle, title));
            }
        }
    }
    for bundle in asked.of_kind(BundleKind::Clip) {
        let (most, words) = match bundle.minimum_os().unwrap_or_default().0 {
            17.. => (100_000_000, "100 MB"),
            16 => (15_000_000, "15 MB"),
            0..16 => (10_000_000, "10 MB"),
        };
        let folder = format!("{}/", bundle.path);
        let sizes = asked.package.below(&folder).map(|member| member.size);
        if sizes.fold(0_u64, u64::saturating_add) > most {
            let title = format!("`{}` is larger than {words} unpacked", bundle.path);
            found.add(error("app-too-large", bundle, title));
        }
    }
    let app = asked.package.app();
    let text = asked
        .package
        .code(app)
        .into_iter()
        .flat_map(|code| &code.slices);
    let text = text.flat_map(|slice| &slice.segments);
    let text = text
        .filter(|segment| segment.name == "__TEXT")
        .map(|segment| segment.size);
    if text.fold(0_u64, u64::saturating_add) > 500_000_000 {
        let title = "the executable's code is larger than 500 MB".to_owned();
        found.add(error("app-too-large", app, title).also_known_as("ITMS-90122"));
    }
}
