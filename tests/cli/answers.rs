//! Every answer, state and race of App Store Connect's that is known for what comes after the upload, each with the
//! scenario that plays it and what people are told of it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use jetway::sandbox::Scenario;

use crate::support::Cli;

const SIDE_BY_SIDE: usize = 6;

/// What App Store Connect says or does, the scenario, and a code of a finding or words on the screen.
const ANSWERS: &[(&str, &str, &str)] = &[
    // The build.
    (
        "the build shows in the list before the upload names it",
        "build-linked-late",
        "is processed and ready",
    ),
    (
        "INVALID: the reason is on the upload",
        "invalid-build",
        "itms-",
    ),
    (
        "FAILED: a build without a reason",
        "fails-processing",
        "build-processing-failed",
    ),
    (
        "VALID, and TestFlight still at it",
        "beta-stays-processing",
        "build-still-processing",
    ),
    (
        "VALID, and no beta states yet (404)",
        "beta-detail-late",
        "given to QA",
    ),
    (
        "PROCESSING_EXCEPTION",
        "beta-processing-exception",
        "beta-processing-exception",
    ),
    (
        "unknown states everywhere",
        "unknown-states",
        "is processed",
    ),
    // The question on encryption.
    (
        "MISSING_EXPORT_COMPLIANCE, and nobody was to get it",
        "beta-missing-compliance",
        "asc-missing-export-compliance",
    ),
    (
        "MISSING_EXPORT_COMPLIANCE, and testers were to",
        "compliance-missing",
        "asc-missing-export-compliance",
    ),
    (
        "the answer counts only later",
        "compliance-late",
        "The question on encryption was answered",
    ),
    (
        "you cannot update when the value is already set",
        "compliance-answered",
        "encryption-answer-differs",
    ),
    // Groups.
    (
        "422 cannot add internal group to a build",
        "group-has-every-build",
        "has every build by itself",
    ),
    (
        "409 the group has the build",
        "group-has-it-already",
        "has this build already",
    ),
    (
        "422 not in a valid processing state",
        "groups-too-early",
        "given to QA",
    ),
    (
        "422 not in state for internal testing",
        "team-too-early",
        "given to QA",
    ),
    (
        "422 not in an externally assignable state",
        "build-not-assignable",
        "asc-build-not-assignable",
    ),
    (
        "INTERNAL_ONLY and outside groups",
        "internal-only",
        "build-internal-only",
    ),
    (
        "INTERNAL_ONLY and a beta review",
        "internal-only-review",
        "build-internal-only",
    ),
    ("no such group", "group-misspelt", "beta-group-not-found"),
    (
        "READY_FOR_BETA_SUBMISSION, and nobody submits",
        "review-not-asked-for",
        "beta-review-needed",
    ),
    (
        "403 the role is too low",
        "developer-key-distributes",
        "key-role-too-low",
    ),
    // The beta review.
    (
        "the description or the contact is empty",
        "test-information-missing",
        "test-information-missing",
    ),
    (
        "422 ANOTHER_BUILD_IN_REVIEW",
        "another-build-in-review",
        "asc-entity-unprocessable-another-build-in-review",
    ),
    (
        "422 ANOTHER_BUILD_IN_REVIEW, and it may go",
        "another-build-replaced",
        "was taken out of the beta review",
    ),
    (
        "422 INVALID_QC_STATE",
        "already-in-review",
        "in the beta review already",
    ),
    (
        "409 already submitted",
        "already-submitted",
        "in the beta review already",
    ),
    (
        "422 SUBMISSION_LIMIT_REACHED",
        "submission-limit",
        "asc-entity-unprocessable-submission-limit-reached",
    ),
    (
        "422 BUILD_SDK_NOT_ALLOWED_FOR_EXTERNAL_TESTING",
        "beta-sdk",
        "asc-entity-unprocessable-build-sdk-not-allowed",
    ),
    (
        "422 BETA_CONTRACT_MISSING",
        "beta-contract-missing",
        "asc-entity-unprocessable-beta-contract-missing",
    ),
    (
        "422 the beta description is missing",
        "beta-description-missed",
        "asc-",
    ),
    (
        "500 UNEXPECTED_ERROR",
        "beta-review-500",
        "asc-unexpected-error",
    ),
    (
        "the answers get lost",
        "testers-answers-lost",
        "was submitted to the beta review",
    ),
    // What to test.
    (
        "409 the language was made meanwhile",
        "notes-late",
        "notes for testers were written",
    ),
    (
        "409 invalid characters",
        "notes-refused-characters",
        "notes-altered",
    ),
    (
        "409 the language is not listed for localization",
        "notes-language-unknown",
        "asc-locale",
    ),
    // The version.
    ("another version is open", "version-open", "and is version"),
    (
        "409 no new version in the current state",
        "version-not-made",
        "asc-",
    ),
    (
        "409 the version number has been previously used",
        "version-number-used",
        "asc-version-used",
    ),
    (
        "the version was in the store",
        "version-released",
        "itms-90186",
    ),
    (
        "PENDING_DEVELOPER_RELEASE of another version",
        "version-pending",
        "store-version-pending",
    ),
    (
        "the version shows late (404)",
        "version-shows-late",
        "was submitted to the App Store",
    ),
    (
        "409 the build could not be added",
        "build-not-added-at-first",
        "was submitted to the App Store",
    ),
    (
        "whatsNew is forbidden on the first version",
        "first-version",
        "store-first-version",
    ),
    (
        "the phased release already has this value",
        "phased-already",
        "phased release is there already",
    ),
    // The review.
    (
        "another version is with the reviewers",
        "other-version-in-review",
        "store-version-in-review",
    ),
    (
        "it is taken back, by way of CANCELING",
        "other-version-taken-back",
        "was taken back",
    ),
    (
        "409 not in cancellable state, for it is CANCELING",
        "submission-cancelled-already",
        "was taken back",
    ),
    (
        "409 not in cancellable state, and stays so",
        "submission-not-cancellable",
        "asc-not-cancellable",
    ),
    (
        "an open submission is there",
        "submission-open",
        "was submitted to the App Store",
    ),
    (
        "an items-only submission is under way",
        "items-in-review",
        "was submitted to the App Store",
    ),
    (
        "UNRESOLVED_ISSUES after a rejection",
        "rejected-before",
        "was submitted to the App Store",
    ),
    (
        "reviewSubmissions cannot be found (404)",
        "submission-shows-late",
        "was submitted to the App Store",
    ),
    (
        "409 ENTITY_STATE_INVALID with associated errors",
        "metadata-missing",
        "store-field-missing",
    ),
    (
        "age rating attributes are required",
        "questions-unanswered",
        "store-field-missing",
    ),
    (
        "409 SCREENSHOT_REQUIRED",
        "screenshots-missing",
        "asc-state-error-screenshot-required",
    ),
    (
        "the answers on data usages are not published",
        "privacy-unanswered",
        "asc-app-privacy",
    ),
    (
        "a declaration that the web page alone takes",
        "declaration-missing",
        "asc-declaration-missing",
    ),
    (
        "409 not ready to be submitted yet",
        "version-not-ready",
        "was submitted to the App Store",
    ),
    (
        "403 the role is too low to submit",
        "developer-key-submits",
        "key-role-too-low",
    ),
    (
        "403 agreements are missing",
        "agreements-missing",
        "asc-forbidden-required-agreements",
    ),
    (
        "the store's answers get lost",
        "store-answers-lost",
        "was submitted to the App Store",
    ),
];

#[test]
fn every_answer_that_is_known_has_its_scenario_and_is_told() {
    let next = AtomicUsize::new(0);
    let wrong = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            scope.spawn(|| {
                while let Some(row) = ANSWERS.get(next.fetch_add(1, Ordering::Relaxed)) {
                    wrong.lock().expect("no judge panics").extend(judge(row));
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no judge panics");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// What is not as the row says.
fn judge((answer, name, told): &(&str, &str, &str)) -> Option<String> {
    let scenario = Scenario::all().iter().find(|one| one.name == *name);
    let Some(scenario) = scenario else {
        return Some(format!("{answer}: there is no scenario {name}"));
    };
    let call = Cli::new().ship().scenario(name);
    let call = match scenario.ends {
        "still-processing" => call.args(["--processing-timeout", "300ms"]),
        _ => call,
    };
    let ran = scenario.asks.iter().fold(call, Cli::arg).run();
    let is_code = ran.codes().iter().any(|code| code.starts_with(told));
    let is_told = ran.outcome() == scenario.ends && (is_code || ran.stderr.contains(told));
    (!is_told).then(|| {
        format!(
            "{answer}: {name} does not tell {told}\n{}",
            ran.everything()
        )
    })
}
