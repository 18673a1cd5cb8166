//! One entry of the catalogue: a fault, what it means and how to mend it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use regex::bytes::{Regex, RegexBuilder};
use serde::Deserialize;
use serde::Serialize;
use serde::de::Error as _;

use crate::codes::fold::fold_pattern;
use crate::diagnostic::{Retry, Severity};

/// The place to mend, before and after.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Snippet {
    /// The file's usual name, such as `Info.plist`, or `terminal`.
    pub file: String,
    /// The lines with the fault; empty where something is missing.
    #[serde(default)]
    pub before: String,
    /// The lines without it.
    pub after: String,
    /// The lines without it can be pasted as they are, once their places are filled.
    #[serde(default, skip_serializing)]
    pub paste: bool,
}

/// What to do where a finding is of a narrower kind than its code says: it takes the place of the
/// general steps. A finding names it by its variable `case`; a message of Apple's or a tool's is of it by
/// what it says, and by what the log says around it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// When it is so, as it reads after "where": `a file in it is encrypted`.
    pub when: String,
    /// What is wrong then; the title of the entry where nothing is said.
    pub title: Option<String>,
    /// An expression that the message fits.
    pub says: Option<String>,
    /// An expression that what is around the message fits: the tools at work, the commands before it, the
    /// lines before it, one a line.
    pub near: Option<String>,
    /// What to do then, the first thing to try first.
    pub fix: Vec<String>,
    /// The pages for it; those of the entry where nothing is said.
    pub links: Option<Vec<String>>,
}

/// A fault that Apple or one of its tools reports, or that jetway finds itself.
///
/// Texts in `fix` and `subjects` may hold `{name|other words}`: a variable and what to say where it
/// was not read. Patterns run on text with straight quotes and single spaces, ignore case, and know
/// ASCII only: `\w`, `\d` and `\b` are the ASCII ones.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The stable code, such as `itms-90683`.
    pub code: String,
    /// The folder of the catalogue that it stands in, such as `itms` or `xcodebuild`.
    pub family: String,
    /// Further names as tools print them, such as `-19232`.
    #[serde(default)]
    pub also: Vec<String>,
    /// One line: what is wrong.
    pub title: String,
    /// What it means, in one to three sentences.
    pub meaning: String,
    /// Why Apple asks for it.
    pub why: String,
    /// How much it matters where the message does not say.
    #[serde(deserialize_with = "severity")]
    pub severity: Severity,
    /// Whether the same upload may pass another time.
    pub retry: Retry,
    /// The name only says that something was refused: another name or a known text beats it.
    #[serde(default)]
    pub wrapper: bool,
    /// The faults of which this one is only a consequence where both are found.
    #[serde(default)]
    pub follows: Vec<String>,
    /// When to try again, as it reads after "Retry:": `after the agreement is signed`.
    pub again: Option<String>,
    /// What to do, the first thing to try first.
    pub fix: Vec<String>,
    /// What else to do, or where, in a project that is made with a framework: one line for each, by its name
    /// in [`FRAMEWORKS`](crate::codes::frameworks::FRAMEWORKS).
    #[serde(default)]
    pub framework: BTreeMap<String, String>,
    /// Narrower kinds of the fault, each with steps of its own.
    #[serde(default, rename = "case")]
    pub cases: BTreeMap<String, Case>,
    /// What it is about, best first: `info-plist-key:{key}`, `marketing-version`, …
    #[serde(default)]
    pub subjects: Vec<String>,
    /// Public pages, the best first.
    #[serde(default)]
    pub links: Vec<String>,
    /// Expressions whose named groups are variables.
    #[serde(default)]
    pub patterns: Vec<String>,
    /// Expressions that tell this fault from all others where no code is printed.
    #[serde(default)]
    pub recognise: Vec<String>,
    /// A message as Apple words it, with invented names.
    pub example: String,
    /// Nobody saw the example's wording in public: it is shown as an example of our own making.
    #[serde(default)]
    pub made_up: bool,
    /// Nobody published Apple's text of this number, so that the entry is no more than a likely reading.
    #[serde(default)]
    pub unconfirmed: bool,
    /// What to write where.
    pub snippet: Option<Snippet>,
    #[serde(skip)]
    compiled: OnceLock<Vec<Regex>>,
}

fn severity<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Severity, D::Error> {
    match String::deserialize(from)?.as_str() {
        "error" => Ok(Severity::Error),
        "warning" => Ok(Severity::Warning),
        "notice" => Ok(Severity::Notice),
        other => Err(D::Error::custom(format!("unknown severity `{other}`"))),
    }
}

/// Builds an expression of the catalogue: ASCII classes, any case, for folded text.
pub(super) fn expression(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(&fold_pattern(pattern))
        .unicode(false)
        .case_insensitive(true)
        .dot_matches_new_line(true)
        .build()
}

/// As [`expression`], of one that a test knows to build.
pub(super) fn built(pattern: &str) -> Regex {
    expression(pattern).expect("an expression of the catalogue builds, a test says so")
}

impl Entry {
    /// Every step, of the entry itself, of its cases and for frameworks.
    #[cfg(test)]
    pub fn all_steps(&self) -> impl Iterator<Item = &String> {
        let of_cases = self.cases.values().flat_map(|case| &case.fix);
        let of_frameworks = self.framework.values();
        self.fix.iter().chain(of_cases).chain(of_frameworks)
    }

    /// The delivery number of Apple's, such as `90683`, where the fault has one.
    pub fn number(&self) -> Option<&str> {
        let number = self.code.strip_prefix("itms-")?;
        let number = number.split('-').next().unwrap_or(number);
        (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then_some(number)
    }

    /// Every name the fault goes by, as tools print them; the main one first.
    pub fn names(&self) -> Vec<String> {
        let main = match self.number() {
            Some(number) => Some(format!("ITMS-{number}")),
            None => self.also.is_empty().then(|| self.code.clone()),
        };
        let mut names: Vec<String> = Vec::new();
        for name in main.into_iter().chain(self.also.iter().cloned()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// What the entry's own patterns read from folded text.
    pub(super) fn read(&self, folded: &str) -> BTreeMap<String, String> {
        let mut variables = BTreeMap::new();
        for pattern in self.expressions() {
            let Some(found) = pattern.captures(folded.as_bytes()) else {
                continue;
            };
            for name in pattern.capture_names().flatten() {
                let Some(value) = found
                    .name(name)
                    .and_then(|place| value_at(folded, place.range()))
                else {
                    continue;
                };
                if !value.is_empty() || name == "value" {
                    // Spaces in names of files and scripts, as xcodebuild writes them.
                    variables
                        .entry(name.to_owned())
                        .or_insert_with(|| value.replace("\\ ", " "));
                }
            }
        }
        variables
    }

    /// Whether one of the entry's own patterns fits folded text.
    pub(super) fn fits(&self, folded: &str) -> bool {
        self.expressions()
            .iter()
            .any(|pattern| pattern.is_match(folded.as_bytes()))
    }

    /// The entry's patterns, built once. One that does not build is left out; a test finds it.
    fn expressions(&self) -> &[Regex] {
        self.compiled.get_or_init(|| {
            self.patterns
                .iter()
                .filter_map(|pattern| expression(pattern).ok())
                .collect()
        })
    }
}

/// What stands at a place of folded text, without quotes and, where the text itself does not end it
/// with a quote, without the sentence's punctuation.
pub(super) fn value_at(folded: &str, place: Range<usize>) -> Option<&str> {
    let quoted = folded.get(place.end..)?.starts_with(['\'', '"', '`', ']']);
    let value = folded.get(place)?;
    let value = value
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '`' | ',' | ';'));
    Some(if quoted {
        value
    } else {
        value.trim_end_matches('.')
    })
}
