//! No purpose string is empty or waits to be written.

use crate::codes;
use crate::preflight::rule::{Asked, Found, Rule, about_key, error, warning};

/// The rule.
pub const RULE: Rule = Rule {
    name: "purpose-not-empty",
    codes: &["itms-90738", "purpose-string-draft"],
    sentence: "No purpose string is empty or waits to be written.",
    source: "Apple's message ITMS-90738; guideline 5.1.1 of App Review",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    for bundle in asked.programs() {
        for (key, value) in bundle.list().into_iter().flatten() {
            let text = value.as_string();
            let Some(text) = text.filter(|_| key.ends_with("UsageDescription")) else {
                continue;
            };
            let name = bundle.name();
            if text.trim().is_empty() {
                let title = format!("the purpose string `{key}` of `{name}` is empty");
                found.add(about_key(error("itms-90738", bundle, title), bundle, key));
            } else if codes::is_draft(text) {
                let title =
                    format!("the purpose string `{key}` of `{name}` is still to be written");
                let draft = warning("purpose-string-draft", bundle, title);
                found.add(about_key(draft, bundle, key));
            }
        }
    }
}
