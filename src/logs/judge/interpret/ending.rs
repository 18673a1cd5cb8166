//! The end of a log: what is told only because nothing better was found, and the verdict.

use std::sync::OnceLock;

use regex::bytes::Regex;

use crate::codes::{
    Catalogue, Folded, Message, diagnose, diagnose_known, recognise, recognise_folded,
};
use crate::diagnostic::{Diagnostic, Severity};
use crate::event::Verdict;
use crate::ids::BuildUploadId;
use crate::logs::diagnostics::{MORE, NO_REASON, UPLOADED};
use crate::logs::dialect::{Level, Sign};
use crate::logs::expression::ascii;
use crate::logs::judge::interpret::Interpreter;
use crate::logs::judge::verdict::Verdicts;
use crate::logs::judge::words::{is_strong, is_wrapper, names, sentence, shown};
use crate::logs::reading::Reading;
use crate::logs::stream::clean::redacted;
use crate::logs::stream::prefix::Stripped;
use crate::logs::stream::split::messages;

/// Whether a line says, in any tool's words, that a process ended badly.
fn says_failed(body: &str) -> bool {
    static RULE: OnceLock<Regex> = OnceLock::new();
    let rule = RULE.get_or_init(|| {
        ascii(concat!(
            r"(?i)\b(?:exited|failed|finished|ended|returned|completed|stopped)\b.{0,80}?",
            r"\b(?:code|status)\b\W{0,4}[1-9]\d{0,2}\b",
            r"|\bexit(?:ed)?(?: with)?(?: code| status)?:? \(?-?[1-9]\d{0,2}\)?\W{0,2}$",
            r"|\bexited with code <signal \d+|\b(?:segmentation fault|abort trap|bus error|killed): \d+",
            r"|\bnon-?zero exit|\bdid not complete successfully\b",
            r"|^(?:\S+ )?(?:aborted|failure)!?\W*$|^(?:build|job|pipeline|step|stage|task)\b.{0,80}?\b(?:failed|aborted)\b",
        ))
    });
    body.len() <= 400 && rule.is_match(body.as_bytes())
}

impl Interpreter {
    /// Reads a short text in which nothing was found once more: somebody pasted a message without
    /// what the tool printed around it.
    pub fn pasted(&mut self, text: &str) {
        /// The most lines of one message of a tool that nobody knows.
        const MESSAGE: usize = 6;
        if !self.collector.is_empty() || self.verdicts.decide() != Verdict::Unknown {
            return;
        }
        let text = redacted(text);
        for block in text.split("\n\n") {
            for part in messages(block) {
                let folded = Folded::of(part.text);
                let codes = names(part.text, &folded);
                let words = recognise_folded(&folded);
                let known =
                    |name: &String| is_strong(name) || Catalogue::get().find(name).is_some();
                if !words.is_empty() || codes.iter().any(known) {
                    let message = Message {
                        text: part.text,
                        codes,
                        severity: part.severity,
                        source: "apple",
                    };
                    let mut found = diagnose_known(&message, &folded, &words);
                    found.message = shown(sentence(part.text));
                    self.add(found);
                }
            }
        }
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        if self.collector.is_empty() && lines.count() <= MESSAGE {
            self.tell_held();
        }
    }

    /// Looks at the last lines, the last one first: where nothing else decides, a tool that nobody knows
    /// has failed if its last words have the level of an error, and nothing good comes after them.
    pub fn last_lines<'a>(&mut self, lines: impl Iterator<Item = Stripped<'a>>) {
        /// How many lines with words are looked at: a stack or an advice may follow the error.
        const LAST: usize = 6;
        let mut lines = lines.filter(|line| !line.is_blank()).take(LAST).peekable();
        let failed_at_last = lines.peek().is_some_and(|line| says_failed(line.body));
        match self.verdicts.decide() {
            Verdict::Failed => return,
            // Whoever ran the tools has the last word, in whatever words.
            Verdict::Succeeded if failed_at_last => {
                self.verdicts.sign(Sign::JobFailed);
                return;
            }
            Verdict::Succeeded => return,
            Verdict::Unknown => {}
        }
        let is_error =
            |line: &Stripped<'_>| line.level == Some(Level::Error) || says_failed(line.body);
        let said: Vec<Stripped<'a>> = lines
            .take_while(|line| !Verdicts::is_good(line.body))
            .collect();
        if let Some(line) = said.iter().find(|line| is_error(line)) {
            self.verdicts.sign(Sign::Stumbled);
            if is_wrapper(line.body) {
                self.keep_for_last(line.body, line.tool);
            } else if self.held.is_empty() {
                self.hold(line.body);
            }
        }
    }

    /// Tells that something failed, where nothing says why.
    fn tell_last_resort(&mut self) {
        let (text, tool) = self
            .last_resort
            .take()
            .unwrap_or_else(|| (String::new(), "log"));
        let found = if recognise(&text).is_empty() {
            Diagnostic::error(NO_REASON, "the log says that it failed, but not why")
                .message(text)
                .said_by(tool)
        } else {
            diagnose(&Message {
                text: &text,
                codes: Vec::new(),
                severity: Some(Severity::Error),
                source: tool,
            })
        };
        self.add(found);
    }

    /// Tells the errors of tools that are not known to be Apple's.
    fn tell_held(&mut self) {
        /// The most of them that are told: what comes behind the first is mostly a consequence.
        const MOST_TOLD: usize = 3;
        for text in std::mem::take(&mut self.held).into_iter().take(MOST_TOLD) {
            let folded = Folded::of(&text);
            let message = Message {
                text: &text,
                codes: names(&text, &folded),
                severity: Some(Severity::Error),
                source: "log",
            };
            self.add(diagnose_known(
                &message,
                &folded,
                &recognise_folded(&folded),
            ));
        }
    }

    /// Tells that the build is uploaded, beside what failed after it; where that is in nobody's words that
    /// are known, this is all that there is to tell.
    fn tell_uploaded(&mut self) {
        const TITLE: &str = "the build is uploaded; what failed comes after the upload";
        let known = |(text, _): &(String, &str)| !recognise(text).is_empty();
        if !self.collector.has_error() && self.last_resort.as_ref().is_some_and(known) {
            self.tell_last_resort();
        }
        if self.collector.has_error() {
            self.collector.add_last(Diagnostic::notice(UPLOADED, TITLE));
            return;
        }
        let held = std::mem::take(&mut self.held).into_iter().last();
        let last = held.or_else(|| self.last_resort.take().map(|(text, _)| text));
        let found = Diagnostic::error(UPLOADED, TITLE).message(last.unwrap_or_default());
        self.collector.add_last(found);
    }

    /// How much of the log is not told.
    fn left_out(&self) -> Option<String> {
        let left_out = match self.collector.more {
            0 => None,
            1 => Some("1 message more was left out.".to_owned()),
            more => Some(format!("{more} messages more were left out.")),
        };
        let unread = "There are so many that not each of them was looked at.";
        match (left_out, self.patience.was_lost()) {
            (Some(words), true) => Some(format!("{words} {unread}")),
            (None, true) => Some(unread.to_owned()),
            (words, false) => words,
        }
    }

    /// The log has ended.
    pub fn finish(mut self) -> Reading {
        let verdict = self.verdicts.decide();
        let failed = verdict == Verdict::Failed;
        if failed && !self.collector.has_error() {
            self.collector.take_harmless_seriously();
        }
        if failed
            && !self.collector.has_error()
            && let Some(found) = self.without_words.take()
        {
            self.add(found);
        }
        if self.verdicts.failed_after_upload() {
            self.tell_uploaded();
        }
        if failed && !self.collector.has_error() {
            self.tell_held();
        }
        self.collector.explain_duplicates();
        if failed && !self.collector.has_error() {
            self.tell_last_resort();
        }
        if let Some(words) = self.left_out() {
            let found = Diagnostic::notice(MORE, "the log holds more messages than are shown");
            self.collector.add_last(found.message(words));
        }
        Reading {
            verdict,
            findings: self.collector.finish(verdict),
            delivery_id: self.delivery_id.map(BuildUploadId::new),
            facts: self.facts,
        }
    }
}
