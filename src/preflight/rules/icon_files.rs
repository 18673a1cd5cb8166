//! Icons that the Info.plist names as files are in the app; those in an asset catalogue have a name there.

use plist::{Dictionary, Value};

use crate::bundle::Family;
use crate::diagnostic::Subject;
use crate::preflight::rule::{Asked, Found, Need, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "icon-files",
    codes: &["itms-90032"],
    needs: &[Need::Device],
    sentence: "Icons that the Info.plist names as files are in the app; those in an asset catalogue have a name there.",
    source: "Apple's message ITMS-90032",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let app = asked.package.app();
    if asked.family() != Some(Family::Ios) {
        return;
    }
    let has_catalogue = asked.package.has(&format!("{}/Assets.car", app.path));
    for key in ["CFBundleIcons", "CFBundleIcons~ipad"] {
        let Some(icons) = app.get(key).and_then(Value::as_dictionary) else {
            continue;
        };
        let alternates = icons
            .get("CFBundleAlternateIcons")
            .and_then(Value::as_dictionary);
        let alternates = alternates.into_iter().flat_map(Dictionary::values);
        let primary = icons.get("CFBundlePrimaryIcon").filter(|_| !has_catalogue);
        // The catalogue may hold what has a name in it.
        let alternates = alternates.filter(|icon| {
            let icon = icon.as_dictionary();
            !has_catalogue || icon.is_some_and(|icon| !icon.contains_key("CFBundleIconName"))
        });
        let all = primary.into_iter().chain(alternates);
        for name in all.filter_map(Value::as_dictionary).flat_map(files) {
            let is_in_catalogue = app.catalogue.as_ref().is_some_and(|one| one.has(name));
            let start = format!("{}/{}", app.path, name.trim_end_matches(".png"));
            if asked.package.below(&start).next().is_none() && !is_in_catalogue {
                let title =
                    format!("the Info.plist names the icon `{name}`, which is not in the app");
                let finding = error("itms-90032", app, title).about(Subject::AppIcon);
                found.add(about_key(finding.variable("file", name), app, key));
                return;
            }
        }
    }
}

fn files(icon: &Dictionary) -> Vec<&str> {
    let files = icon.get("CFBundleIconFiles").and_then(Value::as_array);
    files
        .into_iter()
        .flatten()
        .filter_map(Value::as_string)
        .collect()
}
