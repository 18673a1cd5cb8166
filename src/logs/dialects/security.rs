//! `security`: one line for each fault, with the name of the function that failed.

use crate::logs::dialect::{Dialect, Level, Prefix, Sign};

/// macOS's tool for keychains.
pub const DIALECT: Dialect = Dialect {
    name: "security",
    prefixes: &[
        Prefix::says(r"^security\[\d+:[0-9a-fx]+\]:?\s*").at(Level::Error),
        Prefix::says(r"^(?:/usr/bin/)?security: (?:(?P<level>error|warning): )?").at(Level::Error),
    ],
    hot: &[
        "security: ",
        "seckeychain",
        "seccertificate",
        "cssmerr",
        "valid identities found",
        "identities imported",
        "identity imported",
        "certificate imported",
        "certificates imported",
        "key imported",
        "in the keychain",
    ],
    begins: &[r"SecKeychain", r"\d+ (?:identit|certificate|key)"],
    known_by: &[r"\bSecKeychain|\bSecItem|\bSecCertificate|^\s*0 valid identities found"],
    faults: &[
        r"(?i)\bSec(?:Keychain|Item|Certificate)\w*:? |^\s*0 valid identities|errSec",
        r"(?i)could not be found|not allowed|mismatch|ambiguous|unrecognized",
    ],
    strong_names: &[r"^CSSMERR"],
    // Whoever cleans up may find nothing there.
    harmless: &[r"SecKeychainDelete"],
    signs: &[(
        Sign::Prepared,
        r"^\s*[1-9]\d* (?:certificates?|keys?|identit(?:y|ies)) imported",
    )],
    ..Dialect::SILENT
};
