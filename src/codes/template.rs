//! Texts of the catalogue with places for variables: `{name|other words}`.

use std::collections::BTreeMap;

use crate::codes::purposes;

/// The text with its variables filled in; where one was not read, with the other words, which lose
/// the backticks around them, for they are words and no code.
pub(super) fn fill(template: &str, variables: &BTreeMap<String, String>) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, name, other, after)) = next_place(rest) {
        filled.push_str(before);
        rest = after;
        match (value(name, variables), other) {
            (Some(value), _) => filled.push_str(&without_backticks(value)),
            (None, Some(other)) => {
                if filled.ends_with('`') && rest.starts_with('`') {
                    filled.pop();
                    rest = &rest[1..];
                }
                filled.push_str(other);
            }
            (None, None) => filled.push_str(&name.replace('_', " ")),
        }
    }
    filled.push_str(rest);
    filled
}

/// A variable that was read, or that follows from others.
pub(super) fn value<'a>(name: &str, variables: &'a BTreeMap<String, String>) -> Option<&'a str> {
    let read = variables.get(name).map(String::as_str);
    let read = read.filter(|value| !value.is_empty());
    read.or_else(|| purposes::derived(name, variables))
}

/// The text filled in, or `None` where a variable without other words was not read.
pub(super) fn fill_all(template: &str, variables: &BTreeMap<String, String>) -> Option<String> {
    let missing = places(template)
        .iter()
        .any(|(name, other)| other.is_none() && variables.get(*name).is_none_or(String::is_empty));
    (!missing).then(|| fill(template, variables))
}

/// The names in a template, each with its other words.
pub(super) fn places(template: &str) -> Vec<(&str, Option<&str>)> {
    let mut list = Vec::new();
    let mut rest = template;
    while let Some((_, name, other, after)) = next_place(rest) {
        list.push((name, other));
        rest = after;
    }
    list
}

/// The text before the next place, its name, its other words, and the text after it. Braces that
/// hold no name, as in code, are text.
fn next_place(text: &str) -> Option<(&str, &str, Option<&str>, &str)> {
    let mut from = 0;
    while let Some(open) = text[from..].find('{').map(|at| from + at) {
        let close = open + text[open..].find('}')?;
        let inside = &text[open + 1..close];
        let (name, other) = match inside.split_once('|') {
            Some((name, other)) => (name, Some(other)),
            None => (inside, None),
        };
        if !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
            return Some((&text[..open], name, other, &text[close + 1..]));
        }
        from = open + 1;
    }
    None
}

fn without_backticks(value: &str) -> String {
    value.replace('`', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, value: &str) -> BTreeMap<String, String> {
        BTreeMap::from([(name.to_owned(), value.to_owned())])
    }

    #[test]
    fn a_variable_that_was_read_is_filled_in() {
        let text = "Add `{key|the key}` to `{bundle|the app}`.";
        assert_eq!(
            fill(text, &with("key", "NSCameraUsageDescription")),
            "Add `NSCameraUsageDescription` to the app."
        );
    }

    #[test]
    fn a_subject_with_a_missing_variable_is_dropped() {
        assert_eq!(fill_all("info-plist-key:{key}", &BTreeMap::new()), None);
        assert_eq!(
            fill_all("build-number", &BTreeMap::new()).as_deref(),
            Some("build-number")
        );
    }

    #[test]
    fn braces_of_code_are_text() {
        assert_eq!(
            fill("set {320, 568} and ${VAR}", &BTreeMap::new()),
            "set {320, 568} and ${VAR}"
        );
    }
}
