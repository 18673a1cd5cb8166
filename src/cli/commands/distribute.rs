//! `jetway distribute`

use std::process::ExitCode;

use clap::Args;

use crate::cli::command::{Caller, Command};
use crate::cli::commands::finish::{self, Finish, Scope};

/// `jetway distribute`
#[derive(Debug, Args)]
pub struct Distribute {
    #[command(flatten)]
    finish: Finish,
}

impl Command for Distribute {
    fn run(self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
        Ok(finish::run_as(Scope::Testers, &self.finish, caller))
    }
}
