//! Keeps findings apart, and together what is one: the same error is printed up to four times.

use std::collections::BTreeMap;

use memchr::memmem::Finder;

use crate::codes::{follows, is_known, situate, suit};
use crate::diagnostic::{Diagnostic, Retry, Severity};
use crate::event::Verdict;
use crate::logs::diagnostics::EARLIER_PACKAGE;

/// The most findings of one log.
pub const MOST: usize = 300;

/// The shortest text by which two messages are known to be one.
const TELLING: usize = 24;

/// The most letters of a message that are compared.
const MOST_LETTERS: usize = 1500;

/// The code of what nobody knows.
const NOT_KNOWN: &str = "message-not-known";

/// Faults that say that Apple has this version and build number already.
const DUPLICATES: [&str; 6] = [
    "altool-19232",
    "itms-90061",
    "itms-90062",
    "itms-90189",
    "itms-90478",
    "asc-entity-error-attribute-invalid-duplicate",
];

/// Variables that tell two findings of one kind apart.
const IDENTITY: [&str; 15] = [
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
    words: Words,
    identity: Identity,
    known: bool,
    /// The step that it was about worked after all.
    overcome: bool,
    /// What the log said around it.
    around: String,
}

/// The findings so far, without repetition.
#[derive(Debug, Default)]
pub struct Collector {
    kept: Vec<Kept>,
    /// How many more there were than are kept.
    pub more: usize,
}

impl Collector {
    /// Whether there is an error that is not overcome.
    pub fn has_error(&self) -> bool {
        self.errors().next().is_some()
    }

    /// A step worked as a whole: the errors so far are overcome, of one tool or of all.
    pub fn overcome(&mut self, of: Option<&str>) {
        for kept in &mut self.kept {
            kept.overcome |= of.is_none_or(|tool| kept.found.source == tool);
        }
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Whether a message of a fault, where it is known, is left out: as much is kept as can be, that fault is
    /// among it, and none of it has these words.
    pub fn leaves_out(&mut self, fault: Option<&str>, message: &str) -> bool {
        let kind = fault.unwrap_or(NOT_KNOWN);
        if self.kept.len() < MOST || self.kept.iter().all(|kept| kept.kind() != kind) {
            return false;
        }
        let words = Words::of(message);
        let told = |kept: &Kept| kept.words.hold(&words) || words.hold(&kept.words);
        let left_out = !self.kept.iter().any(told);
        self.more += usize::from(left_out);
        left_out
    }

    /// Adds a finding, or what it adds to one that is there; `around` is what the log says around it.
    pub fn add(&mut self, found: Diagnostic, around: String) {
        let new = Kept::new(found, around);
        if let Some(old) = self.kept.iter_mut().find(|old| same(old, &new)) {
            old.merge(new);
        } else if self.kept.len() < MOST || self.makes_room_for(&new) {
            self.kept.push(new);
        } else {
            self.more += 1;
        }
    }

    /// Whether one of those that are there most often was left out for a fault that is not there yet: what
    /// comes three hundred times must not hide what comes once.
    fn makes_room_for(&mut self, new: &Kept) -> bool {
        let mut often: BTreeMap<&str, usize> = BTreeMap::new();
        for kept in &self.kept {
            *often.entry(kept.kind()).or_default() += 1;
        }
        if often.contains_key(new.kind()) {
            return false;
        }
        let most = often.iter().max_by_key(|(_, times)| **times);
        let Some((kind, _)) = most.filter(|(_, times)| **times > 1) else {
            return false;
        };
        let last = self.kept.iter().rposition(|kept| kept.kind() == *kind);
        if let Some(last) = last {
            self.kept.remove(last);
            self.more += 1;
        }
        last.is_some()
    }

    /// Adds a finding that is kept whatever the number of others.
    pub fn add_last(&mut self, found: Diagnostic) {
        self.kept.push(Kept::new(found, String::new()));
    }

    /// Where the export failed and a package was refused after it as one that Apple has already, the
    /// package is not of this run: some tools end well though they made none. The number is not at fault.
    pub fn explain_duplicates(&mut self) {
        let mut not_made = false;
        for kept in &mut self.kept {
            let found = &mut kept.found;
            if found.severity != Severity::Error || kept.overcome {
                continue;
            }
            if not_made && DUPLICATES.contains(&found.code.as_str()) {
                found.code = EARLIER_PACKAGE;
                found.title = "the package that was sent is of an earlier run".to_owned();
                found.fix.clear();
                found.subjects.clear();
                found.link = None;
                found.retry = None;
            }
            not_made |= found.code.as_str().starts_with("xcodebuild-");
        }
    }

    /// A fault that does no harm mostly is what failed, where nothing else did: the last one of those that
    /// are known.
    pub fn take_harmless_seriously(&mut self) {
        let noticed = |kept: &&mut Kept| {
            kept.known && kept.found.severity == Severity::Notice && !kept.overcome
        };
        if let Some(kept) = self.kept.iter_mut().rev().find(noticed) {
            kept.found.severity = Severity::Error;
        }
    }

    /// The errors that are not overcome.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        let stands = |kept: &&Kept| kept.found.severity == Severity::Error && !kept.overcome;
        self.kept.iter().filter(stands).map(|kept| &kept.found)
    }

    /// The findings, worst first, else as they appeared. An error that was overcome is none; where
    /// something failed after it, it is shown as a warning, for it may have to do with that. What
    /// looked like an error behind the last step, though all went well, is a warning where it is known; so
    /// is what only follows from another error.
    pub fn finish(self, verdict: Verdict) -> Vec<Diagnostic> {
        let causes: Vec<String> = self.errors().map(|found| found.code.to_string()).collect();
        let worked = verdict == Verdict::Succeeded;
        let judged = self.kept.iter().rposition(is_apples_judgement);
        let mut list: Vec<Diagnostic> = Vec::new();
        for (index, mut kept) in self.kept.into_iter().enumerate() {
            if kept.found.severity == Severity::Error {
                let code = kept.found.code.as_str();
                // Apple looked at the package in the end, so what kept it from that was passing.
                let passed = kept.found.retry == Some(Retry::Yes)
                    && judged.is_some_and(|judged| index < judged);
                let follows = causes.iter().any(|cause| follows(code, cause));
                let caused = !kept.overcome && (follows || passed);
                let stands = !worked && (!kept.overcome || causes.is_empty());
                if !stands && (!kept.known || worked && kept.overcome) {
                    continue;
                }
                if !stands || caused {
                    kept.found.severity = Severity::Warning;
                }
            }
            situate(&mut kept.found, &kept.around);
            suit(&mut kept.found, &tools(&kept.around));
            list.push(kept.found);
        }
        // What nobody knows is no cause as long as there is one that is known.
        list.sort_by_key(|found| (found.severity, found.code.as_str() == NOT_KNOWN));
        list
    }
}

impl Kept {
    fn new(found: Diagnostic, around: String) -> Self {
        Self {
            words: Words::of(&found.message),
            identity: Identity::of(&found),
            known: is_known(&found.code),
            overcome: false,
            around,
            found,
        }
    }

    /// The fault that it is; all that nobody knows is of one kind, whatever its number.
    fn kind(&self) -> &str {
        match self.known {
            true => self.found.code.as_str(),
            false => NOT_KNOWN,
        }
    }

    fn merge(&mut self, mut new: Self) {
        let nameless = |kept: &Self| kept.found.code.as_str() == NOT_KNOWN;
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
        self.overcome &= new.overcome;
        let fuller = new.words.hold(&self.words);
        if self.found.message.len() < new.found.message.len() && fuller {
            self.found.message = new.found.message;
        }
        for name in new.found.codes {
            if !self.found.codes.contains(&name) && name != NOT_KNOWN {
                self.found.codes.push(name);
            }
        }
        for (name, value) in new.found.variables {
            self.found.variables.entry(name).or_insert(value);
        }
        self.identity = Identity::of(&self.found);
        if fuller && new.words.len() > self.words.len() {
            self.words = new.words;
        }
    }
}

/// Whether Apple says no to the package itself.
fn is_apples_judgement(kept: &Kept) -> bool {
    let code = kept.found.code.as_str();
    kept.found.severity == Severity::Error
        && !kept.overcome
        && (code.starts_with("itms-") || DUPLICATES.contains(&code))
        && kept.found.retry == Some(Retry::No)
}

/// The tools that were at work around a finding.
fn tools(around: &str) -> Vec<&str> {
    let lines = around.lines();
    lines
        .filter_map(|line| line.strip_prefix("tool "))
        .collect()
}

/// Whether two findings are one.
fn same(old: &Kept, new: &Kept) -> bool {
    if old.identity.error.is_some() && old.identity.error == new.identity.error {
        return old.identity.fits(&new.identity);
    }
    let (short, long) = if old.words.len() < new.words.len() {
        (&old.words, &new.words)
    } else {
        (&new.words, &old.words)
    };
    if short.len() >= TELLING && long.hold(short) {
        return true;
    }
    old.found.code == new.found.code
        && (short.bytes() == long.bytes()
            || old.known && new.known && old.identity.fits(&new.identity))
}

/// What tells a finding from others of its kind.
#[derive(Debug)]
struct Identity {
    /// The id that Apple gave the error.
    error: Option<String>,
    /// The values of [`IDENTITY`].
    values: [Option<String>; IDENTITY.len()],
}

impl Identity {
    fn of(found: &Diagnostic) -> Self {
        let value = |name: &str| found.variables.get(name).cloned();
        Self {
            error: value("error_id"),
            values: IDENTITY.map(value),
        }
    }

    /// Whether no value says that the two are about different things. A value that is a part of the
    /// other's is a shorter spelling of it.
    fn fits(&self, other: &Self) -> bool {
        let mut pairs = self.values.iter().zip(&other.values);
        pairs.all(|pair| match pair {
            (Some(one), Some(other)) => {
                one == other || is_end_of(one, other) || is_end_of(other, one)
            }
            (Some(_) | None, None) | (None, Some(_)) => true,
        })
    }
}

/// Whether one path is the end of the other.
fn is_end_of(end: &str, path: &str) -> bool {
    path.strip_suffix(end)
        .is_some_and(|before| before.ends_with('/'))
}

/// The words of a message, without case, quotes and spaces, and without its request's id; ready to be
/// looked for in others.
#[derive(Debug)]
struct Words(Finder<'static>);

impl Words {
    fn of(message: &str) -> Self {
        let message = message.split("(ID: ").next().unwrap_or(message);
        let words: Vec<u8> = message
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|byte| byte.to_ascii_lowercase())
            .take(MOST_LETTERS)
            .collect();
        Self(Finder::new(&words).into_owned())
    }

    fn bytes(&self) -> &[u8] {
        self.0.needle()
    }

    fn len(&self) -> usize {
        self.bytes().len()
    }

    /// Whether the other's words are among these.
    fn hold(&self, other: &Self) -> bool {
        other.len() <= self.len() && other.0.find(self.bytes()).is_some()
    }
}
