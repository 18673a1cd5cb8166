//! `jetway finish`: what a receipt says is left, on any machine.

use std::path::Path;
use std::process::ExitCode;

use crate::cli::environment::Environment;
use crate::cli::files::read_at_most;
use crate::cli::opening::Call;
use crate::cli::problems::Problems;
use crate::cli::setup::Setup;
use crate::cli::{args, diagnostics, given, inputs, opening, pull_request};
use crate::diagnostic::Diagnostic;
use crate::ids::BuildId;
use crate::plan::{FinishPlan, Left};
use crate::receipt::{self, Receipt};
use crate::run;
use crate::secret::Vault;

/// Carries on with the store asked for.
pub fn submit(mut typed: Box<args::Finish>, environment: &Environment, known: &Vault) -> ExitCode {
    let wanted = &mut typed.store.submit_to_app_store;
    wanted.get_or_insert_with(|| "true".to_owned());
    main("submit", &typed, environment, known)
}

/// Carries on with all that is left.
pub fn main(
    command: &'static str,
    typed: &args::Finish,
    environment: &Environment,
    known: &Vault,
) -> ExitCode {
    let receipt = given::path(typed.receipt.as_deref());
    let setup = Setup::read(environment, known, Some(&typed.account)).with_file("RECEIPT", receipt);
    let mut problems = Problems::default();
    let telling = pull_request::plan(&typed.pull_request, &setup, &mut problems);
    let account = inputs::account(&typed.account, &setup, &mut problems);
    let waiting = inputs::waiting(&typed.waiting, &mut problems);
    let wishes = inputs::wishes(&typed.distribution, &typed.store, &mut problems);
    let build = given::text(typed.build_id.as_deref());
    let from = match build {
        Some(build) => Ok(Left::Build(BuildId::new(build))),
        None => upload_of(receipt).map(|upload| Left::Upload(Box::new(upload))),
    };
    let plan = match from {
        Ok(left) => Some(FinishPlan {
            left,
            account,
            waiting,
            wishes,
        }),
        Err(problem) => {
            problems.add(*problem);
            None
        }
    };
    let session = opening::open(Call::new(command, &typed.reporting), &setup, problems);
    match plan {
        Some(plan) => session
            .telling(telling)
            .run(move |around| async move { run::finish::run(plan, &around).await }),
        None => session.refuse(Vec::new()),
    }
}

/// The upload that a receipt names.
fn upload_of(path: Option<&Path>) -> Result<receipt::Upload, Box<Diagnostic>> {
    let path = path.ok_or_else(|| Box::new(diagnostics::receipt_not_named()))?;
    let bytes = read_at_most(path, receipt::LONGEST)
        .map_err(|error| Box::new(diagnostics::receipt_unreadable(path, &error)))?;
    Receipt::read(&String::from_utf8_lossy(&bytes))
        .and_then(Receipt::upload)
        .map_err(|error| Box::new(diagnostics::receipt_unusable(path, &error)))
}
