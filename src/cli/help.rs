//! What holds where an option is not given, in the words of its help: made from the plan's defaults, so
//! that no number is written twice.

use clap::Arg;

use crate::cli::given::STANDARD_INPUT;
use crate::cli::{choices, duration};
use crate::plan::{Pace, defaults};

type Words = fn() -> String;

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

pub const SHIP: &str = "\
The key's text itself comes by the environment variable JETWAY_API_KEY.

Examples:
  jetway ship --sandbox                        a rehearsal: no key, no network
  jetway ship build/*.ipa --api-key-path AuthKey_2X9R4HXF34.p8 --api-issuer-id UUID
  jetway ship App.ipa --wait none              do not wait for Apple
  jetway ship App.ipa --groups QA --whats-new 'Faster'            internal testers
  jetway ship App.ipa --groups Friends --submit-beta-review       external beta
  jetway ship App.ipa --submit-to-app-store --release-type MANUAL the App Store
  jetway wait --until approved --bundle-id ID  tell me when the review is over
  jetway ship App.ipa --dry-run                check everything, send nothing

Exit codes: 0 done, 1 something must change, 2 wrong usage, 3 not finished, 4 Apple still works on it";

pub const VERIFY: &str = "\
The key's text itself comes by the environment variable JETWAY_API_KEY.

Examples:
  jetway verify --api-key-path AuthKey_2X9R4HXF34.p8 --api-issuer-id UUID
  jetway verify App.ipa                        would it go through?
  jetway verify --for upload,testflight        is the key's role high enough, and no higher?
  jetway verify --expiring 30d                 in a scheduled workflow: what ends soon?";

pub const WEBHOOK: &str = "\
The secret comes by the environment variable JETWAY_WEBHOOK_SECRET alone.

Examples:
  jetway webhook create --bundle-id com.example.app --url https://relay.example.com/apple
  jetway webhook ping --bundle-id com.example.app
  jetway webhook verify-signature body.json --signature hmacsha256=…";

pub const ANNOTATE: &str = "\
Examples:
  jetway annotate altool.log
  xcodebuild archive 2>&1 | tee build.log; jetway annotate build.log

Exit codes: 0 it worked or nothing is known, 1 it failed or has errors, 2 wrong usage";

pub const EXPLAIN: &str = "\
Examples:
  jetway explain ITMS-90683
  jetway explain -19232
  jetway explain 'Missing purpose string in Info.plist'
  pbpaste | jetway explain -";

/// The options that have a default worth telling, with its words.
const DEFAULTS: &[(&str, Words)] = &[
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

    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::args::Arguments;

    #[test]
    fn every_default_is_that_of_an_option() {
        let command = Arguments::command();
        let options: Vec<&str> = command
            .get_subcommands()
            .flat_map(clap::Command::get_arguments)
            .map(|argument| argument.get_id().as_str())
            .collect();
        for (option, words) in DEFAULTS {
            assert!(options.contains(option), "no option {option}");
            assert!(!words().is_empty(), "{option}");
        }
    }

    #[test]
    fn an_easing_pace_is_told_by_its_longest_pause() {
        let pace = Pace::Easing(Duration::from_secs(30));
        assert_eq!(interval(pace), "often at first, then every 30s");
    }
}
