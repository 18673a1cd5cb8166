//! The names of the key: as they were given, else as the key's file or fastlane's JSON says them.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use crate::cli::given;
use crate::secret::Secret;

/// The names of a key, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The key's id; empty where nothing says it.
    pub key_id: String,
    /// The issuer's id; empty for an individual key.
    pub issuer_id: String,
}

/// What was typed of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Named<'a> {
    /// The key's id.
    pub key_id: Option<&'a str>,
    /// The issuer's id.
    pub issuer_id: Option<&'a str>,
    /// The key's file.
    pub path: Option<&'a Path>,
}

/// What fastlane keeps beside a key
/// (<https://docs.fastlane.tools/app-store-connect-api/#using-fastlane-api-key-json-file>).
#[derive(Debug, Default, Deserialize)]
struct Json {
    key_id: Option<String>,
    issuer_id: Option<String>,
}

/// What was given wins, then what the key's own text says, then the name of its file, and what `beside` says of a key
/// that comes by another tool's variables.
pub fn of(typed: &Named<'_>, key: Option<&Secret>, beside: Identity) -> Identity {
    let json = key.and_then(|key| json(key.expose())).unwrap_or_default();
    let given = |text| given::text(text).map(str::to_owned);
    let in_name = typed.path.and_then(id_in_name);
    let key_id = given(typed.key_id).or(json.key_id).or(in_name);
    Identity {
        key_id: key_id.unwrap_or(beside.key_id),
        issuer_id: given(typed.issuer_id)
            .or(json.issuer_id)
            .unwrap_or(beside.issuer_id),
    }
}

/// The text as JSON, or what it is the base64 of.
fn json(text: &str) -> Option<Json> {
    let text = text.trim();
    if text.starts_with('{') {
        return serde_json::from_str(text).ok();
    }
    let dense: String = text.split_whitespace().collect();
    let decoded = STANDARD.decode(dense).ok()?;
    let is_object = decoded.trim_ascii_start().starts_with(b"{");
    is_object.then(|| serde_json::from_slice(&decoded).ok())?
}

/// Apple calls the file `AuthKey_2X9R4HXF34.p8`.
fn id_in_name(path: &Path) -> Option<String> {
    let name = path.file_stem()?.to_str()?;
    let id = name
        .strip_prefix("AuthKey_")
        .or_else(|| name.strip_prefix("ApiKey_"))?;
    let id = id.split([' ', '(']).next()?;
    let is_id = !id.is_empty() && id.chars().all(|char| char.is_ascii_alphanumeric());
    is_id.then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed<'a>(id: &'a str, path: &'a str) -> Named<'a> {
        Named {
            key_id: Some(id),
            issuer_id: None,
            path: Some(Path::new(path)),
        }
    }

    #[test]
    fn what_is_given_wins_over_the_json_and_that_over_the_files_name() {
        let json = Secret::new(r#"{"key_id": "JSON123456", "issuer_id": "an-issuer", "key": "x"}"#);
        let path = "keys/AuthKey_NAME123456.p8";
        let given = of(&typed("GIVEN12345", path), Some(&json), Identity::default());
        assert_eq!(
            (&*given.key_id, &*given.issuer_id),
            ("GIVEN12345", "an-issuer")
        );
        assert_eq!(
            of(&typed(" ", path), Some(&json), Identity::default()).key_id,
            "JSON123456"
        );
        assert_eq!(
            of(&typed("", path), None, Identity::default()).key_id,
            "NAME123456"
        );
        assert_eq!(
            of(&typed("", "key.p8"), None, Identity::default()),
            Identity::default()
        );
        let wrapped = Secret::new(STANDARD.encode(json.expose()));
        assert_eq!(
            of(&typed("", "key.json"), Some(&wrapped), Identity::default()).key_id,
            "JSON123456"
        );
    }

    #[test]
    fn a_copy_of_the_file_has_the_id_too() {
        assert_eq!(
            id_in_name(Path::new("AuthKey_A1B2C3D4E5 (1).p8")).as_deref(),
            Some("A1B2C3D4E5")
        );
        assert_eq!(id_in_name(Path::new("AuthKey_.p8")), None);
    }
}
