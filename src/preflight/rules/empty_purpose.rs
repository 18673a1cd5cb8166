//! No purpose string is empty.

use crate::preflight::rule::{Asked, Found, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "purpose-not-empty",
    codes: &["itms-90738"],
    sentence: "No purpose string is empty.",
    source: "Apple's message ITMS-90738",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked.programs() {
        for (key, value) in bundle.list().into_iter().flatten() {
            let is_purpose = key.starts_with("NS") && key.ends_with("UsageDescription");
            if is_purpose && value.as_string().is_some_and(|text| text.trim().is_empty()) {
                let title = format!("the purpose string `{key}` of `{}` is empty", bundle.name());
                found.add(about_key(error("itms-90738", bundle, title), bundle, key));
            }
        }
    }
}
