//! `jetway cleanup`

use std::process::ExitCode;

use crate::cli::environment::Environment;
use crate::cli::opening::Call;
use crate::cli::problems::Problems;
use crate::cli::setup::Setup;
use crate::cli::{args, inputs, opening, stand_ins};
use crate::run;
use crate::secret::Vault;

pub fn main(typed: &args::Cleanup, environment: &Environment, known: &Vault) -> ExitCode {
    let setup = Setup::read(environment, known, Some(&typed.account));
    let mut problems = Problems::default();
    let account = inputs::account(&typed.account, &setup, &mut problems);
    // What is left on this machine is undone without a key.
    let account = setup.secrets.has_key().then_some(account);
    let code = opening::open(Call::new("cleanup", &typed.reporting), &setup, problems)
        .run(move |around| async move { run::cleanup::run(account, &around).await });
    // The tools of a rehearsal give back what it acquired, so they go last.
    stand_ins::sweep();
    code
}
