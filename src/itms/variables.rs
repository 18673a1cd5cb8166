//! Reads what a message is about, such as the key, the bundle and the version, by the grammar of
//! Apple's sentences alone, so that messages never seen before give their variables too.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use regex::bytes::Regex;

use crate::itms::entry::{expression, value_at};
use crate::itms::fold::fold;
use crate::itms::grammar::{BARE_PATHS, RULES, SHORT};

/// The most values kept for one name.
const MOST: usize = 24;

/// The most values that get a name of their own, such as `path_2`.
const NUMBERED: usize = 4;

/// Names whose every value is kept, with the name of the list.
const PLURALS: &[(&str, &str)] = &[
    ("architecture", "architectures"),
    ("bundle", "bundles"),
    ("bundle_id", "bundle_ids"),
    ("category", "categories"),
    ("entitlement", "entitlements"),
    ("key", "keys"),
    ("path", "paths"),
    ("symbols", "symbols"),
];

/// What a message is about, by name: `key`, `bundle`, `path`, `bundle_id`, `entitlement`,
/// `category`, `architecture`, `version`, `build_number`, `previous_build_number`, `sdk`, `minimum`,
/// `date`, `icon`, `size`, `request_id` and others. Where there are several, plurals such as `keys`
/// hold all of them, joined by commas, and `key_2` and so on each one. Looks at the first 32 KiB.
pub fn variables(text: &str) -> BTreeMap<String, String> {
    read(&fold(text))
}

/// As [`variables`], on folded text.
pub(super) fn read(folded: &str) -> BTreeMap<String, String> {
    let folded = &without_addresses(folded);
    let mut found = Found::default();
    for rule in rules(&RULES_BUILT, RULES) {
        found.all(rule, folded);
    }
    for (value, before) in quoted(folded) {
        found.quoted(value, before);
    }
    for rule in rules(&BARE_BUILT, BARE_PATHS) {
        found.all(rule, folded);
    }
    found.finish()
}

static RULES_BUILT: OnceLock<Vec<Regex>> = OnceLock::new();
static BARE_BUILT: OnceLock<Vec<Regex>> = OnceLock::new();

fn rules(built: &'static OnceLock<Vec<Regex>>, texts: &[&str]) -> &'static [Regex] {
    built.get_or_init(|| {
        let build =
            |text: &&str| expression(&spelled_out(text)).expect("a rule builds, a test says so");
        texts.iter().map(build).collect()
    })
}

/// The text without addresses of pages, which are full of words that look like names.
fn without_addresses(folded: &str) -> String {
    let mut text = String::with_capacity(folded.len());
    let mut rest = folded;
    while let Some(start) = rest.find("http") {
        let (before, from) = rest.split_at(start);
        text.push_str(before);
        let address = from.starts_with("http://") || from.starts_with("https://");
        let length = if address {
            from.find(|c: char| c.is_whitespace() || "'\"`[]()<>".contains(c))
                .unwrap_or(from.len())
        } else {
            text.push_str("http");
            4
        };
        rest = &from[length..];
    }
    text.push_str(rest);
    text
}

fn spelled_out(rule: &str) -> String {
    SHORT.iter().fold(rule.to_owned(), |text, (short, long)| {
        text.replace(short, long)
    })
}

#[derive(Default)]
struct Found {
    values: BTreeMap<String, Vec<String>>,
}

impl Found {
    fn add(&mut self, name: &str, value: &str) {
        let list = self.values.entry(name.to_owned()).or_default();
        if list.len() < MOST && !list.iter().any(|known| known == value) {
            list.push(value.to_owned());
        }
    }

    fn all(&mut self, rule: &Regex, folded: &str) {
        for found in rule.captures_iter(folded.as_bytes()).take(MOST) {
            for name in rule.capture_names().flatten() {
                if let Some(value) = found
                    .name(name)
                    .and_then(|place| value_at(folded, place.range()))
                {
                    self.one(name, value);
                }
            }
        }
    }

    fn one(&mut self, name: &str, value: &str) {
        match name {
            "path" if is_path(value) => self.add(name, within(value)),
            "path" if is_bundle_id(value) || is_tool(value) || value.contains(' ') => {}
            "file" if value == "Info.plist" => {}
            "bundle_id" if is_path(value) => self.add("path", within(value)),
            "value" => self.add(name, value),
            _ if value.is_empty() => {}
            _ => self.add(name, value),
        }
    }

    /// A value between quotes: its own shape says what it is.
    fn quoted(&mut self, value: &str, before: &str) {
        if is_path(value) {
            self.add("path", within(value));
        } else if is_bundle_id(value) && before.ends_with("bundle") {
            self.add("bundle_id", value);
        }
    }

    fn finish(mut self) -> BTreeMap<String, String> {
        self.derive();
        let mut variables = BTreeMap::new();
        for (name, list) in self.values {
            if let Some((_, plural)) = PLURALS.iter().find(|(single, _)| *single == name)
                && list.len() > 1
            {
                variables.insert((*plural).to_owned(), list.join(", "));
                for (number, value) in list.iter().enumerate().take(NUMBERED).skip(1) {
                    variables.insert(format!("{name}_{}", number + 1), value.clone());
                }
            }
            if let Some(first) = list.into_iter().next() {
                variables.entry(name).or_insert(first);
            }
        }
        variables
    }

    fn derive(&mut self) {
        let paths = self.values.get("path").cloned().unwrap_or_default();
        for path in &paths {
            let name = path.rsplit('/').next().unwrap_or(path);
            if [".app", ".appex", ".framework", ".bundle", ".xpc"]
                .iter()
                .any(|end| name.ends_with(end))
            {
                self.add("bundle", path);
            } else if let Some(bundle) = innermost(path) {
                self.add("bundle", bundle);
            }
            if let Some(framework) = path
                .split('/')
                .find_map(|part| part.strip_suffix(".framework"))
            {
                self.add("framework", framework);
            }
        }
        if !self.values.contains_key("key")
            && let Some(entitlement) = self
                .values
                .get("entitlement")
                .and_then(|list| list.first())
                .cloned()
        {
            self.add("key", &entitlement);
        }
        if let Some(sdk) = self
            .values
            .get("minimum_sdk")
            .and_then(|list| list.first())
            .cloned()
        {
            self.values.insert("minimum".to_owned(), vec![sdk]);
        }
    }
}

/// The innermost bundle that a path leads through.
fn innermost(path: &str) -> Option<&str> {
    let ends = [".app/", ".appex/", ".framework/", ".bundle/", ".xpc/"];
    let end = ends
        .iter()
        .filter_map(|end| path.rfind(end).map(|at| at + end.len() - 1))
        .max()?;
    path.get(..end)
}

/// Whether the text has the shape of a path in a package, and of nothing else.
fn is_path(value: &str) -> bool {
    let ends = [
        ".app",
        ".appex",
        ".framework",
        ".bundle",
        ".dylib",
        ".xpc",
        ".xcprivacy",
        ".car",
        ".pkg",
        ".png",
        ".ttf",
        ".otf",
        ".woff",
    ];
    let lower = value.to_ascii_lowercase();
    let inside = [
        ".app/",
        ".appex/",
        ".framework/",
        ".bundle/",
        ".xcprivacy",
        "payload/",
        "frameworks/",
    ];
    !value.contains("://")
        && !value.contains('"')
        && !is_tool(value)
        && !(is_bundle_id(value) && is_reversed_domain(value))
        && !value.contains(". ")
        && value.len() <= 300
        && (ends.iter().any(|end| lower.ends_with(end))
            || inside.iter().any(|part| lower.contains(part)))
}

/// Whether the path is one of the tools' own, not one in a package.
fn is_tool(value: &str) -> bool {
    value.starts_with("/Applications/Xcode")
}

/// A path without a bracket that belongs to the sentence.
fn within(path: &str) -> &str {
    let path = path.trim_start_matches(['[', '(', '"', ' ']);
    let path = if path.contains('[') {
        path
    } else {
        path.trim_end_matches(']')
    };
    if path.contains('(') {
        path
    } else {
        path.trim_end_matches([')', ' '])
    }
}

/// Whether a dotted name without a slash begins like a domain, so that `com.example.app` is an
/// identifier and `My.Cool.app` is not.
fn is_reversed_domain(value: &str) -> bool {
    let first = value.split('.').next().unwrap_or_default();
    !value.contains('/')
        && (2..=6).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_lowercase())
        && (value.matches('.').count() >= 2 || matches!(first, "com" | "org" | "net" | "io"))
}

fn is_bundle_id(value: &str) -> bool {
    value.contains('.')
        && value.split('.').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-_$()*{}".contains(&b))
        })
        && value.bytes().any(|b| b.is_ascii_alphabetic())
}

/// Everything that stands between quotes of one kind, with the text before it. An apostrophe inside
/// a word is no quote. Looks 320 bytes ahead at most.
fn quoted(text: &str) -> Vec<(&str, &str)> {
    let bytes = text.as_bytes();
    let word = |at: Option<&u8>| at.is_some_and(|b| b.is_ascii_alphanumeric());
    let mut list = Vec::new();
    for (start, &open) in bytes.iter().enumerate() {
        let close = match open {
            b'\'' | b'"' | b'`' => open,
            b'[' => b']',
            b'(' => b')',
            _ => continue,
        };
        let inside = start > 0 && word(bytes.get(start - 1));
        let closing = bytes.get(start + 1).is_none_or(|b| b.is_ascii_whitespace());
        if close == open && (inside || closing) {
            continue;
        }
        let ahead = &bytes[start + 1..bytes.len().min(start + 321)];
        let end = ahead
            .iter()
            .enumerate()
            .position(|(at, &b)| b == close && !(close == b'\'' && word(ahead.get(at + 1))));
        if let Some(length) = end
            && let Some(value) = text.get(start + 1..start + 1 + length)
        {
            list.push((value.trim(), text[..start].trim_end()));
        }
    }
    list
}
