//! What becomes of a run that has no key.

use clap::Args;

use crate::cli::problems::Problems;
use crate::cli::{choices, given, values};
use crate::plan::defaults;

/// What happens where there is no key.
#[derive(Debug, Args)]
#[command(next_help_heading = "Without a key, without Apple")]
pub struct MissingSecretsOptions {
    /// Without a key: fail, skip, or auto, which skips where GitHub gives no secrets
    #[arg(long, value_name = "WHAT", env = "JETWAY_ON_MISSING_SECRETS")]
    pub on_missing_secrets: Option<String>,
    /// Rehearse against the sandbox where the run would be skipped
    #[arg(long, value_name = values::BOOL, env = "JETWAY_REHEARSE")]
    pub rehearse: Option<String>,
}

/// What a run without a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithoutKey {
    /// It goes on, and fails where the key is needed.
    GoesOn,
    /// It ends without a verdict.
    Skips,
    /// It rehearses in the sandbox.
    Rehearses,
}

/// What `--on-missing-secrets` takes.
#[derive(Clone, Copy)]
enum OnMissing {
    Auto,
    Fail,
    Skip,
}

const ON_MISSING: [(&str, OnMissing); 3] = [
    ("auto", OnMissing::Auto),
    ("fail", OnMissing::Fail),
    ("skip", OnMissing::Skip),
];

/// Decides what happens where there is no key.
pub fn decide(
    typed: &MissingSecretsOptions,
    lacks_secrets: bool,
    has_key: bool,
    problems: &mut Problems,
) -> WithoutKey {
    let rehearses = problems.value(
        "--rehearse",
        typed.rehearse.as_deref(),
        defaults::REHEARSE,
        choices::yes_or_no,
    );
    let what = given::text(typed.on_missing_secrets.as_deref());
    let what = problems.value(
        "--on-missing-secrets",
        Some(what.unwrap_or(defaults::ON_MISSING_SECRETS)),
        OnMissing::Auto,
        |word| choices::read(&ON_MISSING, word),
    );
    let skips = match what {
        OnMissing::Auto => lacks_secrets,
        OnMissing::Fail => false,
        OnMissing::Skip => true,
    };
    match (has_key, skips, rehearses) {
        (true, _, _) | (false, false, _) => WithoutKey::GoesOn,
        (false, true, false) => WithoutKey::Skips,
        (false, true, true) => WithoutKey::Rehearses,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(
        what: &str,
        rehearse: &str,
        lacks_secrets: bool,
        has_key: bool,
    ) -> Option<WithoutKey> {
        let typed = MissingSecretsOptions {
            on_missing_secrets: Some(what.to_owned()),
            rehearse: Some(rehearse.to_owned()),
        };
        let mut problems = Problems::default();
        let decided = decide(&typed, lacks_secrets, has_key, &mut problems);
        problems.into_all().is_empty().then_some(decided)
    }

    #[test]
    fn only_a_run_that_gets_no_secrets_is_skipped_unasked() {
        let decide = |what, lacks_secrets| decided(what, "", lacks_secrets, false).unwrap();
        assert_eq!(decide("", true), WithoutKey::Skips);
        assert_eq!(decide("auto", false), WithoutKey::GoesOn);
        assert_eq!(decide("skip", false), WithoutKey::Skips);
        assert_eq!(decide("fail", true), WithoutKey::GoesOn);
        let with_key = decided("skip", "true", true, true);
        assert_eq!(with_key, Some(WithoutKey::GoesOn));
        let rehearsed = decided("", "yes", true, false);
        assert_eq!(rehearsed, Some(WithoutKey::Rehearses));
    }

    #[test]
    fn a_word_that_is_not_known_is_refused() {
        assert_eq!(decided("never", "", false, true), None);
        assert_eq!(decided("", "perhaps", false, true), None);
    }
}
