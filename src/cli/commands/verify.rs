//! `jetway verify`

use std::process::ExitCode;

use crate::cli::environment::Environment;
use crate::cli::opening::Call;
use crate::cli::problems::Problems;
use crate::cli::setup::Setup;
use crate::cli::{args, inputs, opening, rehearsal};
use crate::run;
use crate::secret::Vault;

pub fn main(typed: &args::Verify, environment: &Environment, known: &Vault) -> ExitCode {
    let setup = Setup::read(environment, known, Some(&typed.account));
    let mut problems = Problems::default();
    let rehearsal = rehearsal::asked_for(&typed.rehearsal, &typed.account, &mut problems);
    let scenario = rehearsal.map(|rehearsal| rehearsal.scenario);
    let account = inputs::account(&typed.account, &setup, &mut problems);
    let call = Call::new("verify", &typed.reporting).rehearsing(scenario);
    opening::open(call, &setup, problems).run(move |around| async move {
        let verify = |account| run::verify::run(account, &around);
        rehearsal::run(scenario, account, &around, verify).await
    })
}
