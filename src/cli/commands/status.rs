//! `jetway status`

use std::process::ExitCode;

use clap::Args;

use crate::cli::command::{Caller, Command};
use crate::cli::follow_up::{self, FollowUpOptions};
use crate::plan::Goal;

/// `jetway status`
#[derive(Debug, Args)]
pub struct Status {
    #[command(flatten)]
    asked: FollowUpOptions,
}

impl Command for Status {
    fn run(self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
        Ok(follow_up::run("status", &self.asked, caller, |_| {
            Goal::Status
        }))
    }
}
