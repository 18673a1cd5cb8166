//! The secrets of the environment, and what a run does that has none.

use crate::cli::environment::Environment;
use crate::cli::{args, diagnostics, inputs};
use crate::diagnostic::Diagnostic;
use crate::secret::{Secret, Vault};

/// The variables that hold a secret.
const NAMES: [&str; 2] = ["JETWAY_API_KEY", "JETWAY_GITHUB_TOKEN"];

/// Makes every secret of the environment known for redaction.
pub fn keep_all(environment: &Environment, vault: &Vault) {
    for value in NAMES.into_iter().filter_map(|name| environment.get(name)) {
        vault.keep(&Secret::new(value));
        vault.keep(&Secret::new(value.trim()));
    }
}

/// The token for GitHub, which comes by the environment alone.
pub fn github_token(environment: &Environment) -> Option<Secret> {
    let token = environment.get("JETWAY_GITHUB_TOKEN")?;
    Some(Secret::new(token.trim()))
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

/// Decides what happens where there is no key.
pub fn without_key(
    typed: &args::MissingSecrets,
    lacks_secrets: bool,
    has_key: bool,
) -> Result<WithoutKey, Box<Diagnostic>> {
    let rehearses = inputs::yes("--rehearse", typed.rehearse.as_deref())?;
    let what = typed.on_missing_secrets.as_deref().map(str::trim);
    let skips = match what {
        None | Some("" | "auto") => lacks_secrets,
        Some("skip") => true,
        Some("fail") => false,
        Some(other) => {
            return Err(Box::new(diagnostics::option_invalid(
                "--on-missing-secrets",
                &format!("`{other}` is none of auto, fail, skip"),
            )));
        }
    };
    Ok(match (has_key, skips, rehearses) {
        (true, _, _) | (false, false, _) => WithoutKey::GoesOn,
        (false, true, false) => WithoutKey::Skips,
        (false, true, true) => WithoutKey::Rehearses,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(what: &str, rehearse: &str) -> args::MissingSecrets {
        args::MissingSecrets {
            on_missing_secrets: Some(what.to_owned()),
            rehearse: Some(rehearse.to_owned()),
        }
    }

    #[test]
    fn only_a_run_that_gets_no_secrets_is_skipped_unasked() {
        let decide =
            |what, lacks_secrets| without_key(&typed(what, ""), lacks_secrets, false).unwrap();
        assert_eq!(decide("", true), WithoutKey::Skips);
        assert_eq!(decide("auto", false), WithoutKey::GoesOn);
        assert_eq!(decide("skip", false), WithoutKey::Skips);
        assert_eq!(decide("fail", true), WithoutKey::GoesOn);
        let with_key = without_key(&typed("skip", "true"), true, true).unwrap();
        assert_eq!(with_key, WithoutKey::GoesOn);
        let rehearsed = without_key(&typed("", "yes"), true, false).unwrap();
        assert_eq!(rehearsed, WithoutKey::Rehearses);
    }

    #[test]
    fn a_word_that_is_not_known_is_refused() {
        assert!(without_key(&typed("never", ""), false, true).is_err());
        assert!(without_key(&typed("", "perhaps"), false, true).is_err());
    }
}
