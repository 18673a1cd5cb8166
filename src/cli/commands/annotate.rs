//! `jetway annotate`: the log of any tool becomes annotations, a summary and a report.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::path::Path;
use std::process::ExitCode;

use crate::cli::environment::Environment;
use crate::cli::{args, diagnostics, opening};
use crate::run;

pub fn main(typed: &args::Annotate, environment: &Environment) -> ExitCode {
    let session = opening::open("annotate", &typed.reporting, environment, None);
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
    session.run(|around| async move { run::annotate::run(log, &around).await })
}

fn open(path: &Path) -> io::Result<File> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::other("it is a directory"));
    }
    Ok(file)
}
