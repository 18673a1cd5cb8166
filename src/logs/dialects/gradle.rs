//! Gradle and Kotlin, which build the shared code of many apps.

use crate::logs::dialect::{Dialect, Level, Prefix, Sign};

/// Gradle, run by itself or by a build phase of Xcode.
pub const DIALECT: Dialect = Dialect {
    name: "gradle",
    prefixes: &[
        Prefix::says(r"^e: (?:file://)?(?P<file>/[^:\s]{1,400}):(?P<line>\d+):(?P<column>\d+):? ")
            .at(Level::Error),
        Prefix::says(r"^e: ").at(Level::Error),
    ],
    hot: &[
        "\ne: ",
        "build failed with an exception",
        "build failed in ",
        "build successful in",
    ],
    begins: &[r"FAILURE: ", r"BUILD FAILED in", r"\* What went wrong"],
    one_line: true,
    only_failed: &[
        r"failure: build failed",
        r"build failed in",
        r"execution failed for task",
        r"\* what went wrong",
    ],
    signs: &[
        (Sign::Stumbled, r"^FAILURE: Build failed|^BUILD FAILED in "),
        (Sign::Prepared, r"^BUILD SUCCESSFUL in "),
    ],
    ..Dialect::SILENT
};
