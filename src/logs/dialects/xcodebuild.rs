//! xcodebuild: banners at the end, errors of a build with their target, and of an export.

use std::sync::OnceLock;

use regex::bytes::Regex;

use crate::logs::dialect::{Dialect, Prefix, Sign};
use crate::logs::expression::ascii;

/// Xcode's build tool, and the part of it that exports.
pub const DIALECT: Dialect = Dialect {
    name: "xcodebuild",
    prefixes: &[
        Prefix::says(r"^xcodebuild\[\d+:[0-9a-fx]+\]:?\s*"),
        Prefix::says(r"^exportArchive\b:*\s*"),
        Prefix::carrier(r"^(?:\[MT\]|\[[0-9a-f]{4,}\])\s+"),
        Prefix::says(
            r"^(?:/usr/bin/)?(?:xcodebuild|IDEDistribution): (?:(?P<level>error|warning): )?",
        ),
    ],
    hot: &[
        "error domain=",
        "export failed",
        "export succeeded",
        "archive failed",
        "archive succeeded",
        "build failed",
        "build commands failed",
        "nsunderlyingerror",
        "nslocalizedfailurereason",
        "nslocalizedrecovery",
        "distribution failed",
        "provisioning profile",
        "phasescriptexecution failed",
        "command line name",
        "ld: ",
        " is not installed",
    ],
    begins: &[
        r"\*\* [A-Z]+ [A-Z]+",
        r"Error Domain=",
        r"The following build commands failed",
    ],
    goes_on: &["Reason:", "Recovery suggestion:"],
    one_line: true,
    known_by: &[r"\(in target '|^archive not found at path|^exportOptionsPlist|^Error Domain=IDE"],
    faults: &[concat!(
        r"(?i)(?:doesn't|does not) (?:support|include|match|contain)|requires a (?:provisioning profile|development team)",
        r"|conflicting provisioning|no (?:profiles? for|signing certificate|account for)|cannot be verified",
    )],
    only_failed: &[
        r"(?:export|archive|build) failed",
        r"could not export",
        r"(?:archive|export|build) (?:was )?(?:succeeded|successful)",
        r"the following build commands failed",
    ],
    signs: &[
        (
            Sign::Delivered,
            r"^\s*(?:Upload succeeded|Upload Successful)\b",
        ),
        (
            Sign::Built,
            r"^\s*(?:\*\* (?:EXPORT|ARCHIVE) SUCCEEDED \*\*|(?:Archive|Export) Succeeded\s*$)",
        ),
        (Sign::NotBuilt, r"\*\* (?:EXPORT|ARCHIVE|BUILD) FAILED \*\*"),
        (
            Sign::NotBuilt,
            r"^\s*(?:\[.{0,12}\] )?Encountered error while (?:creating the IPA|archiving)",
        ),
        (Sign::NotBuilt, r"(?i)^Distribution failed with errors"),
    ],
    ..Dialect::SILENT
};

/// Whether an error of the build is one of a compiler, about a line of source.
pub fn is_source(file: &str, line: Option<&str>) -> bool {
    let end = file.rsplit('.').next().unwrap_or_default();
    line.is_some()
        && [
            "swift",
            "m",
            "mm",
            "c",
            "cc",
            "cpp",
            "h",
            "hpp",
            "metal",
            "xib",
            "storyboard",
            "kt",
            "intentdefinition",
            "pch",
            "dart",
            "cs",
            "ts",
            "tsx",
            "js",
            "rs",
            "xcassets",
        ]
        .contains(&end)
}

/// The target and the project that an error of the build names at its end.
pub fn target(text: &str) -> Option<(String, String)> {
    static RULE: OnceLock<Regex> = OnceLock::new();
    let rule = RULE.get_or_init(|| {
        ascii(r"\(in target '(?P<target>[^']{1,200})' from project '(?P<project>[^']{1,200})'\)")
    });
    let found = rule.captures(text.as_bytes())?;
    let named = |name: &str| text.get(found.name(name)?.range()).map(str::to_owned);
    Some((named("target")?, named("project")?))
}
