//! A URL scheme begins with a letter and has letters, digits, `+`, `-` and `.` only.

use plist::Value;

use crate::preflight::rule::{Asked, Found, Rule, about_key, error};

/// The rule.
pub const RULE: Rule = Rule {
    name: "url-schemes",
    codes: &["itms-90158"],
    needs: &[],
    sentence: "A URL scheme begins with a letter and has letters, digits, `+`, `-` and `.` only.",
    source: "Apple's message ITMS-90158",
    check,
};

fn check(asked: &Asked<'_>, found: &mut Found) {
    const KEY: &str = "CFBundleURLTypes";
    let app = asked.package.app();
    let types = app.get(KEY).and_then(Value::as_array).into_iter().flatten();
    let schemes = types.filter_map(Value::as_dictionary);
    let schemes = schemes.filter_map(|kind| kind.get("CFBundleURLSchemes")?.as_array());
    for scheme in schemes.flatten().filter_map(Value::as_string) {
        let starts = scheme.starts_with(|char: char| char.is_ascii_alphabetic());
        let is_fit = |char: char| char.is_ascii_alphanumeric() || matches!(char, '+' | '-' | '.');
        if !(starts && scheme.chars().all(is_fit)) {
            let title = format!("the URL scheme `{scheme}` is malformed");
            let finding = error("itms-90158", app, title).variable("value", scheme);
            found.add(about_key(finding, app, KEY));
        }
    }
}
