//! The app says for which platform Xcode built it, and the platform is one of Apple's.

use crate::preflight::rule::{Asked, Found, Rule, about_key, error, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "platform-name",
    codes: &["itms-90507", "itms-90508"],
    needs: &[],
    sentence: "The app says for which platform Xcode built it, and the platform is one of Apple's.",
    source: "Apple's messages ITMS-90507 and ITMS-90508",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "DTPlatformName";
    const PLATFORMS: &[&str] = &["iphoneos", "appletvos", "watchos", "xros", "macosx"];
    let app = asked.package.app();
    match app.text(KEY) {
        None => {
            // What Xcode never wrote to has none of its keys; that says nothing of this one.
            let others = ["DTPlatformVersion", "DTSDKName", "DTXcode"];
            if others.iter().all(|key| app.get(key).is_some()) && app.get(KEY).is_none() {
                let title = format!("the Info.plist of the app has no `{KEY}`");
                found.add(about_key(warning("itms-90507", app, title), app, KEY));
            }
        }
        // One for the simulator is told as that.
        Some(name) if PLATFORMS.contains(&name) || name.ends_with("simulator") => {}
        Some(name) => {
            let title = format!("`{KEY}` of the app is `{name}`, which is no platform");
            let finding = error("itms-90508", app, title).variable("value", name);
            found.add(about_key(finding, app, KEY));
        }
    }
}
