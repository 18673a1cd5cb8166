//! The room's own codes: what a log as a whole can have wrong with it.

use crate::diagnostic::Code;

/// A log says that something failed, and nothing in it says why.
pub const NO_REASON: Code = Code::new("failed-without-reason");

/// More was found than is kept.
pub const MORE: Code = Code::new("more-findings");

/// The upload worked, and a step after it failed.
pub const UPLOADED: Code = Code::new("uploaded-then-failed");

/// The source does not compile.
pub const DOES_NOT_COMPILE: Code = Code::new("source-does-not-compile");

/// Code that the project fetches does not compile.
pub const DEPENDENCY: Code = Code::new("dependency-does-not-compile");

/// A test of the project failed.
pub const TEST_FAILED: Code = Code::new("test-failed");

/// A command of the build failed, and its own error is not in the log.
pub const STEP_FAILED: Code = Code::new("build-step-failed");

/// What was sent is not what this run built, for the export failed.
pub const EARLIER_PACKAGE: Code = Code::new("package-of-earlier-run");

/// The cases of the room's own codes: what a command that failed does.
#[cfg(test)]
pub const CASES: &[(Code, &str)] = &[
    (STEP_FAILED, "signing"),
    (STEP_FAILED, "entitlements"),
    (STEP_FAILED, "linking"),
    (STEP_FAILED, "plist"),
    (STEP_FAILED, "assets"),
    (STEP_FAILED, "header"),
    (STEP_FAILED, "dependencies"),
    (STEP_FAILED, "embedded"),
    (STEP_FAILED, "copying"),
];

/// Every code of this room; the catalogue has a page for each.
#[cfg(test)]
pub const CODES: &[Code] = &[
    NO_REASON,
    MORE,
    UPLOADED,
    DOES_NOT_COMPILE,
    DEPENDENCY,
    TEST_FAILED,
    STEP_FAILED,
    EARLIER_PACKAGE,
];
