//! `jetway annotate`: the log of any tool becomes annotations, a summary and a report.

use std::fs::{self, File};
use std::io::{self, IsTerminal as _, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;

use crate::cli::command::{Caller, Command};
use crate::cli::given::STANDARD_INPUT;
use crate::cli::opening::Call;
use crate::cli::problems::Problems;
use crate::cli::pull_request::{self, PullRequestOptions};
use crate::cli::reporting::ReportingOptions;
use crate::cli::setup::Setup;
use crate::cli::{choices, diagnostics, given, located, opening, values};
use crate::report::inspection::{self, Inspection};
use crate::report::people::plain;
use crate::run;
use crate::run::annotate::Kept;

/// Whether it is printed for code scanning.
const FORMATS: [(&str, bool); 2] = [("text", false), ("sarif", true)];

const EXAMPLES: &str = "\
Examples:
  jetway annotate altool.log
  xcodebuild archive 2>&1 | tee build.log; jetway annotate build.log
  jetway annotate build.log --format sarif > build.sarif      for code scanning

Exit codes: 0 it worked or nothing is known, 1 it failed or has errors, 2 wrong usage";

/// `jetway annotate`
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Annotate {
    /// The log of altool, xcodebuild, fastlane, Transporter or another tool, or a mail; - reads standard input
    #[arg(value_name = "LOG", env = "JETWAY_LOG", value_parser = values::path())]
    pub log: Option<PathBuf>,
    /// How to print: text, or sarif for code scanning
    #[arg(long, value_name = "FORMAT", env = "JETWAY_FORMAT")]
    pub format: Option<String>,
    #[command(flatten)]
    pub reporting: ReportingOptions,
    #[command(flatten)]
    pub pull_request: PullRequestOptions,
}

impl Command for Annotate {
    fn run(self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
        let setup = Setup::read(caller, None).with_file("the log", self.log.as_deref());
        let mut problems = Problems::default();
        let telling = pull_request::plan(&self.pull_request, &setup, &mut problems);
        let log = open(self.log.as_deref(), &mut problems);
        let is_sarif = problems.value("--format", self.format.as_deref(), false, |word| {
            choices::read(&FORMATS, word)
        });
        let call = Call {
            prints_data: is_sarif,
            ..Call::new("annotate", &self.reporting)
        };
        let kept = Kept::default();
        let keep = kept.clone();
        let session = opening::open(call, &setup, problems);
        let code = session
            .telling(telling)
            .run(|around| async move { run::annotate::run(log, &keep, &around).await });
        if is_sarif {
            let findings = located::all(kept.take(), caller.environment);
            let sarif = inspection::sarif(&Inspection {
                package: None,
                findings: &findings,
                rules: &[],
                unseen: &[],
                notes: &[],
            });
            plain::data(&sarif).context("what was found could not be written")?;
        }
        Ok(code)
    }
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
        Ok(log) => log,
        Err(error) => {
            problems.add(diagnostics::log_unreadable(path, &error));
            Box::new(io::empty())
        }
    }
}

fn open_file(path: &Path) -> io::Result<Box<dyn Read + Send>> {
    let kind = fs::metadata(path)?.file_type();
    if kind.is_dir() {
        return Err(io::Error::other("it is a directory"));
    }
    if kind.is_file() {
        return Ok(Box::new(File::open(path)?));
    }
    Ok(Box::new(Later::Path(path.to_owned())))
}

/// A pipe, which is opened where it is read: that waits for whoever writes into it, and a signal or the deadline is
/// heard meanwhile.
enum Later {
    Path(PathBuf),
    Open(File),
}

impl Read for Later {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Self::Path(path) = self {
            *self = Self::Open(File::open(path)?);
        }
        match self {
            Self::Path(_) => Ok(0),
            Self::Open(file) => file.read(buffer),
        }
    }
}
