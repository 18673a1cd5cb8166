//! One message: how much it matters, whether it is told, and what the lines around it add.

use crate::codes::{Entry, Folded, Message, code_of, diagnose_known, recognise, recognise_folded};
use crate::diagnostic::{Diagnostic, Severity};
use crate::logs::dialect::Level;
use crate::logs::dialects::{mail, xcodebuild};
use crate::logs::judge::heard::{Heard, severity};
use crate::logs::judge::interpret::{Interpreter, MOST_HELD};
use crate::logs::judge::verdict::Verdicts;
use crate::logs::judge::words::{names, sentence, shown, tool, unwrapped};
use crate::logs::judge::worth::{Worth, worth};
use crate::logs::stream::paragraph::Paragraph;
use crate::logs::stream::split::Part;
use crate::text::cut::head;

impl Interpreter {
    /// How much a message matters: the mail it is in says so, else its own level.
    pub(super) fn severity(&self, part: &Part<'_>, paragraph: &Paragraph) -> Option<Severity> {
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

    /// Judges one message; `before` is what was taken off in front of it, and a head is followed by others
    /// of which it may only be the heading.
    pub(super) fn message(
        &mut self,
        part: &Part<'_>,
        before: &str,
        is_head: bool,
        paragraph: &Paragraph,
    ) {
        if matches!(paragraph.level, Some(Level::Info | Level::Debug)) && !part.introduced {
            return;
        }
        let text = unwrapped(part.text);
        if text.is_empty() {
            return;
        }
        let tool = tool(text, paragraph);
        if self.build_error(text, tool, paragraph) {
            return;
        }
        let folded = Folded::of(text);
        let heard = Heard {
            text,
            tool,
            severity: severity(text, tool, self.severity(part, paragraph)),
            codes: names(text, &folded),
            known: known(text, &folded, before),
            folded,
            introduced: part.introduced,
            in_mail: self.mail.is_some(),
        };
        match worth(&heard.evidence()) {
            Worth::Tell if is_head && heard.is_only_wrapper() => self.keep_for_last(text, tool),
            Worth::Tell => self.tell(heard, paragraph),
            Worth::Hold => self.hold(text),
            Worth::LastResort => self.keep_for_last(text, tool),
            Worth::Nothing => {}
        }
    }

    pub(super) fn tell(&mut self, heard: Heard<'_>, paragraph: &Paragraph) {
        let words = shown(sentence(heard.text));
        let message = Message {
            text: heard.text,
            codes: heard.codes,
            severity: heard.severity,
            source: heard.tool.unwrap_or_else(|| self.speaker(&heard.known)),
        };
        let fault = code_of(&message, &heard.folded, &heard.known);
        if self.collector.leaves_out(fault, &words) {
            let usual = heard.known.first().map(|entry| entry.severity);
            self.counts(message.severity.or(usual).unwrap_or(Severity::Error));
            return;
        }
        let mut found = diagnose_known(&message, &heard.folded, &heard.known);
        found.message = words;
        self.about(&mut found, heard.text, paragraph);
        self.counts(found.severity);
        let mut around = self.told_around();
        if paragraph.before.contains(xcodebuild::EXPORTS) {
            around.push_str("export\n");
        }
        self.collector.add(found, around);
    }

    pub(super) fn hold(&mut self, text: &str) {
        if self.held.len() < MOST_HELD {
            self.held.push(shown(head(text, 1024)));
        }
    }

    /// Who said words without a tool's name before them: only what is known to be Apple's is Apple's.
    fn speaker(&self, known: &[&'static Entry]) -> &'static str {
        let unnamed = self.unnamed();
        let family = known.first().map(|entry| entry.family.as_str());
        match family {
            Some("itms" | "altool" | "transporter" | "app-store-connect" | "mail") | None => {
                unnamed
            }
            Some(_) if self.mail.is_some() => unnamed,
            Some("runners" | "jetway") => "log",
            Some(family) => family,
        }
    }

    /// Who said what no tool's name stands before.
    pub(super) fn unnamed(&self) -> &'static str {
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

    pub(super) fn keep_for_last(&mut self, text: &str, tool: Option<&'static str>) {
        let first = text.lines().next().unwrap_or_default();
        if self.last_resort.is_none() && !Verdicts::is_good(first) {
            self.last_resort = Some((shown(head(text, 1024)), tool.unwrap_or("log")));
        }
    }

    pub(super) fn add(&mut self, found: Diagnostic) {
        self.counts(found.severity);
        let around = self.told_around();
        self.collector.add(found, around);
    }

    fn told_around(&self) -> String {
        self.around.told(self.verdicts.has_uploaded())
    }

    /// A message came that matters so much, whether it is kept or not.
    pub(super) fn counts(&mut self, severity: Severity) {
        if severity == Severity::Error {
            self.verdicts.error();
        }
    }
}

/// The faults whose wording a message has. A reader may have taken off what an entry waits for, so a
/// message that says nothing known is looked at with it once more.
fn known(text: &str, folded: &Folded, before: &str) -> Vec<&'static Entry> {
    let known = recognise_folded(folded);
    let tells = |list: &[&'static Entry]| list.iter().any(|entry| !entry.wrapper);
    if before.trim().is_empty() || tells(&known) {
        return known;
    }
    let whole = recognise(&format!("{before}{text}"));
    if tells(&whole) { whole } else { known }
}
