//! What keeps a build from the App Store, with its words. A code is for ever.

use crate::asc::app_store_versions::Version;
use crate::codes::ApiError;
use crate::diagnostic::{Code, Diagnostic, Subject};

/// The version's number was in the store already.
pub const VERSION_RELEASED: Code = Code::new("store-version-released");
/// Another version, or another build of this one, is with the reviewers.
pub const VERSION_IN_REVIEW: Code = Code::new("store-version-in-review");
/// Another version is approved and waits for its release.
pub const VERSION_PENDING: Code = Code::new("store-version-pending");
/// A field that the reviewers want is empty.
pub const FIELD_MISSING: Code = Code::new("store-field-missing");
/// The version does not have this language.
pub const LANGUAGE_MISSING: Code = Code::new("store-language-missing");
/// A version that is the first of its app has no notes.
pub const FIRST_VERSION: Code = Code::new("store-first-version");
/// Taking back a submission took too long.
pub const NOT_CANCELLED: Code = Code::new("store-submission-not-cancelled");

/// Every code of this stage; the catalogue has a page for each.
#[cfg(test)]
pub const CODES: &[Code] = &[
    VERSION_RELEASED,
    VERSION_IN_REVIEW,
    VERSION_PENDING,
    FIELD_MISSING,
    LANGUAGE_MISSING,
    FIRST_VERSION,
    NOT_CANCELLED,
];

/// A field of a resource of Apple's.
pub struct Field<'a> {
    /// The resource's type.
    pub kind: &'a str,
    /// Its id.
    pub id: &'a str,
    /// The field's name; empty where Apple names none.
    pub name: &'a str,
    /// Its language, where it is of one that is known.
    pub locale: Option<&'a str>,
    /// Where people find it.
    pub place: &'static str,
}

/// The version's number was in the store already.
pub fn version_released(version: &Version) -> Diagnostic {
    let name = &version.name;
    Diagnostic::error(
        VERSION_RELEASED,
        format!("version {name} was in the App Store already"),
    )
    .message(format!("Its state is {}.", version.state))
    .variable("version", name)
    .about(Subject::MarketingVersion)
}

/// A version is with the reviewers, and it is not this build of this version.
pub fn version_in_review(version: &Version, why: &str) -> Diagnostic {
    Diagnostic::error(
        VERSION_IN_REVIEW,
        format!("version {} is with Apple's reviewers{why}", version.name),
    )
    .message(format!("Its state is {}.", version.state))
    .variable("version", &version.name)
    .about(input("cancel-previous-submission"))
}

/// A version is approved and waits for its release.
pub fn version_pending(version: &Version) -> Diagnostic {
    let name = &version.name;
    Diagnostic::error(
        VERSION_PENDING,
        format!("version {name} is approved and not released yet"),
    )
    .message(format!("Its state is {}.", version.state))
    .variable("version", name)
    .about(input("submit-to-app-store"))
}

/// A field that the reviewers want is empty.
pub fn field_missing(field: &Field<'_>, said: &ApiError) -> Diagnostic {
    let place = field.place;
    let (what, message) = match (field.name, field.locale) {
        ("", _) => (
            said.to_string(),
            format!("In App Store Connect it is under {place}."),
        ),
        (name, of) => {
            let of = match of {
                Some(locale) => format!("in {locale}"),
                None => format!("of {}", field.kind),
            };
            (
                format!("the App Store needs {name} {of}"),
                format!("In App Store Connect it is under {place}. Apple says: {said}"),
            )
        }
    };
    let code = said.code.clone().unwrap_or_default();
    Diagnostic::error(FIELD_MISSING, what)
        .also_known_as(code)
        .message(message)
        .variable("field", field.name)
        .variable("locale", field.locale.unwrap_or_default())
        .variable("resource", format!("/v1/{}/{}", field.kind, field.id))
}

/// The version does not have a language, and making it would ask for its description and pictures.
pub fn language_missing(locale: &str, there: &str) -> Diagnostic {
    Diagnostic::warning(
        LANGUAGE_MISSING,
        format!("the version has no language {locale}, so its text was left out"),
    )
    .message(format!("Its languages are {there}."))
    .variable("locale", locale)
    .about(input("app-store-whats-new"))
}

/// The first version of an app has nothing new.
pub fn first_version() -> Diagnostic {
    Diagnostic::notice(
        FIRST_VERSION,
        "the first version of an app has no text about what is new, so it was left out",
    )
    .about(input("app-store-whats-new"))
}

/// Taking back a submission took too long.
pub fn not_cancelled() -> Diagnostic {
    Diagnostic::error(
        NOT_CANCELLED,
        "Apple was still taking back the submission that was under way",
    )
}

fn input(name: &str) -> Subject {
    Subject::WorkflowInput {
        name: name.to_owned(),
    }
}
