//! Game engines that write an Xcode project: Godot's errors with the place in its own source, Unity's batch
//! mode.

use crate::logs::dialect::{Dialect, Sign};

/// Godot and Unity.
pub const DIALECT: Dialect = Dialect {
    name: "engines",
    hot: &[
        "export for preset",
        "cannot export project",
        "no export template",
        "batchmode",
        "build completed with a result of",
        "error building player",
        "buildmethodexception",
        "unity editor license",
    ],
    marks: &[
        "godot engine",
        "export for preset",
        "unityframework",
        "unityeditor",
        "unity-iphone",
        "game-ci",
    ],
    begins: &[
        r"Build completed with",
        r"Aborting batchmode",
        r"Error building Player",
    ],
    goes_on: &["at: "],
    only_failed: &[
        r"project export for preset",
        r"aborting batchmode due to failure",
        r"build completed with a result of .failed",
        r"unityeditor\.build\S*exception",
    ],
    signs: &[
        (Sign::NotBuilt, r"^Project export for preset .{1,80} failed"),
        (Sign::NotBuilt, r"^Cannot export project with preset"),
        (
            Sign::JobFailed,
            r"^Aborting batchmode due to (?:failure|fatal error)",
        ),
        (
            Sign::NotBuilt,
            r"^Build completed with a result of '?Failed",
        ),
        (Sign::NotBuilt, r"^Error building Player"),
        (
            Sign::Built,
            r"^Build completed with a result of '?Succeeded|^Exiting batchmode successfully",
        ),
    ],
    ..Dialect::SILENT
};
