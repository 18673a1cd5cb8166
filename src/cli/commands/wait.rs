//! `jetway wait`

use std::process::ExitCode;

use clap::Args;

use crate::cli::choices;
use crate::cli::command::{Caller, Command};
use crate::cli::follow_up::{self, FollowUpOptions};
use crate::plan::Goal;

type Made = fn() -> Goal;

/// What `--until` takes.
const GOALS: [(&str, Made); 3] = [
    ("in-testing", || Goal::InTesting),
    ("approved", || Goal::Approved),
    ("live", || Goal::Live),
];

/// `jetway wait`
#[derive(Debug, Args)]
pub struct Wait {
    /// What to wait for: in-testing, approved or live; a rejection ends it
    #[arg(long, value_name = "STATE", env = "JETWAY_UNTIL")]
    until: Option<String>,
    #[command(flatten)]
    asked: FollowUpOptions,
}

impl Command for Wait {
    fn run(self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
        let until = self.until.as_deref();
        Ok(follow_up::run("wait", &self.asked, caller, |problems| {
            problems.value("--until", until, Goal::InTesting, |word| {
                choices::read(&GOALS, word).map(|goal| goal())
            })
        }))
    }
}
