//! `jetway verify`

use std::process::ExitCode;

use crate::cli::environment::Environment;
use crate::cli::opening::Call;
use crate::cli::problems::Problems;
use crate::cli::setup::Setup;
use crate::cli::{args, given, inputs, opening, package, rehearsal};
use crate::plan::Wishes;
use crate::run;
use crate::secret::Vault;

pub fn main(
    typed: &args::Verify,
    volume: &args::Volume,
    environment: &Environment,
    known: &Vault,
) -> ExitCode {
    let setup = Setup::read(environment, known, Some(&typed.account))
        .with_volume(volume)
        .with_file("the package", typed.path.as_deref());
    let mut problems = Problems::default();
    let rehearsal = rehearsal::asked_for(&typed.rehearsal, &typed.account, &mut problems);
    let patience = inputs::Patience::of(rehearsal.as_ref());
    let scenario = rehearsal.map(|rehearsal| rehearsal.scenario);
    let account = inputs::account_for(&typed.account, patience, &setup, &mut problems);
    if scenario.is_none() {
        inputs::configuration(&account, None, &setup, &mut problems);
    }
    let named = given::path(typed.path.as_deref());
    let package = named.map(|path| package::named(path, &mut problems));
    let package = package.map(|file| (file, Wishes::default()));
    let call = Call::new("verify", &typed.reporting).rehearsing(scenario);
    opening::open(call, &setup, problems).run(move |around| async move {
        let verify = |account| run::verify::run(account, package, &around);
        rehearsal::run(scenario, account, &around, verify).await
    })
}
