//! Bitrise: the time in brackets, the table of steps, and its last words.

use crate::logs::dialect::{Dialect, Prefix, Sign};

/// Bitrise's builds.
pub const DIALECT: Dialect = Dialect {
    name: "bitrise",
    prefixes: &[Prefix::begins(r"^\[\d\d:\d\d:\d\d\] ")],
    hot: &[
        "bitrise build failed",
        "bitrise build successful",
        "(exit code:",
        "step failed",
        "archive failed, error",
        "export failed, error",
        "code signing asset management",
        "codesigning assets",
        "codesign assets",
        "type certificates with team id",
    ],
    marks: &["bitrise"],
    only_failed: &[
        r"bitrise build failed",
        r"step failed",
        r"(?:archive|export) failed, error: exit status",
        r"(?:xcodebuild )?command failed with exit status",
        r"failed to run step",
        r"\|.{1,100}\(exit code: ",
    ],
    wrappings: &[
        r"Automatic code signing failed: ",
        r"Code signing asset management failed: ",
    ],
    signs: &[
        (Sign::JobFailed, r"(?i)\bBitrise build failed\b"),
        (Sign::JobPassed, r"(?i)\bBitrise build successful\b"),
        (
            Sign::JobFailed,
            r"^\W{0,6}(?:x|\xE2\x9C\x97)?\W{0,6}\S.{0,120}\(exit code: [1-9]\d*\)\s+\|",
        ),
        (Sign::NotBuilt, r"^(?:Archive|Export) failed, error: "),
    ],
    ..Dialect::SILENT
};
