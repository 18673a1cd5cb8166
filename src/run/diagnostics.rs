//! What keeps any run from being run or reported, with its words. A code is for ever.

use std::io;

use crate::asc::webhooks::Webhook;
use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::report;
use crate::run::expiring::Ends;
use crate::text::{chain, count};

/// The report's file can't be written.
pub const REPORT_NOT_OPENED: Code = Code::new("report-not-writable");
/// The log can't be read to its end.
pub const LOG_LOST: Code = Code::new("log-lost");
/// There is nothing in the log, or no text.
pub const LOG_SAYS_NOTHING: Code = Code::new("log-says-nothing");
/// The program has a fault.
pub const FAULT_OF_OURS: Code = Code::new("jetway-fault");
/// The key sees no app.
pub const NO_APP_SEEN: Code = Code::new("no-app-seen");
/// The key may do more than it is wanted for.
pub const KEY_ROLE_TOO_HIGH: Code = Code::new("key-role-too-high");
/// There is no such webhook.
pub const WEBHOOK_NOT_FOUND: Code = Code::new("webhook-not-found");
/// Something that the team needs ends soon.
pub const ENDS_SOON: Code = Code::new("ends-soon");
/// The system does not let us run.
pub const MACHINE_REFUSED: Code = Code::new("machine-refused");

/// Something that a killed run left could not be undone.
pub const LEFT_BEHIND: Code = Code::new("left-behind");

/// Every code of this room; the catalogue has a page for each.
#[cfg(test)]
pub const CODES: &[Code] = &[
    REPORT_NOT_OPENED,
    LOG_LOST,
    LOG_SAYS_NOTHING,
    FAULT_OF_OURS,
    NO_APP_SEEN,
    KEY_ROLE_TOO_HIGH,
    WEBHOOK_NOT_FOUND,
    ENDS_SOON,
    MACHINE_REFUSED,
    LEFT_BEHIND,
];

/// Every case of them that has steps of its own.
#[cfg(test)]
pub const CASES: &[(Code, &str)] = &[(ENDS_SOON, "build")];

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

/// The log has no bytes.
pub fn log_empty() -> Diagnostic {
    Diagnostic::warning(LOG_SAYS_NOTHING, "the log is empty")
}

/// The log is a package, a picture or something else that is no text.
pub fn log_is_no_text() -> Diagnostic {
    Diagnostic::warning(LOG_SAYS_NOTHING, "the log is no text")
}

/// The program gave up at this place of its source, or of a library's.
pub fn fault_of_ours(place: &str) -> Diagnostic {
    Diagnostic::error(FAULT_OF_OURS, format!("jetway itself failed, at {place}"))
        .message("It is not your build: jetway has a bug, or the machine had no memory or threads left. What was open is undone.")
}

/// The key works and sees no app, so that nothing can be shipped with it.
pub fn no_app_seen() -> Diagnostic {
    Diagnostic::warning(NO_APP_SEEN, "the key sees no app")
}

/// The key may do more than it is wanted for.
pub fn key_role_too_high(enough: &str) -> Diagnostic {
    Diagnostic::warning(
        KEY_ROLE_TOO_HIGH,
        format!("the key's role is Admin, and {enough} would be enough"),
    )
    .variable("role", enough)
    .about(input("api-key"))
}

/// There is no such webhook, or there are several.
pub fn webhook_not_found(there: &[Webhook]) -> Diagnostic {
    let names: Vec<String> = there
        .iter()
        .map(|one| format!("{} ({}, {})", one.id, one.name, one.url))
        .collect();
    let message = match names.as_slice() {
        [] => "The app has no webhook.".to_owned(),
        names => format!("The app has these webhooks: {}.", names.join(", ")),
    };
    Diagnostic::error(WEBHOOK_NOT_FOUND, "which webhook is meant can't be told").message(message)
}

/// Something that the team needs ends soon.
pub fn ends_soon(one: &Ends) -> Diagnostic {
    let (what, name, when) = (one.what, &one.name, one.when());
    let title = match one.remark {
        "no longer valid" => format!("the {what} {name} is no longer valid"),
        _ => format!("the {what} {name}: {when}"),
    };
    let found = match what {
        "build" => Diagnostic::warning(ENDS_SOON, title).case("build"),
        _ => Diagnostic::error(ENDS_SOON, title),
    };
    let id = match one.id.as_str() {
        "" => String::new(),
        id => format!(" Its id or serial number is {id}."),
    };
    found
        .message(format!(
            "Its type is {}; Apple says {}.{id}",
            one.kind, one.at
        ))
        .variable("what", what)
        .variable("name", name)
}

fn input(name: &str) -> Subject {
    Subject::WorkflowInput {
        name: name.to_owned(),
    }
}

/// The system does not let us run.
pub fn machine_refused(what: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(MACHINE_REFUSED, format!("the system {what}")).message(error.to_string())
}
