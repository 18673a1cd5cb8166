//! Decides what a complete message is: a finding, a part of a mail, or nothing.

mod build;
mod ending;
mod message;

use std::collections::BTreeMap;

use crate::codes::{Folded, Message, code_of, diagnose_known, recognise_folded};
use crate::diagnostic::{Diagnostic, Severity};
use crate::logs::dialect::{Read, Sign};
use crate::logs::dialects::mail::Mail;
use crate::logs::judge::around::Around;
use crate::logs::judge::collect::Collector;
use crate::logs::judge::patience::Patience;
use crate::logs::judge::verdict::{Overcome, Verdicts};
use crate::logs::judge::words::{delivery_id, shown};
use crate::logs::stream::clean::redacted;
use crate::logs::stream::paragraph::Paragraph;
use crate::logs::stream::prefix::Stripped;
use crate::logs::stream::split::messages;

/// The most errors of unknown tools that are kept.
const MOST_HELD: usize = 20;

/// What is known so far.
#[derive(Debug, Default)]
pub struct Interpreter {
    collector: Collector,
    verdicts: Verdicts,
    mail: Option<Mail>,
    facts: BTreeMap<String, String>,
    delivery_id: Option<String>,
    around: Around,
    /// Errors of unknown tools; told only where something failed and nothing better is known.
    held: Vec<String>,
    /// A fault that something without words of its own points to.
    without_words: Option<Diagnostic>,
    /// What said that something failed, but not what.
    last_resort: Option<(String, &'static str)>,
    pub patience: Patience,
    source_errors: usize,
}

impl Interpreter {
    /// Whether a mail is being read, whose every line matters.
    pub fn in_mail(&self) -> bool {
        self.mail.is_some()
    }

    /// A line without words.
    pub fn blank_line(&mut self) {
        self.mail_line("");
    }

    /// Takes any line that is looked at, whole and without its prefixes, also one that is only shown.
    /// Says whether it is a command.
    pub fn passes(&mut self, line: &str, body: &str) -> bool {
        self.around.line(line, body)
    }

    /// Looks at a line for what decides, and for the delivery's id.
    pub fn marker(&mut self, line: &Stripped<'_>) {
        self.mail_line(line.body);
        match self.verdicts.line(line.body) {
            Overcome::Nobodys => {}
            Overcome::Of(tool) => self.collector.overcome(Some(tool)),
            Overcome::Everybodys => self.overcome(),
        }
        if self.delivery_id.is_none() {
            self.delivery_id = delivery_id(line.body);
        }
    }

    fn mail_line(&mut self, body: &str) {
        if let Some(mail) = &mut self.mail {
            mail.line(body);
        }
        if self.mail.as_ref().is_some_and(Mail::is_over) {
            self.mail = None;
        }
    }

    /// A complete message, or several on one line.
    pub fn paragraph(&mut self, paragraph: &Paragraph) {
        if !self.patience.takes(&paragraph.text, paragraph.level) {
            return;
        }
        let text = redacted(&paragraph.text);
        if Mail::begins(&text) && paragraph.level.is_none() {
            self.mail.get_or_insert_default();
        }
        let parts = messages(&text);
        for (index, part) in parts.iter().enumerate() {
            if let Some(mail) = &mut self.mail
                && !part.introduced
            {
                mail.say(part.text);
                self.facts.extend(mail.facts());
                match mail.severity {
                    Some(Severity::Warning) => _ = self.verdicts.sign(Sign::Delivered),
                    Some(Severity::Error) => _ = self.verdicts.sign(Sign::Refused),
                    Some(Severity::Notice) | None => {}
                }
            }
            // What was taken off the paragraph stands before its first part.
            let before = if index == 0 {
                paragraph.before.as_str()
            } else {
                ""
            };
            let is_head = !part.introduced && parts.get(index + 1).is_some();
            self.message(part, before, is_head, paragraph);
        }
        let first = paragraph.text.lines().next().unwrap_or_default();
        self.around.said(first);
    }

    /// A complete document.
    pub fn document(&mut self, read: Read) {
        self.delivery_id = self.delivery_id.take().or(read.delivery_id);
        for said in read.said {
            if !self.patience.takes(&said.text, None) {
                self.counts(said.severity);
                continue;
            }
            let words = shown(&redacted(&said.sentence));
            let text = redacted(&said.text);
            let message = Message {
                text: &text,
                codes: said.codes,
                severity: Some(said.severity),
                source: said.source,
            };
            let folded = Folded::of(&text);
            let known = recognise_folded(&folded);
            let fault = code_of(&message, &folded, &known);
            if self.collector.leaves_out(fault, &words) {
                self.counts(said.severity);
                continue;
            }
            let mut found = diagnose_known(&message, &folded, &known);
            found.message = words;
            for (name, value) in said.variables {
                found
                    .variables
                    .insert(name.to_owned(), redacted(&value).into_owned());
            }
            self.add(found);
        }
        if let Some(sign) = read.sign
            && self.verdicts.sign(sign)
        {
            self.overcome();
        }
    }

    /// What went wrong so far is overcome: the step worked after all.
    fn overcome(&mut self) {
        self.collector.overcome(None);
        self.held.clear();
        self.without_words = None;
        self.last_resort = None;
    }
}
