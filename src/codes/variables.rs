//! Reads what a message is about, such as the key, the bundle and the version, by the grammar of
//! Apple's sentences alone, so that messages never seen before give their variables too.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use regex::bytes::Regex;

use crate::codes::entry::{built, value_at};
use crate::codes::fold::fold;
use crate::codes::grammar::{BARE_PATHS, RULES, SHORT};
use crate::codes::purposes;
use crate::codes::shape::{
    innermost, is_bundle_id, is_path, is_tool, quoted, within, without_addresses,
};
use crate::text::expressions::Expressions;

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
/// `date`, `icon`, `size`, `error_id` and others. Where there are several, plurals such as `keys`
/// hold all of them, joined by commas, and `key_2` and so on each one. Looks at the first 32 KiB.
pub fn variables(text: &str) -> BTreeMap<String, String> {
    read(&fold(text))
}

/// As [`variables`], on folded text.
pub(super) fn read(folded: &str) -> BTreeMap<String, String> {
    let folded = &without_addresses(folded);
    let mut found = Found::default();
    for rule in rules(&RULES_BUILT, RULES, folded) {
        found.all(rule, folded);
    }
    for (value, before) in quoted(folded) {
        found.quoted(value, before);
    }
    for rule in rules(&BARE_BUILT, BARE_PATHS, folded) {
        found.known_paths = found.values.get("path").cloned().unwrap_or_default();
        found.all(rule, folded);
    }
    found.finish()
}

static RULES_BUILT: OnceLock<Expressions> = OnceLock::new();
static BARE_BUILT: OnceLock<Expressions> = OnceLock::new();

/// The rules that may fit a text.
fn rules(
    rules: &'static OnceLock<Expressions>,
    texts: &[&str],
    folded: &str,
) -> impl Iterator<Item = &'static Regex> {
    rules
        .get_or_init(|| Expressions::new(texts.iter().map(|text| spelled_out(text)), built))
        .candidates(folded)
        .map(|(_, rule)| rule)
}

fn spelled_out(rule: &str) -> String {
    SHORT.iter().fold(rule.to_owned(), |text, (short, long)| {
        text.replace(short, long)
    })
}

#[derive(Default)]
struct Found {
    values: BTreeMap<String, Vec<String>>,
    /// Paths read by surer rules, whose pieces are no paths of their own.
    known_paths: Vec<String>,
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
                let Some(place) = found.name(name) else {
                    continue;
                };
                if name == "path" && goes_on(&folded.as_bytes()[place.end()..]) {
                    continue;
                }
                if let Some(value) = value_at(folded, place.range()) {
                    self.one(name, value);
                }
            }
        }
    }

    fn one(&mut self, name: &str, value: &str) {
        match name {
            "path" if self.known_paths.iter().any(|path| path.contains(value)) => {}
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
        if value.split(", ").all(is_path) {
            value
                .split(", ")
                .for_each(|path| self.add("path", within(path)));
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
        if let Some(class) = purposes::derived("class", &variables) {
            variables.insert("class".to_owned(), class.to_owned());
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

/// Whether a dotted name goes on after a part that looks like the end of a path, as after `.app` in
/// `com.example.app.share`.
fn goes_on(rest: &[u8]) -> bool {
    matches!(rest, [b'.', next, ..] if next.is_ascii_alphanumeric())
}
