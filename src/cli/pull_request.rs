//! What GitHub is told and whether: the options, and the event's payload.

use std::fs::File;
use std::io::Read as _;

use serde_json::Value;

use crate::cli::environment::Environment;
use crate::cli::{args, inputs, secrets};
use crate::diagnostic::Diagnostic;
use crate::github::Context;
use crate::report::pull_request::{Plan, Wanted};

/// GitHub sends no larger payload than 25 MB.
const LARGEST_EVENT: u64 = 32 * 1024 * 1024;

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
    let (Some(token), Some(context)) = (secrets::github_token(environment), context) else {
        return Ok(None);
    };
    Ok(wanted.anything().then(|| Plan {
        wanted,
        context: context.clone(),
        token,
        // Whoever reads the account's inputs tells of a file that can't be read.
        extra_roots: inputs::extra_roots(environment).unwrap_or_default(),
    }))
}

/// A yes-or-no option that is yes where it is blank.
fn unless_no(option: &'static str, given: Option<&str>) -> Result<bool, Box<Diagnostic>> {
    match given.map(str::trim) {
        None | Some("") => Ok(true),
        Some(text) => inputs::yes(option, Some(text)),
    }
}
