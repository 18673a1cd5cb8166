//! Xcode Cloud: its own folder, and how it says that a command or a script of the project failed.

use crate::logs::dialect::{Dialect, Sign};

/// Xcode Cloud's actions and `ci_scripts`.
pub const DIALECT: Dialect = Dialect {
    name: "xcode-cloud",
    hot: &[
        "non-zero exit-code",
        "ci_post_clone",
        "ci_pre_xcodebuild",
        "ci_post_xcodebuild",
        "exit-code: ",
    ],
    marks: &[
        "/volumes/workspace/",
        "ci_post_clone",
        "ci_pre_xcodebuild",
        "ci_post_xcodebuild",
        "xcode cloud",
    ],
    only_failed: &[
        r"command exited with non-zero exit-code",
        r"(?:the )?ci_\w+\.sh .{0,40}failed",
    ],
    signs: &[
        (
            Sign::JobFailed,
            r"^(?:Error: )?Command exited with non-zero exit-code: -?[1-9]",
        ),
        (
            Sign::JobFailed,
            r"(?i)^(?:The )?ci_\w+\.sh (?:script )?(?:exited with|failed)",
        ),
    ],
    ..Dialect::SILENT
};
