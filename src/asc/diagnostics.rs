//! Findings in what App Store Connect answers. A code is Apple's in small letters and dashes, so that
//! a code that is new to us still has a name; those with advice are listed here. A code is for ever.

use crate::asc::apps::App;
use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::ids::{BuildNumber, BundleIdentifier};

/// Apple already has this build number.
pub const BUILD_NUMBER_TAKEN: Code = Code::new("build-number-taken");
/// The key sees no app of this bundle identifier.
pub const APP_NOT_FOUND: Code = Code::new("app-not-found");
/// Apple refused the token.
pub const NOT_AUTHORIZED: Code = Code::new("not-authorized");
/// This machine's clock is too far off for tokens to be valid.
pub const CLOCK_WRONG: Code = Code::new("clock-wrong");
/// The key may not do this.
pub const FORBIDDEN: Code = Code::new("forbidden-error");
/// An agreement waits for a signature.
pub const AGREEMENTS: Code = Code::new("forbidden-required-agreements-missing-or-expired");
/// Apple does not know the resource.
pub const NOT_FOUND: Code = Code::new("not-found");
/// Too many calls in this hour.
pub const RATE_LIMITED: Code = Code::new("rate-limit-exceeded");
/// The resource is in no state for this.
pub const INVALID_STATE: Code = Code::new("state-error-invalid-state");
/// A relationship points to something that is not there for this key.
pub const RELATIONSHIP_INVALID: Code = Code::new("entity-error-relationship-invalid");
/// A value that Apple does not take.
pub const ATTRIBUTE_INVALID: Code = Code::new("entity-error-attribute-invalid");
/// A fault on Apple's side.
pub const UNEXPECTED: Code = Code::new("unexpected-error");
/// An answer without any code.
pub const REFUSED: Code = Code::new("app-store-connect-refused");

/// Every code of this room; the catalogue has a page for each.
pub const CODES: &[Code] = &[
    BUILD_NUMBER_TAKEN,
    APP_NOT_FOUND,
    NOT_AUTHORIZED,
    CLOCK_WRONG,
    FORBIDDEN,
    AGREEMENTS,
    NOT_FOUND,
    RATE_LIMITED,
    INVALID_STATE,
    RELATIONSHIP_INVALID,
    ATTRIBUTE_INVALID,
    UNEXPECTED,
    REFUSED,
];

/// What each of Apple's codes means and what helps. The first whose name the error's code begins with
/// counts.
pub(super) const KNOWN: &[(&str, &Code, &[&str])] = &[
    (
        "NOT_AUTHORIZED",
        &NOT_AUTHORIZED,
        &[
            "check that the API key id and the issuer id belong to this key, and that the key was not revoked",
            "a team key needs its issuer id; a key of one person must be given without",
        ],
    ),
    (
        "FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED",
        &AGREEMENTS,
        &[
            "let the Account Holder accept the agreements in App Store Connect under Business and at developer.apple.com/account",
        ],
    ),
    (
        "FORBIDDEN",
        &FORBIDDEN,
        &[
            "give the key the App Manager role in App Store Connect under Users and Access, Integrations",
            "check that the membership of the team is active and the key was not revoked",
        ],
    ),
    (
        "FORBIDDEN_ERROR",
        &FORBIDDEN,
        &[
            "give the key the App Manager role in App Store Connect under Users and Access, Integrations",
            "check that the membership of the team is active and the key was not revoked",
        ],
    ),
    (
        "NOT_FOUND",
        &NOT_FOUND,
        &["check that the key may see the app; an app made minutes ago may need a while"],
    ),
    (
        "RATE_LIMIT_EXCEEDED",
        &RATE_LIMITED,
        &[
            "wait up to an hour, or use a key of its own for this workflow: the limit counts per key",
        ],
    ),
    (
        "STATE_ERROR.INVALID_STATE",
        &INVALID_STATE,
        &["look at the build in App Store Connect; another run may have changed it"],
    ),
    (
        "ENTITY_ERROR.RELATIONSHIP.INVALID",
        &RELATIONSHIP_INVALID,
        &["check that the key may see the app it is used for"],
    ),
    (
        "ENTITY_ERROR.ATTRIBUTE.INVALID",
        &ATTRIBUTE_INVALID,
        &["correct the value that Apple names"],
    ),
    (
        "UNEXPECTED_ERROR",
        &UNEXPECTED,
        &["run again later; if it stays, look at https://developer.apple.com/system-status/"],
    ),
];

/// Apple already has the build number; `highest` is the highest that it knows, `message` its sentence
/// or ours.
pub fn build_number_taken(highest: Option<&BuildNumber>, message: &str) -> Diagnostic {
    let mut diagnostic = Diagnostic::error(
        BUILD_NUMBER_TAKEN,
        "App Store Connect already has this build number or a higher one",
    )
    .also_known_as("ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE")
    .message(message)
    .about(Subject::BuildNumber);
    if let Some(highest) = highest {
        diagnostic = diagnostic.variable("previous_build_number", highest.as_str());
    }
    match highest.and_then(BuildNumber::next) {
        Some(next) => diagnostic
            .variable("next_build_number", next.as_str())
            .fix(format!(
                "set CFBundleVersion to {next} or higher and build again"
            )),
        None => diagnostic.fix("set CFBundleVersion to a higher number and build again"),
    }
}

/// The key sees no app of this bundle identifier, but these.
pub fn app_not_found(bundle: &BundleIdentifier, visible: &[App], more: bool) -> Diagnostic {
    const SHOWN: usize = 20;
    let mut names: Vec<String> = visible
        .iter()
        .take(SHOWN)
        .map(|app| format!("{} ({})", app.bundle_identifier, app.name))
        .collect();
    if visible.len() > SHOWN {
        names.push(format!("{} others", visible.len() - SHOWN));
    }
    if more {
        names.push("more".to_owned());
    }
    let message = if names.is_empty() {
        "the API key sees no app at all".to_owned()
    } else {
        format!("the API key sees: {}", names.join(", "))
    };
    let other_case = visible.iter().find(|app| {
        let own = app.bundle_identifier.as_str();
        own.eq_ignore_ascii_case(bundle.as_str())
    });
    let diagnostic = Diagnostic::error(
        APP_NOT_FOUND,
        format!("App Store Connect has no app {bundle} that this API key can see"),
    )
    .message(message)
    .variable("bundle", bundle.as_str())
    .about(Subject::BundleIdentifier);
    let diagnostic = match other_case {
        Some(app) => diagnostic.fix(format!(
            "write the bundle identifier as the app record does: {}",
            app.bundle_identifier
        )),
        None => diagnostic,
    };
    diagnostic
        .fix("if the app is new, make its record in App Store Connect: Apps, +, New App, and choose this bundle identifier")
        .fix("if the record is there, give the API key access to the app, and check that the key is of the right team")
        .link("https://appstoreconnect.apple.com/apps")
}
