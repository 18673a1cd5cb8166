//! From what was typed to what will happen. Every problem is collected, so that a wrong call is
//! mended in one go; nothing is sent and nothing is written here.

use std::time::Duration;

use url::Url;

use crate::cli::choices::{self, NotTaken};
use crate::cli::problems::Problems;
use crate::cli::rehearsal::{self, Rehearsal};
use crate::cli::setup::Setup;
use crate::cli::{address, args, configuration, distribution, duration, proxies, submission};
use crate::http::address::is_loopback;
use crate::http::client::Proxies;
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
    let mut waiting = waiting(&typed.waiting, problems);
    if rehearsal.is_some() {
        waiting.pace = rehearsal::pace(waiting.pace);
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
        account: account(&typed.account, setup, problems),
        preflight: Preflight {
            level,
            is_strict: defaults::STRICT,
            channel: defaults::CHANNEL,
            ignored: problems.take(configuration::read(setup.environment), Vec::new()),
        },
        transfer: Transfer { concurrency },
        waiting,
        wishes: wishes(&typed.distribution, &typed.store, problems),
    }
}

/// What comes after the upload.
pub fn wishes(
    distribution: &args::Distribution,
    store: &args::Store,
    problems: &mut Problems,
) -> Wishes {
    Wishes {
        distribution: distribution::read(distribution, problems),
        submission: submission::read(store, false, problems),
    }
}

/// Whose App Store Connect, and the key to it.
pub fn account(typed: &args::Account, setup: &Setup<'_>, problems: &mut Problems) -> Account {
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
        defaults::IDLE_TIMEOUT,
        positive_duration,
    );
    Account {
        proxies: Proxies::toward(&url),
        url,
        key: problems.take(setup.secrets.api_key.clone(), Secret::new("")),
        key_id: typed.api_key_id.clone().unwrap_or_default(),
        issuer_id: typed.api_issuer_id.clone().unwrap_or_default(),
        idle_timeout,
        extra_roots: problems.take(setup.extra_roots.clone(), Vec::new()),
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
    Waiting {
        until: problems.value("--wait", typed.wait.as_deref(), defaults::WAIT, |word| {
            choices::read(&choices::WAITS, word)
        }),
        appear: problems.value(
            "--appear-timeout",
            typed.appear_timeout.as_deref(),
            defaults::APPEAR_TIMEOUT,
            duration::parse,
        ),
        processing: problems.value(
            "--processing-timeout",
            typed.processing_timeout.as_deref(),
            defaults::PROCESSING_TIMEOUT,
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
