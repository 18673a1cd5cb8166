//! What GitHub is told and whether: the token, the event's payload, and runs without secrets.

use std::fs::File;
use std::io::Read as _;

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::github::{self, Context};
use crate::host::clock::Clock;
use crate::report::pull_request::{Telling, Wanted};
use crate::secret::{Secret, Vault};

use crate::cli::environment::Environment;
use crate::cli::{args, diagnostics, inputs};

/// GitHub sends no larger payload than 25 MB.
const LARGEST_EVENT: u64 = 32 * 1024 * 1024;
const USER_AGENT: &str = concat!("jetway/", env!("CARGO_PKG_VERSION"));

/// The token, which comes by the environment alone.
pub fn token(environment: &Environment) -> Option<Secret> {
    let token = environment.get("JETWAY_GITHUB_TOKEN")?;
    Some(Secret::new(token.trim()))
}

/// Where the run comes from; `None` outside of a workflow.
pub fn context(environment: &Environment) -> Option<Context> {
    let event = environment
        .get("GITHUB_EVENT_PATH")
        .and_then(read)
        .unwrap_or_default();
    Context::read(|name| environment.get(name), &event)
}

/// A payload that can't be read is like none: less is known, and nothing fails.
fn read(path: &str) -> Option<Value> {
    let mut bytes = Vec::new();
    File::open(path)
        .ok()?
        .take(LARGEST_EVENT)
        .read_to_end(&mut bytes)
        .ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// What is to be told, and all that is needed for it.
pub struct Plan {
    wanted: Wanted,
    context: Context,
    token: Secret,
    extra_roots: Vec<u8>,
}

/// Reads what is wanted; `None` where nothing is, or where there is no token or no repository.
pub fn plan(
    typed: &args::PullRequest,
    context: Option<&Context>,
    environment: &Environment,
) -> Result<Option<Plan>, Box<Diagnostic>> {
    let comment = unless_no("--pr-comment", typed.pr_comment.as_deref())?;
    let status = unless_no("--commit-status", typed.commit_status.as_deref())?;
    let check_run = inputs::yes("--check-run", typed.check_run.as_deref())?;
    let wanted = Wanted {
        comment,
        status,
        check_run,
    };
    let (Some(token), Some(context)) = (token(environment), context) else {
        return Ok(None);
    };
    // The options tell about a file that can't be read.
    let extra_roots = environment
        .get("SSL_CERT_FILE")
        .and_then(|path| std::fs::read(path).ok())
        .unwrap_or_default();
    Ok(wanted.anything().then(|| Plan {
        wanted,
        context: context.clone(),
        token,
        extra_roots,
    }))
}

/// A yes-or-no option that is yes where it is blank.
fn unless_no(option: &'static str, given: Option<&str>) -> Result<bool, Box<Diagnostic>> {
    match given.map(str::trim) {
        None | Some("") => Ok(true),
        Some(text) => inputs::yes(option, Some(text)),
    }
}

/// What came of the beginning.
pub enum Begun {
    /// GitHub is told from now on.
    Telling(Telling),
    /// It is not, and this is why.
    Note(String),
}

impl Plan {
    /// What is to be said about the run's place itself.
    pub fn warning(&self) -> Option<Diagnostic> {
        let is_target = self.context.event == "pull_request_target" && self.context.is_fork;
        is_target.then(|| github::diagnostics::secrets_beside_fork(&self.context))
    }

    /// Begins to tell; it must be called inside a runtime.
    pub fn begin(self, vault: &Vault, clock: &Clock) -> Begun {
        if self.context.can_only_read() {
            return Begun::Note(
                "GitHub's token can only read in a fork's pull request, so there is no comment and no status; the job summary has all of it"
                    .to_owned(),
            );
        }
        let opened = github::Client::open(github::Settings {
            api_url: self.context.api_url.clone(),
            repository: self.context.repository.clone(),
            token: self.token,
            vault: vault.clone(),
            clock: clock.clone(),
            user_agent: USER_AGENT.to_owned(),
            extra_roots: self.extra_roots,
        });
        match opened {
            Ok(client) => Begun::Telling(Telling::begin(client, self.context, self.wanted)),
            Err(error) => Begun::Note(format!("GitHub is not told: {}", error.chain())),
        }
    }
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
