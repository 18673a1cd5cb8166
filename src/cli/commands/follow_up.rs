//! The commands that ask after a build or version, or do something about it, long after the upload.

use std::process::ExitCode;

use crate::cli::choices;
use crate::cli::environment::Environment;
use crate::cli::given;
use crate::cli::opening::Call;
use crate::cli::problems::Problems;
use crate::cli::setup::Setup;
use crate::cli::{answer, args, inputs, opening, pull_request, rehearsal, target};
use crate::plan::{FollowUp, Goal, Phase};
use crate::run;
use crate::secret::Vault;

const GOALS: [(&str, Word); 3] = [
    ("in-testing", Word::InTesting),
    ("approved", Word::Approved),
    ("live", Word::Live),
];

const PHASES: [(&str, Phase); 3] = [
    ("pause", Phase::Pause),
    ("resume", Phase::Resume),
    ("complete", Phase::Complete),
];

#[derive(Clone, Copy)]
enum Word {
    InTesting,
    Approved,
    Live,
}

/// `jetway status`
pub fn status(typed: &args::Target, environment: &Environment, known: &Vault) -> ExitCode {
    run("status", typed, (environment, known), |_| Goal::Status)
}

/// `jetway wait --until`
pub fn wait(typed: &args::Wait, environment: &Environment, known: &Vault) -> ExitCode {
    run("wait", &typed.target, (environment, known), |problems| {
        let given = typed.until.as_deref();
        let word = problems.value("--until", given, Word::InTesting, |word| {
            choices::read(&GOALS, word)
        });
        match word {
            Word::InTesting => Goal::InTesting,
            Word::Approved => Goal::Approved,
            Word::Live => Goal::Live,
        }
    })
}

/// `jetway release`
pub fn release(typed: &args::Release, environment: &Environment, known: &Vault) -> ExitCode {
    run("release", &typed.target, (environment, known), |problems| {
        let given = typed.phased.as_deref();
        Goal::Release(problems.value("--phased", given, None, |word| {
            choices::read(&PHASES, word).map(Some)
        }))
    })
}

/// `jetway cancel`
pub fn cancel(typed: &args::Target, environment: &Environment, known: &Vault) -> ExitCode {
    run("cancel", typed, (environment, known), |_| Goal::Cancel)
}

/// `jetway next-build-number`: the number alone goes to standard output.
pub fn next_build_number(
    typed: &args::Target,
    environment: &Environment,
    known: &Vault,
) -> anyhow::Result<ExitCode> {
    let (telling, heard) = answer::channel();
    let code = run("next-build-number", typed, (environment, known), |_| {
        Goal::NextBuildNumber(telling)
    });
    heard.print("\n")?;
    Ok(code)
}

fn run(
    command: &'static str,
    typed: &args::Target,
    (environment, known): (&Environment, &Vault),
    goal: impl FnOnce(&mut Problems) -> Goal,
) -> ExitCode {
    let receipt = given::path(typed.receipt.as_deref());
    let setup = Setup::read(environment, known, Some(&typed.account)).with_file("RECEIPT", receipt);
    let mut problems = Problems::default();
    let telling = pull_request::plan(&typed.pull_request, &setup, &mut problems);
    let rehearsal = rehearsal::asked_for(&typed.rehearsal, &typed.account, &mut problems);
    let scenario = rehearsal.as_ref().map(|rehearsal| rehearsal.scenario);
    let mut waiting = inputs::waiting(&typed.waiting, &mut problems);
    if rehearsal.is_some() {
        waiting.pace = rehearsal::pace(waiting.pace);
    }
    let plan = FollowUp {
        account: inputs::account(&typed.account, &setup, &mut problems),
        target: target::read(typed.receipt.as_deref(), &typed.named, &mut problems),
        goal: goal(&mut problems),
        waiting,
    };
    let call = Call::new(command, &typed.reporting).rehearsing(scenario);
    let session = opening::open(call, &setup, problems).telling(telling);
    session.run(move |around| async move {
        let account = plan.account.clone();
        let work = |account| run::release::run(FollowUp { account, ..plan }, &around);
        rehearsal::run(scenario, account, &around, work).await
    })
}
