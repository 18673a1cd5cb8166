//! From the options about testers to what is done for them.

mod git_notes;
pub mod whats_new;

use clap::Args;

use crate::cli::choices::{NotTaken, yes_or_no};
use crate::cli::environment::Environment;
use crate::cli::problems::Problems;
use crate::cli::{diagnostics, given, values};
use crate::plan::{Distribution, Notes, defaults};

/// What is done for testers once Apple has processed the build; nothing of it unasked.
#[derive(Debug, Args)]
#[command(next_help_heading = "TestFlight")]
pub struct DistributionOptions {
    /// TestFlight groups that get the build, by name or id, between commas
    #[arg(long, value_name = "GROUPS", env = "JETWAY_GROUPS")]
    pub groups: Option<String>,
    /// What to test: a text, a file, or a folder with one `<locale>.txt` a language
    #[arg(long, value_name = "TEXT", env = "JETWAY_WHATS_NEW")]
    pub whats_new: Option<String>,
    /// What to test: the titles of the commits since the last tag, by git
    #[arg(long, value_name = values::BOOL, env = "JETWAY_WHATS_NEW_FROM_GIT")]
    pub whats_new_from_git: Option<String>,
    /// Cut texts at the 4,000 characters that App Store Connect takes, instead of refusing them
    #[arg(long, value_name = values::BOOL, env = "JETWAY_TRIM_WHATS_NEW")]
    pub trim_whats_new: Option<String>,
    /// The answer to Apple's question on encryption, where Info.plist gives none
    #[arg(long, value_name = values::BOOL, env = "JETWAY_USES_NON_EXEMPT_ENCRYPTION")]
    pub uses_non_exempt_encryption: Option<String>,
    /// Whether TestFlight tells testers of the build; left out, it does as it is set to
    #[arg(long, value_name = values::BOOL, env = "JETWAY_NOTIFY_TESTERS")]
    pub notify_testers: Option<String>,
    /// Submit the build to the beta review, which outside testers need
    #[arg(long, value_name = values::BOOL, env = "JETWAY_SUBMIT_BETA_REVIEW")]
    pub submit_beta_review: Option<String>,
    /// Take another build of the version out of the beta review by ending its testing
    #[arg(long, value_name = values::BOOL, env = "JETWAY_REPLACE_BUILD_IN_REVIEW")]
    pub replace_build_in_review: Option<String>,
    /// End the testing of older builds once this one is given out; there is no way back
    #[arg(long, value_name = values::BOOL, env = "JETWAY_EXPIRE_PREVIOUS")]
    pub expire_previous: Option<String>,
}

/// What is done for testers: what was typed, else what a receipt left to be done.
pub fn read(
    typed: &DistributionOptions,
    left: Distribution,
    environment: &Environment,
    problems: &mut Problems,
) -> Distribution {
    let trims = problems.value(
        "--trim-whats-new",
        typed.trim_whats_new.as_deref(),
        defaults::TRIM_WHATS_NEW,
        yes_or_no,
    );
    let mut yes = |option, given: &Option<String>, left| {
        problems.value(option, given.as_deref(), left, yes_or_no)
    };
    let beta_review = yes(
        "--submit-beta-review",
        &typed.submit_beta_review,
        left.beta_review,
    );
    let replaces_in_review = yes(
        "--replace-build-in-review",
        &typed.replace_build_in_review,
        left.replaces_in_review,
    );
    let expires_previous = yes(
        "--expire-previous",
        &typed.expire_previous,
        left.expires_previous,
    );
    let from_git = yes("--whats-new-from-git", &typed.whats_new_from_git, false);
    let mut maybe = |option, given: &Option<String>, left| {
        problems.value(option, given.as_deref(), left, |text| {
            yes_or_no(text).map(Some)
        })
    };
    let encryption = maybe(
        "--uses-non-exempt-encryption",
        &typed.uses_non_exempt_encryption,
        left.encryption,
    );
    let notifies = maybe("--notify-testers", &typed.notify_testers, left.notifies);
    if replaces_in_review && !beta_review {
        let why = "it needs --submit-beta-review beside it";
        problems.add(diagnostics::option_invalid(
            "--replace-build-in-review",
            why,
        ));
    }
    let notes = notes(typed, (from_git, trims), left.notes, environment, problems);
    Distribution {
        groups: problems.value("--groups", typed.groups.as_deref(), left.groups, groups),
        notes,
        encryption,
        notifies,
        beta_review,
        replaces_in_review,
        expires_previous,
    }
}

/// What to test: as it was typed, or by git, else what a receipt left.
fn notes(
    typed: &DistributionOptions,
    (from_git, trims): (bool, bool),
    left: Vec<Notes>,
    environment: &Environment,
    problems: &mut Problems,
) -> Vec<Notes> {
    let is_typed = given::text(typed.whats_new.as_deref()).is_some();
    let notes = problems.value("--whats-new", typed.whats_new.as_deref(), left, |given| {
        whats_new::read(given, trims)
    });
    match from_git {
        true if is_typed => {
            let why = "it can't go with --whats-new, which says something else";
            problems.add(diagnostics::option_invalid("--whats-new-from-git", why));
            notes
        }
        true => git_notes::read(environment).unwrap_or_else(|NotTaken(why)| {
            problems.add(diagnostics::option_invalid("--whats-new-from-git", &why));
            notes
        }),
        false => notes,
    }
}

/// Names between commas or line ends.
fn groups(text: &str) -> Result<Vec<String>, NotTaken> {
    let names = text.split([',', '\n']).map(str::trim);
    let names: Vec<String> = names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    if names.is_empty() {
        return Err(NotTaken("it names no group".to_owned()));
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_between_commas_and_lines() {
        assert_eq!(
            groups("QA, Friends of ours\n Team").unwrap(),
            ["QA", "Friends of ours", "Team"]
        );
        assert!(groups(" , ").is_err());
    }
}
