//! Whose App Store Connect a command asks, or the sandbox in its place, and where it tells what it heard.

use clap::Args;

use crate::cli::account::{self, AccountOptions};
use crate::cli::opening::Call;
use crate::cli::problems::Problems;
use crate::cli::rehearsal::{self, Rehearsal, RehearsalOptions};
use crate::cli::reporting::ReportingOptions;
use crate::cli::setup::Setup;
use crate::event::Ending;
use crate::plan::Account;
use crate::run::sequence::Surroundings;

/// What every command takes that asks App Store Connect and may be rehearsed.
#[derive(Debug, Args)]
pub struct ConnectionOptions {
    #[command(flatten)]
    pub account: AccountOptions,
    #[command(flatten)]
    pub reporting: ReportingOptions,
    #[command(flatten)]
    pub rehearsal: RehearsalOptions,
}

/// Who is asked.
pub struct Connection {
    /// With which key; in a rehearsal the sandbox's takes its place.
    pub account: Account,
    /// The rehearsal, where it is one.
    pub rehearsal: Option<Rehearsal>,
}

impl ConnectionOptions {
    /// Reads it.
    pub fn read(&self, setup: &Setup<'_>, problems: &mut Problems) -> Connection {
        let address = self.account.asc_url.as_deref();
        let rehearsal = rehearsal::asked_for(&self.rehearsal, address, problems);
        let account = account::read(&self.account, rehearsal.as_ref(), setup, problems);
        Connection { account, rehearsal }
    }
}

impl Connection {
    /// The scenario of the rehearsal.
    pub fn scenario(&self) -> Option<&'static str> {
        self.rehearsal.as_ref().map(|rehearsal| rehearsal.scenario)
    }

    /// The command, and where it is told.
    pub fn call<'a>(&self, command: &'static str, typed: &'a ConnectionOptions) -> Call<'a> {
        Call::new(command, &typed.reporting).rehearsing(self.scenario())
    }

    /// Does the work with the account that is asked.
    pub async fn run<F>(self, around: &Surroundings, work: impl FnOnce(Account) -> F) -> Ending
    where
        F: Future<Output = Ending>,
    {
        rehearsal::run(self.scenario(), self.account, around, work).await
    }
}
