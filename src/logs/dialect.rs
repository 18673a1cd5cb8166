//! What there is to know about how one tool speaks: plain tables, compiled by whoever reads them.

use serde_json::{Map, Value};

use crate::diagnostic::Severity;

/// How one tool speaks. All expressions are over ASCII; those that look at a line or a message see it
/// without the prefixes.
#[derive(Clone, Copy, Debug)]
pub struct Dialect {
    /// Who said it, as a finding names it.
    pub name: &'static str,
    /// What it prints in front of a line. The first that fits is taken off, then all are tried again.
    pub prefixes: &'static [Prefix],
    /// Words, in small letters, one of which is in every line that is worth reading. They must be rare
    /// in a build's noise.
    pub hot: &'static [&'static str],
    /// Beginnings of a line that begin a message, whatever came before it.
    pub begins: &'static [&'static str],
    /// Beginnings of a line that belongs to the message above it.
    pub goes_on: &'static [&'static str],
    /// Ends of a message that has said no more than that there is one: its words come in the next lines.
    pub heads: &'static [&'static str],
    /// Each of its messages is one line; only indented lines belong to it.
    pub one_line: bool,
    /// What introduces a fault inside a text that holds several. A group `level` may hold `ERROR` or
    /// `WARNING`.
    pub introductions: &'static [&'static str],
    /// Words, in small letters, by which it is known that the tool is at work; `/#/` in one is a number
    /// between slashes.
    pub marks: &'static [&'static str],
    /// Words around a message that only repeat it; they are left out.
    pub wrappings: &'static [&'static str],
    /// What stands behind a message and is no part of it.
    pub suffixes: &'static [&'static str],
    /// Words by which a message is known to be this tool's, where no prefix says so.
    pub known_by: &'static [&'static str],
    /// Words that say that something is wrong, where the tool prints no level.
    pub faults: &'static [&'static str],
    /// Names, such as `errSecInternalComponent`, that say by themselves that there is a fault.
    pub strong_names: &'static [&'static str],
    /// Words that say that something failed and not what, after `error:` or the like.
    pub only_failed: &'static [&'static str],
    /// Faults that do no harm.
    pub harmless: &'static [&'static str],
    /// How a line says that it ended, well or not.
    pub signs: &'static [(Sign, &'static str)],
    /// Parts of a log that are shown and not said: scripts that it prints, tests that it runs.
    pub shown_parts: &'static [ShownPart],
    /// Lines that are shown and not said, such as a command before it is run.
    pub shown: &'static [&'static str],
    /// Where it prints the id of the delivery: the first group.
    pub delivery_id: &'static [&'static str],
    /// The documents that it prints.
    pub documents: Option<Documents>,
}

impl Dialect {
    /// A tool that says nothing; the rest of a dialect's table.
    pub const SILENT: Self = Self {
        name: "",
        prefixes: &[],
        hot: &[],
        begins: &[],
        goes_on: &[],
        heads: &[],
        one_line: false,
        introductions: &[],
        marks: &[],
        wrappings: &[],
        suffixes: &[],
        known_by: &[],
        faults: &[],
        strong_names: &[],
        only_failed: &[],
        harmless: &[],
        signs: &[],
        shown_parts: &[],
        shown: &[],
        delivery_id: &[],
        documents: None,
    };
}

/// What is printed in front of a line. Groups of the expression: `level`, with a word such as
/// `WARNING`; `file`, `line` and `column` of a source; `rest`, where what is left begins before the match ends.
#[derive(Clone, Copy, Debug)]
pub struct Prefix {
    pub pattern: &'static str,
    /// Whether a message of its own begins; `None` leaves that to the other prefixes.
    pub begins: Option<bool>,
    /// Whether it says that the tool itself speaks.
    pub named: bool,
    /// The level where the line has no word for it.
    pub level: Option<Level>,
    /// Another tool is quoted: a level before it is not that of what is said.
    pub quotes: bool,
}

impl Prefix {
    /// Printed on every line by what carries the log; says nothing.
    pub const fn carrier(pattern: &'static str) -> Self {
        Self {
            pattern,
            begins: None,
            named: false,
            level: None,
            quotes: false,
        }
    }

    /// Stands in front of what another tool said, whatever the level of who repeats it.
    pub const fn quotes(pattern: &'static str) -> Self {
        Self {
            quotes: true,
            ..Self::carrier(pattern)
        }
    }

    /// A message begins.
    pub const fn begins(pattern: &'static str) -> Self {
        Self {
            begins: Some(true),
            ..Self::carrier(pattern)
        }
    }

    /// A message of the tool begins.
    pub const fn says(pattern: &'static str) -> Self {
        Self {
            named: true,
            ..Self::begins(pattern)
        }
    }

    /// The tool's name on every one of its lines, not only on a message's first.
    pub const fn echoes(pattern: &'static str) -> Self {
        Self {
            begins: Some(false),
            named: true,
            ..Self::carrier(pattern)
        }
    }

    /// The same, where a line without a word for it has this level.
    pub const fn at(self, level: Level) -> Self {
        Self {
            level: Some(level),
            ..self
        }
    }
}

/// The level that a line has by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Error,
    Warning,
    Info,
    Debug,
}

/// A part of a log that is shown and not said. Its lines are looked at as they are and without prefixes.
#[derive(Clone, Copy, Debug)]
pub struct ShownPart {
    /// The line that it begins with.
    pub begins: &'static str,
    /// The line that it ends with.
    pub ends: &'static str,
    /// The last line is no more of it: it is what comes after it.
    pub before: bool,
    /// The most lines of it, for where its end is missing.
    pub most: usize,
}

/// How much a sign decides. Where a line holds several, the later of this list wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// The upload as a whole worked.
    Delivered,
    /// A check of the package as a whole worked.
    Checked,
    /// The upload or check as a whole failed.
    Refused,
    /// Something that a build needs was made ready; errors after it still count.
    Prepared,
    /// What the tool did was looked at and found good; what it said before is overcome.
    Verified,
    /// A step before the upload worked; what went wrong before it is overcome.
    Built,
    /// A step before the upload failed.
    NotBuilt,
    /// It is said in passing that something failed.
    Stumbled,
    /// Whoever runs the tools says at last that all went well.
    JobPassed,
    /// Whoever runs the tools says at last that it failed.
    JobFailed,
}

/// The documents of a tool.
#[derive(Clone, Copy, Debug)]
pub struct Documents {
    /// Words one of which each of them holds. Others are not even parsed.
    pub words: &'static [&'static str],
    /// Reads one; `None` where it is none of the tool's.
    pub read: fn(&Map<String, Value>) -> Option<Read>,
}

/// What a document says.
#[derive(Clone, Debug, Default)]
pub struct Read {
    pub said: Vec<Said>,
    pub sign: Option<Sign>,
    pub delivery_id: Option<String>,
}

/// One message of a document.
#[derive(Clone, Debug)]
pub struct Said {
    /// Apple's sentence.
    pub sentence: String,
    /// Everything that was said with it, for codes and variables.
    pub text: String,
    /// The names of the fault, the best first.
    pub codes: Vec<String>,
    pub severity: Severity,
    pub source: &'static str,
    /// Values that have a name of their own in the document.
    pub variables: Vec<(&'static str, String)>,
}

/// The most messages that are read from one document.
pub const MOST_SAID: usize = 500;

impl Read {
    /// Adds a message, each name of it once.
    pub fn say(&mut self, mut said: Said) {
        if self.said.len() < MOST_SAID && !(said.sentence.is_empty() && said.codes.is_empty()) {
            let mut seen = Vec::new();
            said.codes.retain(|code| {
                let new = !seen.contains(code);
                seen.push(code.clone());
                new
            });
            self.said.push(said);
        }
    }
}
