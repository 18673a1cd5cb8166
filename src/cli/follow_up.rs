//! What the commands have in common that ask after a build or version, or do something about it, long after the
//! upload.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::cli::command::Caller;
use crate::cli::connection::ConnectionOptions;
use crate::cli::problems::Problems;
use crate::cli::pull_request::{self, PullRequestOptions};
use crate::cli::setup::Setup;
use crate::cli::target::{self, NamedOptions};
use crate::cli::waiting::{self, WaitingOptions};
use crate::cli::{given, opening, values};
use crate::plan::{FollowUp, Goal};
use crate::run;

/// A build or version that is at Apple, and where the answer is told.
#[derive(Debug, Args)]
pub struct FollowUpOptions {
    /// The receipt that `ship --receipt` wrote, or the options that name the app
    #[arg(value_name = "RECEIPT", env = "JETWAY_RECEIPT", value_parser = values::path())]
    pub receipt: Option<PathBuf>,
    #[command(flatten)]
    pub named: NamedOptions,
    #[command(flatten)]
    pub connection: ConnectionOptions,
    #[command(flatten)]
    pub waiting: WaitingOptions,
    #[command(flatten)]
    pub pull_request: PullRequestOptions,
}

/// Asks or does it.
pub fn run(
    command: &'static str,
    typed: &FollowUpOptions,
    caller: &Caller<'_>,
    goal: impl FnOnce(&mut Problems) -> Goal,
) -> ExitCode {
    let receipt = given::path(typed.receipt.as_deref());
    let setup =
        Setup::read(caller, typed.connection.account.key_file()).with_file("RECEIPT", receipt);
    let mut problems = Problems::default();
    let connection = typed.connection.read(&setup, &mut problems);
    let rehearsal = connection.rehearsal.as_ref();
    let waiting = waiting::read(&typed.waiting, rehearsal, &mut problems);
    let target = target::read(typed.receipt.as_deref(), &typed.named, &mut problems);
    let source = target.upload.as_ref();
    let source = source.and_then(|upload| upload.source.as_ref());
    let telling = pull_request::plan_for(&typed.pull_request, &setup, source, &mut problems);
    let plan = FollowUp {
        account: connection.account.clone(),
        target,
        goal: goal(&mut problems),
        waiting,
    };
    let call = connection.call(command, &typed.connection);
    let session = opening::open(call, &setup, problems).telling(telling);
    session.run(move |around| async move {
        let work = |account| run::release::run(FollowUp { account, ..plan }, &around);
        connection.run(&around, work).await
    })
}
