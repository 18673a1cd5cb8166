//! `jetway verify`

use std::process::ExitCode;

use crate::cli::choices::{self, NotTaken, PURPOSES};
use crate::cli::environment::Environment;
use crate::cli::opening::Call;
use crate::cli::problems::Problems;
use crate::cli::setup::Setup;
use crate::cli::{answer, args, duration, given, inputs, opening, package, rehearsal};
use crate::plan::{Purpose, VerifyPlan, Wishes};
use crate::run;
use crate::secret::Vault;

const FORMATS: [(&str, bool); 2] = [("text", false), ("json", true)];

pub fn main(
    typed: &args::Verify,
    volume: &args::Volume,
    environment: &Environment,
    known: &Vault,
) -> anyhow::Result<ExitCode> {
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
    let format = typed.format.as_deref();
    let is_json = problems.value("--format", format, false, |word| {
        choices::read(&FORMATS, word)
    });
    let purposes = typed.purposes.as_deref();
    let expiring = typed.expiring.as_deref();
    let (told, heard) = answer::channel();
    let plan = VerifyPlan {
        account,
        package: package.map(|file| (file, Wishes::default())),
        purposes: problems.value("--for", purposes, Vec::new(), read_purposes),
        expiring: problems.value("--expiring", expiring, None, |text| {
            duration::days(text).map(Some)
        }),
        told: is_json.then_some(told),
    };
    let call = Call {
        prints_data: is_json,
        ..Call::new("verify", &typed.reporting).rehearsing(scenario)
    };
    let code = opening::open(call, &setup, problems).run(move |around| async move {
        let account = plan.account.clone();
        let verify = |account| run::verify::run(VerifyPlan { account, ..plan }, &around);
        rehearsal::run(scenario, account, &around, verify).await
    });
    heard.print("")?;
    Ok(code)
}

fn read_purposes(text: &str) -> Result<Vec<Purpose>, NotTaken> {
    let words = text.split([',', '\n']).map(str::trim);
    let words = words.filter(|word| !word.is_empty());
    words.map(|word| choices::read(&PURPOSES, word)).collect()
}
