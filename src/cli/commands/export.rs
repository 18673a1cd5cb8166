//! `jetway export`

use std::process::ExitCode;

use crate::cli::environment::Environment;
use crate::cli::problems::Problems;
use crate::cli::setup::Setup;
use crate::cli::{archive, args, inputs, opening};
use crate::run;
use crate::secret::Vault;

/// Reads the call, then exports.
pub fn main(
    typed: &args::Export,
    volume: &args::Volume,
    environment: &Environment,
    known: &Vault,
) -> ExitCode {
    let setup = Setup::read(environment, known, volume, Some(&typed.account))
        .with_file("the archive", typed.path.as_deref());
    let mut problems = Problems::default();
    let path = archive::named(typed.path.as_deref(), &mut problems);
    let plan = archive::plan(&path, &typed.archive, &setup, &mut problems);
    let account = inputs::account(
        &typed.account,
        inputs::Patience::of(None),
        &setup,
        &mut problems,
    );
    opening::open("export", &typed.reporting, &setup, None, problems)
        .run(move |around| async move { run::export::run(plan, account, &around).await })
}
