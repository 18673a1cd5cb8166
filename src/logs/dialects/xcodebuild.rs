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
        "dyld[",
        "crash backtrace",
        "architectures (",
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

/// What the export puts in front of what it says.
pub const EXPORTS: &str = "exportArchive";

/// The head of the list of commands that failed.
pub const FAILED_COMMANDS: &str = "The following build commands failed";

/// A kind of command that is neither a compiler's nor a script's: how it begins, the case of the catalogue
/// that it is, and what it does, as it reads after "failed in".
pub struct Step {
    pub begins: &'static str,
    pub case: &'static str,
    pub does: &'static str,
}

const fn step(begins: &'static str, case: &'static str, does: &'static str) -> Step {
    Step { begins, case, does }
}

/// The commands of a build that fail, but for those that compile a file.
pub const STEPS: &[Step] = &[
    step("CodeSign", "signing", "signing"),
    step("Sign", "signing", "signing"),
    step("ProcessProductPackaging", "entitlements", "entitlements"),
    step("Ld", "linking", "linking"),
    step("Libtool", "linking", "linking"),
    step("CreateUniversalBinary", "linking", "linking"),
    step("ProcessInfoPlistFile", "plist", "the Info.plist"),
    step("CopyPlistFile", "plist", "a property list"),
    step("CompileAssetCatalog", "assets", "the asset catalog"),
    step("GenerateAssetSymbols", "assets", "the asset catalog"),
    step("LinkStoryboards", "assets", "the storyboards"),
    step(
        "PrecompileSwiftBridgingHeader",
        "header",
        "the bridging header",
    ),
    step("ProcessPCH", "header", "the prefix header"),
    step(
        "Check dependencies",
        "dependencies",
        "the check of dependencies",
    ),
    step(
        "ComputeTargetDependencyGraph",
        "dependencies",
        "the plan of the build",
    ),
    step(
        "CreateBuildDescription",
        "dependencies",
        "the plan of the build",
    ),
    step(
        "ValidateEmbeddedBinary",
        "embedded",
        "the check of what is embedded",
    ),
    step("Validate", "embedded", "the check of the product"),
    step("GenerateDSYMFile", "copying", "the debug symbols"),
    step("ProcessXCFramework", "copying", "an XCFramework"),
    step("CpResource", "copying", "copying"),
    step("PBXCp", "copying", "copying"),
    step("Copy", "copying", "copying"),
];

/// Whether a line is a command of a build, as a list of those that failed names it.
pub fn is_command(line: &str) -> bool {
    static RULE: OnceLock<Regex> = OnceLock::new();
    RULE.get_or_init(|| {
        let steps: Vec<&str> = STEPS.iter().map(|step| step.begins).collect();
        ascii(&format!(
            r"^(?:{}|PhaseScriptExecution|RuleScriptExecution|Compile\w+|Swift\w+|Emit\w+|Merge\w+|Metal\w+|Generate\w+|Archiving|Building|Testing)(?:\s|$)",
            steps.join("|")
        ))
    })
    .is_match(line.as_bytes())
}

/// Whether a line counts the commands of that list, which it closes.
pub fn is_count(line: &str) -> bool {
    let inside = line
        .trim()
        .strip_prefix('(')
        .and_then(|line| line.strip_suffix(')'));
    let words = inside.and_then(|line| line.split_once(' '));
    words.is_some_and(|(count, word)| {
        count.bytes().all(|byte| byte.is_ascii_digit()) && matches!(word, "failure" | "failures")
    })
}

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

#[cfg(test)]
mod tests {
    use super::STEPS;
    use crate::logs::diagnostics::CASES;

    #[test]
    fn every_kind_of_command_is_a_case_of_the_catalogue() {
        for step in STEPS {
            assert!(
                CASES.iter().any(|(_, case)| *case == step.case),
                "{}",
                step.case
            );
        }
    }
}
