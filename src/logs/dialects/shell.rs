//! Shells, and the tools that scripts are written with: commands before they are run, code that is
//! printed, and how make, npm and Python say that they failed.

use crate::logs::dialect::{Dialect, Prefix, Sign};

/// Scripts.
pub const DIALECT: Dialect = Dialect {
    name: "shell",
    prefixes: &[
        Prefix::begins(r"^(?:npm (?P<level>ERR)!|npm (?P<rest>error) )"),
        // npm's own file of what it did.
        Prefix::carrier(r"^\d{1,5} (?:error|warn|verbose|silly|info|timing|http) "),
    ],
    hot: &[
        "make: ***",
        "npm err!",
        "npm error",
        "traceback (most",
        "elifecycle",
        "+ security ",
        "+ xcrun ",
        "xcodebuild -",
        "-exportarchive",
        "security import",
        "security set-key",
        "default-keychain",
        "altool --",
        "pkcs12",
        "codesign -",
        "productbuild ",
        "bundle exec fastlane",
        "xcpretty",
        "xcbeautify",
    ],
    // Only the formatters of xcodebuild, after which the log lacks what they leave out.
    marks: &["xcpretty", "xcbeautify"],
    begins: &[r"make(?:\[\d+\])?: \*\*\*", r"Traceback "],
    only_failed: &[
        r"make(?:\[\d+\])?: \*\*\*",
        r"recipe for target",
        r"traceback \(most recent",
        r"npm err",
        r"elifecycle",
        r"lifecycle script",
    ],
    signs: &[
        (
            Sign::JobFailed,
            r"^make(?:\[\d+\])?: \*\*\* .*(?:Error -?\d|Stop\.)",
        ),
        (Sign::Stumbled, r"^Traceback \(most recent call last\)"),
        (Sign::Stumbled, r"^npm (?:ERR!|error)"),
        (
            Sign::Stumbled,
            r"ELIFECYCLE|^error Command failed with exit code [1-9]",
        ),
    ],
    shown: &[
        // What `set -x` prints; a table's edge has no space behind its first sign.
        r"^\++ \S",
        r"^\$ \S",
        // A part of a file with the numbers of its lines.
        r"^(?:\s{2,}|\s*=>\s*)\d{1,4}:(?:\s|$)",
        concat!(
            r"^\s*(?:echo|printf) ['\x22$-]|^\s*(?:el)?if (?:\[|!|grep |test |\(|\$)|\bgrep -\w+ ['\x22]",
            r"|^\s*trap ['\x22]|^\s*raise ['\x22A-Z]|^\s*(?:puts|throw new) |^\s*UI\.\w+!?[( ]",
            r"|^\s*console\.\w+\(|^\s*Write-\w+ ['\x22$-]|^\s*(?:export )?[A-Z][A-Z_]{2,}=['\x22]",
        ),
    ],
    ..Dialect::SILENT
};
