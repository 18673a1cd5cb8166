//! `codesign`: the signed thing, a colon and what is wrong with it.

use crate::logs::dialect::{Dialect, Prefix, Sign};

/// macOS's tool for signatures.
pub const DIALECT: Dialect = Dialect {
    name: "codesign",
    prefixes: &[
        Prefix::says(r"^\s*(?P<level>Warning): (?P<rest>unable to build chain)"),
        Prefix::says(r"^codesign\[\d+:[0-9a-fx]+\]:?\s*"),
        Prefix::says(r"^(?:/usr/bin/)?codesign: (?:(?P<level>error|warning): )?"),
    ],
    hot: &[
        "errsec",
        "not signed",
        "self-signed root",
        "code object is not signed",
        "bundle format",
        ": valid on disk",
        "satisfies its designated requirement",
    ],
    begins: &[
        r"\S.{0,300}: (?:replacing existing|errSec|valid on disk|satisfies its|no identity found|code object)",
    ],
    known_by: &[
        r"^The specified item could not be found in the keychain",
        concat!(
            r"errSec|self-signed root|code object is not signed|bundle format",
            r"|^\s*\S.{0,300}: (?:replacing|no identity found)|resource fork, Finder",
        ),
    ],
    faults: &[
        r"(?i)errSec|not signed|unrecognized|ambiguous|could not be found|no identity found|not allowed|mismatch",
    ],
    strong_names: &[r"^errSec"],
    signs: &[
        (Sign::Verified, r": valid on disk\s*$"),
        (
            Sign::Verified,
            r": satisfies its Designated Requirement\s*$",
        ),
    ],
    ..Dialect::SILENT
};
