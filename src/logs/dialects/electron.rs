//! Electron: electron-builder's bullets, osx-sign and notarize.

use crate::logs::dialect::{Dialect, Level, Prefix, Sign};

/// electron-builder, electron-forge and what they sign with.
pub const DIALECT: Dialect = Dialect {
    name: "electron",
    prefixes: &[
        Prefix::says(r"^\s*\xE2\xA8\xAF ").at(Level::Error),
        Prefix::begins(r"^\s{1,4}\xE2\x80\xA2 "),
    ],
    hot: &[
        "\u{2a2f} ",
        "electron-builder",
        "electron-osx-sign",
        "electron-forge",
        "cannot find valid",
        "skipped macos application code signing",
        "failed to notarize",
    ],
    marks: &[
        "electron-builder",
        "electron-osx-sign",
        "electron-forge",
        "@electron/",
        "electron=",
    ],
    only_failed: &[
        r"exit code: \d+\. command failed: ",
        r"command failed: ",
        r"an unhandled (?:rejection|error|exception) (?:has )?occurred inside forge",
    ],
    signs: &[
        (
            Sign::Stumbled,
            r"^\s*(?:Exit code: [1-9]\d*\. )?Command failed: ",
        ),
        (
            Sign::JobFailed,
            r"^An unhandled (?:rejection|error|exception) (?:has )?occurred inside Forge",
        ),
    ],
    ..Dialect::SILENT
};
