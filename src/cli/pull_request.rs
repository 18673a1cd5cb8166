//! What GitHub is told, and whether.

use crate::cli::args;
use crate::cli::choices::yes_or_no;
use crate::cli::problems::Problems;
use crate::cli::setup::Setup;
use crate::plan::defaults;
use crate::report::pull_request::{Plan, Wanted};

/// Reads what is wanted; `None` where nothing is, or where there is no token or no repository.
pub fn plan(typed: &args::PullRequest, setup: &Setup<'_>, problems: &mut Problems) -> Option<Plan> {
    let mut yes = |option, given: &Option<String>, default| {
        problems.value(option, given.as_deref(), default, yes_or_no)
    };
    let wanted = Wanted {
        comment: yes("--pr-comment", &typed.pr_comment, defaults::PR_COMMENT),
        suggestions: yes(
            "--pr-suggestions",
            &typed.pr_suggestions,
            defaults::PR_SUGGESTIONS,
        ),
        status: yes(
            "--commit-status",
            &typed.commit_status,
            defaults::COMMIT_STATUS,
        ),
        check_run: yes("--check-run", &typed.check_run, defaults::CHECK_RUN),
    };
    let token = setup.secrets.github_token.clone()?;
    let context = setup.context.clone()?;
    wanted.anything().then(|| Plan {
        wanted,
        context,
        token,
        extra_roots: problems.take(setup.extra_roots.clone(), Vec::new()),
    })
}
