//! `jetway next-build-number`: the number alone goes to standard output.

use std::process::ExitCode;

use clap::Args;

use crate::cli::answer;
use crate::cli::command::{Caller, Command};
use crate::cli::follow_up::{self, FollowUpOptions};
use crate::cli::problems::Problems;
use crate::plan::Goal;

/// `jetway next-build-number`
#[derive(Debug, Args)]
pub struct NextBuildNumber {
    #[command(flatten)]
    asked: FollowUpOptions,
}

impl Command for NextBuildNumber {
    fn run(self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
        let (telling, heard) = answer::channel();
        let goal = |_: &mut Problems| Goal::NextBuildNumber(telling);
        let code = follow_up::run("next-build-number", &self.asked, caller, goal);
        heard.print("\n")?;
        Ok(code)
    }
}
