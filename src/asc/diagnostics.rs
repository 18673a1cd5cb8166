//! The findings that this room words itself; what Apple's own codes mean is in the catalogue. A code is
//! for ever.

use crate::asc::apps::App;
use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::ids::{BuildNumber, BundleIdentifier};

/// Apple already has this build number.
pub const BUILD_NUMBER_TAKEN: Code = Code::new("build-number-taken");
/// The key sees no app of this bundle identifier.
pub const APP_NOT_FOUND: Code = Code::new("app-not-found");
/// This machine's clock is too far off for tokens to be valid.
pub const CLOCK_WRONG: Code = Code::new("clock-wrong");
/// An answer without any code.
pub const REFUSED: Code = Code::new("app-store-connect-refused");
/// A key for which there is no App Store Connect.
pub const ENTERPRISE_KEY: Code = Code::new("enterprise-key");

/// Every code of this room; the catalogue has a page for each.
#[cfg(test)]
pub const CODES: &[Code] = &[
    BUILD_NUMBER_TAKEN,
    APP_NOT_FOUND,
    CLOCK_WRONG,
    REFUSED,
    ENTERPRISE_KEY,
];

/// Every case of them that has steps of its own.
#[cfg(test)]
pub const CASES: &[(Code, &str)] = &[(APP_NOT_FOUND, "other-case")];

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
        Some(next) => diagnostic.variable("next_build_number", next.as_str()),
        None => diagnostic,
    }
}

/// The key is one of the Enterprise Program; `said` is App Store Connect's no.
pub fn enterprise_key(said: &str) -> Diagnostic {
    Diagnostic::error(
        ENTERPRISE_KEY,
        "the API key is one of the Enterprise Program, which has no TestFlight and no App Store",
    )
    .message(said)
    .about(Subject::WorkflowInput {
        name: "api-key-id".to_owned(),
    })
}

/// An app as people know it, as far as Apple tells.
fn shown(app: &App) -> String {
    match (app.bundle_identifier.as_str(), app.name.as_str()) {
        ("", "") => "an app without a name".to_owned(),
        (bundle, "") => bundle.to_owned(),
        ("", name) => name.to_owned(),
        (bundle, name) => format!("{bundle} ({name})"),
    }
}

/// The key sees no app of this bundle identifier, but these.
pub fn app_not_found(bundle: &BundleIdentifier, visible: &[App], more: bool) -> Diagnostic {
    const SHOWN: usize = 20;
    let mut names: Vec<String> = visible.iter().take(SHOWN).map(shown).collect();
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
    match other_case {
        Some(app) => diagnostic
            .case("other-case")
            .variable("record", app.bundle_identifier.as_str()),
        None => diagnostic,
    }
}
