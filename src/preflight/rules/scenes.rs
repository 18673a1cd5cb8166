//! An app of UIKit that is built with the iOS 27 SDK says what its scenes are.

use crate::bundle::{Family, Version};
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "scenes",
    codes: &["scenes-missing"],
    needs: &[Need::Device, Need::Code],
    sentence: "An app of UIKit that is built with the iOS 27 SDK says what its scenes are.",
    source: "The app ends as it starts: github.com/expo/expo/issues/46664; Apple's TN3187",
    check,
};

/// The delegate's method that says it in code.
pub const METHOD: &str = "application:configurationForConnectingSceneSession:options:";

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "UIApplicationSceneManifest";
    let app = asked.package.app();
    let is_seen = !app.says("LSApplicationLaunchProhibited") && !app.says("ITSWatchOnlyContainer");
    let Some(code) = asked.package.code(app).filter(|_| is_seen) else {
        return;
    };
    if asked.family() != Some(Family::Ios) || app.list().is_none() || app.get(KEY).is_some() {
        return;
    }
    let mut builds = code.slices.iter().filter_map(|slice| slice.build);
    let is_new = builds.all(|build| build.sdk >= Version(27, 0, 0));
    let loads = |name: &str| {
        let path = format!("/System/Library/Frameworks/{name}.framework/{name}");
        asked.binaries().any(|one| one.loads(&path))
    };
    // SwiftUI brings scenes of its own.
    let says_so = asked.binaries().any(|one| one.names_selector(METHOD));
    if is_new && loads("UIKit") && !loads("SwiftUI") && !says_so {
        let title = format!("built with the iOS 27 SDK, the app has no scenes (`{KEY}`)");
        found.add(about_key(warning("scenes-missing", app, title), app, KEY));
    }
}
