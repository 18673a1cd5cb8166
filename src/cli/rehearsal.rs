//! The sandbox in place of Apple: whether it was asked for, and a run against it.

use clap::Args;

use crate::cli::choices::yes_or_no;
use crate::cli::given::text;
use crate::cli::problems::Problems;
use crate::cli::{address, diagnostics, values};
use crate::diagnostic::Diagnostic;
use crate::event::{Ending, Why};
use crate::plan::{Account, Pace, defaults};
use crate::run::sequence::Surroundings;
use crate::sandbox::{self, Sandbox, Scenario, UnknownScenario};
use crate::secret::{Secret, typed};

/// The sandbox in place of Apple.
#[derive(Debug, Args)]
#[command(next_help_heading = "Without a key, without Apple")]
pub struct RehearsalOptions {
    /// Rehearse against the sandbox: no key, no network, no Apple
    #[arg(long, value_name = values::BOOL, env = "JETWAY_SANDBOX")]
    pub sandbox: Option<String>,
    /// How the sandbox behaves; `jetway sandbox --scenario list` prints the names
    #[arg(long, value_name = "NAME", env = "JETWAY_SCENARIO")]
    pub scenario: Option<String>,
}

/// A run against the sandbox.
#[derive(Debug)]
pub struct Rehearsal {
    /// The scenario's name.
    pub scenario: &'static str,
    /// Why there is one, where nobody asked for it.
    pub instead: Option<Box<Diagnostic>>,
}

/// The rehearsal that was asked for; `address` is that of Apple, where one was typed.
pub fn asked_for(
    typed: &RehearsalOptions,
    address: Option<&str>,
    problems: &mut Problems,
) -> Option<Rehearsal> {
    let is_asked_for = problems.value(
        "--sandbox",
        typed.sandbox.as_deref(),
        defaults::SANDBOX,
        yes_or_no,
    );
    let name = text(typed.scenario.as_deref());
    if !is_asked_for {
        if name.is_some() {
            let why = "it needs --sandbox beside it";
            problems.add(diagnostics::option_invalid("--scenario", why));
        }
        return None;
    }
    if text(address).is_some() {
        let why = "it can't go with --sandbox, which serves at an address of its own";
        problems.add(diagnostics::option_invalid("--asc-url", why));
    }
    let scenario = Scenario::named(name.unwrap_or(defaults::SCENARIO))
        .map(|scenario| scenario.info().name)
        .map_err(|unknown| {
            let why = self::unknown(unknown);
            Box::new(diagnostics::option_invalid("--scenario", &why))
        });
    Some(Rehearsal {
        scenario: problems.take(scenario, defaults::SCENARIO),
        instead: None,
    })
}

/// Why a scenario's name is not taken.
pub fn unknown(problem: UnknownScenario) -> String {
    let name = typed::shown(&problem.name);
    UnknownScenario { name, ..problem }.to_string()
}

impl Rehearsal {
    /// The rehearsal in place of a run that has no key, and why it is made.
    pub fn instead(why: Diagnostic) -> Self {
        Self {
            scenario: defaults::SCENARIO,
            instead: Some(Box::new(why)),
        }
    }
}

/// Runs the work with the account as it is, or with the sandbox's where there is a scenario. The
/// sandbox ends with the work.
pub async fn run<F>(
    scenario: Option<&str>,
    mut account: Account,
    around: &Surroundings,
    work: impl FnOnce(Account) -> F,
) -> Ending
where
    F: Future<Output = Ending>,
{
    let Some(scenario) = scenario else {
        return work(account).await;
    };
    match start(scenario, &mut account).await {
        Ok(_sandbox) => work(account).await,
        Err(problem) => {
            around.events.found(*problem);
            Ending::at_once(Why::Unfinished)
        }
    }
}

/// Starts the sandbox and points the account at it. It ends when it is dropped.
async fn start(scenario: &str, account: &mut Account) -> Result<Sandbox, Box<Diagnostic>> {
    let unavailable = |why: String| Box::new(diagnostics::sandbox_unavailable(&why));
    let scenario = Scenario::named(scenario).map_err(|unknown| unavailable(unknown.to_string()))?;
    let sandbox = sandbox::start(sandbox::Options::loopback(scenario))
        .await
        .map_err(|error| unavailable(error.to_string()))?;
    let key = sandbox::demo_key();
    account.url = address::parse(sandbox.url()).map_err(|error| unavailable(error.to_string()))?;
    account.key = Secret::new(key.private_key_pem);
    key.key_id.clone_into(&mut account.key_id);
    key.issuer_id.clone_into(&mut account.issuer_id);
    Ok(sandbox)
}

/// How often to ask in a rehearsal: as the user said, else often.
pub fn pace(planned: Pace) -> Pace {
    match planned {
        Pace::Exact(_) => planned,
        Pace::Easing(_) => defaults::REHEARSAL_POLL_INTERVAL,
    }
}
