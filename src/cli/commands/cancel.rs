//! `jetway cancel`

use std::process::ExitCode;

use clap::Args;

use crate::cli::command::{Caller, Command};
use crate::cli::follow_up::{self, FollowUpOptions};
use crate::plan::Goal;

/// `jetway cancel`
#[derive(Debug, Args)]
pub struct Cancel {
    #[command(flatten)]
    asked: FollowUpOptions,
}

impl Command for Cancel {
    fn run(self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
        Ok(follow_up::run("cancel", &self.asked, caller, |_| {
            Goal::Cancel
        }))
    }
}
