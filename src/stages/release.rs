//! What can be wrong when somebody asks after a build or version. A code is for ever.

use std::time::Duration;

use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::ids::BuildNumber;
use crate::text::count;

/// There is no such build.
pub const BUILD_NOT_FOUND: Code = Code::new("build-not-found");
/// There is no such version.
pub const VERSION_NOT_FOUND: Code = Code::new("store-version-not-found");
/// The reviewers said no.
pub const VERSION_REJECTED: Code = Code::new("store-version-rejected");
/// The version does not wait for its release.
pub const NOT_WAITING: Code = Code::new("store-version-not-waiting");
/// The version's release is no phased one.
pub const NOT_PHASED: Code = Code::new("store-version-not-phased");
/// What was waited for is not so yet.
pub const STILL_WAITING: Code = Code::new("still-waiting");
/// Testers have a build with a higher number.
pub const LOWER_NUMBER: Code = Code::new("build-number-lower");

/// Every code of this room's; the catalogue has a page for each.
#[cfg(test)]
pub const CODES: &[Code] = &[
    BUILD_NOT_FOUND,
    VERSION_NOT_FOUND,
    VERSION_REJECTED,
    NOT_WAITING,
    NOT_PHASED,
    STILL_WAITING,
    LOWER_NUMBER,
];

/// There is no such build.
pub fn build_not_found() -> Diagnostic {
    Diagnostic::error(BUILD_NOT_FOUND, "App Store Connect has no such build")
}

/// There is no such version.
pub fn version_not_found() -> Diagnostic {
    Diagnostic::error(
        VERSION_NOT_FOUND,
        "App Store Connect has no such version of the app",
    )
}

/// The reviewers said no, or the version was taken back.
pub fn version_rejected(name: &str, state: &str) -> Diagnostic {
    Diagnostic::error(VERSION_REJECTED, format!("version {name} was not approved"))
        .message(format!(
            "Its state is {state}. Apple gives the reasons by e-mail and under App Review in App Store Connect, not by \
             its API."
        ))
        .variable("version", name)
}

/// The version does not wait for its release.
pub fn not_waiting(name: &str, state: &str) -> Diagnostic {
    Diagnostic::error(
        NOT_WAITING,
        format!("version {name} does not wait for its release"),
    )
    .message(format!("Its state is {state}."))
    .variable("version", name)
}

/// The version's release is no phased one.
pub fn not_phased(name: &str) -> Diagnostic {
    Diagnostic::error(
        NOT_PHASED,
        format!("the release of version {name} is no phased one"),
    )
    .variable("version", name)
}

/// After so long Apple was in this state, which is not the one that was waited for.
pub fn still_waiting(state: &str, waited: Duration) -> Diagnostic {
    let waited = count::duration(waited);
    let title = match state {
        "" => format!("what was waited for is not so after {waited}"),
        state => format!("after {waited} Apple still says {state}"),
    };
    Diagnostic::warning(STILL_WAITING, title)
}

/// Testers have a build with a higher number than the next one.
pub fn lower_than_testers_have(next: &BuildNumber, highest: &BuildNumber) -> Diagnostic {
    Diagnostic::warning(
        LOWER_NUMBER,
        format!("{next} is free in this version, but another version has build {highest}"),
    )
    .message(
        "TestFlight may not offer a build whose number is lower than the one that testers have.",
    )
    .about(Subject::BuildNumber)
}
