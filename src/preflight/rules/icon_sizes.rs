//! The app has the icons of the Home Screen in the sizes that iPhone and iPad ask for.

use plist::{Dictionary, Value};

use crate::bundle::{Bundle, Family};
use crate::diagnostic::Subject;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "icon-sizes",
    codes: &["itms-90022", "itms-90023"],
    needs: &[Need::Device],
    sentence: "The app has the icons of the Home Screen in the sizes that iPhone and iPad ask for.",
    source: "Apple's messages ITMS-90022 and ITMS-90023",
    check,
};

const NAMES: [&str; 2] = ["CFBundleIcons", "CFBundleIcons~ipad"];

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
    let has_catalogue = asked.package.has(&format!("{}/Assets.car", app.path));
    // Without a catalogue a name without a file is told as that.
    if !has_catalogue && NAMES.iter().any(|key| files(app, key).iter().any(lost)) {
        return;
    }
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

/// The size of an icon of which files are there, and none has the size that its name says; or of which none is there,
/// where others of the icon are. Where none at all is there, the asset catalogue may hold them.
fn misdrawn(app: &Bundle, device: &str) -> Option<u32> {
    let (key, sizes) = match device {
        "iPhone" => ("CFBundleIcons", &[("60x60", 120)][..]),
        _ => (
            "CFBundleIcons~ipad",
            &[("76x76", 152), ("83.5x83.5", 167)][..],
        ),
    };
    let drawn = |name: &str| -> Vec<u32> {
        let own = app.pictures.iter();
        let own = own.filter(|(file, _)| file.starts_with(name));
        own.map(|(_, picture)| picture.width.min(picture.height))
            .collect()
    };
    let mut all = NAMES.iter().flat_map(|key| files(app, key));
    let is_drawn = all.any(|name| !drawn(name).is_empty());
    let names = files(app, key);
    let wrong = names.iter().flat_map(|name| {
        let fitting = sizes.iter().filter(|(points, _)| name.ends_with(points));
        fitting.filter(|(_, size)| is_drawn && !drawn(name).contains(size))
    });
    let sizes: Vec<u32> = wrong.map(|(_, size)| *size).collect();
    sizes.first().copied()
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
