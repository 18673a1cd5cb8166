//! What `altool` wrote and how it ended, read.

use std::fmt::Write as _;

use crate::apple::altool::{self, Login, Verdict};
use crate::apple::{self, Answer, Invocation, Toolbox};
use crate::diagnostic::{Diagnostic, Retry, Severity};
use crate::event::{Found, Why};
use crate::host::process::Stream;
use crate::ids::BuildUploadId;
use crate::logs::{LogReader, Reading};
use crate::secret::Vault;
use crate::stages::altool::diagnostics;
use crate::stages::signing::Around;
use crate::stages::{Result, Stop};
use crate::text::{self, cut};

/// So much of each stream is kept: an answer of the tool has some kilobytes, and a part that is tried again
/// for an hour writes the same line for ever.
const KEPT: usize = 4 << 20;
/// The last words that are shown.
const TAIL_LINES: usize = 6;
/// Each of them in so many letters.
const TAIL_LETTERS: usize = 240;

/// What the tool says when it sends a part once more, which may go on for hours.
const AGAIN: &str = "WILL RETRY PART";

/// What the tool wrote, without secrets, and how it ended.
pub struct Heard {
    /// Whether it worked, by its words.
    pub verdict: Verdict,
    /// What is wrong, by its words.
    pub reading: Reading,
    /// Its last words.
    pub tail: String,
    /// Its status; none where it was killed.
    code: Option<i32>,
    /// Why there is no status.
    hung: Option<Diagnostic>,
}

/// Whether Apple says it of what was sent, and not of who sent it or how.
fn is_about_the_build(found: &Diagnostic) -> bool {
    let codes = found.codes.iter().map(String::as_str);
    codes
        .chain([found.code.as_str()])
        .any(|code| code.to_ascii_lowercase().starts_with("itms-"))
}

impl Heard {
    /// Makes the call, and reads what comes of it. A tool that hangs or dies has said something too.
    pub async fn run(
        call: &Invocation,
        login: &Login<'_>,
        tools: &Toolbox,
        around: &Around<'_>,
    ) -> Result<Self> {
        let (mut output, mut errors) = (Vec::new(), Vec::new());
        let ended = call
            .follow(tools, &mut |stream, bytes| {
                let kept = match stream {
                    Stream::Output => &mut output,
                    Stream::Errors => &mut errors,
                };
                kept.extend_from_slice(bytes);
                if kept.len() > 2 * KEPT {
                    kept.drain(..kept.len() - KEPT);
                }
            })
            .await;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let answer = Answer {
            output: text(&output),
            errors: text(&errors),
        };
        let mut heard = Self::of(&answer, login, around.vault);
        match ended {
            Ok(code) => heard.code = Some(code),
            Err(error @ (apple::Error::TimedOut { .. } | apple::Error::Killed { .. })) => {
                let mut found = apple::diagnostics::failed(&error);
                let rounds = rounds(&answer);
                if rounds > 0 {
                    let _ = write!(found.message, " It said `{AGAIN}` {rounds} times or more.");
                }
                heard.hung = Some(found);
            }
            Err(error) => return Err(around.tool(&error)),
        }
        Ok(heard)
    }

    /// Reads an answer to whoever signed in so: the same words mean another thing for a person than for a key.
    pub fn of(answer: &Answer, login: &Login<'_>, vault: &Vault) -> Self {
        let plain = |text: &str| vault.redact(&altool::scrubbed(text));
        let (output, errors) = (plain(&answer.output), plain(&answer.errors));
        let mut reader = LogReader::new();
        reader.feed(command(login).as_bytes());
        for text in [&errors, &output] {
            reader.feed(text.as_bytes());
            reader.feed(b"\n");
        }
        let lines = errors.lines().chain(output.lines());
        let lines: Vec<String> = lines
            .map(|line| cut::letters(text::line(line).trim(), TAIL_LETTERS))
            .filter(|line| !line.is_empty())
            .collect();
        Self {
            verdict: altool::verdict(&output, &errors),
            reading: reader.finish(),
            tail: lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n"),
            code: None,
            hung: None,
        }
    }

    /// The upload worked: its warnings are told, and its id given. Lines that look like errors are none.
    pub fn delivered(self, around: &Around<'_>) -> Option<BuildUploadId> {
        let events = around.events;
        if let Some(code) = self.code.filter(|code| *code != 0) {
            events.note(format!(
                "altool said that the upload worked, and ended with {code} all the same."
            ));
        }
        for found in self.reading.findings {
            if found.severity != Severity::Error {
                events.found(found);
            }
        }
        self.reading.delivery_id
    }

    fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        let findings = self.reading.findings.iter();
        findings.filter(|found| found.severity == Severity::Error)
    }

    /// Whether all that was said passes by itself.
    pub fn is_passing(&self) -> bool {
        let passes = |found: &Diagnostic| found.retry == Some(Retry::Yes);
        self.verdict == Verdict::Refused
            && self.errors().next().is_some()
            && self.errors().all(passes)
    }

    /// Whether another try may end otherwise.
    pub fn may_pass(&self) -> bool {
        self.verdict == Verdict::Unknown || self.is_passing()
    }

    /// Tells what is wrong by the tool's words.
    pub fn tell_errors(&self, around: &Around<'_>) -> Option<Found> {
        let mut told = None;
        for found in self.errors() {
            told = Some(around.events.found(found.clone()));
        }
        told
    }

    /// The upload did not work, or nobody knows: `is_known` is whether Apple has nothing of it.
    pub fn stop(self, around: &Around<'_>, is_known: bool) -> Stop {
        let events = around.events;
        let is_refused = self.verdict == Verdict::Refused;
        let why = match is_refused && !self.is_passing() {
            true if self.errors().any(is_about_the_build) => Why::Failed,
            true => Why::Refused,
            false => Why::Unfinished,
        };
        let told = self.tell_errors(around);
        if let Some(hung) = self.hung {
            events.found(hung);
        }
        match told {
            Some(told) if is_refused => Stop::after(told, why),
            _ if is_refused || is_known => {
                let found = diagnostics::refused(self.code, &self.tail);
                Stop::after(events.found(found), why)
            }
            _ => {
                let found = diagnostics::unknown(self.code, &self.tail);
                Stop::after(events.found(found), why)
            }
        }
    }
}

/// How often a part was sent again, as far as is kept.
fn rounds(answer: &Answer) -> usize {
    let each = [&answer.output, &answer.errors].into_iter();
    each.map(|text| text.matches(AGAIN).count()).sum()
}

/// The line of the log in which a person signs in; a key is what is taken for granted.
fn command(login: &Login<'_>) -> &'static str {
    match login {
        Login::Person { .. } => "$ xcrun altool -u person@example.com\n",
        Login::Key { .. } => "",
    }
}
