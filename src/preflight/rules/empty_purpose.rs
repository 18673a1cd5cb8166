//! No purpose string is empty, in no language, or waits to be written.

use plist::Value;

use crate::codes;
use crate::preflight::rule::{Asked, Found, Rule, about_key, error, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "purpose-not-empty",
    codes: &["itms-90738", "purpose-string-draft"],
    needs: &[],
    sentence: "No purpose string is empty, in no language, or waits to be written.",
    source: "Apple's message ITMS-90738; guideline 5.1.1 of App Review",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked.programs() {
        for (key, value) in bundle.list().into_iter().flatten() {
            let name = bundle.name();
            if is_empty(key, value) {
                let title = format!("the purpose string `{key}` of `{name}` is empty");
                found.add(about_key(error("itms-90738", bundle, title), bundle, key));
            } else if purpose(key, value).is_some_and(codes::is_draft) {
                let title =
                    format!("the purpose string `{key}` of `{name}` is still to be written");
                let draft = warning("purpose-string-draft", bundle, title);
                found.add(about_key(draft, bundle, key));
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

/// The text of a purpose string.
fn purpose<'a>(key: &str, value: &'a Value) -> Option<&'a str> {
    let is_purpose = key.starts_with('N') && key.ends_with("UsageDescription");
    value.as_string().filter(|_| is_purpose)
}

fn is_empty(key: &str, value: &Value) -> bool {
    purpose(key, value).is_some_and(|text| text.trim().is_empty())
}
