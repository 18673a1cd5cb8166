//! `jetway annotate`: the log of any tool becomes annotations, a summary and a report.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::path::Path;
use std::process::ExitCode;

use crate::cli::environment::Environment;
use crate::cli::given::STANDARD_INPUT;
use crate::cli::opening::Call;
use crate::cli::problems::Problems;
use crate::cli::setup::Setup;
use crate::cli::{args, diagnostics, given, opening, pull_request};
use crate::run;
use crate::secret::Vault;

pub fn main(
    typed: &args::Annotate,
    volume: &args::Volume,
    environment: &Environment,
    known: &Vault,
) -> ExitCode {
    let setup = Setup::read(environment, known, None)
        .with_volume(volume)
        .with_file("the log", typed.log.as_deref());
    let mut problems = Problems::default();
    let telling = pull_request::plan(&typed.pull_request, &setup, &mut problems);
    let log = open(typed.log.as_deref(), &mut problems);
    opening::open(Call::new("annotate", &typed.reporting), &setup, problems)
        .telling(telling)
        .run(|around| async move { run::annotate::run(log, &around).await })
}

/// Opens the log before the run begins, so that a wrong path is a wrong call and not a failed run.
fn open(typed: Option<&Path>, problems: &mut Problems) -> Box<dyn Read + Send> {
    let path = given::path(typed).filter(|path| *path != Path::new(STANDARD_INPUT));
    let Some(path) = path else {
        if io::stdin().is_terminal() {
            problems.add(diagnostics::log_not_named());
        }
        return Box::new(io::stdin());
    };
    if problems.path("log", Some(path)).is_none() {
        return Box::new(io::empty());
    }
    match open_file(path) {
        Ok(file) => Box::new(file),
        Err(error) => {
            problems.add(diagnostics::log_unreadable(path, &error));
            Box::new(io::empty())
        }
    }
}

fn open_file(path: &Path) -> io::Result<File> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::other("it is a directory"));
    }
    Ok(file)
}
