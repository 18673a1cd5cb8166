//! EAS, Expo's builds and submissions: phases of a build in front of each line, and its last words.

use crate::logs::dialect::{Dialect, Prefix, Sign};

/// `eas build` and `eas submit`, on Expo's machines and on others.
pub const DIALECT: Dialect = Dialect {
    name: "expo",
    prefixes: &[Prefix::carrier(r"^\[[A-Z][A-Z_]{3,40}\] ")],
    hot: &[
        "credentials are not set up",
        "failed to set up credentials",
        "build command failed",
        "submission failed",
        "build finished",
        "ios build failed",
        "submitted your app to apple",
        "something went wrong when submitting",
        "[run_fastlane]",
        "eas build",
        "eas submit",
        "fastlane build failed",
    ],
    marks: &[
        "eas build",
        "eas submit",
        "/users/expo/",
        "[run_fastlane]",
        "eas-cli",
        "expo.dev",
    ],
    goes_on: &["Received an internal server error"],
    only_failed: &[
        r"(?:build|submit|upload|credentials) command failed",
        r"failed to set up credentials",
        r"(?:ios )?build failed",
        r"submission failed",
        r"something went wrong when submitting",
        r"fastlane build failed with unknown error",
        r"the .{1,3}run fastlane.{1,3} step failed",
        r"unknown error\. see logs of the",
    ],
    signs: &[
        (
            Sign::Delivered,
            r"Submitted your app to Apple App Store Connect",
        ),
        (Sign::Built, r"^\W*Build finished\s*$"),
        (
            Sign::JobFailed,
            r"^\W*(?:Error: )?(?:build|submit|credentials|upload) command failed",
        ),
        (
            Sign::JobFailed,
            r"^\W*(?:iOS build failed|Build failed\s*$|Submission failed)",
        ),
        (
            Sign::JobFailed,
            r"^\W*Something went wrong when submitting your app",
        ),
        (
            Sign::JobFailed,
            r"^\W*Fastlane build failed with unknown error",
        ),
        (Sign::Stumbled, r"^\W*Failed to set up credentials"),
    ],
    ..Dialect::SILENT
};
