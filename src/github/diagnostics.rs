//! What can be missing in the user's workflow, with its words. A code is for ever.

use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::github::{Context, Error, Scope};
use crate::text::chain;

/// The token may not write what it should.
pub const PERMISSION_MISSING: Code = Code::new("github-permission-missing");
/// GitHub could not be told.
pub const NOT_TOLD: Code = Code::new("github-not-told");
/// Several pull requests have the commit.
pub const PULL_REQUEST_UNCLEAR: Code = Code::new("pull-request-unclear");
/// A run that has secrets runs a stranger's code.
pub const SECRETS_BESIDE_FORK: Code = Code::new("secrets-beside-fork");

/// Every code of this room; the catalogue has a page for each.
#[cfg(test)]
pub const CODES: &[Code] = &[
    PERMISSION_MISSING,
    NOT_TOLD,
    PULL_REQUEST_UNCLEAR,
    SECRETS_BESIDE_FORK,
];

/// What could not be written, each with why.
pub type Failures<'a> = &'a [(Scope, Error)];

/// One warning for all that could not be written; `wanted` is all that is written when it can be.
pub fn not_told(failures: Failures<'_>, wanted: &[Scope]) -> Diagnostic {
    let forbidden: Vec<Scope> = failures
        .iter()
        .filter(|(_, error)| error.is_forbidden())
        .map(|(scope, _)| *scope)
        .collect();
    let reasons: Vec<String> = failures
        .iter()
        .map(|(_, error)| chain::with_root(error))
        .collect();
    let message = format!(
        "{}\nThe upload's result does not depend on this.",
        reasons.join("\n")
    );
    let Some(first) = forbidden.first() else {
        return Diagnostic::warning(
            NOT_TOLD,
            "GitHub could not be told everything about this run",
        )
        .message(message);
    };
    let names: Vec<&str> = forbidden.iter().map(|scope| scope.name()).collect();
    Diagnostic::warning(
        PERMISSION_MISSING,
        format!("the token may not write: {}", names.join(", ")),
    )
    .message(message)
    .variable("permissions", permissions(wanted))
    .about(Subject::WorkflowPermission {
        scope: first.name().to_owned(),
    })
}

/// The YAML to add, in one line. What is not named there is taken away, so checking out is named too.
fn permissions(scopes: &[Scope]) -> String {
    let mut scopes = scopes.to_vec();
    scopes.sort();
    scopes.dedup();
    let writes: String = scopes
        .iter()
        .map(|scope| format!(", {scope}: write"))
        .collect();
    format!("permissions: {{ contents: read{writes} }}")
}

/// Several pull requests have the commit.
pub fn pull_request_unclear(numbers: &[u64]) -> Diagnostic {
    let list: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    Diagnostic::notice(
        PULL_REQUEST_UNCLEAR,
        "several pull requests have this commit, so none of them got a comment",
    )
    .message(format!("The pull requests are {}.", list.join(", ")))
}

/// A `pull_request_target` run of a fork's pull request.
pub fn secrets_beside_fork(context: &Context) -> Diagnostic {
    Diagnostic::warning(
        SECRETS_BESIDE_FORK,
        "this run has the repository's secrets, and its pull request comes from a fork",
    )
    .message(format!(
        "{} gives secrets to a run that a stranger's pull request starts. Code of the pull request that is checked out and built here can read the signing keys.",
        context.event
    ))
}
