//! What can be wrong with an archive, with its words. A code is for ever.

use crate::archive::problem::Problem;
use crate::diagnostic::{Code, Diagnostic, Subject};

/// The archive can't be exported.
pub const ARCHIVE_UNUSABLE: Code = Code::new("archive-unusable");
/// The archive is not signed, so its entitlements are lost.
pub const ARCHIVE_UNSIGNED: Code = Code::new("archive-unsigned");

/// Every code of this room; the catalogue has a page for each.
#[cfg(test)]
pub const CODES: &[Code] = &[ARCHIVE_UNUSABLE, ARCHIVE_UNSIGNED];

/// Every case of them that has steps of its own.
#[cfg(test)]
pub const CASES: &[(Code, &str)] = &[
    (ARCHIVE_UNUSABLE, "no-app"),
    (ARCHIVE_UNUSABLE, "several-apps"),
    (ARCHIVE_UNUSABLE, "more-than-an-app"),
];

/// The archive can't be exported.
pub fn unusable(problem: &Problem) -> Diagnostic {
    let found = Diagnostic::error(ARCHIVE_UNUSABLE, problem.to_string());
    match problem {
        Problem::NoArchive { .. } | Problem::List { .. } => found.about(Subject::WorkflowInput {
            name: "path".to_owned(),
        }),
        Problem::NoApp { found: there } => found.case("no-app").message(inside(there)),
        Problem::SeveralApps { found: there } => found.case("several-apps").message(inside(there)),
        Problem::MoreThanAnApp { found: there } => {
            let said = format!(
                "{} Xcode takes such an archive for one of no app, and exports nothing of it.",
                inside(there)
            );
            found.case("more-than-an-app").message(said)
        }
    }
}

/// The archive is not signed, and these rights that its profiles grant are lost.
pub fn unsigned(rights: &[&str]) -> Diagnostic {
    Diagnostic::warning(
        ARCHIVE_UNSIGNED,
        "the archive is not signed: the export gives the app none of these rights",
    )
    .message(format!(
        "Xcode writes entitlements when it archives, and an unsigned archive has none. The profiles grant: {}.",
        rights.join(", ")
    ))
}

fn inside(found: &[String]) -> String {
    match found {
        [] => "Its Products folder holds nothing that is known.".to_owned(),
        found => format!("Its Products folder holds: {}.", found.join(", ")),
    }
}
