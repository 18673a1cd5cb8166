//! The asset catalogue holds the app's icon for the App Store, without transparency, and every icon that the Info.plist names.

use plist::{Dictionary, Value};

use crate::bundle::{Bundle, Family};
use crate::diagnostic::Subject;
use crate::preflight::icons;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, error, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "store-icon",
    codes: &[
        "itms-90704",
        "itms-90717",
        "itms-90895",
        "itms-90471",
        "itms-90970",
    ],
    needs: &[Need::Device],
    sentence: "The asset catalogue holds the app's icon for the App Store, without transparency, and every icon that the Info.plist names.",
    source: "Apple's messages ITMS-90471, ITMS-90704, ITMS-90717, ITMS-90895 and ITMS-90970",
    check,
};

/// The App Store's icon, in pixels.
const LARGE: u32 = 1024;

fn check(asked: &Asked<'_>, found: &mut Found) {
    let app = asked.package.app();
    let is_seen = !app.says("LSApplicationLaunchProhibited") && !app.says("ITSWatchOnlyContainer");
    if !is_seen || !asked.is_build() || app.list().is_none() {
        return;
    }
    let code = match asked.family() {
        Some(Family::TvOs) => "itms-90471",
        Some(Family::VisionOs) => "itms-90970",
        Some(Family::Ios) => {
            of_catalogue(app, found);
            return;
        }
        Some(Family::WatchOs | Family::MacOs) | None => return,
    };
    if !asked.package.has(&format!("{}/Assets.car", app.path)) {
        let title = "the app has no asset catalogue, and so no icon".to_owned();
        found.add(error(code, app, title).about(Subject::AppIcon));
    }
}

fn of_catalogue(app: &Bundle, found: &mut Found) {
    let (Some(catalogue), Some(name)) = (&app.catalogue, icons::name(app)) else {
        return;
    };
    let images: Vec<_> = catalogue.images(name).collect();
    let mut large = images
        .iter()
        .filter(|one| (one.width, one.height) == (LARGE, LARGE));
    // An icon of layers is drawn when the app is installed, and has no image of that size.
    if !catalogue.has(name) || (!images.is_empty() && large.clone().next().is_none()) {
        let title =
            format!("the asset catalogue holds no icon `{name}` of {LARGE} by {LARGE} pixels");
        found.add(warning("itms-90704", app, title).about(Subject::AppIcon));
    } else if large.any(|one| !one.is_opaque) {
        let title = format!("the icon `{name}` for the App Store has an alpha channel");
        found.add(warning("itms-90717", app, title).about(Subject::AppIcon));
    }
    for key in ["CFBundleIcons", "CFBundleIcons~ipad"] {
        let lost = alternates(app, key).find(|name| !catalogue.has(name));
        if let Some(name) = lost {
            let title = format!("`{key}` names the icon `{name}`, which the asset catalogue lacks");
            let finding = warning("itms-90895", app, title).about(Subject::AppIcon);
            found.add(about_key(finding.variable("icon", name), app, key));
            return;
        }
    }
}

/// The names of other icons that lie in the catalogue.
fn alternates<'a>(app: &'a Bundle, key: &str) -> impl Iterator<Item = &'a str> {
    let others = app.get(key).and_then(|icons| {
        let icons: &Dictionary = icons.as_dictionary()?;
        icons.get("CFBundleAlternateIcons")?.as_dictionary()
    });
    let others = others.into_iter().flat_map(Dictionary::values);
    others.filter_map(|one| {
        one.as_dictionary()?
            .get("CFBundleIconName")
            .and_then(Value::as_string)
    })
}
