//! `jetway release`

use std::process::ExitCode;

use clap::Args;

use crate::cli::choices;
use crate::cli::command::{Caller, Command};
use crate::cli::follow_up::{self, FollowUpOptions};
use crate::plan::{Goal, Phase};

/// What `--phased` takes.
const PHASES: [(&str, Phase); 3] = [
    ("pause", Phase::Pause),
    ("resume", Phase::Resume),
    ("complete", Phase::Complete),
];

/// `jetway release`
#[derive(Debug, Args)]
pub struct Release {
    /// Instead of releasing: pause, resume or complete the phased release
    #[arg(long, value_name = "WHAT", env = "JETWAY_PHASED")]
    phased: Option<String>,
    #[command(flatten)]
    asked: FollowUpOptions,
}

impl Command for Release {
    fn run(self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
        let phased = self.phased.as_deref();
        Ok(follow_up::run("release", &self.asked, caller, |problems| {
            Goal::Release(problems.value("--phased", phased, None, |word| {
                choices::read(&PHASES, word).map(Some)
            }))
        }))
    }
}
