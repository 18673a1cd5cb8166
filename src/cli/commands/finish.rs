//! `jetway finish`: what a receipt says is left, on any machine.

use std::process::ExitCode;

use crate::cli::environment::Environment;
use crate::cli::opening::Call;
use crate::cli::problems::Problems;
use crate::cli::setup::Setup;
use crate::cli::{args, diagnostics, given, inputs, opening, pull_request, receipts, target};
use crate::ids::{BuildId, BuildUploadId};
use crate::plan::{Distribution, FinishPlan, Left, Wishes};
use crate::run;
use crate::secret::Vault;

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
pub fn main(
    scope: Scope,
    typed: &args::Finish,
    environment: &Environment,
    known: &Vault,
) -> ExitCode {
    let receipt = given::path(typed.receipt.as_deref());
    let setup = Setup::read(environment, known, Some(&typed.account)).with_file("RECEIPT", receipt);
    let mut problems = Problems::default();
    let account = inputs::account(&typed.account, &setup, &mut problems);
    let waiting = inputs::waiting(&typed.waiting, &mut problems);
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
    let wishes = inputs::wishes(
        (&typed.distribution, &typed.store),
        wished,
        environment,
        &mut problems,
    );
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
                .run(move |around| async move { run::finish::run(plan, &around).await })
        }
        None => session.refuse(Vec::new()),
    }
}

/// What is carried on with: what was typed, else the receipt.
fn left(typed: &args::Finish, problems: &mut Problems) -> Option<Left> {
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
