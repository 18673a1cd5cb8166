//! Icons that the Info.plist names as files are in the app, where there is no asset catalogue.

use plist::{Dictionary, Value};

use crate::bundle::Family;
use crate::diagnostic::Subject;
use crate::preflight::rule::{Asked, Found, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "icon-files",
    codes: &["itms-90032"],
    sentence: "Icons that the Info.plist names as files are in the app, where there is no asset catalogue.",
    source: "Apple's message ITMS-90032",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    let app = asked.package.app();
    if asked.family() != Some(Family::Ios) || asked.package.has(&format!("{}/Assets.car", app.path))
    {
        return;
    }
    for key in ["CFBundleIcons", "CFBundleIcons~ipad"] {
        let Some(icons) = app.get(key).and_then(Value::as_dictionary) else {
            continue;
        };
        let alternates = icons
            .get("CFBundleAlternateIcons")
            .and_then(Value::as_dictionary);
        let alternates = alternates.into_iter().flat_map(Dictionary::values);
        let all = icons
            .get("CFBundlePrimaryIcon")
            .into_iter()
            .chain(alternates);
        for name in all.filter_map(Value::as_dictionary).flat_map(files) {
            let start = format!("{}/{}", app.path, name.trim_end_matches(".png"));
            if asked.package.below(&start).next().is_none() {
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
