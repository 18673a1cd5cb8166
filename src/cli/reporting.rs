//! Where the run is told, and how long it may take.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use crate::cli::problems::Problems;
use crate::cli::{duration, values};
use crate::plan::defaults;

/// Where the run is told.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct ReportingOptions {
    /// A deadline for the whole run; 0 for none
    #[arg(long, value_name = "TIME", env = "JETWAY_TIMEOUT")]
    pub timeout: Option<String>,
    /// Write the report to this file, as JSON
    #[arg(long, value_name = "FILE", env = "JETWAY_REPORT", value_parser = values::path())]
    pub report: Option<PathBuf>,
}

/// The deadline of the whole run.
pub fn deadline(typed: &ReportingOptions, problems: &mut Problems) -> Option<Duration> {
    let deadline = problems.value(
        "--timeout",
        typed.timeout.as_deref(),
        defaults::TIMEOUT,
        duration::parse,
    );
    // Nought is no limit.
    (!deadline.is_zero()).then_some(deadline)
}
