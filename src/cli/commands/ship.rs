//! `jetway ship`

use std::path::PathBuf;
use std::process::ExitCode;

use crate::diagnostic::Diagnostic;
use crate::event::{Ending, Why};
use crate::github::Context;
use crate::ipa::PackageKind;
use crate::plan::PackageFile;
use crate::run;

use crate::cli::environment::Environment;
use crate::cli::secrets::{self, WithoutKey};
use crate::cli::{args, diagnostics, inputs, opening, pull_request, rehearsal};

pub fn main(typed: &args::Ship, environment: &Environment) -> ExitCode {
    let context = pull_request::context(environment);
    let chosen = choose(typed, environment, context.as_ref());
    let rehearsed = match &chosen {
        Ok(Way::Rehearse(scenario, _)) => Some(*scenario),
        Ok(Way::Ship | Way::Skip(_)) | Err(_) => None,
    };
    let mut session = opening::open("ship", &typed.reporting, environment, rehearsed);
    let told = pull_request::plan(&typed.pull_request, context.as_ref(), environment);
    let (scenario, is_asked_for, told) = match (chosen, told) {
        (Ok(Way::Skip(why)), Ok(_)) => return session.skip(*why),
        (Ok(Way::Ship), Ok(told)) => (None, true, told),
        (Ok(Way::Rehearse(scenario, None)), Ok(told)) => (Some(scenario), true, told),
        (Ok(Way::Rehearse(scenario, Some(why))), Ok(told)) => {
            session.found(*why);
            (Some(scenario), false, told)
        }
        (chosen, told) => {
            let problems = [chosen.err(), told.err()];
            return session.refuse(problems.into_iter().flatten().map(|one| *one).collect());
        }
    };
    let session = session.telling(told);
    // Without secrets nothing could be signed, so the package may well not be there.
    let is_named = |path: &PathBuf| !path.as_os_str().is_empty() && (is_asked_for || path.exists());
    let named = typed.path.as_ref().is_some_and(is_named);
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
    let code = session.run(move |surroundings| async move {
        let Some(scenario) = scenario else {
            return run::ship::run(plan, &surroundings).await;
        };
        plan.waiting.pace = rehearsal::pace(plan.waiting.pace);
        match rehearsal::start(scenario, &mut plan.account).await {
            Ok(_sandbox) => run::ship::run(plan, &surroundings).await,
            Err(problem) => {
                surroundings.events.found(*problem);
                Ending::at_once(Why::Unfinished)
            }
        }
    });
    drop(demo);
    code
}

/// What the call comes to.
enum Way {
    /// Apple is asked.
    Ship,
    /// The sandbox is, in this scenario; and why, where it was not asked for.
    Rehearse(&'static str, Option<Box<Diagnostic>>),
    /// Nobody is, and this is why.
    Skip(Box<Diagnostic>),
}

fn choose(
    typed: &args::Ship,
    environment: &Environment,
    context: Option<&Context>,
) -> Result<Way, Box<Diagnostic>> {
    let scenario = rehearsal::scenario(&typed.rehearsal, &typed.account)?;
    let path = typed.account.api_key_path.as_ref();
    let has_key = environment.get("JETWAY_API_KEY").is_some()
        || path.is_some_and(|path| !path.as_os_str().is_empty());
    let lacks_secrets = context.is_some_and(Context::lacks_secrets);
    let without = secrets::without_key(&typed.missing_secrets, lacks_secrets, has_key)?;
    let why = |is_rehearsed| Box::new(diagnostics::secrets_missing(lacks_secrets, is_rehearsed));
    Ok(match (scenario, without) {
        (Some(scenario), _) => Way::Rehearse(scenario, None),
        (None, WithoutKey::GoesOn) => Way::Ship,
        (None, WithoutKey::Skips) => Way::Skip(why(false)),
        (None, WithoutKey::Rehearses) => Way::Rehearse(rehearsal::USUAL, Some(why(true))),
    })
}
