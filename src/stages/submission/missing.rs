//! What Apple's reviewers want to know and a version lacks: which field, and where it is in App Store Connect.

use crate::asc::Error;
use crate::asc::app_store_versions::Language;
use crate::event::{Events, Found};
use crate::stages::submission::diagnostics::{self, Field};

/// Tells each field that an error names, with its place; `None` where it names none. Apple names a language by its id alone,
/// so `languages` are those that are known.
pub fn tell(events: &Events, error: &Error, languages: &[Language]) -> Option<Found> {
    let refusal = error.refusal()?;
    let mut told = None;
    for error in &refusal.errors {
        for one in &error.associated {
            let pointer = one.error.pointer.as_deref().unwrap_or_default();
            let name = pointer.rsplit('/').next().unwrap_or_default();
            let mut path = one.path.trim_matches('/').split('/').skip(1);
            let kind = path.next().unwrap_or_default();
            let id = path.next().unwrap_or_default();
            let language = languages.iter().find(|own| own.id == id);
            let field = Field {
                kind,
                id,
                name,
                locale: language.map(|own| own.locale.as_str()),
                place: place(kind, name),
            };
            told = Some(events.found(diagnostics::field_missing(&field, &one.error)));
        }
    }
    told
}

/// Where people find it.
fn place(kind: &str, name: &str) -> &'static str {
    match (kind, name) {
        (_, "usesNonExemptEncryption") | ("builds", _) => {
            "the version's page > Build (or the option uses-non-exempt-encryption)"
        }
        (_, "contentRightsDeclaration") => "App Information > Content Rights",
        (_, "privacyPolicyUrl") | ("appDataUsages" | "appDataUsagesPublishState", _) => {
            "App Privacy"
        }
        ("appStoreVersionLocalizations", _) => "the version's page, in that language",
        ("appScreenshotSets" | "appScreenshots" | "appPreviewSets", _) => {
            "the version's page > Previews and Screenshots"
        }
        ("appStoreReviewDetails", _) => "the version's page > App Review Information",
        ("appStoreVersions", _) => "the version's page",
        (
            "ageRatingDeclarations",
            "socialMedia" | "socialMediaAgeRestricted" | "userGeneratedContent",
        ) => {
            "App Information > Age Rating (user-generated content is asked first, then social media, then its age limits)"
        }
        ("ageRatingDeclarations", _) => "App Information > Age Rating",
        ("appInfos" | "appInfoLocalizations", _) => "App Information",
        (
            "appPriceSchedules" | "appPrices" | "appAvailabilities" | "territoryAvailabilities",
            _,
        ) => "Pricing and Availability",
        _ => "the app's pages",
    }
}
