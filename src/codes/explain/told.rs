//! What is told of an entry: by itself, or with a message of its kind.

use std::collections::BTreeMap;

use crate::codes::complete::filled;
use crate::codes::entry::{Case, Entry, Snippet};
use crate::codes::frameworks;
use crate::codes::template::fill;
use crate::codes::topic::Topic;
use crate::diagnostic::{CASE, Diagnostic, Retry, Severity};
use crate::text::plain::spaced;

/// What is told: an entry, and where a message was given, the message as a finding.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    pub(super) entry: &'a Entry,
    pub(super) message: Option<&'a Diagnostic>,
    /// It only has the words that were asked for.
    pub(super) is_near: bool,
}

impl<'a> Told<'a> {
    /// An entry by itself.
    pub fn entry(entry: &'a Entry) -> Self {
        Self {
            entry,
            message: None,
            is_near: false,
        }
    }

    /// An entry that only has the words that were asked for, which may mean another one.
    pub fn by_words(entry: &'a Entry) -> Self {
        Self {
            is_near: true,
            ..Self::entry(entry)
        }
    }

    /// An entry with a message of its kind, whose names and steps take the place of the general ones.
    pub fn message(entry: &'a Entry, message: &'a Diagnostic) -> Self {
        Self {
            entry,
            message: Some(message),
            is_near: false,
        }
    }

    /// The words that were given, where any were.
    pub(super) fn words(&self) -> Option<&'a str> {
        let words = self.message.map(|found| found.message.as_str());
        words.filter(|words| !words.is_empty())
    }

    pub(super) fn variables(&self) -> &BTreeMap<String, String> {
        static NONE: BTreeMap<String, String> = BTreeMap::new();
        self.message.map_or(&NONE, |found| &found.variables)
    }

    pub(super) fn filled(&self, text: &str) -> String {
        fill(text.trim(), self.variables())
    }

    pub(super) fn title(&self) -> String {
        match self.message {
            Some(found) => found.title.clone(),
            None => self.filled(&self.entry.title),
        }
    }

    pub(super) fn fix(&self) -> Vec<String> {
        match self.message {
            Some(found) => found.fix.clone(),
            None => filled(&self.entry.fix, self.variables()),
        }
    }

    /// The cases that the message is not of, for it may be of another one.
    pub(super) fn cases(&self) -> impl Iterator<Item = (&'a String, &'a Case)> {
        let own = self.variables().get(CASE).cloned();
        let entry = self.entry;
        let chosen = move |name: &String| own.as_ref() == Some(name);
        entry.cases.iter().filter(move |(name, _)| !chosen(name))
    }

    pub(super) fn frameworks(&self) -> Vec<String> {
        let lines = frameworks::lines(self.entry, Topic::of(self.entry), self.variables());
        lines.into_iter().map(|(_, line)| line).collect()
    }

    pub(super) fn severity(&self) -> Severity {
        self.message
            .map_or(self.entry.severity, |found| found.severity)
    }

    /// Whether it blocks the release, and whether to try again.
    pub(super) fn status(&self) -> String {
        let said = if self.entry.family == "itms" && self.words().is_none() {
            ", where Apple calls it "
        } else {
            ""
        };
        let blocks = match (self.severity(), said) {
            (Severity::Error, "") => "yes".to_owned(),
            (Severity::Error, said) => format!("yes{said}an error"),
            (Severity::Warning | Severity::Notice, "") => "no".to_owned(),
            (Severity::Warning | Severity::Notice, said) => format!("no{said}a warning"),
        };
        let again = match (&self.entry.again, self.entry.retry) {
            (Some(when), _) => when,
            (None, Retry::No) => "no",
            (None, Retry::Later) => "later",
            (None, Retry::Yes) => "yes",
        };
        let doubt = match self.entry.unconfirmed {
            true => {
                " Not confirmed: Apple's text of this number is not public, so its own words decide."
            }
            false => "",
        };
        format!("Blocks the release: {blocks}. Retry: {again}.{doubt}")
    }

    /// Whose words are quoted, and the words; those that nobody saw are no quotation.
    pub(super) fn said(&self) -> (String, String) {
        let entry = self.entry;
        if let Some(words) = self.words() {
            return ("Your message".to_owned(), spaced(words));
        }
        let who = match entry.family.as_str() {
            _ if entry.made_up => "Example (wording made up)".to_owned(),
            "itms" | "app-store-connect" | "mail" => "Apple says".to_owned(),
            tool => format!("{tool} says"),
        };
        (who, spaced(&entry.example))
    }

    pub(super) fn others(&self) -> Vec<String> {
        self.entry.names().into_iter().skip(1).collect()
    }

    pub(super) fn snippet(&self) -> Option<Snippet> {
        let snippet = self.entry.snippet.as_ref()?;
        Some(Snippet {
            file: snippet.file.clone(),
            before: fill(&snippet.before, self.variables()),
            after: fill(&snippet.after, self.variables()),
            paste: snippet.paste,
        })
    }
}

/// The parts of a snippet, each with its heading.
pub(super) fn parts(snippet: &Snippet) -> Vec<(String, &str)> {
    let mut parts = Vec::new();
    if snippet.before.trim().is_empty() {
        let heading = match snippet.file.as_str() {
            "terminal" => "Run".to_owned(),
            file => format!("In {file}"),
        };
        parts.push((heading, snippet.after.as_str()));
    } else {
        let place = match snippet.file.as_str() {
            "terminal" => String::new(),
            file => format!(", in {file}"),
        };
        parts.push((format!("Before{place}"), snippet.before.as_str()));
        if !snippet.after.trim().is_empty() {
            parts.push(("After".to_owned(), snippet.after.as_str()));
        }
    }
    parts
}
