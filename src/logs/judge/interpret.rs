//! Decides what a complete message is: a finding, a part of a mail, or nothing.

mod build;
mod ending;

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashSet};
use std::hash::{Hash, Hasher};

use crate::codes::{Message, diagnose, diagnose_known, recognise};
use crate::diagnostic::{Diagnostic, Severity};
use crate::logs::dialect::{Level, Read, Sign};
use crate::logs::dialects::mail::{self, Mail};
use crate::logs::dialects::xcodebuild;
use crate::logs::judge::collect::Collector;
use crate::logs::judge::heard::{Heard, severity};
use crate::logs::judge::verdict::Verdicts;
use crate::logs::judge::words::{delivery_id, names, sentence, shown, tool, unwrapped};
use crate::logs::judge::worth::{Worth, worth};
use crate::logs::stream::clean::redacted;
use crate::logs::stream::paragraph::Paragraph;
use crate::logs::stream::prefix::Stripped;
use crate::logs::stream::split::{Part, messages};
use crate::text::cut::head;

/// The most messages that are looked at closely. A log with more is no log.
const MOST_MESSAGES: usize = 4_000;

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
    /// Errors of unknown tools; told only where something failed and nothing better is known.
    held: Vec<String>,
    /// What said that something failed, but not what.
    last_resort: Option<(String, &'static str)>,
    seen: HashSet<u64>,
    looked_at: usize,
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

    /// Looks at a line for what decides, and for the delivery's id.
    pub fn marker(&mut self, line: &Stripped<'_>) {
        self.mail_line(line.body);
        if self.verdicts.line(line.body) {
            self.overcome();
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
        if !self.is_new(&paragraph.text, paragraph.level) {
            return;
        }
        let text = redacted(&paragraph.text);
        if Mail::begins(&text) && paragraph.level.is_none() {
            self.mail.get_or_insert_default();
        }
        for part in messages(&text) {
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
            self.message(&part, paragraph);
        }
    }

    /// A complete document.
    pub fn document(&mut self, read: Read) {
        self.delivery_id = self.delivery_id.take().or(read.delivery_id);
        for said in read.said {
            let words = shown(&redacted(&said.sentence));
            if self.collector.leaves_out(&words) {
                self.counts(said.severity);
                continue;
            }
            let text = redacted(&said.text);
            let mut found = diagnose(&Message {
                text: &text,
                codes: said.codes,
                severity: Some(said.severity),
                source: said.source,
            });
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
            self.collector.overcome();
        }
    }

    /// What went wrong so far is overcome: the step worked after all.
    fn overcome(&mut self) {
        self.collector.overcome();
        self.held.clear();
        self.last_resort = None;
    }

    /// Whether a text was not looked at before, and there is still patience for it.
    fn is_new(&mut self, text: &str, level: Option<Level>) -> bool {
        if self.looked_at >= MOST_MESSAGES {
            return false;
        }
        let mut hasher = DefaultHasher::new();
        (text, level == Some(Level::Warning)).hash(&mut hasher);
        let new = self.seen.insert(hasher.finish());
        self.looked_at += usize::from(new);
        new
    }

    /// How much a message matters: the mail it is in says so, else its own level.
    fn severity(&self, part: &Part<'_>, paragraph: &Paragraph) -> Option<Severity> {
        let own = part.severity.or(match paragraph.level {
            Some(Level::Error) => Some(Severity::Error),
            Some(Level::Warning) => Some(Severity::Warning),
            Some(Level::Info | Level::Debug) | None => None,
        });
        // Some messages say themselves that they are only an announcement.
        let announced = part.text.contains("o action is required at this time");
        let own = own.or_else(|| announced.then_some(Severity::Warning));
        self.mail.as_ref().and_then(|mail| mail.severity).or(own)
    }

    fn message(&mut self, part: &Part<'_>, paragraph: &Paragraph) {
        if matches!(paragraph.level, Some(Level::Info | Level::Debug)) && !part.introduced {
            return;
        }
        let text = unwrapped(part.text);
        let tool = tool(text, paragraph);
        if self.build_error(text, tool, paragraph) {
            return;
        }
        let heard = Heard {
            text,
            tool,
            severity: severity(text, tool, self.severity(part, paragraph)),
            codes: names(text),
            known: recognise(text),
            introduced: part.introduced,
            in_mail: self.mail.is_some(),
        };
        match worth(&heard.evidence()) {
            Worth::Tell => self.tell(heard, paragraph),
            Worth::Hold => self.hold(text),
            Worth::LastResort => self.keep_for_last(text, tool),
            Worth::Nothing => {}
        }
    }

    fn tell(&mut self, heard: Heard<'_>, paragraph: &Paragraph) {
        let words = shown(sentence(heard.text));
        if self.collector.leaves_out(&words) {
            let usual = heard.known.first().map(|entry| entry.severity);
            self.counts(heard.severity.or(usual).unwrap_or(Severity::Error));
            return;
        }
        let message = Message {
            text: heard.text,
            codes: heard.codes,
            severity: heard.severity,
            source: heard.tool.unwrap_or(self.unnamed()),
        };
        let mut found = diagnose_known(&message, &heard.known);
        found.message = words;
        self.about(&mut found, heard.text, paragraph);
        self.add(found);
    }

    fn hold(&mut self, text: &str) {
        if self.held.len() < MOST_HELD {
            self.held.push(shown(head(text, 1024)));
        }
    }

    /// Who said what no tool's name stands before.
    fn unnamed(&self) -> &'static str {
        if self.mail.is_some() {
            mail::DIALECT.name
        } else {
            "apple"
        }
    }

    /// Adds what the lines around the words say: the target, the mail's app.
    fn about(&self, found: &mut Diagnostic, text: &str, paragraph: &Paragraph) {
        let mut add = |name: &str, value: String| {
            found.variables.entry(name.to_owned()).or_insert(value);
        };
        if let Some((target, project)) = xcodebuild::target(text) {
            add("target", target);
            add("project", project);
        }
        if let Some(file) = &paragraph.file {
            add("file", file.clone());
        }
        if self.mail.is_some() {
            for (name, value) in &self.facts {
                add(name, value.clone());
            }
        }
    }

    fn keep_for_last(&mut self, text: &str, tool: Option<&'static str>) {
        if self.last_resort.is_none() {
            self.last_resort = Some((shown(head(text, 1024)), tool.unwrap_or("log")));
        }
    }

    fn add(&mut self, found: Diagnostic) {
        self.counts(found.severity);
        self.collector.add(found);
    }

    /// A message came that matters so much, whether it is kept or not.
    fn counts(&mut self, severity: Severity) {
        if severity == Severity::Error {
            self.verdicts.error();
        }
    }
}
