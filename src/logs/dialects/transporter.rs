//! Transporter, which was iTMSTransporter: numbered faults, and a summary of packages.

use crate::logs::dialect::{Dialect, Prefix, Sign};

/// Apple's Transporter.
pub const DIALECT: Dialect = Dialect {
    name: "transporter",
    prefixes: &[
        Prefix::says(
            r"^\[(?:Transporter|iTMSTransporter)(?: (?P<level>Error|Warning) Output)?\]:? ?",
        ),
        Prefix::says(r"^(?:iTMSTransporter|Transporter)\[\d+:[0-9a-fx]+\]:?\s*"),
        Prefix::carrier(r"^<[\w.-]+>\s+"),
        Prefix::begins(
            r"^(?:[-*] )?[`*]{0,3}(?P<level>ERROR|WARNING|Error|Warning) +(?P<rest>ITMS)[- ]\d",
        ),
    ],
    hot: &[
        "error itms",
        "itms-",
        "itms 9",
        "itms-9",
        "error 90",
        "error 91",
        "were not uploaded",
        "return status of itunes transporter",
        "asset description",
        "deprecated transporter",
    ],
    begins: &[r"(?:[-*]\s+)?[*`]{0,3}ITMS[- ]\d{4,5}"],
    introductions: &[
        concat!(
            r"(?:(?:\b|\\n)(?P<level>ERROR|WARNING|Error|Warning)[ :]+(?:ERROR[ :]+)?)?[*`\x22'(]{0,3}",
            r"\bITMS[- ](?:ERROR[- ])?\d{4,5}[*`'\x22)]{0,3}",
            r"(?:\s?[:*\x22]|\s*-|\s*\xE2\x80[\x93\x94]|\s+[A-Z(\x22*'])",
        ),
        r"(?:\b|\\n)(?P<level>ERROR|WARNING) ITMS[- ]\d{4,5}",
    ],
    wrappings: &[r"Return status of iTunes Transporter was \d+: "],
    known_by: &[
        r"(?i)iTMSTransporter|transporter|asset ?description",
        r"(?:^|ERROR |WARNING )ITMS-\d",
    ],
    faults: &[
        r"(?i)not a file|authentication requires|could not be found|not allowed|mismatch|unrecognized",
    ],
    strong_names: &[r"^ITMS-"],
    only_failed: &[r"of iTunes Transporter was"],
    signs: &[
        (
            Sign::Delivered,
            r"(?i)\bpackages?\(s\) (?:was|were) (?:successfully )?uploaded\b",
        ),
        (
            Sign::Refused,
            r"(?i)\bpackages?(?:\(s\))? (?:was|were) not uploaded",
        ),
        (
            Sign::Refused,
            r"(?i)Return status of iTunes Transporter was [1-9]",
        ),
        (
            Sign::Refused,
            r"(?i)iTMSTransporter completed with a non-zero exit status",
        ),
    ],
    ..Dialect::SILENT
};
