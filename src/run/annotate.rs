//! `annotate`: reads a log to its end, and tells what is in it.

use std::io::{self, Read};
use std::time::Duration;

use tokio::time::timeout;

use crate::diagnostic::Severity;
use crate::event::{Ending, Event, Events, Fact, Verdict, Why};
use crate::ids::BuildUploadId;
use crate::logs::{LogReader, Reading};
use crate::run::diagnostics;
use crate::run::sequence::Surroundings;
use crate::stages::diagnostics::deadline_passed;

const CHUNK: usize = 256 * 1024;

/// Reads the log and tells what is in it.
pub async fn run(log: Box<dyn Read + Send>, around: &Surroundings) -> Ending {
    let read = tokio::task::spawn_blocking(move || read(log));
    let deadline = around.deadline.unwrap_or(Duration::MAX);
    let why = tokio::select! {
        read = timeout(deadline, read) => match read {
            Ok(Ok(Ok(reading))) => tell(reading, &around.events),
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

fn read(mut log: Box<dyn Read + Send>) -> io::Result<Reading> {
    let mut reader = LogReader::new();
    let mut buffer = vec![0; CHUNK];
    loop {
        match log.read(&mut buffer) {
            Ok(0) => return Ok(reader.finish()),
            Ok(count) => reader.feed(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn tell(reading: Reading, events: &Events) -> Why {
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
