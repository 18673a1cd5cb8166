//! The app is built with the SDK that Apple asks for; a coming date is told 90 days ahead.

use crate::bundle::{Bundle, BundleKind, Family, Version};
use crate::diagnostic::{Severity, Subject};
use crate::preflight::lists::{Lists, When};
use crate::preflight::rule::{Asked, Found, Need, Rule, finding};

/// The rule.
pub const RULE: Rule = Rule {
    name: "sdk",
    codes: &["itms-90725"],
    needs: &[Need::Device, Need::Code],
    sentence: "The app is built with the SDK that Apple asks for; a coming date is told 90 days ahead.",
    source: "developer.apple.com/news/?id=ueeok6yw and news id k1mtkt1k",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked.programs().filter(|_| asked.is_embedded()) {
        if !matches!(bundle.kind, BundleKind::App | BundleKind::WatchApp) {
            continue;
        }
        let Some(sdk) = sdk(asked, bundle) else {
            continue;
        };
        for minimum in &Lists::get().minimum_sdk {
            if sdk >= minimum.major {
                continue;
            }
            let (severity, words) = match minimum.when(asked.now) {
                When::Now => (Severity::Error, "Apple has asked for"),
                When::Soon => (Severity::Warning, "Apple will ask for"),
                When::Later => continue,
            };
            let title = format!(
                "`{}` is built with an SDK {sdk}; {words} {} since or from {}",
                bundle.name(),
                minimum.major,
                minimum.since
            );
            let said = finding(severity, "itms-90725", bundle, title);
            found.add(said.about(Subject::WorkflowXcode));
            break;
        }
    }
}

/// The SDK by the code, or the one that Xcode wrote into the Info.plist where that is older.
fn sdk(asked: &Asked<'_>, bundle: &Bundle) -> Option<u32> {
    match asked.package.family(bundle)? {
        Family::Ios | Family::TvOs | Family::VisionOs | Family::WatchOs => {}
        Family::MacOs => return None,
    }
    let code = asked.package.code(bundle)?;
    let builds = code.slices.iter().filter_map(|slice| slice.build);
    let linked = builds.map(|build| build.sdk.0).min();
    let written = bundle.text("DTPlatformVersion").and_then(Version::parse);
    linked
        .into_iter()
        .chain(written.map(|written| written.0))
        .min()
}
