//! The commands that ask after a build or version, or do something about it, long after the upload.

use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use crate::cli::choices::{self, NotTaken};
use crate::cli::environment::Environment;
use crate::cli::given::text;
use crate::cli::opening::Call;
use crate::cli::problems::Problems;
use crate::cli::setup::Setup;
use crate::cli::{args, diagnostics, inputs, opening, pull_request, rehearsal};
use crate::ids::{BuildNumber, BundleIdentifier, MarketingVersion, Platform};
use crate::plan::{FollowUp, Goal, Phase, Target, Telling};
use crate::report::people::plain;
use crate::run;
use crate::secret::Vault;

const PLATFORMS: [(&str, Platform); 4] = [
    ("ios", Platform::Ios),
    ("tvos", Platform::TvOs),
    ("macos", Platform::MacOs),
    ("visionos", Platform::VisionOs),
];

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
    let heard = Arc::new(Mutex::new(None));
    let told = Arc::clone(&heard);
    let telling = Telling(Arc::new(move |number: &str| {
        *told.lock().unwrap_or_else(PoisonError::into_inner) = Some(number.to_owned());
    }));
    let code = run("next-build-number", typed, (environment, known), |_| {
        Goal::NextBuildNumber(telling)
    });
    let number = heard.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(number) = number {
        plain::data(&format!("{number}\n"))?;
    }
    Ok(code)
}

fn run(
    command: &'static str,
    typed: &args::Target,
    (environment, known): (&Environment, &Vault),
    goal: impl FnOnce(&mut Problems) -> Goal,
) -> ExitCode {
    let setup = Setup::read(environment, known, Some(&typed.account));
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
        target: target(typed, &mut problems),
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

fn target(typed: &args::Target, problems: &mut Problems) -> Target {
    let bundle = text(typed.bundle_id.as_deref());
    if bundle.is_none() {
        problems.add(diagnostics::option_invalid("--bundle-id", "it is needed"));
    }
    Target {
        bundle_identifier: BundleIdentifier::new(bundle.unwrap_or_default()),
        marketing_version: text(typed.marketing_version.as_deref()).map(MarketingVersion::new),
        build_number: text(typed.build_number.as_deref()).map(BuildNumber::new),
        platform: problems.value(
            "--platform",
            typed.platform.as_deref(),
            Platform::Ios,
            platform,
        ),
    }
}

fn platform(word: &str) -> Result<Platform, NotTaken> {
    choices::read(&PLATFORMS, &word.to_ascii_lowercase())
}
