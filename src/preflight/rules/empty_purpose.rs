//! No purpose string is empty, in no language.

use plist::Value;

use crate::preflight::rule::{Asked, Found, Rule, about_key, error, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "purpose-not-empty",
    codes: &["itms-90738"],
    sentence: "No purpose string is empty, in no language.",
    source: "Apple's message ITMS-90738",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked.programs() {
        for (key, value) in bundle.list().into_iter().flatten() {
            if is_empty(key, value) {
                let title = format!("the purpose string `{key}` of `{}` is empty", bundle.name());
                found.add(about_key(error("itms-90738", bundle, title), bundle, key));
            }
        }
    }
    for (path, list) in &asked.package.lists {
        let Some(owner) = asked.package.owner(path).filter(|owner| owner.is_program()) else {
            continue;
        };
        let translated = path.strip_suffix("/InfoPlist.strings");
        let Some(language) = translated.and_then(|path| path.rsplit('/').next()) else {
            continue;
        };
        if let Some((key, _)) = list.iter().find(|(key, value)| is_empty(key, value)) {
            let title = format!(
                "the purpose string `{key}` of `{}` is empty in `{language}`",
                owner.name()
            );
            let finding = warning("itms-90738", owner, title).variable("file", path);
            found.add(about_key(finding, owner, key));
        }
    }
}

fn is_empty(key: &str, value: &Value) -> bool {
    let is_purpose = key.starts_with('N') && key.ends_with("UsageDescription");
    is_purpose && value.as_string().is_some_and(|text| text.trim().is_empty())
}
