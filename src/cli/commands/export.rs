//! `jetway export`

use std::process::ExitCode;

use crate::cli::environment::Environment;
use crate::cli::opening::Call;
use crate::cli::problems::Problems;
use crate::cli::setup::Setup;
use crate::cli::{archive, args, inputs, opening};
use crate::run;
use crate::secret::Vault;

/// Reads the call, then exports.
pub fn main(typed: &args::Export, environment: &Environment, known: &Vault) -> ExitCode {
    let setup = Setup::read(environment, known, Some(&typed.account))
        .with_file("the archive", typed.path.as_deref());
    let mut problems = Problems::default();
    let path = archive::named(typed.path.as_deref(), &mut problems);
    let plan = archive::plan(&path, &typed.archive, &setup, &mut problems);
    let account = inputs::account(&typed.account, &setup, &mut problems);
    opening::open(Call::new("export", &typed.reporting), &setup, problems)
        .run(move |around| async move { run::export::run(plan, account, &around).await })
}
