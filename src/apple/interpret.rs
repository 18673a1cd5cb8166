//! Decides what a complete message is: a finding, a part of a mail, or nothing.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashSet};
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use regex::bytes::Regex;
use serde_json::Value;

use crate::apple::clean::{ascii, head, redacted};
use crate::apple::collect::Collector;
use crate::apple::diagnostics::{DOES_NOT_COMPILE, MORE, NO_REASON};
use crate::apple::document;
use crate::apple::mail::Mail;
use crate::apple::paragraph::Paragraph;
use crate::apple::prefix::{Level, Stripped};
use crate::apple::reader::Reading;
use crate::apple::split::{Part, messages};
use crate::apple::verdict::{Sign, Verdicts};
use crate::apple::xcodebuild;
use crate::diagnostic::{Diagnostic, Severity, Subject};
use crate::event::Verdict;
use crate::ids::BuildUploadId;
use crate::itms::{Catalogue, Message, diagnose, names_in, recognise};

/// The most messages that are looked at closely. A log with more is no log.
const MOST_MESSAGES: usize = 20_000;

/// The most bytes of a sentence that a finding shows.
const SENTENCE: usize = 4 * 1024;

/// The most errors of a compiler that are told.
const MOST_SOURCE_ERRORS: usize = 20;

/// What is known so far.
#[derive(Debug, Default)]
pub(super) struct Interpreter {
    collector: Collector,
    verdicts: Verdicts,
    mail: Option<Mail>,
    facts: BTreeMap<String, String>,
    delivery_id: Option<String>,
    /// What said that something failed, but not what; told only where nothing better is.
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
        self.verdicts.line(line.body);
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
                    Some(Severity::Warning) => self.verdicts.sign(Sign::Delivered),
                    Some(Severity::Error) => self.verdicts.sign(Sign::Refused),
                    Some(Severity::Notice) | None => {}
                }
            }
            self.message(&part, paragraph);
        }
    }

    /// A complete document.
    pub fn document(&mut self, value: &Value) {
        let read = document::read(value);
        self.delivery_id = self.delivery_id.take().or(read.delivery_id);
        for said in read.said {
            let text = redacted(&said.text);
            let own = said
                .codes
                .iter()
                .any(|code| code.len() == 4 && code.starts_with('1'));
            let numbered = said.codes.iter().any(|code| code.starts_with("ITMS-"));
            let mut found = diagnose(&Message {
                text: &text,
                codes: said.codes,
                severity: Some(said.severity),
                source: said.source,
            });
            if own && !numbered {
                // The number that was printed is another one than the wording's.
                found.codes.retain(|code| !code.starts_with("ITMS-"));
            }
            found.message = shown(&redacted(&said.sentence));
            for (name, value) in said.variables {
                found
                    .variables
                    .insert(name.to_owned(), redacted(&value).into_owned());
            }
            self.add(found);
        }
        if let Some(sign) = read.sign {
            self.verdicts.sign(sign);
        }
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

    fn message(&mut self, part: &Part<'_>, paragraph: &Paragraph) {
        let export = part.text.strip_prefix("exportArchive");
        let text = export.map_or(part.text, |rest| rest.trim_start_matches(':').trim());
        let text = unwrapped(text);
        let tool = tool(text, paragraph, export.is_some());
        let mut severity = part.severity.or(match paragraph.level {
            Some(Level::Error) => Some(Severity::Error),
            Some(Level::Warning) => Some(Severity::Warning),
            Some(Level::Info | Level::Debug) | None => None,
        });
        severity = self
            .mail
            .as_ref()
            .and_then(|mail| mail.severity)
            .or(severity);
        if matches!(paragraph.level, Some(Level::Info | Level::Debug)) && !part.introduced {
            return;
        }
        let errors = xcodebuild::errors(text);
        if !errors.is_empty() {
            self.ns_errors(text, &errors, tool.unwrap_or("xcodebuild"));
            return;
        }
        if self.source_error(text, paragraph) {
            return;
        }
        let codes = names(text);
        if tool == Some("security") && text.contains("SecKeychainDelete") {
            // Whoever cleans up may find nothing there.
            severity = Some(Severity::Notice);
        }
        if severity.is_none() && tool.is_some_and(|tool| is_fault(tool, text)) {
            severity = Some(Severity::Error);
        }
        let told = !recognise(text).is_empty();
        let strong = codes.iter().any(|name| is_strong(name));
        let named = strong || (tool.is_some() && !codes.is_empty());
        let marked = severity == Some(Severity::Error) && tool.is_some();
        if !told && !strong && text.len() < 240 && is_wrapper(text) {
            self.keep_for_last(text, tool);
            return;
        }
        if !(told || named && (severity.is_some() || part.introduced || !is_quiet(text)) || marked)
        {
            if severity == Some(Severity::Error) {
                self.keep_for_last(text, tool);
            }
            return;
        }
        if severity == Some(Severity::Warning) && !told && !named {
            return;
        }
        let mut found = diagnose(&Message {
            text,
            codes,
            severity,
            source: tool.unwrap_or(if self.mail.is_some() {
                "e-mail"
            } else {
                "apple"
            }),
        });
        found.message = shown(sentence(text));
        self.about(&mut found, text, paragraph);
        self.add(found);
    }

    /// The errors that an export prints; one that only wraps others is left out where it says
    /// nothing that is known.
    fn ns_errors(&mut self, text: &str, errors: &[xcodebuild::NsError], tool: &'static str) {
        for (index, error) in errors.iter().enumerate() {
            let all = format!(
                "{}. {}",
                error.description.trim_end_matches('.'),
                error.advice
            );
            let told = !recognise(&all).is_empty();
            if !told && (error.description.is_empty() || errors.len() > 1 && index == 0) {
                self.keep_for_last(text, Some(tool));
                continue;
            }
            let mut codes = names_in(&all);
            codes.push(error.name.clone());
            let mut found = diagnose(&Message {
                text: &all,
                codes,
                severity: Some(Severity::Error),
                source: tool,
            });
            found.message = shown(&all);
            self.add(found);
        }
    }

    /// An error of a compiler is told as one, with its place.
    fn source_error(&mut self, text: &str, paragraph: &Paragraph) -> bool {
        let (Some(file), line) = (paragraph.file.as_deref(), paragraph.line.as_deref()) else {
            return false;
        };
        if !xcodebuild::is_source(file, line) {
            return false;
        }
        if paragraph.level == Some(Level::Error) {
            self.source_errors += 1;
            if self.source_errors <= MOST_SOURCE_ERRORS {
                let words = text.lines().next().unwrap_or_default();
                let name = file.rsplit('/').next().unwrap_or(file);
                self.add(
                    Diagnostic::error(DOES_NOT_COMPILE, format!("{name} does not compile"))
                        .message(shown(words))
                        .fix("Mend the source at the line that the compiler names.")
                        .variable("file", file)
                        .variable("source_line", line.unwrap_or_default())
                        .about(Subject::File {
                            path: file.to_owned(),
                        })
                        .from_source("xcodebuild"),
                );
            }
        }
        true
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
        if found.severity == Severity::Error {
            self.verdicts.error();
        }
        self.collector.add(found);
    }

    /// Reads a short text in which nothing was found once more: somebody pasted a message without
    /// what the tool printed around it.
    pub fn pasted(&mut self, text: &str) {
        if !self.collector.is_empty() || self.verdicts.decide() != Verdict::Unknown {
            return;
        }
        let text = redacted(text);
        for block in text.split("\n\n") {
            for part in messages(block) {
                let codes = names(part.text);
                let known =
                    |name: &String| is_strong(name) || Catalogue::get().find(name).is_some();
                if !recognise(part.text).is_empty() || codes.iter().any(known) {
                    let mut found = diagnose(&Message {
                        text: part.text,
                        codes,
                        severity: part.severity,
                        source: "apple",
                    });
                    found.message = shown(sentence(part.text));
                    self.add(found);
                }
            }
        }
    }

    /// The log has ended.
    pub fn finish(mut self) -> Reading {
        let mut verdict = self.verdicts.decide();
        if verdict == Verdict::Failed && !self.collector.has_error() {
            let (text, tool) = self
                .last_resort
                .take()
                .unwrap_or_else(|| (String::new(), "log"));
            self.collector.add(
                Diagnostic::error(NO_REASON, "the log says that it failed, but not why")
                    .message(text)
                    .fix("Run the step again with the whole output of Apple's tool in the log, and read that log.")
                    .from_source(tool),
            );
        }
        if self.collector.more > 0 || self.looked_at >= MOST_MESSAGES {
            self.collector.add_last(
                Diagnostic::notice(MORE, "the log holds more messages than are shown").message(
                    format!("{} findings more were left out.", self.collector.more),
                ),
            );
        }
        if verdict == Verdict::Unknown
            && self
                .mail
                .as_ref()
                .is_some_and(|mail| mail.severity == Some(Severity::Warning))
        {
            verdict = Verdict::Succeeded;
        }
        Reading {
            verdict,
            findings: self.collector.finish(verdict),
            delivery_id: self.delivery_id.map(BuildUploadId::new),
            facts: self.facts,
        }
    }
}

/// Who said it: by the prefixes, else by the words.
fn tool(text: &str, paragraph: &Paragraph, export: bool) -> Option<&'static str> {
    static RULES: OnceLock<Vec<(&'static str, Regex)>> = OnceLock::new();
    let rules = RULES.get_or_init(|| {
        [
            ("xcodebuild", r"\(in target '|^exportOptionsPlist|^Error Domain=IDE"),
            ("security", r"\bSecKeychain|\bSecItem|\bSecCertificate|^\s*0 valid identities found"),
            ("codesign", r"errSec|self-signed root|code object is not signed|bundle format|^\s*\S.{0,300}: (?:replacing|no identity found)|resource fork, Finder"),
            ("transporter", r"(?i)iTMSTransporter|transporter|asset ?description"),
            ("app-store-connect", r"(?:GET|POST|PATCH|PUT|DELETE) https?://api\.(?:appstoreconnect|enterprise\.developer)\.apple\.com\S* returned [45]\d\d|^\[?(?:FORBIDDEN|NOT_AUTHORIZED|NOT_FOUND|ENTITY|STATE)_"),
            ("altool", r"Asset validation failed|\bErrorCode = -?\d|\bErrorMessage = |\baltool\b|IrisAPI|app-specific password|AuthKey_|--provider-public-id|--api-?key|previously uploaded version"),
            ("transporter", r"^ITMS-\d"),
        ]
        .into_iter()
        .map(|(tool, pattern)| (tool, ascii(pattern)))
        .collect()
    });
    if export {
        return Some("xcodebuild");
    }
    if let Some(tool) = paragraph.tool {
        return Some(tool);
    }
    if paragraph
        .file
        .as_deref()
        .is_some_and(|file| file.ends_with(".xcodeproj") || file.ends_with(".xcworkspace"))
    {
        return Some("xcodebuild");
    }
    rules
        .iter()
        .find(|(_, rule)| rule.is_match(text.as_bytes()))
        .map(|(tool, _)| *tool)
        .filter(|_| !paragraph.mail)
}

/// Whether a name alone says that there is a fault of Apple's.
fn is_strong(name: &str) -> bool {
    name.starts_with("ITMS-")
        || name.starts_with("altool-")
        || name.starts_with("errSec")
        || name.starts_with("CSSMERR")
        || name.contains("_ERROR")
        || name.contains("ENTITY_")
        || name.starts_with("FORBIDDEN.")
        || matches!(name, "NOT_AUTHORIZED" | "RATE_LIMIT_EXCEEDED")
        || name
            .strip_prefix('-')
            .is_some_and(|digits| digits.len() >= 4)
}

/// Whether a text with a name is only a value of a tree, or another's summary.
fn is_quiet(text: &str) -> bool {
    text.len() < 12
}

/// Whether a tool that prints no level says that something is wrong.
fn is_fault(tool: &str, text: &str) -> bool {
    static RULE: OnceLock<Regex> = OnceLock::new();
    let rule = RULE.get_or_init(|| {
        ascii(r"(?i)\bSec(?:Keychain|Item|Certificate)\w*:? |^\s*0 valid identities|errSec|not signed|unrecognized|ambiguous|could not be found|no identity found|not a file|authentication requires|must be higher|not allowed|mismatch|\bErrorCode = |\bErrorMessage = | returned [45]\d\d")
    });
    matches!(
        tool,
        "security" | "codesign" | "transporter" | "altool" | "app-store-connect"
    ) && rule.is_match(text.as_bytes())
}

/// The names that a text prints, statuses in sentences too.
fn names(text: &str) -> Vec<String> {
    static RULE: OnceLock<Regex> = OnceLock::new();
    let rule = RULE.get_or_init(|| {
        ascii(r"(?i)(?:status code|HTTP status|response code)s?:? ([45]\d\d)\b|\(([45]\d\d)\)|\berror (9[01]\d{3})\b")
    });
    let mut names = names_in(text);
    for found in rule.captures_iter(text.as_bytes()).take(8) {
        let Some(name) = (1..4)
            .find_map(|group| found.get(group))
            .and_then(|place| text.get(place.range()))
        else {
            continue;
        };
        let name = if name.len() == 5 {
            format!("ITMS-{name}")
        } else {
            name.to_owned()
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The message behind words that only repeat it.
fn unwrapped(text: &str) -> &str {
    static RULE: OnceLock<Regex> = OnceLock::new();
    let rule = RULE.get_or_init(|| {
        ascii(r"^(?:Return status of iTunes Transporter was \d+: |Uploading IPA failed: |Error uploading ipa file:\s+)")
    });
    rule.find(text.as_bytes())
        .and_then(|found| text.get(found.end()..))
        .unwrap_or(text)
}

/// Whether the text says that something failed, and nothing more.
fn is_wrapper(text: &str) -> bool {
    static RULE: OnceLock<Regex> = OnceLock::new();
    RULE.get_or_init(|| {
        ascii(concat!(
            r"(?i)^(?:\W*(?:error|unable|failed|could not|an error occurred|errors? occurred|return status)?[: ]*(?:",
            r"failed to (?:upload|validate|export) (?:package|archive|app|the)|(?:upload|export|archive|build|validation|delivery) failed",
            r"|errors? (?:uploading|validating|occurred)|asset validation failed\.?$|validation failed\.?$|unable to (?:upload|validate) archive\.?$|to (?:upload|validate) archive\.?$",
            r"|of iTunes Transporter was|the process '[^']*' failed with exit code|process completed with exit code|command failed with exit|the call to the iTMSTransporter",
            r"|could not (?:upload|export)|exit status|running altool|(?:archive|export|build|upload) (?:was )?(?:succeeded|successful)",
            r"|will retry part|app store|\w+ transfer failed connect operation error\.?$|command \w+ failed with a nonzero exit code))",
        ))
    })
    .is_match(text.trim().as_bytes())
}

/// The sentence, without the tree of keys or the dump that follows it.
fn sentence(text: &str) -> &str {
    static TREE: OnceLock<Regex> = OnceLock::new();
    let tree = TREE.get_or_init(|| {
        ascii(r"\n\s*(?:\{|[\w-]+ : |[\w-]+ :\s*\n|NSUnderlyingError|[\x22]?[\w-]+[\x22]? = )")
    });
    let end = tree
        .find(text.as_bytes())
        .map_or(text.len(), |found| found.start());
    match text.get(..end) {
        Some(words) if words.trim().len() >= 12 => words,
        _ => text,
    }
}

/// A sentence as a finding shows it.
fn shown(text: &str) -> String {
    let text = head(text.trim(), SENTENCE);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The id of the delivery, where the line names it.
fn delivery_id(body: &str) -> Option<String> {
    static RULE: OnceLock<Regex> = OnceLock::new();
    let rule = RULE.get_or_init(|| {
        ascii(r"(?i)delivery[- ]?uuid\W{1,6}([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")
    });
    let found = rule.captures(body.as_bytes())?;
    body.get(found.get(1)?.range()).map(str::to_owned)
}
