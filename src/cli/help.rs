//! What holds where an option is not given, in the words of its help: made from the plan's defaults, so
//! that no number is written twice.

use clap::Arg;

use crate::cli::given::STANDARD_INPUT;
use crate::cli::{choices, duration};
use crate::plan::{Pace, defaults};

/// Words that are made of a default.
pub type Words = fn() -> String;

/// What the process ends with.
pub const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  the app or its setup must change
  2  wrong usage: nothing was tried
  3  could not finish; trying again may help
  4  Apple is still processing, and we stopped waiting
  129, 130, 131, 143  interrupted, after undoing

`jetway help COMMAND` says more. Every option reads the variable beside it.";

/// The options that have a default worth telling, with its words.
pub const DEFAULTS: &[(&str, Words)] = &[
    ("asc_url", || {
        defaults::ASC_URL.trim_end_matches('/').to_owned()
    }),
    ("idle_timeout", || duration::written(defaults::IDLE_TIMEOUT)),
    ("wait", || {
        choices::word(&choices::WAITS, &defaults::WAIT).to_owned()
    }),
    ("preflight", || {
        choices::word(&choices::PREFLIGHT, &defaults::PREFLIGHT).to_owned()
    }),
    ("channel", || {
        choices::word(&choices::CHANNELS, &defaults::CHANNEL).to_owned()
    }),
    ("strict", || defaults::STRICT.to_string()),
    ("appear_timeout", || {
        duration::written(defaults::APPEAR_TIMEOUT)
    }),
    ("processing_timeout", || {
        duration::written(defaults::PROCESSING_TIMEOUT)
    }),
    ("poll_interval", || interval(defaults::POLL_INTERVAL)),
    ("concurrency", || defaults::CONCURRENCY.to_string()),
    ("trim_whats_new", || defaults::TRIM_WHATS_NEW.to_string()),
    ("whats_new_from_git", || false.to_string()),
    ("submit_beta_review", || false.to_string()),
    ("replace_build_in_review", || false.to_string()),
    ("expire_previous", || false.to_string()),
    ("submit_to_app_store", || false.to_string()),
    ("cancel_previous_submission", || false.to_string()),
    ("timeout", || duration::written(defaults::TIMEOUT)),
    ("upload_engine", || "rest".to_owned()),
    ("signing", || "manual".to_owned()),
    ("export_method", || {
        defaults::EXPORT_METHOD.name().to_owned()
    }),
    ("output", || defaults::OUTPUT.to_owned()),
    ("tool_timeout", || duration::written(defaults::TOOL_TIMEOUT)),
    ("pr_comment", || defaults::PR_COMMENT.to_string()),
    ("pr_suggestions", || defaults::PR_SUGGESTIONS.to_string()),
    ("commit_status", || defaults::COMMIT_STATUS.to_string()),
    ("check_run", || defaults::CHECK_RUN.to_string()),
    ("on_missing_secrets", || {
        defaults::ON_MISSING_SECRETS.to_owned()
    }),
    ("rehearse", || defaults::REHEARSE.to_string()),
    ("sandbox", || defaults::SANDBOX.to_string()),
    ("scenario", || defaults::SCENARIO.to_owned()),
    ("listen", || defaults::LISTEN.to_owned()),
    ("format", || defaults::FORMAT.to_owned()),
    ("log", || STANDARD_INPUT.to_owned()),
];

/// The option with its default at the end of its help.
pub fn with_default(argument: Arg) -> Arg {
    let default = DEFAULTS
        .iter()
        .find(|(option, _)| argument.get_id() == option);
    match (argument.get_help().map(ToString::to_string), default) {
        (Some(said), Some((_, words))) => argument.help(format!("{said} [default: {}]", words())),
        (Some(_) | None, Some(_) | None) => argument,
    }
}

fn interval(pace: Pace) -> String {
    match pace {
        Pace::Easing(longest) => {
            format!("often at first, then every {}", duration::written(longest))
        }
        Pace::Exact(interval) => duration::written(interval),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn an_easing_pace_is_told_by_its_longest_pause() {
        let pace = Pace::Easing(Duration::from_secs(30));
        assert_eq!(interval(pace), "often at first, then every 30s");
    }
}
