//! Keeps findings apart, and together what is one: the same error is printed up to four times.

use std::collections::BTreeMap;

use crate::codes::Catalogue;
use crate::diagnostic::{Diagnostic, Severity};
use crate::event::Verdict;

/// The most findings of one log.
pub const MOST: usize = 300;

/// The shortest text by which two messages are known to be one.
const TELLING: usize = 24;

/// Variables that tell two findings of one kind apart.
const IDENTITY: &[&str] = &[
    "key",
    "bundle",
    "path",
    "category",
    "size",
    "entitlement",
    "framework",
    "certificate",
    "profile",
    "bundle_id",
    "target",
    "file",
    "icon",
    "pointer",
    "source_line",
];

#[derive(Debug)]
struct Kept {
    found: Diagnostic,
    words: String,
    known: bool,
}

/// The findings so far, without repetition.
#[derive(Debug, Default)]
pub struct Collector {
    kept: Vec<Kept>,
    /// How many more there were than are kept.
    pub more: usize,
}

impl Collector {
    /// Whether there is nothing that is an error.
    pub fn has_error(&self) -> bool {
        self.kept
            .iter()
            .any(|kept| kept.found.severity == Severity::Error)
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Adds a finding, or what it adds to one that is there.
    pub fn add(&mut self, found: Diagnostic) {
        let new = Kept {
            words: words(&found.message),
            known: Catalogue::get().find(found.code.as_str()).is_some(),
            found,
        };
        if let Some(old) = self.kept.iter_mut().find(|old| same(old, &new)) {
            old.merge(new);
        } else if self.kept.len() < MOST {
            self.kept.push(new);
        } else {
            self.more += 1;
        }
    }

    /// Adds a finding that is kept whatever the number of others.
    pub fn add_last(&mut self, found: Diagnostic) {
        self.kept.push(Kept {
            words: String::new(),
            known: true,
            found,
        });
    }

    /// The findings, worst first, else as they appeared. What looked like an error though all went
    /// well was none: it is a warning where it is known, and nothing where it is not.
    pub fn finish(self, verdict: Verdict) -> Vec<Diagnostic> {
        let mut list: Vec<Diagnostic> = Vec::new();
        for mut kept in self.kept {
            if verdict == Verdict::Succeeded && kept.found.severity == Severity::Error {
                if !kept.known {
                    continue;
                }
                kept.found.severity = Severity::Warning;
            }
            list.push(kept.found);
        }
        list.sort_by_key(|found| found.severity);
        list
    }
}

impl Kept {
    fn merge(&mut self, mut new: Self) {
        let nameless = |kept: &Self| kept.found.code.as_str() == "message-not-known";
        let better = (nameless(self) && !nameless(&new))
            || (new.known && !self.known)
            || (new.known == self.known
                && new.found.variables.len() > self.found.variables.len()
                && new.found.code == self.found.code);
        let severity = self.found.severity.min(new.found.severity);
        if better {
            std::mem::swap(self, &mut new);
        }
        self.found.severity = severity;
        if self.found.message.len() < new.found.message.len() && new.words.contains(&self.words) {
            self.found.message = new.found.message;
        }
        for name in new.found.codes {
            if !self.found.codes.contains(&name) && name != "message-not-known" {
                self.found.codes.push(name);
            }
        }
        for (name, value) in new.found.variables {
            self.found.variables.entry(name).or_insert(value);
        }
        if new.words.len() > self.words.len() && new.words.contains(&self.words) {
            self.words = new.words;
        }
    }
}

fn same(old: &Kept, new: &Kept) -> bool {
    let id = |kept: &Kept| kept.found.variables.get("request_id").cloned();
    if let (Some(one), Some(other)) = (id(old), id(new))
        && one == other
    {
        return conflict_free(&old.found.variables, &new.found.variables);
    }
    let (short, long) = if old.words.len() < new.words.len() {
        (&old.words, &new.words)
    } else {
        (&new.words, &old.words)
    };
    if short.len() >= TELLING && long.contains(short.as_str()) {
        return true;
    }
    if short == long && old.found.code == new.found.code {
        return true;
    }
    old.found.code == new.found.code
        && old.known
        && new.known
        && conflict_free(&old.found.variables, &new.found.variables)
}

/// Whether no variable says that the two are about different things. A value that is a part of the
/// other's is a shorter spelling of it.
fn conflict_free(one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) -> bool {
    IDENTITY
        .iter()
        .all(|name| match (one.get(*name), other.get(*name)) {
            (Some(one), Some(other)) => {
                one == other
                    || one.ends_with(&format!("/{other}"))
                    || other.ends_with(&format!("/{one}"))
            }
            _ => true,
        })
}

/// The words of a message, without case, quotes and spaces, and without its request's id.
fn words(message: &str) -> String {
    let message = message.split("(ID: ").next().unwrap_or(message);
    message
        .bytes()
        .filter(u8::is_ascii_alphanumeric)
        .map(|b| char::from(b.to_ascii_lowercase()))
        .take(1500)
        .collect()
}
