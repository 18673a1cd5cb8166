//! Codemagic: its command line tools `xcode-project` and `app-store-connect`, and its last words.

use crate::logs::dialect::{Dialect, Sign};

/// Codemagic's builds.
pub const DIALECT: Dialect = Dialect {
    name: "codemagic",
    hot: &[
        "build failed :|",
        "did not find matching",
        "failed to publish",
        "publishing failed",
        "associated error:",
        "xcode-project ",
        "failed to archive",
        "failed to build for ios",
    ],
    marks: &["/users/builder/", "xcode-project use-profiles", "codemagic"],
    begins: &[r"Associated error: ", r"\s+Associated error: "],
    only_failed: &[
        r"build failed :",
        r"failed to (?:publish|archive|build) ",
        r"publishing failed",
        r"failed to build for ios",
        r"step .{1,60} script .{1,80} exited with status code",
    ],
    introductions: &[r"Associated error: "],
    signs: &[
        (Sign::JobFailed, r"^\s*Build failed :\|"),
        (
            Sign::JobFailed,
            r"^\s*(?:Failed to publish|Publishing failed)\b",
        ),
        (
            Sign::NotBuilt,
            r"^\s*Failed to (?:archive|build) (?:\S|for iOS)",
        ),
        (
            Sign::JobFailed,
            r"^\s*Step \d+ script .{1,80} exited with status code [1-9]",
        ),
    ],
    ..Dialect::SILENT
};
