//! `jetway verify`

use std::process::ExitCode;

use crate::event::{Ending, Why};
use crate::run;

use crate::cli::environment::Environment;
use crate::cli::{args, inputs, opening, rehearsal};

pub fn main(typed: &args::Verify, environment: &Environment) -> ExitCode {
    let scenario = rehearsal::scenario(&typed.rehearsal, &typed.account);
    let rehearsed = scenario.as_ref().ok().copied().flatten();
    let session = opening::open("verify", &typed.reporting, environment, rehearsed);
    let scenario = match scenario {
        Ok(scenario) => scenario,
        Err(problem) => return session.refuse(vec![*problem]),
    };
    let mut account = match inputs::account_alone(&typed.account, environment) {
        Ok(account) => account,
        Err(problems) => return session.refuse(problems),
    };
    session.run(move |surroundings| async move {
        let Some(scenario) = scenario else {
            return run::verify::run(account, &surroundings).await;
        };
        match rehearsal::start(scenario, &mut account).await {
            Ok(_sandbox) => run::verify::run(account, &surroundings).await,
            Err(problem) => {
                surroundings.events.found(*problem);
                Ending::at_once(Why::Unfinished)
            }
        }
    })
}
