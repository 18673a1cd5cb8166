//! `jetway ship`

use std::process::ExitCode;

use clap::Args;

use crate::cli::command::{Caller, Command};
use crate::cli::opening::Call;
use crate::cli::problems::Problems;
use crate::cli::rehearsal::{self, Rehearsal};
use crate::cli::setup::Setup;
use crate::cli::ship_plan::{self, Planned, ShipOptions};
use crate::cli::without_key::{self, WithoutKey};
use crate::cli::{altool, archive, diagnostics, opening, pull_request};
use crate::diagnostic::Diagnostic;
use crate::github::Context;
use crate::plan::{ShipPlan, VerifyPlan};
use crate::run;
use crate::run::sequence::Surroundings;
use crate::secret::typed;

/// `jetway ship`
#[derive(Debug, Args)]
pub struct Ship {
    #[command(flatten)]
    options: ShipOptions,
}

impl Command for Ship {
    fn run(self, caller: &Caller<'_>) -> anyhow::Result<ExitCode> {
        Ok(run_as("ship", &self.options, caller))
    }
}

/// Reads the call, then skips, rehearses or ships.
pub fn run_as(command: &'static str, typed: &ShipOptions, caller: &Caller<'_>) -> ExitCode {
    let setup = Setup::read(caller, typed.account.key_file())
        .with_file("the package", typed.path.as_deref())
        .with_file("the list of exports", Some(&archive::list(&typed.archive)));
    let mut problems = Problems::default();
    let telling = pull_request::plan(&typed.pull_request, &setup, &mut problems);
    let call = Call {
        receipt: typed.receipt.as_deref(),
        ..Call::new(command, &typed.reporting)
    };
    match choose(typed, &setup, &mut problems) {
        Way::Skip(why) => opening::open(call, &setup, problems).skip(*why),
        Way::Ship(rehearsal) => {
            let scenario = rehearsal.as_ref().map(|rehearsal| rehearsal.scenario);
            let Planned {
                plan,
                is_dry,
                package,
                stand_ins,
            } = ship_plan::plan(typed, rehearsal.as_ref(), &setup, &mut problems);
            let demo = package.stands_in_for.clone();
            let mut session = opening::open(call.rehearsing(scenario), &setup, problems);
            if let Some(why) = rehearsal.and_then(|rehearsal| rehearsal.instead) {
                session.found(*why);
            }
            let code = session.telling(telling).run(move |around| async move {
                if let Some(named) = demo {
                    let name = typed::path(&named);
                    around
                        .events
                        .note(format!("{name} is not there; a demo app takes its place"));
                }
                let around = Surroundings {
                    is_rehearsal: scenario.is_some(),
                    ..around
                };
                let account = plan.account.clone();
                if is_dry {
                    let verify =
                        |account| run::verify::run(VerifyPlan::of_shipping(plan, account), &around);
                    return rehearsal::run(scenario, account, &around, verify).await;
                }
                let ship = |account| run::ship::run(ShipPlan { account, ..plan }, &around);
                rehearsal::run(scenario, account, &around, ship).await
            });
            drop((package, stand_ins));
            code
        }
    }
}

/// What the call comes to.
enum Way {
    /// The package is shipped, in a rehearsal or to Apple.
    Ship(Option<Rehearsal>),
    /// Nothing is, and this is why.
    Skip(Box<Diagnostic>),
}

fn choose(typed: &ShipOptions, setup: &Setup<'_>, problems: &mut Problems) -> Way {
    let lacks_secrets = setup.context.as_ref().is_some_and(Context::lacks_secrets);
    let has_key = setup.secrets.has_key() || altool::is_by_a_person(&typed.altool, setup);
    let without = without_key::decide(&typed.missing_secrets, lacks_secrets, has_key, problems);
    let address = typed.account.asc_url.as_deref();
    let asked_for = rehearsal::asked_for(&typed.rehearsal, address, problems);
    let missing = |is_rehearsed| diagnostics::secrets_missing(lacks_secrets, is_rehearsed);
    match (asked_for, without) {
        (Some(rehearsal), _) => Way::Ship(Some(rehearsal)),
        (None, WithoutKey::GoesOn) => Way::Ship(None),
        (None, WithoutKey::Skips) => Way::Skip(Box::new(missing(false))),
        (None, WithoutKey::Rehearses) => Way::Ship(Some(Rehearsal::instead(missing(true)))),
    }
}
