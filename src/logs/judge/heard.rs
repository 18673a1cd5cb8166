//! A message with all that is known of it.

use crate::codes::{Catalogue, Entry, Folded};
use crate::diagnostic::Severity;
use crate::logs::judge::words::{is_fault, is_harmless, is_quiet, is_strong, is_wrapper};
use crate::logs::judge::worth::{Evidence, Name, Speaker, Wording};

/// The longest text that may say that something failed, and no more.
const SHORT: usize = 240;

/// A message as it was heard.
#[derive(Debug)]
pub struct Heard<'a> {
    pub text: &'a str,
    pub folded: Folded,
    pub tool: Option<&'static str>,
    pub severity: Option<Severity>,
    /// The names of faults that are printed in it.
    pub codes: Vec<String>,
    /// The faults whose wording it has.
    pub known: Vec<&'static Entry>,
    /// It begins with words that introduce a fault.
    pub introduced: bool,
    pub in_mail: bool,
}

impl Heard<'_> {
    /// What speaks for it.
    pub fn evidence(&self) -> Evidence {
        Evidence {
            wording: self.wording(),
            name: self.name(),
            severity: self.severity,
            speaker: match self.tool {
                _ if self.introduced && self.in_mail => Speaker::List,
                Some(_) => Speaker::Tool,
                None => Speaker::Nobody,
            },
        }
    }

    /// Whether all that is known of it says no more than that something was refused.
    pub fn is_only_wrapper(&self) -> bool {
        let named = self
            .codes
            .iter()
            .filter_map(|name| Catalogue::get().find(name));
        let mut all = self.known.iter().copied().chain(named).peekable();
        all.peek().is_some() && all.all(|entry| entry.wrapper)
    }

    fn wording(&self) -> Wording {
        let text = self.text;
        if self.known.iter().any(|entry| !entry.wrapper) {
            return Wording::Known;
        }
        let short = text.len() < SHORT || text.starts_with("The following build commands");
        let general = self.codes.is_empty() && !self.known.is_empty();
        if short && (general || is_wrapper(text)) {
            Wording::OnlyFailed
        } else {
            Wording::New
        }
    }

    fn name(&self) -> Name {
        let in_passing = self.severity.is_none() && !self.introduced && is_quiet(self.text);
        if in_passing || self.codes.is_empty() {
            Name::Absent
        } else if self.codes.iter().any(|name| is_strong(name)) {
            Name::Strong
        } else if self.tool.is_some() {
            Name::OfTool
        } else {
            Name::Absent
        }
    }
}

/// How much a message matters that says this of itself: a tool that prints no levels says it by its words.
pub fn severity(text: &str, tool: Option<&str>, own: Option<Severity>) -> Option<Severity> {
    match tool {
        Some(tool) if is_harmless(tool, text) => Some(Severity::Notice),
        Some(tool) if own.is_none() && is_fault(tool, text) => Some(Severity::Error),
        Some(_) | None => own,
    }
}
