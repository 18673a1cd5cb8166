//! What can keep Apple's tools from working, with its words. A code is for ever.

use crate::apple::error::Error;
use crate::apple::toolbox::Tool;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::{chain, count};

/// A tool is not there.
pub const TOOL_MISSING: Code = Code::new("apple-tool-missing");
/// A tool did not end within its time.
pub const TOOL_HUNG: Code = Code::new("apple-tool-hung");
/// A tool refused, or did not work.
pub const TOOL_FAILED: Code = Code::new("apple-tool-failed");

/// Every code of this room; the catalogue has a page for each.
#[cfg(test)]
pub const CODES: &[Code] = &[TOOL_MISSING, TOOL_HUNG, TOOL_FAILED];

/// Every case of them that has steps of its own.
#[cfg(test)]
pub const CASES: &[(Code, &str)] = &[
    (TOOL_MISSING, "not-a-mac"),
    (TOOL_HUNG, "altool"),
    (TOOL_HUNG, "security"),
    (TOOL_FAILED, "nobody-there"),
    (TOOL_FAILED, "no-xcode"),
];

/// Why a tool did not do what it was called for.
pub fn failed(error: &Error) -> Diagnostic {
    let said = chain::sentence(error);
    match error {
        Error::Missing { tool, .. } => {
            let found = Diagnostic::error(TOOL_MISSING, format!("{tool} is not on this machine"));
            match cfg!(target_os = "macos") {
                true => found.message(said),
                false => found
                    .message(format!("{said} Archives are signed and exported by Apple's own tools, which run on a Mac."))
                    .case("not-a-mac"),
            }
        }
        Error::TimedOut { tool, limit, .. } => {
            let title = format!("{tool} did not end within {}", count::duration(*limit));
            let found = Diagnostic::error(TOOL_HUNG, title).message(said);
            match tool {
                Tool::Security => found.case("security"),
                Tool::Altool => found.case("altool"),
                Tool::Xcodebuild | Tool::Xcrun => found,
            }
        }
        Error::Failed { tool, .. } => {
            let found = Diagnostic::error(TOOL_FAILED, format!("{tool} failed")).message(said);
            match error {
                error if error.is_no_xcode() => found.case("no-xcode"),
                error if error.is_a_window_for_nobody() => found.case("nobody-there"),
                _ => found,
            }
        }
        Error::NotStarted { tool, .. }
        | Error::Killed { tool, .. }
        | Error::Unspeakable { tool, .. }
        | Error::Strange { tool, .. } => {
            Diagnostic::error(TOOL_FAILED, format!("{tool} failed")).message(said)
        }
    }
}
