//! Tauri: the bundler's one line at the end.

use crate::logs::dialect::{Dialect, Prefix, Sign};

/// `tauri build` and `tauri ios build`.
pub const DIALECT: Dialect = Dialect {
    name: "tauri",
    prefixes: &[Prefix::says(
        r"^\s*(?P<level>Error|Warn) (?P<rest>failed to |Failed to |\x60)",
    )],
    hot: &[
        "failed to bundle project",
        "error failed to",
        "tauri build",
        "tauri ios build",
        "finished 1 bundle",
    ],
    marks: &["tauri build", "tauri ios build", "src-tauri", "tauri-"],
    begins: &[r"failed to bundle project", r"Error failed to"],
    wrappings: &[r"failed to bundle project:? \x60?"],
    only_failed: &[
        r"failed to bundle project",
        r"failed to build app",
        r"failed codesign application",
    ],
    signs: &[
        (Sign::Built, r"^\s*Finished \d+ (?:bundle|iOS Bundle)s? at"),
        (
            Sign::NotBuilt,
            r"^\s*[Ff]ailed to (?:bundle project|build app)",
        ),
    ],
    ..Dialect::SILENT
};
