//! What can keep an upload by `altool` from working, with its words. A code is for ever.

use crate::apple::altool::Provider;
use crate::asc::apps::App;
use crate::diagnostic::{Code, Diagnostic, Subject};

/// The person belongs to several teams, or nobody knows to which.
pub const PROVIDER: Code = Code::new("altool-provider-unclear");
/// The app's number is not known, or is another app's.
pub const APP: Code = Code::new("altool-app-unclear");
/// The tool did not upload, and says nothing that is known.
pub const REFUSED: Code = Code::new("altool-failed");
/// Nobody knows whether the upload worked.
pub const UNKNOWN: Code = Code::new("altool-outcome-unknown");
/// A key that the older tool does not take.
pub const INDIVIDUAL: Code = Code::new("altool-individual-key");

/// Every code of this file; the catalogue has a page for each.
#[cfg(test)]
pub const CODES: &[Code] = &[PROVIDER, APP, REFUSED, UNKNOWN, INDIVIDUAL];

/// Every case of them that has steps of its own.
#[cfg(test)]
pub const CASES: &[(Code, &str)] = &[
    (PROVIDER, "several"),
    (APP, "differs"),
    (UNKNOWN, "unnamed"),
];

fn input(name: &str) -> Subject {
    Subject::WorkflowInput {
        name: name.to_owned(),
    }
}

/// The person belongs to these providers, or the tool named none.
pub fn provider_unknown(found: &[Provider], tail: &str) -> Diagnostic {
    let about = input("provider-public-id");
    if found.is_empty() {
        let title = "altool names no provider of this Apple Account";
        return Diagnostic::error(PROVIDER, title)
            .message(tail)
            .about(about);
    }
    let names = found.iter().map(|one| format!("{}  {}", one.id, one.name));
    let names: Vec<String> = names.collect();
    let title = format!("the Apple Account belongs to {} providers", found.len());
    Diagnostic::error(PROVIDER, title)
        .message(names.join("\n"))
        .case("several")
        .about(about)
}

/// No app with this bundle identifier is listed.
pub fn app_unknown(bundle: &str, tail: &str) -> Diagnostic {
    let title = format!("altool does not say which number the app {bundle} has");
    Diagnostic::error(APP, title)
        .message(tail)
        .about(input("app-id"))
}

/// The number that was given is not the app's.
pub fn app_differs(given: &str, app: &App) -> Diagnostic {
    let (id, bundle) = (&app.id, &app.bundle_identifier);
    Diagnostic::error(
        APP,
        format!("`app-id` is {given}, and the app {bundle} is {id}"),
    )
    .case("differs")
    .about(input("app-id"))
}

/// The tool did not upload; its last words.
pub fn refused(code: Option<i32>, tail: &str) -> Diagnostic {
    Diagnostic::error(REFUSED, format!("altool did not upload{}", ended(code)))
        .message(tail)
        .said_by("altool")
}

/// Nobody knows whether it uploaded; its last words.
pub fn unknown(code: Option<i32>, tail: &str) -> Diagnostic {
    let title = format!(
        "altool did not say whether the upload worked{}",
        ended(code)
    );
    Diagnostic::error(UNKNOWN, title)
        .message(tail)
        .said_by("altool")
}

/// It worked, and nobody says under which id: what comes after the upload can't be done now.
pub fn unnamed() -> Diagnostic {
    let title = "the upload worked, but nobody says yet under which id Apple knows it";
    Diagnostic::error(UNKNOWN, title).case("unnamed")
}

/// A key that belongs to one person, and a tool that takes a team's only.
pub fn individual_key(version: &str) -> Diagnostic {
    Diagnostic::error(
        INDIVIDUAL,
        format!("altool {version} takes no key that belongs to one person"),
    )
    .about(input("api-issuer-id"))
}

fn ended(code: Option<i32>) -> String {
    code.map_or_else(String::new, |code| format!(" (exit code {code})"))
}
