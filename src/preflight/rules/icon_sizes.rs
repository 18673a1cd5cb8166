//! The app has the icons of the Home Screen in the sizes that iPhone and iPad ask for.

use plist::{Dictionary, Value};

use crate::bundle::{Bundle, Family};
use crate::diagnostic::Subject;
use crate::preflight::rule::{Asked, Found, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "icon-sizes",
    codes: &["itms-90022", "itms-90023"],
    sentence: "The app has the icons of the Home Screen in the sizes that iPhone and iPad ask for.",
    source: "Apple's messages ITMS-90022 and ITMS-90023",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let app = asked.package.app();
    let is_seen = !app.says("LSApplicationLaunchProhibited") && !app.says("ITSWatchOnlyContainer");
    if asked.family() != Some(Family::Ios) || !asked.is_build() || !is_seen || app.list().is_none()
    {
        return;
    }
    let lost = |name: &&str| {
        let start = format!("{}/{}", app.path, name.trim_end_matches(".png"));
        asked.package.below(&start).next().is_none()
    };
    // A name without a file is told as that.
    let named = ["CFBundleIcons", "CFBundleIcons~ipad"];
    if named.iter().any(|key| files(app, key).iter().any(lost)) {
        return;
    }
    let has_catalogue = asked.package.has(&format!("{}/Assets.car", app.path));
    for (family, code, device, sizes) in [
        (1, "itms-90022", "iPhone", &[120][..]),
        (2, "itms-90023", "iPad", &[152, 167]),
    ] {
        if !is_for(app, family) {
            continue;
        }
        let missing = if has_catalogue {
            misdrawn(app, device)
        } else {
            sizes.iter().copied().find(|size| !has_picture(app, *size))
        };
        if let Some(size) = missing {
            let title = format!("the app holds no {device} icon of {size} by {size} pixels");
            let finding = error(code, app, title).variable("size", format!("{size}x{size}"));
            let finding = finding.variable("device", device).about(Subject::AppIcon);
            found.add(about_key(finding, app, "CFBundleIcons"));
        }
    }
}

fn is_for(app: &Bundle, family: u64) -> bool {
    let families = app.get("UIDeviceFamily").and_then(Value::as_array);
    let mut families = families.into_iter().flatten();
    families.any(|one| one.as_unsigned_integer() == Some(family))
}

fn has_picture(app: &Bundle, size: u32) -> bool {
    let mut pictures = app.pictures.values();
    pictures.any(|one| (one.width, one.height) == (size, size))
}

/// The size of an icon file whose pixels are not those of its name, or that is missing where others of the same name
/// are there. What the asset catalogue holds beside is not known.
fn misdrawn(app: &Bundle, device: &str) -> Option<u32> {
    let (key, ending, sizes) = match device {
        "iPhone" => ("CFBundleIcons", "@2x.png", [("60x60", 120), ("60x60", 120)]),
        _ => (
            "CFBundleIcons~ipad",
            "@2x~ipad.png",
            [("76x76", 152), ("83.5x83.5", 167)],
        ),
    };
    let names = files(app, key);
    let mut wrong = names.iter().flat_map(|name| {
        let fitting = sizes
            .iter()
            .filter(move |(points, _)| name.ends_with(points));
        fitting.filter_map(move |(_, size)| {
            let picture = app.pictures.get(&format!("{name}{ending}"))?;
            ((picture.width, picture.height) != (*size, *size)).then_some(*size)
        })
    });
    wrong.next()
}

fn files<'a>(app: &'a Bundle, key: &str) -> Vec<&'a str> {
    let primary = app.get(key).and_then(|icons| {
        let icons: &Dictionary = icons.as_dictionary()?;
        icons
            .get("CFBundlePrimaryIcon")?
            .as_dictionary()?
            .get("CFBundleIconFiles")?
            .as_array()
    });
    primary
        .into_iter()
        .flatten()
        .filter_map(Value::as_string)
        .collect()
}
