//! What stands in front of a line whoever printed it: marks of wrappers and of people who quote, times,
//! levels, places in a source.

use crate::logs::dialect::{Dialect, Prefix, Sign};

/// Wrappers without a name. The most general marks are here, so it is the last of the list.
pub const DIALECT: Dialect = Dialect {
    name: "log",
    prefixes: &[
        Prefix::carrier(concat!(
            r"^(?:\xEF\xBB\xBF|\[(?:exec|stdout|stderr|command)\] ?|(?:> ?)+|\xE2\x96\xB8 ",
            r"|\xE2\x9D\x8C\s*|\xE2\x9A\xA0(?:\xEF\xB8\x8F)?\s*|\|\s)",
        )),
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
        Prefix::begins(
            r"^(?P<file>[^:\s][^:]{0,500}?)(?::(?P<line>\d+))?(?::\d+)?: (?:fatal )?(?P<level>error|warning|note): ",
        ),
    ],
    hot: &[
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
            r"(?i)\b(?:package|packages|archive|app|binary|build|ipa|file)s?(?: \S+)? (?:was|were|has been|have been) (?:successfully )?(?:uploaded|delivered)(?: successfully)?",
        ),
        (
            Sign::Delivered,
            r"(?i)successfully (?:uploaded|delivered)\b",
        ),
        (Sign::Stumbled, r"(?i)^\s*Exit status: [1-9]"),
    ],
    ..Dialect::SILENT
};
