//! The launch screen of an app: whether there is the one that it names.

use crate::bundle::{Family, Version};
use crate::diagnostic::Diagnostic;
use crate::preflight::ipad;
use crate::preflight::rule::{Asked, about_key, error};

/// What is wrong with the launch screen.
pub fn fault(asked: &Asked<'_>) -> Option<Diagnostic> {
    const KEY: &str = "UILaunchStoryboardName";
    let app = asked.package.app();
    if app.list().is_none()
        || asked.family() != Some(Family::Ios)
        || app.says("LSApplicationLaunchProhibited")
    {
        return None;
    }
    let sdk = asked
        .package
        .code(app)
        .and_then(|code| code.slices.iter().find_map(|slice| slice.build));
    let is_new = sdk.is_some_and(|build| build.sdk >= Version(27, 0, 0));
    let keys = [
        KEY,
        "UILaunchStoryboardName~ipad",
        "UILaunchStoryboardName~iphone",
        "UILaunchStoryboards",
    ];
    let screens = [
        "UILaunchScreen",
        "UILaunchScreens",
        "UILaunchScreen~ipad",
        "UILaunchScreen~iphone",
    ];
    let has_any = keys
        .iter()
        .chain(&screens)
        .any(|key| app.get(key).is_some());
    if !has_any {
        let (code, title) = match (is_new, ipad::shares_the_screen(asked)) {
            (true, _) => (
                "itms-90870",
                "built with the iOS 27 SDK, the app has no launch screen",
            ),
            (false, true) => (
                "itms-90475",
                "an iPad app that shares the screen needs a launch screen",
            ),
            (false, false) => return None,
        };
        return Some(about_key(error(code, app, title.to_owned()), app, KEY));
    }
    let name = app
        .text("UILaunchStoryboardName~ipad")
        .or_else(|| app.text(KEY));
    if let Some(name) = name.filter(|_| ipad::shares_the_screen(asked))
        && !is_there(asked, name.trim_end_matches(".storyboard"))
    {
        let title = format!("the launch screen `{name}` is not in the app");
        let finding = error("itms-90476", app, title).variable("value", name);
        return Some(about_key(finding, app, KEY));
    }
    None
}

/// Whether a storyboard or nib of this name lies at the app's top or in a language's folder.
fn is_there(asked: &Asked<'_>, name: &str) -> bool {
    let folder = format!("{}/", asked.package.app().path);
    asked.package.below(&folder).any(|member| {
        let rest = &member.path[folder.len()..];
        let rest = match rest.split_once(".lproj/") {
            Some((language, rest)) if !language.contains('/') => rest,
            Some(_) | None => rest,
        };
        let first = rest.split('/').next().unwrap_or(rest);
        let stem = first
            .strip_suffix(".storyboardc")
            .or_else(|| first.strip_suffix(".nib"));
        stem.is_some_and(|stem| stem == name || stem.split('~').next() == Some(name))
    })
}
