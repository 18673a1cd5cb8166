//! `jetway finish`: what a receipt says is left, on any machine.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::cli::account::{self, AccountOptions};
use crate::cli::command::{Caller, Command};
use crate::cli::opening::Call;
use crate::cli::problems::Problems;
use crate::cli::pull_request::{self, PullRequestOptions};
use crate::cli::reporting::ReportingOptions;
use crate::cli::setup::Setup;
use crate::cli::target::{self, NamedOptions};
use crate::cli::waiting::{self, WaitingOptions};
use crate::cli::wishes::{self, WishesOptions};
use crate::cli::{diagnostics, given, opening, receipts, values};
use crate::ids::{BuildId, BuildUploadId};
use crate::plan::{Distribution, FinishPlan, Left, Wishes};
use crate::run;

/// `jetway finish`
#[derive(Debug, Args)]
pub struct Finish {
    /// The receipt that `ship --receipt` wrote
    #[arg(value_name = "RECEIPT", env = "JETWAY_RECEIPT", value_parser = values::path())]
    pub receipt: Option<PathBuf>,
    /// The build in App Store Connect, in place of a receipt
    #[arg(long, value_name = "ID", env = "JETWAY_BUILD_ID")]
    pub build_id: Option<String>,
    /// The upload in App Store Connect, as a webhook names it
    #[arg(long, value_name = "ID", env = "JETWAY_BUILD_UPLOAD_ID")]
    pub build_upload_id: Option<String>,
    #[command(flatten)]
    pub named: NamedOptions,
    #[command(flatten)]
    pub account: AccountOptions,
    #[command(flatten)]
    pub waiting: WaitingOptions,
    #[command(flatten)]
    pub wishes: WishesOptions,
    #[command(flatten)]
    pub reporting: ReportingOptions,
    #[command(flatten)]
    pub pull_request: PullRequestOptions,
}

impl Command for Finish {
    fn run(self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
        Ok(run_as(Scope::All, &self, caller))
    }
}

/// How much of what is left is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of it.
    All,
    /// What is for testers.
    Testers,
    /// What is for the App Store.
    Store,
}

impl Scope {
    fn command(self) -> &'static str {
        match self {
            Self::All => "finish",
            Self::Testers => "distribute",
            Self::Store => "submit",
        }
    }

    /// What of the wishes is its business.
    fn of(self, mut wishes: Wishes) -> Wishes {
        match self {
            Self::All => {}
            Self::Testers => wishes.submission = None,
            Self::Store => {
                // The store wants the answer too.
                wishes.distribution = Distribution {
                    encryption: wishes.distribution.encryption,
                    ..Distribution::default()
                };
                wishes.submission.get_or_insert_default();
            }
        }
        wishes
    }
}

/// Carries on with what is left.
pub fn run_as(scope: Scope, typed: &Finish, caller: &Caller<'_>) -> ExitCode {
    let receipt = given::path(typed.receipt.as_deref());
    let setup = Setup::read(caller, typed.account.key_file()).with_file("RECEIPT", receipt);
    let mut problems = Problems::default();
    let account = account::read(&typed.account, None, &setup, &mut problems);
    let waiting = waiting::read(&typed.waiting, None, &mut problems);
    let left = left(typed, &mut problems);
    let source = match &left {
        Some(Left::Upload(upload)) => upload.source.as_ref(),
        Some(Left::Build(_) | Left::UploadId(_) | Left::Named(_)) | None => None,
    };
    let telling = pull_request::plan_for(&typed.pull_request, &setup, source, &mut problems);
    let wished = match &left {
        Some(Left::Upload(upload)) => upload.wishes.clone(),
        Some(Left::Build(_) | Left::UploadId(_) | Left::Named(_)) | None => Wishes::default(),
    };
    let wished = scope.of(wished);
    let wishes = wishes::read(&typed.wishes, wished, caller.environment, &mut problems);
    let call = Call {
        carried_on_with: receipt.filter(|_| matches!(left, Some(Left::Upload(_)))),
        ..Call::new(scope.command(), &typed.reporting)
    };
    let session = opening::open(call, &setup, problems);
    match left {
        Some(left) => {
            let plan = FinishPlan {
                left,
                account,
                waiting,
                wishes,
            };
            session
                .telling(telling)
                .run(move |around| async move { run::afterwards::run(plan, &around).await })
        }
        None => session.refuse(Vec::new()),
    }
}

/// What is carried on with: what was typed, else the receipt.
fn left(typed: &Finish, problems: &mut Problems) -> Option<Left> {
    if let Some(build) = given::text(typed.build_id.as_deref()) {
        return Some(Left::Build(BuildId::new(build)));
    }
    if let Some(upload) = given::text(typed.build_upload_id.as_deref()) {
        return Some(Left::UploadId(BuildUploadId::new(upload)));
    }
    if target::is_named(&typed.named) {
        return Some(Left::Named(target::by_names(&typed.named, problems)));
    }
    let upload = match given::path(typed.receipt.as_deref()) {
        Some(path) => receipts::upload(path),
        None => Err(Box::new(diagnostics::receipt_not_named())),
    };
    match upload {
        Ok(upload) => Some(Left::Upload(Box::new(upload))),
        Err(problem) => {
            problems.add(*problem);
            None
        }
    }
}
