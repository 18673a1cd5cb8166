//! How long we stay: what was typed, else what suits Apple, or the sandbox, which does what it does at once or never.

use clap::Args;

use crate::cli::problems::Problems;
use crate::cli::rehearsal::{self, Rehearsal};
use crate::cli::{choices, duration};
use crate::plan::{Pace, Waiting, defaults};

/// How long we stay.
#[derive(Debug, Args)]
#[command(next_help_heading = "Waiting for Apple")]
pub struct WaitingOptions {
    /// What to wait for: none, accepted or processed
    #[arg(long, value_name = "WHAT", env = "JETWAY_WAIT")]
    pub wait: Option<String>,
    /// How long the build may take to appear after the upload
    #[arg(long, value_name = "TIME", env = "JETWAY_APPEAR_TIMEOUT")]
    pub appear_timeout: Option<String>,
    /// How long Apple may take to process the build once it has appeared
    #[arg(long, value_name = "TIME", env = "JETWAY_PROCESSING_TIMEOUT")]
    pub processing_timeout: Option<String>,
    /// How often to ask; obeyed as it is
    #[arg(long, value_name = "TIME", env = "JETWAY_POLL_INTERVAL")]
    pub poll_interval: Option<String>,
}

/// Reads it.
pub fn read(
    typed: &WaitingOptions,
    rehearsal: Option<&Rehearsal>,
    problems: &mut Problems,
) -> Waiting {
    let (appear, processing) = match rehearsal {
        Some(_) => (defaults::REHEARSAL_PATIENCE, defaults::REHEARSAL_PATIENCE),
        None => (defaults::APPEAR_TIMEOUT, defaults::PROCESSING_TIMEOUT),
    };
    let pace = problems.value(
        "--poll-interval",
        typed.poll_interval.as_deref(),
        defaults::POLL_INTERVAL,
        |text| duration::positive(text).map(Pace::Exact),
    );
    Waiting {
        until: problems.value("--wait", typed.wait.as_deref(), defaults::WAIT, |word| {
            choices::read(&choices::WAITS, word)
        }),
        appear: problems.value(
            "--appear-timeout",
            typed.appear_timeout.as_deref(),
            appear,
            duration::parse,
        ),
        processing: problems.value(
            "--processing-timeout",
            typed.processing_timeout.as_deref(),
            processing,
            duration::parse,
        ),
        pace: match rehearsal {
            Some(_) => rehearsal::pace(pace),
            None => pace,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_among_what_the_option_takes() {
        let word = choices::word(&choices::WAITS, &defaults::WAIT);
        assert_eq!(
            choices::read(&choices::WAITS, word).unwrap(),
            defaults::WAIT
        );
    }
}
