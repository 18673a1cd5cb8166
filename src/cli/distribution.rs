//! From the options about testers to what is done for them.

use crate::cli::choices::{NotTaken, yes_or_no};
use crate::cli::environment::Environment;
use crate::cli::problems::Problems;
use crate::cli::{args, diagnostics, git_notes, given, whats_new};
use crate::plan::{Distribution, Notes, defaults};

/// What is done for testers: what was typed, else what a receipt left to be done.
pub fn read(
    typed: &args::Distribution,
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
    typed: &args::Distribution,
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
