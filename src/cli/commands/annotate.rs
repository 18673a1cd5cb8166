//! `jetway annotate`: the log of any tool becomes annotations, a summary and a report.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::path::Path;
use std::process::ExitCode;

use crate::diagnostic::Severity;
use crate::event::{Ending, Event, Events, Fact, Verdict, Why};
use crate::ids::BuildUploadId;
use crate::logs::{LogReader, Reading};
use crate::run::sequence::Surroundings;

use crate::cli::environment::Environment;
use crate::cli::session::Session;
use crate::cli::{args, diagnostics};

const CHUNK: usize = 256 * 1024;

pub fn main(typed: &args::Annotate, environment: &Environment) -> ExitCode {
    let session = Session::open("annotate", &typed.reporting, environment, None);
    let path = typed
        .log
        .clone()
        .filter(|path| !path.as_os_str().is_empty() && path != Path::new("-"));
    if path.is_none() && io::stdin().is_terminal() {
        return session.refuse(vec![diagnostics::log_not_named()]);
    }
    // Opened here, so that a wrong path is a wrong call and not a failed run.
    let log: io::Result<Box<dyn Read + Send>> = match &path {
        Some(path) => open(path).map(|file| Box::new(file) as Box<dyn Read + Send>),
        None => Ok(Box::new(io::stdin())),
    };
    let log = match log {
        Ok(log) => log,
        Err(error) => {
            let path = path.unwrap_or_default();
            return session.refuse(vec![diagnostics::log_unreadable(&path, &error)]);
        }
    };
    session.run(move |surroundings| async move {
        let read = tokio::task::spawn_blocking(move || read(log));
        let why = tokio::select! {
            read = read => match read {
                Ok(Ok(reading)) => tell(reading, &surroundings.events),
                Ok(Err(error)) => lost(&surroundings, &error),
                Err(error) => lost(&surroundings, &io::Error::other(error)),
            },
            why = surroundings.cancel.asked() => why,
        };
        Ending::at_once(why)
    })
}

fn open(path: &Path) -> io::Result<File> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::other("it is a directory"));
    }
    Ok(file)
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

fn lost(surroundings: &Surroundings, error: &io::Error) -> Why {
    surroundings
        .events
        .found(diagnostics::log_unreadable(Path::new("the log"), error));
    Why::Unfinished
}
