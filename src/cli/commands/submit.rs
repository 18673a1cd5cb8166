//! `jetway submit`

use std::process::ExitCode;

use clap::Args;

use crate::cli::command::{Caller, Command};
use crate::cli::commands::finish::{self, Finish, Scope};

/// `jetway submit`
#[derive(Debug, Args)]
pub struct Submit {
    #[command(flatten)]
    finish: Finish,
}

impl Command for Submit {
    fn run(self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
        Ok(finish::run_as(Scope::Store, &self.finish, caller))
    }
}
