//! Each other icon that lies in the app as files has the sizes of the Home Screen.

use plist::{Dictionary, Value};

use crate::bundle::{Bundle, Family};
use crate::diagnostic::Subject;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "alternate-icons",
    codes: &["itms-90890", "itms-90892"],
    needs: &[Need::Device],
    sentence: "Each other icon that lies in the app as files has the sizes of the Home Screen.",
    source: "Apple's messages ITMS-90890 and ITMS-90892",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let app = asked.package.app();
    if asked.family() != Some(Family::Ios) {
        return;
    }
    for (key, family, code, device, size) in [
        ("CFBundleIcons", 1, "itms-90890", "iPhone", 120),
        ("CFBundleIcons~ipad", 2, "itms-90892", "iPad", 152),
    ] {
        if !is_for(app, family) {
            continue;
        }
        let mut alternates = of_files(app, key);
        if let Some((name, _)) = alternates.find(|(_, files)| lacks(app, files, size)) {
            let title = format!("the icon `{name}` has no image of {size} by {size} for {device}");
            let finding = warning(code, app, title).about(Subject::AppIcon);
            let finding = finding
                .variable("icon", name)
                .variable("device", device)
                .variable("size", format!("{size}x{size}"));
            found.add(about_key(finding, app, key));
        }
    }
}

fn is_for(app: &Bundle, family: u64) -> bool {
    let families = app.get("UIDeviceFamily").and_then(Value::as_array);
    let mut families = families.into_iter().flatten();
    families.any(|one| one.as_unsigned_integer() == Some(family))
}

/// The other icons that name files and nothing in an asset catalogue.
fn of_files<'a>(app: &'a Bundle, key: &str) -> impl Iterator<Item = (&'a str, Vec<&'a str>)> {
    let alternates = app.get(key).and_then(|icons| {
        let icons: &Dictionary = icons.as_dictionary()?;
        icons.get("CFBundleAlternateIcons")?.as_dictionary()
    });
    alternates.into_iter().flatten().filter_map(|(name, icon)| {
        let icon = icon.as_dictionary()?;
        let files = icon.get("CFBundleIconFiles")?.as_array()?;
        let files = files.iter().filter_map(Value::as_string).collect();
        (!icon.contains_key("CFBundleIconName")).then_some((name.as_str(), files))
    })
}

/// Whether pictures of the icon can be read, and none has the size. A name without a file is told as that.
fn lacks(app: &Bundle, files: &[&str], size: u32) -> bool {
    let is_own = |file: &&String| {
        let mut names = files.iter();
        names.any(|name| file.starts_with(name.trim_end_matches(".png")))
    };
    let own: Vec<_> = app
        .pictures
        .iter()
        .filter(|(file, _)| is_own(file))
        .collect();
    let has = own
        .iter()
        .any(|(_, picture)| (picture.width, picture.height) == (size, size));
    !own.is_empty() && !has
}
