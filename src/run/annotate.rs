//! `annotate`: reads a log to its end, and tells what is in it.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::timeout;

use crate::diagnostic::{Diagnostic, Severity};
use crate::event::{Ending, Event, Events, Fact, Verdict, Why};
use crate::ids::BuildUploadId;
use crate::logs::{LogReader, Reading};
use crate::run::diagnostics;
use crate::run::sequence::Surroundings;
use crate::stages::diagnostics::deadline_passed;

const CHUNK: usize = 256 * 1024;

/// Where what was found is kept for whoever prints it after the run.
#[derive(Clone, Debug, Default)]
pub struct Kept(Arc<Mutex<Vec<Diagnostic>>>);

impl Kept {
    /// What was found, the worst first.
    pub fn take(&self) -> Vec<Diagnostic> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Reads the log and tells what is in it.
pub async fn run(log: Box<dyn Read + Send>, kept: &Kept, around: &Surroundings) -> Ending {
    let read = tokio::task::spawn_blocking(move || read(log));
    let deadline = around.deadline.unwrap_or(Duration::MAX);
    let why = tokio::select! {
        read = timeout(deadline, read) => match read {
            Ok(Ok(Ok((reading, kind)))) => {
                kept.0
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .clone_from(&reading.findings);
                tell(reading, kind, &around.events)
            }
            Ok(Ok(Err(error))) => lost(&around.events, &error),
            Ok(Err(error)) => lost(&around.events, &io::Error::other(error)),
            Err(_) => {
                around.events.found(deadline_passed(deadline));
                Why::DeadlinePassed
            }
        },
        why = around.cancel.asked() => why,
    };
    Ending::at_once(why)
}

/// What was read, as far as it can be told from its bytes.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Empty,
    Text,
    /// It has bytes that no text has.
    Binary,
}

fn read(mut log: Box<dyn Read + Send>) -> io::Result<(Reading, Kind)> {
    let mut reader = LogReader::new();
    let mut buffer = vec![0; CHUNK];
    let mut kind = Kind::Empty;
    loop {
        match log.read(&mut buffer) {
            Ok(0) => return Ok((reader.finish(), kind)),
            Ok(count) => {
                if kind == Kind::Empty {
                    kind = kind_of(&buffer[..count]);
                }
                reader.feed(&buffer[..count]);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Packages, pictures and programs are full of bytes that no text has; text of two bytes a letter begins with
/// a mark.
fn kind_of(bytes: &[u8]) -> Kind {
    let is_marked = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let begin = &bytes[..bytes.len().min(4_096)];
    let is_of_text = |byte: &u8| *byte >= 0x20 || (0x07..=0x0d).contains(byte) || *byte == 0x1b;
    let odd = begin.iter().filter(|byte| !is_of_text(byte)).count();
    match bytes {
        [] => Kind::Empty,
        _ if !is_marked && odd * 50 > begin.len() => Kind::Binary,
        _ => Kind::Text,
    }
}

fn tell(reading: Reading, kind: Kind, events: &Events) -> Why {
    match kind {
        Kind::Empty => {
            events.found(diagnostics::log_empty());
        }
        Kind::Binary => {
            events.found(diagnostics::log_is_no_text());
        }
        Kind::Text => {}
    }
    let errors = reading.verdict == Verdict::Failed
        || reading
            .findings
            .iter()
            .any(|finding| finding.severity == Severity::Error);
    if let Some(id) = reading.delivery_id {
        events.send(Event::Fact(delivery(id)));
    }
    for finding in reading.findings {
        events.found(finding);
    }
    Why::LogRead {
        verdict: reading.verdict,
        errors,
    }
}

/// The app that the delivery belongs to is not in every log, so its page can't always be linked.
fn delivery(id: BuildUploadId) -> Fact {
    Fact::BuildUpload {
        id,
        testflight_url: None,
    }
}

fn lost(events: &Events, error: &io::Error) -> Why {
    events.found(diagnostics::log_lost(error));
    Why::Unfinished
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_known_by_its_bytes() {
        let noise: Vec<u8> = (0..4_000_u32).map(|at| (at * at / 7) as u8).collect();
        for (bytes, kind) in [
            (&b""[..], Kind::Empty),
            (b"\x1b[31merror: x\x1b[0m\r\n", Kind::Text),
            ("ошибка: файл не найден".as_bytes(), Kind::Text),
            (b"\xff\xfee\0r\0r\0o\0r\0", Kind::Text),
            (b"PK\x03\x04\x14\0\0\0\x08\0", Kind::Binary),
            (&noise, Kind::Binary),
        ] {
            assert!(kind_of(bytes) == kind, "{bytes:?}");
        }
    }
}
