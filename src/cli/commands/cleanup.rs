//! `jetway cleanup`

use std::process::ExitCode;

use clap::Args;

use crate::cli::account::{self, AccountOptions};
use crate::cli::command::{Caller, Command};
use crate::cli::opening::Call;
use crate::cli::problems::Problems;
use crate::cli::reporting::ReportingOptions;
use crate::cli::setup::Setup;
use crate::cli::{opening, stand_ins};
use crate::run;

/// `jetway cleanup`
#[derive(Debug, Args)]
pub struct Cleanup {
    #[command(flatten)]
    pub account: AccountOptions,
    #[command(flatten)]
    pub reporting: ReportingOptions,
}

impl Command for Cleanup {
    fn run(self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
        let setup = Setup::read(caller, self.account.key_file());
        let mut problems = Problems::default();
        let account = account::read(&self.account, None, &setup, &mut problems);
        // What is left on this machine is undone without a key.
        let account = setup.secrets.has_key().then_some(account);
        let code = opening::open(Call::new("cleanup", &self.reporting), &setup, problems)
            .run(move |around| async move { run::cleanup::run(account, &around).await });
        // The tools of a rehearsal give back what it acquired, so they go last.
        stand_ins::sweep();
        Ok(code)
    }
}
