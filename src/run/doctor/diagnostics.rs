//! What a look at the machine can find, with its words. A code is for ever.

use std::time::SystemTime;

use crate::apple::on_disk::Xcode;
use crate::asc::diagnostics::CLOCK_WRONG;
use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::ids::BundleIdentifier;
use crate::secret::typed;
use crate::signing::diagnostics::CERTIFICATE_KIND;
use crate::signing::options::Method;
use crate::text::count;

/// The Xcode builds with an SDK that Apple does not take.
pub const XCODE_OLD: Code = Code::new("xcode-too-old");
/// The Xcode is a beta.
pub const XCODE_BETA: Code = Code::new("xcode-beta");
/// The search list of keychains is not as it should be.
pub const SEARCH_LIST: Code = Code::new("keychain-search-list");
/// Killed runs left something.
pub const JOURNALS: Code = Code::new("journals-left");
/// No profile is for a bundle.
pub const NO_PROFILE: Code = Code::new("bundle-without-profile");

/// Every code of this file; the catalogue has a page for each.
#[cfg(test)]
pub const CODES: &[Code] = &[XCODE_OLD, XCODE_BETA, SEARCH_LIST, JOURNALS, NO_PROFILE];

/// Every case of them that has steps of its own.
#[cfg(test)]
pub const CASES: &[(Code, &str)] = &[
    (XCODE_OLD, "soon"),
    (SEARCH_LIST, "empty"),
    (NO_PROFILE, "none"),
    (CERTIFICATE_KIND, "keychain"),
    (CERTIFICATE_KIND, "team"),
];

/// A clock that is off by more is wrong: Apple's tokens are good for minutes.
const SKEW: u64 = 60;

/// Apple asks for a newer SDK, now or soon; another Xcode of this machine may have it.
pub fn too_old(version: &str, minimum: u32, is_now: bool, newer: Option<&Xcode>) -> Diagnostic {
    let title = format!(
        "Xcode {version} has an older SDK than the {minimum} that App Store Connect asks for"
    );
    let input = Subject::WorkflowInput {
        name: "developer-dir".to_owned(),
    };
    let found = match is_now {
        true => Diagnostic::error(XCODE_OLD, title),
        false => Diagnostic::warning(XCODE_OLD, format!("{title} soon")).case("soon"),
    };
    let found = found.about(input);
    match newer {
        Some(newer) => found.message(format!(
            "This machine has Xcode {} too: `developer-dir: {}`.",
            newer.version,
            typed::path(&newer.path)
        )),
        None => found.message("No other Xcode of this machine has it."),
    }
}

/// Apple takes builds of betas into TestFlight at most.
pub fn beta(version: &str, build: &str) -> Diagnostic {
    Diagnostic::warning(XCODE_BETA, format!("Xcode {version} ({build}) is a beta"))
        .message("The App Store takes no build of a beta, and TestFlight not all of them.")
}

/// Nothing is in the search list.
pub fn search_list_empty() -> Diagnostic {
    Diagnostic::warning(SEARCH_LIST, "the search list of keychains is empty")
        .message("Not even the login keychain is in it, so no certificate of this user is found.")
        .case("empty")
}

/// Keychains of the search list are not there.
pub fn search_list_stale(gone: &[String]) -> Diagnostic {
    let what = count::of(gone.len() as u64, "keychain");
    Diagnostic::warning(
        SEARCH_LIST,
        format!("the search list names {what} that is not there"),
    )
    .message(gone.join("\n"))
}

/// Killed runs left so much to undo.
pub fn journals(entries: usize) -> Diagnostic {
    let what = count::of(entries as u64, "thing");
    Diagnostic::warning(
        JOURNALS,
        format!("killed runs left {what} on this machine or at Apple"),
    )
}

/// None of the profiles is for the bundle.
pub fn no_profile(bundle: &BundleIdentifier) -> Diagnostic {
    Diagnostic::error(NO_PROFILE, format!("no given profile is for {bundle}")).about(
        Subject::WorkflowInput {
            name: "provisioning-profile".to_owned(),
        },
    )
}

/// No profile was given for these bundles, and no key that could fetch some.
pub fn no_profiles(bundles: &[BundleIdentifier]) -> Diagnostic {
    let names: Vec<String> = bundles.iter().map(ToString::to_string).collect();
    Diagnostic::warning(NO_PROFILE, "no profile is given")
        .message(format!("Needed for: {}.", names.join(", ")))
        .case("none")
        .about(Subject::WorkflowInput {
            name: "provisioning-profile".to_owned(),
        })
}

/// None of the certificates in the keychains signs for this method.
pub fn identities_of_other_kinds(method: Method, names: &[&str]) -> Diagnostic {
    let method = method.name();
    let title = format!("no certificate in a keychain signs for {method}");
    in_keychains(title, names)
        .case("keychain")
        .variable("method", method)
}

/// None of those that would sign is of this team.
pub fn identities_of_other_teams(team: &str, names: &[&str]) -> Diagnostic {
    let title = format!("no certificate in a keychain is of the team {team}");
    in_keychains(title, names).case("team")
}

fn in_keychains(title: String, names: &[&str]) -> Diagnostic {
    let message = format!("There: {}.", names.join(", "));
    Diagnostic::error(CERTIFICATE_KIND, title)
        .message(message)
        .about(Subject::WorkflowInput {
            name: "certificate".to_owned(),
        })
}

/// The clock of this machine, where it is wrong.
pub fn clock(theirs: SystemTime, ours: SystemTime) -> Option<Diagnostic> {
    let (off, word) = match theirs.duration_since(ours) {
        Ok(ahead) => (ahead, "behind"),
        Err(error) => (error.duration(), "ahead of"),
    };
    (off.as_secs() >= SKEW).then(|| {
        let off = count::duration(off);
        Diagnostic::error(
            CLOCK_WRONG,
            format!("this machine's clock is {off} {word} Apple's"),
        )
    })
}
