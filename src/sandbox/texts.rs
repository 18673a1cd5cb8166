//! Texts and languages as the API takes them.

use serde_json::Value;

use crate::sandbox::refusal::{Refusal, invalid_attribute};

/// The most characters of a text for testers or for the store.
const LONGEST: usize = 4_000;

/// The languages of App Store Connect,
/// <https://developer.apple.com/help/app-store-connect/reference/app-store-localizations>.
const LOCALES: &[&str] = &[
    "ar-SA", "bn", "ca", "cs", "da", "de-DE", "el", "en-AU", "en-CA", "en-GB", "en-US", "es-ES",
    "es-MX", "fi", "fr-CA", "fr-FR", "gu", "he", "hi", "hr", "hu", "id", "it", "ja", "kn", "ko",
    "ml", "mr", "ms", "nl-NL", "no", "or", "pa", "pl", "pt-BR", "pt-PT", "ro", "ru", "sk", "sl",
    "sv", "ta", "te", "th", "tr", "uk", "ur", "vi", "zh-Hans", "zh-Hant",
];

pub(super) fn is_locale(locale: &str) -> bool {
    LOCALES.contains(&locale)
}

pub(super) fn duplicate_locale(locale: &str) -> Refusal {
    Refusal::new(
        409,
        "ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE",
        "The provided entity includes an attribute with a value that has already been used",
        format!("The language '{locale}' is there already."),
    )
    .at("/data/attributes/locale")
}

/// Refuses what no text may hold.
pub(super) fn check(field: &str, value: &Value) -> Result<(), Refusal> {
    let Some(text) = value.as_str() else {
        return Ok(());
    };
    if text.chars().count() > LONGEST {
        let why =
            format!("The value of '{field}' is too long; at most {LONGEST} characters are allowed");
        return Err(invalid_attribute(field, why));
    }
    let refused = text.chars().find(|letter| {
        matches!(letter, '<' | '>')
            || matches!(u32::from(*letter), 0x1_F000..=0x1_FAFF | 0x2600..=0x27BF)
    });
    match refused {
        None => Ok(()),
        Some(letter) => {
            let why = format!("Text for {field} contains invalid characters:'[{letter}]'.");
            Err(invalid_attribute(field, why))
        }
    }
}
