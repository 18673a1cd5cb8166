//! The faults that stages find themselves, with their words. A code is for ever.

use std::error::Error;
use std::io;
use std::path::Path;
use std::time::Duration;

use crate::asc::StateDetail;
use crate::asc::build_beta_details::{BetaDetail, Testing};
use crate::asc::build_uploads::BuildUpload;
use crate::asc::builds::{Build, ProcessingState};
use crate::codes;
use crate::diagnostic::{Code, Diagnostic, Severity, Subject};
use crate::plan::Begun;
use crate::secret::typed;
use crate::text::{chain, count};
use crate::upload::{self, PlanError, Sent};

/// The package is not there.
pub const PACKAGE_NOT_FOUND: Code = Code::new("package-not-found");
/// The package can't be opened, or not be read to its end.
pub const PACKAGE_UNOPENED: Code = Code::new("package-not-opened");
/// The package's bytes are not those that were expected.
pub const PACKAGE_DIFFERS: Code = Code::new("package-differs");
/// The package is older than the checkout.
pub const PACKAGE_OLDER: Code = Code::new("package-older");
/// Apple's parts don't make up the file.
pub const UPLOAD_PLAN: Code = Code::new("upload-plan-unusable");
/// The upload that a run reserved is taken away under its hands.
pub const RESERVATION_LOST: Code = Code::new("reservation-lost");
/// The bytes did not get through.
pub const TRANSFER_FAILED: Code = Code::new("transfer-failed");
/// Apple's checksum is not ours.
pub const CHECKSUM_DIFFERS: Code = Code::new("checksum-differs");
/// The upload failed and Apple gave no reason.
pub const UPLOAD_FAILED: Code = Code::new("upload-failed-without-reason");
/// The build is invalid and Apple gave no reason.
pub const BUILD_INVALID: Code = Code::new("build-invalid-without-reason");
/// Apple's processing failed.
pub const BUILD_FAILED: Code = Code::new("build-processing-failed");
/// The build never appeared.
pub const NEVER_APPEARED: Code = Code::new("build-never-appeared");
/// Bytes of the package are missing at Apple.
pub const UPLOAD_INCOMPLETE: Code = Code::new("upload-incomplete");
/// Apple was still processing.
pub const STILL_PROCESSING: Code = Code::new("build-still-processing");
/// Apple's processing for testing ended in an exception.
pub const BETA_EXCEPTION: Code = Code::new("beta-processing-exception");
/// The deadline of the run passed.
pub const DEADLINE_PASSED: Code = Code::new("deadline-passed");
/// App Store Connect did not answer.
pub const CALL_FAILED: Code = Code::new("app-store-connect-unreachable");
/// The key's role is too low for what it is wanted for.
pub const KEY_ROLE_TOO_LOW: Code = Code::new("key-role-too-low");
/// Xcode did not export.
pub const EXPORT_FAILED: Code = Code::new("export-failed");
/// Xcode exported nothing that can be shipped.
pub const EXPORT_EMPTY: Code = Code::new("export-without-package");
/// What was exported can't be kept.
pub const EXPORT_NOT_KEPT: Code = Code::new("export-not-kept");
/// Cloud signing with a key that has no team.
pub const CLOUD_WITHOUT_TEAM: Code = Code::new("cloud-signing-without-team-key");
/// The team has as many certificates as Apple lets it have.
pub const CERTIFICATES_FULL: Code = Code::new("certificates-full");
/// A certificate that signed is no longer one of the team's.
pub const CERTIFICATE_REVOKED: Code = Code::new("certificate-revoked");
/// The exported package outlives a run that failed after it.
pub const PACKAGE_KEPT: Code = Code::new("package-kept");

/// Every code of this room; the catalogue has a page for each.
#[cfg(test)]
pub const CODES: &[Code] = &[
    PACKAGE_NOT_FOUND,
    PACKAGE_UNOPENED,
    PACKAGE_DIFFERS,
    PACKAGE_OLDER,
    UPLOAD_PLAN,
    RESERVATION_LOST,
    TRANSFER_FAILED,
    CHECKSUM_DIFFERS,
    UPLOAD_FAILED,
    BUILD_INVALID,
    BUILD_FAILED,
    NEVER_APPEARED,
    UPLOAD_INCOMPLETE,
    STILL_PROCESSING,
    BETA_EXCEPTION,
    DEADLINE_PASSED,
    CALL_FAILED,
    KEY_ROLE_TOO_LOW,
    EXPORT_FAILED,
    EXPORT_EMPTY,
    EXPORT_NOT_KEPT,
    CLOUD_WITHOUT_TEAM,
    CERTIFICATES_FULL,
    CERTIFICATE_REVOKED,
    PACKAGE_KEPT,
];

/// Every case of them that has steps of its own.
#[cfg(test)]
pub const CASES: &[(Code, &str)] = &[
    (TRANSFER_FAILED, "setup"),
    (TRANSFER_FAILED, "read"),
    (TRANSFER_FAILED, "changed"),
    (CALL_FAILED, "untrusted"),
    (CALL_FAILED, "setup"),
];

/// A certificate that signed is no longer one of the team's.
pub fn certificate_revoked(name: &str) -> Diagnostic {
    Diagnostic::error(
        CERTIFICATE_REVOKED,
        format!("`{name}`, which signed the package, is no longer among the team's certificates"),
    )
    .variable("certificate", name)
    .said_by("preflight")
}

/// The package is not there, or can't be opened.
pub fn package_unopened(path: &Path, error: &io::Error) -> Diagnostic {
    let path = typed::path(path);
    let found = if error.kind() == io::ErrorKind::NotFound {
        Diagnostic::error(PACKAGE_NOT_FOUND, format!("there is no file {path}"))
    } else {
        Diagnostic::error(PACKAGE_UNOPENED, format!("{path} can't be opened: {error}"))
    };
    found.variable("file", path).about(Subject::WorkflowInput {
        name: "path".to_owned(),
    })
}

/// The package's bytes are not those that were expected.
pub fn package_differs(name: &str, hash: &str, expected: &str) -> Diagnostic {
    Diagnostic::error(
        PACKAGE_DIFFERS,
        format!("`{name}` is not the package that was expected"),
    )
    .message(format!(
        "Its SHA-256 is {hash}, and {expected} was expected."
    ))
    .variable("file", name)
    .variable("sha256", hash)
    .about(Subject::WorkflowInput {
        name: "expected-sha256".to_owned(),
    })
}

/// The package is older than the checkout.
pub fn package_older(name: &str, begun: Begun) -> Diagnostic {
    Diagnostic::warning(
        PACKAGE_OLDER,
        format!("`{name}` is older than {}", begun.words()),
    )
    .variable("file", name)
    .about(Subject::WorkflowInput {
        name: "path".to_owned(),
    })
}

/// The package could be read at first, and then could not.
pub fn package_lost(name: &str, error: &(dyn Error + 'static)) -> Diagnostic {
    Diagnostic::error(PACKAGE_UNOPENED, format!("reading `{name}` failed midway"))
        .message(chain::sentence(error))
}

/// One error, warning or info of an upload's state, in Apple's words.
pub fn state_detail(detail: &StateDetail) -> Diagnostic {
    codes::diagnose(&codes::Message {
        text: &detail.description,
        codes: detail.code.iter().cloned().collect(),
        severity: Some(detail.severity),
        source: "app-store-connect",
    })
}

/// What is wrong with a package, with the name of its file.
pub fn of_file(name: &str, mut diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.title = format!("{name}: {}", diagnostic.title);
    diagnostic.variable("file", name)
}

/// Apple's parts don't make up the file.
pub fn upload_plan_unusable(problem: &PlanError) -> Diagnostic {
    Diagnostic::error(
        UPLOAD_PLAN,
        "App Store Connect's list of parts can't be followed",
    )
    .message(chain::sentence(problem))
}

/// What this run reserved was taken away again and again.
pub fn reservation_lost() -> Diagnostic {
    Diagnostic::error(
        RESERVATION_LOST,
        "the reservation of the upload was removed while it was filled, again and again",
    )
    .message(
        "Another run of this very build, or a person, removes or completes what this run reserves.",
    )
}

/// The bytes did not get through.
pub fn transfer_failed(error: &upload::Error) -> Diagnostic {
    let found = Diagnostic::error(TRANSFER_FAILED, "the upload did not get through")
        .message(chain::sentence(error));
    match error {
        upload::Error::Setup(_) => found.case("setup"),
        upload::Error::Read(_) => found.case("read"),
        upload::Error::Changed(_) => found.case("changed"),
        upload::Error::Part { .. } | upload::Error::Cancelled => found,
    }
}

/// Apple's checksum is not ours.
pub fn checksum_differs(ours: &str, theirs: &str) -> Diagnostic {
    Diagnostic::warning(CHECKSUM_DIFFERS, "Apple's checksum of the file differs from ours")
        .message(format!(
            "Apple says {theirs}, the bytes that were sent give {ours}; each part was confirmed on its own."
        ))
}

/// The upload failed and Apple gave no reason.
pub fn upload_failed_without_reason() -> Diagnostic {
    Diagnostic::error(UPLOAD_FAILED, "Apple refused the upload and gave no reason")
        .message("The upload's state is FAILED, with no error in it; Apple may have sent an e-mail to the account holder.")
}

/// The build is invalid and Apple gave no reason.
pub fn build_invalid_without_reason() -> Diagnostic {
    Diagnostic::error(BUILD_INVALID, "Apple found the build invalid and gave no reason here")
        .message("The build's processing state is INVALID; the reasons are in an e-mail to the account holder.")
        .about(Subject::BuildNumber)
}

/// Apple's processing failed.
pub fn build_failed() -> Diagnostic {
    Diagnostic::error(BUILD_FAILED, "Apple's processing of the build failed")
        .message("The build's processing state is FAILED. That is a failure on Apple's side more often than in the app.")
        .about(Subject::BuildNumber)
}

/// The build never appeared.
pub fn never_appeared(waited: Duration) -> Diagnostic {
    Diagnostic::error(
        NEVER_APPEARED,
        format!(
            "no build appeared in App Store Connect within {}",
            count::duration(waited)
        ),
    )
    .message("The bytes are with Apple and were confirmed, but no build was made of them yet.")
}

/// Only a run that has the package can send the rest.
pub fn upload_incomplete() -> Diagnostic {
    Diagnostic::error(
        UPLOAD_INCOMPLETE,
        "the upload that the receipt names still waits for bytes of the package",
    )
    .message(
        "Its state is AWAITING_UPLOAD: the run that wrote the receipt did not send everything.",
    )
}

/// Apple was still processing.
pub fn still_processing(waited: Duration) -> Diagnostic {
    Diagnostic::warning(
        STILL_PROCESSING,
        format!(
            "Apple was still processing the build after {}",
            count::duration(waited)
        ),
    )
    .message("The upload worked; only the waiting ended.")
}

/// What keeps testers from a build, where the user can do something about it.
pub fn beta_state(testing: Testing) -> Option<Diagnostic> {
    match testing {
        Testing::LacksExportCompliance => Some(export_compliance_missing()),
        Testing::Failed => Some(
            Diagnostic::error(
                BETA_EXCEPTION,
                "Apple could not prepare the build for testing",
            )
            .also_known_as("PROCESSING_EXCEPTION")
            .message("The build's beta state is PROCESSING_EXCEPTION."),
        ),
        Testing::Ready | Testing::InComplianceReview | Testing::Expired | Testing::Unknown => None,
    }
}

fn export_compliance_missing() -> Diagnostic {
    // The state is Apple's, the sentence about it is ours.
    codes::diagnose(&codes::Message {
        text: "The build's beta state is MISSING_EXPORT_COMPLIANCE.",
        codes: vec!["MISSING_EXPORT_COMPLIANCE".to_owned()],
        severity: Some(Severity::Warning),
        source: "jetway",
    })
}

/// The deadline of the run passed.
pub fn deadline_passed(deadline: Duration) -> Diagnostic {
    Diagnostic::error(
        DEADLINE_PASSED,
        format!("the run was not done within {}", count::duration(deadline)),
    )
}

/// Xcode did not export; its last words.
pub fn export_failed(code: i32, tail: &str) -> Diagnostic {
    Diagnostic::error(
        EXPORT_FAILED,
        format!("xcodebuild did not export the archive (exit code {code})"),
    )
    .message(tail)
    .said_by("xcodebuild")
}

/// Xcode exported nothing that can be shipped; its last words.
pub fn export_without_package(tail: &str) -> Diagnostic {
    Diagnostic::error(EXPORT_EMPTY, "xcodebuild wrote neither an .ipa nor a .pkg")
        .message(tail)
        .said_by("xcodebuild")
}

/// What was exported can't be kept.
pub fn export_not_kept(output: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        EXPORT_NOT_KEPT,
        format!("{} can't be written: {error}", typed::path(output)),
    )
    .about(Subject::WorkflowInput {
        name: "output".to_owned(),
    })
}

/// Cloud signing with a key that has no team.
pub fn cloud_without_team() -> Diagnostic {
    Diagnostic::error(
        CLOUD_WITHOUT_TEAM,
        "an individual key can't sign in the cloud: xcodebuild wants an issuer id",
    )
    .about(Subject::WorkflowInput {
        name: "api-issuer-id".to_owned(),
    })
}

/// No slot is free for the certificate that Xcode would make; these fill them.
pub fn certificates_full(list: &[String]) -> Diagnostic {
    let what = count::of(list.len() as u64, "certificate");
    Diagnostic::error(
        CERTIFICATES_FULL,
        format!("the team has {what} of this type, and Apple allows no more"),
    )
    .message(list.join("\n"))
    .about(Subject::WorkflowInput {
        name: "signing".to_owned(),
    })
}

/// The exported package outlives a run that failed after it.
pub fn package_kept(package: &Path) -> Diagnostic {
    Diagnostic::notice(
        PACKAGE_KEPT,
        format!("the exported package is kept: {}", typed::path(package)),
    )
    .variable("file", typed::path(package))
}

/// A call to App Store Connect that nobody answered, or whose answer made no sense.
pub fn call_failed(error: &crate::asc::Error, doing: &str) -> Diagnostic {
    let found = Diagnostic::error(
        CALL_FAILED,
        match error {
            crate::asc::Error::NotUnderstood { .. } | crate::asc::Error::TooLarge { .. } => {
                format!("an answer of App Store Connect was of no use while {doing}")
            }
            _ => format!("App Store Connect could not be asked while {doing}"),
        },
    )
    .message(chain::sentence(error));
    match error {
        crate::asc::Error::Untrusted { .. } => found.case("untrusted"),
        crate::asc::Error::Setup { .. } => found.case("setup"),
        _ => found,
    }
}

/// The key's role is too low for what it is wanted for.
pub fn key_role_too_low(what: &str, needs: &str) -> Diagnostic {
    Diagnostic::error(
        KEY_ROLE_TOO_LOW,
        format!("the key may not {what}: that needs {needs}"),
    )
    .variable("capability", what)
    .about(Subject::WorkflowInput {
        name: "api-key".to_owned(),
    })
}

/// Xcode is to sign in the cloud, and the key may not list people, as an Admin's may.
pub fn cloud_without_admin() -> Diagnostic {
    let title = "the key does not seem to be an Admin's, and signing in the cloud needs one";
    Diagnostic::warning(KEY_ROLE_TOO_LOW, title)
        .message("It may not list the team's people, which an Admin's key may.")
        .about(Subject::WorkflowInput {
            name: "api-key".to_owned(),
        })
}

/// The state in Apple's own word: of the beta where it has one, else of the build, else of the upload.
pub fn state_word(
    upload: &BuildUpload,
    build: Option<&Build>,
    beta: Option<&BetaDetail>,
) -> String {
    match (build, beta) {
        (_, Some(beta)) if !beta.internal.as_str().is_empty() => beta.internal.as_str().to_owned(),
        (Some(build), _) if build.processing_state != ProcessingState::Unknown => {
            build.processing_state.api_name().to_owned()
        }
        _ => upload.state.api_name().to_owned(),
    }
}

/// What was sent, in one sentence.
pub fn sent_sentence(sent: &Sent) -> String {
    if sent.parts_sent == 0 {
        let there = match sent.parts_skipped {
            1 => "its part was",
            _ => "its parts were",
        };
        return format!("Nothing had to be sent: {there} there already.");
    }
    let seconds = sent.took.as_secs_f64().max(0.001);
    #[expect(clippy::cast_precision_loss, reason = "a rate that people read")]
    let rate = sent.bytes_sent as f64 / seconds;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rate that people read"
    )]
    let rate = count::size(rate as u64);
    let skipped = match sent.parts_skipped {
        0 => String::new(),
        skipped => format!(", {skipped} were there already"),
    };
    let parts = count::of(sent.parts_sent as u64, "part");
    let size = count::size(sent.bytes_sent);
    let took = count::duration(sent.took);
    format!("{size} in {parts} sent in {took}, {rate}/s{skipped}.")
}
