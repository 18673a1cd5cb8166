//! `jetway ship`

use std::process::ExitCode;

use crate::event::Outcome;
use crate::ipa::PackageKind;
use crate::plan::PackageFile;
use crate::run;

use super::environment::Environment;
use super::session::Session;
use super::{args, inputs, rehearsal};

pub(super) fn main(typed: &args::Ship, environment: &Environment) -> ExitCode {
    let scenario = rehearsal::scenario(&typed.rehearsal, &typed.account);
    let rehearsed = scenario.as_ref().ok().copied().flatten();
    let session = Session::open(
        "ship",
        &typed.reporting,
        environment,
        rehearsed.map(str::to_owned),
    );
    let scenario = match scenario {
        Ok(scenario) => scenario,
        Err(problem) => return session.refuse(vec![*problem]),
    };
    let named = typed
        .path
        .as_ref()
        .is_some_and(|path| !path.as_os_str().is_empty());
    let demo = match scenario {
        Some(_) if !named => match rehearsal::demo_package() {
            Ok(demo) => Some(demo),
            Err(problem) => return session.refuse(vec![*problem]),
        },
        Some(_) | None => None,
    };
    let package = demo.as_ref().map(|(_, path)| PackageFile {
        path: path.clone(),
        kind: PackageKind::Ipa,
    });
    let mut plan = match inputs::ship(typed, package, environment) {
        Ok(plan) => plan,
        Err(problems) => return session.refuse(problems),
    };
    session.vault().keep(&plan.account.key);
    let code = session.run(move |surroundings| async move {
        let Some(scenario) = scenario else {
            return run::ship::run(plan, &surroundings).await;
        };
        plan.waiting.pace = rehearsal::pace(plan.waiting.pace);
        match rehearsal::start(scenario, &mut plan.account).await {
            Ok(_sandbox) => run::ship::run(plan, &surroundings).await,
            Err(problem) => {
                surroundings.events.found(*problem);
                Outcome::Unfinished
            }
        }
    });
    drop(demo);
    code
}
