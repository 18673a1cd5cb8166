//! What keeps a build from testers, with its words. A code is for ever.

use crate::asc::beta_app_reviews::Missing;
use crate::asc::beta_groups::BetaGroup;
use crate::diagnostic::{Code, Diagnostic, Subject};

/// There is no such group of testers.
pub const GROUP_NOT_FOUND: Code = Code::new("beta-group-not-found");
/// Outside testers get the build only after a review that nobody asked for.
pub const REVIEW_NEEDED: Code = Code::new("beta-review-needed");
/// The build can't leave the team.
pub const INTERNAL_ONLY: Code = Code::new("build-internal-only");
/// Something that reviewers want to know is missing.
pub const INFORMATION_MISSING: Code = Code::new("test-information-missing");
/// Apple did not take all of a text.
pub const NOTES_ALTERED: Code = Code::new("notes-altered");
/// The build's time is over.
pub const EXPIRED: Code = Code::new("build-expired");
/// The question on encryption was answered otherwise.
pub const ANSWER_DIFFERS: Code = Code::new("encryption-answer-differs");
/// There is no declaration for the encryption that the app uses.
pub const DECLARATION_MISSING: Code = Code::new("encryption-declaration-missing");
/// Older builds are all that outside testers have.
pub const OLDER_BUILDS_KEPT: Code = Code::new("older-builds-kept");
/// The beta review said no.
pub const REJECTED: Code = Code::new("beta-review-rejected");

/// Every code of this stage; the catalogue has a page for each.
#[cfg(test)]
pub const CODES: &[Code] = &[
    GROUP_NOT_FOUND,
    REVIEW_NEEDED,
    INTERNAL_ONLY,
    INFORMATION_MISSING,
    NOTES_ALTERED,
    EXPIRED,
    ANSWER_DIFFERS,
    DECLARATION_MISSING,
    OLDER_BUILDS_KEPT,
    REJECTED,
];

/// Every case of them that has steps of its own.
#[cfg(test)]
pub const CASES: &[(Code, &str)] = &[(GROUP_NOT_FOUND, "several")];

/// No group has this name or id, but these are there.
pub fn group_not_found(wanted: &str, there: &[BetaGroup]) -> Diagnostic {
    let names: Vec<&str> = there.iter().map(|group| group.name.as_str()).collect();
    let message = if names.is_empty() {
        "The app has no group of testers.".to_owned()
    } else {
        format!("The app has these groups: {}.", names.join(", "))
    };
    of_groups(format!("no group of testers is called {wanted}"), wanted).message(message)
}

/// Several groups have this name.
pub fn group_of_several(wanted: &str, ids: &[&str]) -> Diagnostic {
    of_groups(
        format!("several groups of testers are called {wanted}"),
        wanted,
    )
    .message(format!("Their ids are {}.", ids.join(", ")))
    .case("several")
}

fn of_groups(title: String, wanted: &str) -> Diagnostic {
    Diagnostic::error(GROUP_NOT_FOUND, title)
        .variable("group", wanted)
        .about(input("groups"))
}

/// Outside testers get the build only after the beta review.
pub fn review_needed(groups: &str, state: &str) -> Diagnostic {
    Diagnostic::warning(
        REVIEW_NEEDED,
        format!("testers in {groups} get the build only after the beta review"),
    )
    .message(format!(
        "The build's external state is {state}; this run did not ask for the review."
    ))
    .variable("group", groups)
    .about(input("submit-beta-review"))
}

/// The build can't leave the team, and these groups do not belong to it.
pub fn internal_only(groups: &str) -> Diagnostic {
    Diagnostic::warning(
        INTERNAL_ONLY,
        format!("{groups} can't get the build: it is for the team alone"),
    )
    .message("The build's audience is INTERNAL_ONLY.")
    .variable("group", groups)
    .about(Subject::ExportOption {
        key: "testFlightInternalTestingOnly".to_owned(),
    })
}

/// The build can't leave the team, so there is nothing to review. It is an error where nothing else was asked for.
pub fn no_review(is_all: bool) -> Diagnostic {
    let title = "the build is for the team alone, so it was not submitted to the beta review";
    let found = match is_all {
        true => Diagnostic::error(INTERNAL_ONLY, title),
        false => Diagnostic::warning(INTERNAL_ONLY, title),
    };
    found
        .message("The build's audience is INTERNAL_ONLY.")
        .about(Subject::ExportOption {
            key: "testFlightInternalTestingOnly".to_owned(),
        })
}

/// A field that the beta review needs is empty.
pub fn information_missing(missing: &Missing) -> Diagnostic {
    let of = match &missing.locale {
        Some(locale) => format!(" in {locale}"),
        None => String::new(),
    };
    let what = match missing.field {
        "description" => "the beta app description",
        "feedbackEmail" => "the feedback e-mail",
        "contactFirstName" => "the review contact's first name",
        "contactLastName" => "the review contact's last name",
        "contactPhone" => "the review contact's phone number",
        "contactEmail" => "the review contact's e-mail",
        "demoAccountName" => "the user name of the sign-in account for reviewers",
        "demoAccountPassword" => "the password of the sign-in account for reviewers",
        other => other,
    };
    Diagnostic::error(
        INFORMATION_MISSING,
        format!("the beta review needs {what}{of}, and it is empty"),
    )
    .message(format!(
        "In App Store Connect it is under TestFlight > Test Information; Apple's name of it is {}.",
        missing.field
    ))
    .variable("field", missing.field)
    .variable("locale", missing.locale.as_deref().unwrap_or_default())
}

/// Characters that Apple refuses were left out of a text.
pub fn notes_altered(locale: &str, left_out: &str) -> Diagnostic {
    Diagnostic::warning(
        NOTES_ALTERED,
        format!(
            "App Store Connect refuses characters of the notes in {locale}; they were left out"
        ),
    )
    .message(format!("Left out: {left_out}"))
    .about(input("whats-new"))
}

/// The build's time is over.
pub fn expired() -> Diagnostic {
    Diagnostic::error(
        EXPIRED,
        "the build has expired: no tester can get it any more",
    )
    .message("The build's ninety days are over, or its testing was ended by hand.")
    .about(Subject::BuildNumber)
}

/// The build has another answer than the one that was given here.
pub fn answer_differs(ours: bool) -> Diagnostic {
    Diagnostic::warning(
        ANSWER_DIFFERS,
        format!(
            "the build's answer on encryption is {}, not {ours}, and can't be changed",
            !ours
        ),
    )
    .about(input("uses-non-exempt-encryption"))
}

/// An app that uses encryption needs a declaration that Apple has approved.
pub fn declaration_missing() -> Diagnostic {
    Diagnostic::error(
        DECLARATION_MISSING,
        "the app uses non-exempt encryption, and has no approved declaration of it",
    )
    .about(input("uses-non-exempt-encryption"))
}

/// Older builds are all that outside testers have while the new one waits for its review.
pub fn older_builds_kept(state: &str) -> Diagnostic {
    Diagnostic::warning(
        OLDER_BUILDS_KEPT,
        "older builds were kept: outside testers can't get the new one yet",
    )
    .message(format!("The new build's external state is {state}."))
    .about(input("expire-previous"))
}

/// The beta review said no.
pub fn rejected() -> Diagnostic {
    Diagnostic::error(REJECTED, "Apple's beta review rejected the build")
        .message("Apple gives the reasons by e-mail and on the build's page under TestFlight, not by its API.")
        .about(Subject::BuildNumber)
}

fn input(name: &str) -> Subject {
    Subject::WorkflowInput {
        name: name.to_owned(),
    }
}
