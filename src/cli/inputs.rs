//! From what was typed to what will happen. Every problem is collected, so that a wrong call is
//! mended in one go; nothing is sent and nothing is written here.

use std::time::Duration;

use url::Url;

use crate::cli::choices::{self, NotTaken};
use crate::cli::environment::Environment;
use crate::cli::identity::Identity;
use crate::cli::problems::Problems;
use crate::cli::rehearsal::{self, Rehearsal};
use crate::cli::setup::Setup;
use crate::cli::{
    address, altool, args, checkout, configuration, diagnostics, distribution, duration, given,
    identity, proxies, submission,
};
use crate::http::address::is_loopback;
use crate::plan::{
    Account, Pace, PackageFile, Preflight, ShipPlan, Transfer, Waiting, Wishes, defaults,
};
use crate::secret::{Secret, typed};

const MOST_PARTS_AT_A_TIME: usize = 64;

/// What `ship` will do.
pub fn ship(
    typed: &args::Ship,
    package: PackageFile,
    rehearsal: Option<&Rehearsal>,
    setup: &Setup<'_>,
    problems: &mut Problems,
) -> ShipPlan {
    let patience = Patience::of(rehearsal);
    let mut waiting = waiting_for(&typed.waiting, patience, problems);
    if rehearsal.is_some() {
        waiting.pace = rehearsal::pace(waiting.pace);
    }
    let account = account_for(&typed.account, patience, setup, problems);
    if rehearsal.is_none() && !altool::is_by_a_person(typed, setup) {
        let is_named = given::path(typed.path.as_deref()).is_some();
        configuration(&account, Some(is_named), setup, problems);
    }
    let concurrency = problems.value(
        "--concurrency",
        typed.concurrency.as_deref(),
        defaults::CONCURRENCY,
        concurrency,
    );
    let level = problems.value(
        "--preflight",
        typed.preflight.as_deref(),
        defaults::PREFLIGHT,
        |word| choices::read(&choices::PREFLIGHT, word),
    );
    ShipPlan {
        package,
        export: None,
        altool: altool::plan(typed, rehearsal.is_some(), setup, problems),
        account,
        preflight: Preflight {
            level,
            is_strict: defaults::STRICT,
            channel: defaults::CHANNEL,
            ignored: problems.take(configuration::read(setup.environment), Vec::new()),
            sha256: sha256(typed.expected_sha256.as_deref(), problems),
            begun: checkout::begun(setup.environment),
            repository: checkout::root(setup.environment),
        },
        transfer: Transfer { concurrency },
        waiting,
        wishes: wishes(
            (&typed.distribution, &typed.store),
            Wishes::default(),
            setup.environment,
            problems,
        ),
    }
}

/// The SHA-256 that the package must have.
pub fn sha256(typed: Option<&str>, problems: &mut Problems) -> Option<String> {
    problems.value("--expected-sha256", typed, None, |text| {
        let text = text.trim().to_ascii_lowercase();
        let is_hash = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hash
            .then_some(Some(text))
            .ok_or_else(|| NotTaken("it is no SHA-256, which has 64 hexadecimal digits".to_owned()))
    })
}

/// What comes after the upload: what was typed, else what a receipt left to be done.
pub fn wishes(
    (distribution, store): (&args::Distribution, &args::Store),
    left: Wishes,
    environment: &Environment,
    problems: &mut Problems,
) -> Wishes {
    Wishes {
        distribution: distribution::read(distribution, left.distribution, environment, problems),
        submission: submission::read(store, left.submission, problems),
    }
}

/// How long is waited where nothing else was typed.
#[derive(Clone, Copy)]
pub struct Patience {
    appear: Duration,
    processing: Duration,
    idle: Duration,
}

impl Patience {
    /// For Apple it takes minutes and hours; the sandbox does what it does at once, or never.
    pub fn of(rehearsal: Option<&Rehearsal>) -> Self {
        match rehearsal {
            Some(_) => Self {
                appear: defaults::REHEARSAL_PATIENCE,
                processing: defaults::REHEARSAL_PATIENCE,
                idle: defaults::REHEARSAL_IDLE_TIMEOUT,
            },
            None => Self {
                appear: defaults::APPEAR_TIMEOUT,
                processing: defaults::PROCESSING_TIMEOUT,
                idle: defaults::IDLE_TIMEOUT,
            },
        }
    }
}

/// Whose App Store Connect, and the key to it.
pub fn account(typed: &args::Account, setup: &Setup<'_>, problems: &mut Problems) -> Account {
    account_for(typed, Patience::of(None), setup, problems)
}

/// The same with this patience.
pub fn account_for(
    typed: &args::Account,
    patience: Patience,
    setup: &Setup<'_>,
    problems: &mut Problems,
) -> Account {
    let url = problems.value(
        "--asc-url",
        typed.asc_url.as_deref(),
        Url::parse(defaults::ASC_URL).expect("the address is a literal"),
        address::parse,
    );
    if !is_loopback(&url) {
        proxies::check(setup.environment, problems);
    }
    let idle_timeout = problems.value(
        "--idle-timeout",
        typed.idle_timeout.as_deref(),
        patience.idle,
        positive_duration,
    );
    let beside = |name| setup.environment.get(name).unwrap_or_default().to_owned();
    let beside = setup.secrets.other_tool.map(|names| Identity {
        key_id: beside(names.key_id),
        issuer_id: beside(names.issuer_id),
    });
    let key = setup.secrets.api_key.as_ref().ok();
    let identity = identity::of(typed, key, beside.unwrap_or_default());
    Account {
        url,
        key: problems.take(setup.secrets.api_key.clone(), Secret::new("")),
        key_id: identity.key_id,
        issuer_id: identity.issuer_id,
        idle_timeout,
        extra_roots: problems.take(setup.extra_roots.clone(), Vec::new()),
    }
}

/// What every run needs, and was not given: told whole and before anything else. `is_named` is whether
/// there is a package, where one is needed.
pub fn configuration(
    account: &Account,
    is_named: Option<bool>,
    setup: &Setup<'_>,
    problems: &mut Problems,
) {
    let missing = [
        ("path", is_named == Some(false)),
        ("api-key", !setup.secrets.has_key()),
        ("api-key-id", account.key_id.trim().is_empty()),
    ];
    let missing: Vec<&'static str> = missing
        .into_iter()
        .filter_map(|(name, is_missing)| is_missing.then_some(name))
        .collect();
    if !missing.is_empty() {
        problems.add(diagnostics::configuration_missing(&missing));
    }
}

/// The deadline of the whole run.
pub fn deadline(typed: &args::Reporting, problems: &mut Problems) -> Option<Duration> {
    let deadline = problems.value(
        "--timeout",
        typed.timeout.as_deref(),
        defaults::TIMEOUT,
        duration::parse,
    );
    // Nought is no limit.
    (!deadline.is_zero()).then_some(deadline)
}

/// How long we stay.
pub fn waiting(typed: &args::Waiting, problems: &mut Problems) -> Waiting {
    waiting_for(typed, Patience::of(None), problems)
}

fn waiting_for(typed: &args::Waiting, patience: Patience, problems: &mut Problems) -> Waiting {
    Waiting {
        until: problems.value("--wait", typed.wait.as_deref(), defaults::WAIT, |word| {
            choices::read(&choices::WAITS, word)
        }),
        appear: problems.value(
            "--appear-timeout",
            typed.appear_timeout.as_deref(),
            patience.appear,
            duration::parse,
        ),
        processing: problems.value(
            "--processing-timeout",
            typed.processing_timeout.as_deref(),
            patience.processing,
            duration::parse,
        ),
        pace: problems.value(
            "--poll-interval",
            typed.poll_interval.as_deref(),
            defaults::POLL_INTERVAL,
            |text| positive_duration(text).map(Pace::Exact),
        ),
    }
}

fn concurrency(text: &str) -> Result<usize, NotTaken> {
    text.parse()
        .ok()
        .filter(|number| (1..=MOST_PARTS_AT_A_TIME).contains(number))
        .ok_or_else(|| {
            let text = typed::shown(text);
            NotTaken(format!(
                "`{text}` is no number from 1 to {MOST_PARTS_AT_A_TIME}"
            ))
        })
}

fn positive_duration(text: &str) -> Result<Duration, NotTaken> {
    match duration::parse(text) {
        Ok(duration) if duration.is_zero() => {
            Err(NotTaken("it must be longer than nothing".to_owned()))
        }
        Ok(duration) => Ok(duration),
        Err(error) => Err(NotTaken(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_default_is_among_what_its_option_takes() {
        assert!(concurrency(&defaults::CONCURRENCY.to_string()).is_ok());
        assert!(address::parse(defaults::ASC_URL).is_ok());
        assert_eq!(
            choices::read(
                &choices::WAITS,
                choices::word(&choices::WAITS, &defaults::WAIT)
            )
            .unwrap(),
            defaults::WAIT
        );
    }
}
