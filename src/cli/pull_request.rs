//! What GitHub is told, and whether.

use clap::Args;

use crate::cli::choices::yes_or_no;
use crate::cli::problems::Problems;
use crate::cli::setup::Setup;
use crate::cli::values;
use crate::github::Context;
use crate::http::proxies::Proxies;
use crate::plan::defaults;
use crate::receipt::Source;
use crate::report::pull_request::{Plan, Wanted};

/// What GitHub is told. The token comes by JETWAY_GITHUB_TOKEN alone.
#[derive(Debug, Args)]
#[command(next_help_heading = "GitHub (where JETWAY_GITHUB_TOKEN is set)")]
pub struct PullRequestOptions {
    /// Keep one comment on the pull request
    #[arg(long, value_name = values::BOOL, env = "JETWAY_PR_COMMENT")]
    pub pr_comment: Option<String>,
    /// Suggest changes that are taken over with one click, on lines that the pull request changes
    #[arg(long, value_name = values::BOOL, env = "JETWAY_PR_SUGGESTIONS")]
    pub pr_suggestions: Option<String>,
    /// Set a commit status
    #[arg(long, value_name = values::BOOL, env = "JETWAY_COMMIT_STATUS")]
    pub commit_status: Option<String>,
    /// Make a check run with annotations at the end
    #[arg(long, value_name = values::BOOL, env = "JETWAY_CHECK_RUN")]
    pub check_run: Option<String>,
}

/// Reads what is wanted; `None` where nothing is, or where there is no token or no repository.
pub fn plan(
    typed: &PullRequestOptions,
    setup: &Setup<'_>,
    problems: &mut Problems,
) -> Option<Plan> {
    plan_in(setup.context.clone(), typed, setup, problems)
}

/// The same for a build that was made before: of this, or nobody knows of what.
pub fn plan_for(
    typed: &PullRequestOptions,
    setup: &Setup<'_>,
    source: Option<&Source>,
    problems: &mut Problems,
) -> Option<Plan> {
    let mut context = setup.context.clone();
    if let Some(context) = &mut context {
        let made_of = source.map(|made| (made.repository.as_str(), made.commit.as_str()));
        context.follow(made_of);
    }
    plan_in(context, typed, setup, problems)
}

fn plan_in(
    context: Option<Context>,
    typed: &PullRequestOptions,
    setup: &Setup<'_>,
    problems: &mut Problems,
) -> Option<Plan> {
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
    let context = context?;
    wanted.anything().then(|| Plan {
        wanted,
        context,
        token,
        extra_roots: problems.take(setup.extra_roots.clone(), Vec::new()),
        proxies: problems.take(setup.proxies.clone(), Proxies::none()),
    })
}
