//! What stands in front of a line whoever printed it: marks of wrappers and of people who quote, times,
//! levels, places in a source.

use crate::logs::dialect::{Dialect, Level, Prefix, Sign};

/// Wrappers without a name. The most general marks are here, so it is the last of the list.
pub const DIALECT: Dialect = Dialect {
    name: "log",
    prefixes: &[
        Prefix::carrier(concat!(
            r"^(?:\xEF\xBB\xBF|\[(?:exec|stdout|stderr|command)\] ?|(?:> ?)+",
            r"|\xE2\x9A\xA0(?:\xEF\xB8\x8F)?\s*|\|\s)",
        )),
        // What xcodebuild's formatters print, and fastlane repeats.
        Prefix::quotes(r"^\xE2\x96\xB8 "),
        // Numbers of lines, as pages of logs show them.
        Prefix::carrier(
            r"^\d{2,7}: {1,12}(?P<rest>(?:\[xcode\] |)(?:\xE2\x96\xB8|\xE2\x9D\x8C|\*\* [A-Z]|(?:ld|clang|error): ))",
        ),
        // Crosses, and ticks.
        Prefix::begins(
            r"^\s{0,4}(?:\[(?:\xE2\x9C\x97|\xE2\x9C\x98|x)\]|\xE2\x9D\x8C;?|\xE2\x9C\x96|\xE2\x9C\x97|\xE2\x9C\x98)\s*",
        )
        .at(Level::Error),
        Prefix::begins(
            r"^\s{0,4}(?:\[\xE2\x9C\x93\]|\xE2\x9C\x93|\xE2\x9C\x94|\xE2\x9C\x85|\xE2\x88\x9A)\s*",
        )
        .at(Level::Info),
        // The comment sign goes, the marker behind it stays.
        Prefix::carrier(r"^# (?P<rest>\*\*\*|ERROR|error)"),
        Prefix::begins(r"^\[(?:(?P<level>error|Error|ERROR|warning|Warning|WARN)|!)\]:? +"),
        Prefix::begins(concat!(
            r"^\s{0,40}\[?\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,:]\d+)?",
            r"(?: ?[+-]\d{4}| (?:GMT|UTC|[A-Z]{1,3}[SD]T))?\]?:?\s*",
        )),
        Prefix::begins(concat!(
            r"^\s?(?P<level>ERROR|Error|WARNING|Warning|WARN|INFO|Info|DEBUG|Debug|DBG-X|VERBOSE",
            r"|error|warning|note|fatal error):(?:\s+|$)",
        )),
        // Rust's tracing: the level, and the module.
        Prefix::begins(r"^\s{0,2}(?P<level>ERROR|WARN|INFO|DEBUG|TRACE) \w+(?:::\w+)+: "),
        Prefix::begins(
            r"^(?P<file>[^:\s][^:]{0,500}?)(?::(?P<line>\d+))?(?::(?P<column>\d+))?: (?:fatal )?(?P<level>error|Error|warning|note): ",
        ),
        // What formatters leave of it behind their mark of an error.
        Prefix::begins(r"^(?P<file>/[^:]{1,500}):(?P<line>\d+):(?P<column>\d+): (?:error: )?"),
    ],
    hot: &[
        "\u{274c}",
        "\u{2716}",
        "\u{2717}",
        "error: ",
        "error: [",
        "] error:",
        "> error:",
        "encountered error",
        "status code",
        "with error",
        "with error code",
        "exited with code",
        "exit code",
        "exit status",
        "non-zero exit status",
        " returned 4",
        " returned 5",
        "timed out",
        "service unavailable",
        "service temporarily",
        "bad gateway",
        "{\n",
        "{\r\n",
        "{\"",
        "{ \"",
    ],
    begins: &[
        r"(?:[-*]\s+)?[*`]{0,3}(?:ERROR|WARNING|Error|Warning)[ :]",
        r"Exit status",
    ],
    heads: &[r"operation error", r"with errors?", r"errors? were found"],
    only_failed: &[
        r"errors? occurred",
        r"the process '[^']*' failed with exit code",
        r"command failed with exit",
        r"exit status",
        r"command \w+ failed with a nonzero exit code",
    ],
    signs: &[
        (
            Sign::Delivered,
            r"(?i)\b(?:package|archive|app|binary|build|ipa)s?(?: \S+)? (?:was|were|has been|have been) (?:successfully )?(?:uploaded|delivered)(?: successfully)?",
        ),
        (
            Sign::Delivered,
            concat!(
                r"(?i)successfully (?:uploaded|delivered)(?:\W*$|(?: (?:the|a|new|your|this|latest|signed))*",
                r" (?:package|binary|build|ipa|app|archive|pkg|\S+\.(?:ipa|pkg|itmsp)|to) ?\b)",
            ),
        ),
        (Sign::Stumbled, r"(?i)^\s*Exit status: [1-9]"),
    ],
    ..Dialect::SILENT
};
