//! What keeps any run from being run or reported, with its words. A code is for ever.

use std::io;

use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::report;
use crate::text::{chain, count};

/// The report's file can't be written.
pub const REPORT_NOT_OPENED: Code = Code::new("report-not-writable");
/// The log can't be read to its end.
pub const LOG_LOST: Code = Code::new("log-lost");
/// The program has a fault.
pub const FAULT_OF_OURS: Code = Code::new("jetway-fault");
/// The key sees no app.
pub const NO_APP_SEEN: Code = Code::new("no-app-seen");
/// The system does not let us run.
pub const MACHINE_REFUSED: Code = Code::new("machine-refused");

/// Something that a killed run left could not be undone.
pub const LEFT_BEHIND: Code = Code::new("left-behind");

/// Every code of this room; the catalogue has a page for each.
#[cfg(test)]
pub const CODES: &[Code] = &[
    REPORT_NOT_OPENED,
    LOG_LOST,
    FAULT_OF_OURS,
    NO_APP_SEEN,
    MACHINE_REFUSED,
    LEFT_BEHIND,
];

/// The report's file can't be written.
pub fn report_not_opened(error: &report::Error) -> Diagnostic {
    Diagnostic::error(REPORT_NOT_OPENED, chain::joined(error))
        .message("Nothing was sent.")
        .about(Subject::WorkflowInput {
            name: "report".to_owned(),
        })
}

/// Something that a killed run left could not be undone, and why.
pub fn left_behind(stayed: &[String]) -> Diagnostic {
    let what = count::of(stayed.len() as u64, "thing");
    Diagnostic::error(
        LEFT_BEHIND,
        format!("{what} that a killed run left could not be undone"),
    )
    .message(stayed.join("\n"))
}

/// The log could be read at first, and then could not.
pub fn log_lost(error: &io::Error) -> Diagnostic {
    Diagnostic::error(LOG_LOST, "reading the log failed midway").message(error.to_string())
}

/// The program has a fault, at this place of its source.
pub fn fault_of_ours(place: &str) -> Diagnostic {
    Diagnostic::error(FAULT_OF_OURS, format!("jetway itself failed, at {place}"))
        .message("This is a bug in jetway, not in your build. What was open is undone.")
}

/// The key works and sees no app, so that nothing can be shipped with it.
pub fn no_app_seen() -> Diagnostic {
    Diagnostic::warning(NO_APP_SEEN, "the key sees no app")
}

/// The system does not let us run.
pub fn machine_refused(what: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(MACHINE_REFUSED, format!("the system {what}")).message(error.to_string())
}
