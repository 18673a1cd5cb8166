//! Apple's error document, read leniently: for the client that gets one, and for the log that holds one.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use crate::text;

/// How many errors below errors are read: Apple nests them once.
const DEEPEST: usize = 4;

/// One error of an error document
/// (<https://developer.apple.com/documentation/appstoreconnectapi/errorresponse>).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiError {
    /// What to quote to Apple.
    pub id: Option<String>,
    /// May differ from the answer's own status.
    pub status: Option<String>,
    /// Stable and hierarchical, such as `ENTITY_ERROR.ATTRIBUTE.INVALID`. Compare by its beginning.
    pub code: Option<String>,
    /// One line.
    pub title: Option<String>,
    /// Apple's sentence.
    pub detail: Option<String>,
    /// Which field of the request it is about.
    pub pointer: Option<String>,
    /// Which parameter of the request it is about.
    pub parameter: Option<String>,
    /// `meta.previousBundleVersion`: the highest build number that Apple knows.
    pub previous_bundle_version: Option<String>,
    /// `meta.associatedErrors`: what is wrong with other resources.
    pub associated: Vec<Associated>,
    /// All of `meta`, as it came.
    pub meta: Option<Value>,
}

/// An error about another resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Associated {
    /// Such as `/v1/appStoreVersionLocalizations/1`.
    pub path: String,
    /// What is wrong with it.
    pub error: ApiError,
}

impl ApiError {
    /// Reads an entry of `errors`. Other clients print `message` and `description` for title and detail.
    pub fn read(entry: &Map<String, Value>) -> Self {
        read(entry, 0)
    }

    /// Whether the code is this one or one below it.
    pub fn is(&self, code: &str) -> bool {
        self.code.as_deref().is_some_and(|own| {
            own.strip_prefix(code)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    /// Title and detail as one sentence, said once where they say the same; empty without both.
    pub fn words(&self) -> String {
        joined(
            self.title.as_deref().unwrap_or_default(),
            self.detail.as_deref().unwrap_or_default(),
        )
    }

    /// What it names beside its words: `pointer`, `parameter`, `attribute`, `error_id`, `api_code`.
    pub fn variables(&self) -> BTreeMap<&'static str, String> {
        let pointed = [&self.pointer, &self.parameter].into_iter().flatten();
        let attribute = pointed
            .filter_map(|at| at.rsplit_once("attributes/"))
            .map(|(_, name)| name.to_owned())
            .next();
        [
            ("pointer", self.pointer.clone()),
            ("parameter", self.parameter.clone()),
            ("attribute", attribute),
            ("error_id", self.id.clone()),
            ("api_code", self.code.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.words();
        match (words.as_str(), self.code.as_deref()) {
            ("", Some(code)) => f.write_str(code),
            ("", None) => f.write_str("no reason given"),
            (words, _) => f.write_str(words),
        }
    }
}

/// Two sentences, or one where it says the other's words too.
pub fn joined(head: &str, tail: &str) -> String {
    let (head, tail) = (head.trim(), tail.trim());
    if tail.is_empty() || head.contains(tail) || tail == "App Store operation failed." {
        return head.to_owned();
    }
    if head.is_empty() || tail.contains(head) {
        return tail.to_owned();
    }
    let stop = if head.ends_with(['.', ':', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{head}{stop} {tail}")
}

/// The errors of a body; none where it is no error document.
pub fn errors(body: &[u8]) -> Vec<ApiError> {
    let document: Value = serde_json::from_slice(body).unwrap_or_default();
    let entries = document.get("errors").and_then(Value::as_array);
    entries
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .map(ApiError::read)
        .collect()
}

fn read(entry: &Map<String, Value>, depth: usize) -> ApiError {
    let of = |map: &Map<String, Value>, name: &str| match map.get(name)? {
        Value::String(text) => Some(text::lines(text)),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    let inside = |name: &str, field: &str| of(entry.get(name)?.as_object()?, field);
    ApiError {
        id: of(entry, "id"),
        status: of(entry, "status"),
        code: of(entry, "code"),
        title: of(entry, "title").or_else(|| of(entry, "message")),
        detail: of(entry, "detail").or_else(|| of(entry, "description")),
        pointer: inside("source", "pointer"),
        parameter: inside("source", "parameter"),
        previous_bundle_version: inside("meta", "previousBundleVersion"),
        associated: associated(entry, depth),
        meta: entry.get("meta").cloned(),
    }
}

fn associated(entry: &Map<String, Value>, depth: usize) -> Vec<Associated> {
    let lists = entry
        .get("meta")
        .and_then(|meta| meta.get("associatedErrors")?.as_object())
        .filter(|_| depth < DEEPEST);
    lists
        .into_iter()
        .flatten()
        .flat_map(|(path, list)| {
            let entries = list.as_array().into_iter().flatten();
            entries
                .filter_map(Value::as_object)
                .map(move |inner| Associated {
                    path: text::lines(path),
                    error: read(inner, depth + 1),
                })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn one(entry: &Value) -> ApiError {
        ApiError::read(entry.as_object().expect("an object"))
    }

    #[test]
    fn the_id_of_an_error_is_never_called_the_requests() {
        let error = one(
            &json!({"id": "E1", "code": "ENTITY_ERROR.ATTRIBUTE.INVALID", "status": 409,
            "source": {"pointer": "/data/attributes/cfBundleVersion"}}),
        );
        let named = error.variables();
        assert_eq!(named["error_id"], "E1");
        assert_eq!(named["attribute"], "cfBundleVersion");
        assert!(!named.contains_key("request_id"));
        assert_eq!(error.status.as_deref(), Some("409"));
        assert_eq!(error.to_string(), "ENTITY_ERROR.ATTRIBUTE.INVALID");
    }

    #[test]
    fn words_are_said_once() {
        assert_eq!(joined("Taken", "Must be higher."), "Taken. Must be higher.");
        assert_eq!(joined("Why?", "So."), "Why? So.");
        assert_eq!(joined("Taken", "Taken: 3"), "Taken: 3");
        assert_eq!(joined("No", "App Store operation failed."), "No");
        assert_eq!(ApiError::default().to_string(), "no reason given");
    }

    #[test]
    fn errors_below_errors_are_read_to_a_bound() {
        let mut entry = json!({"title": "deepest"});
        for _ in 0..40 {
            entry =
                json!({"title": "outer", "meta": {"associatedErrors": {"/v1/a/1": [entry, null]}}});
        }
        let mut depth = 0;
        let mut error = &one(&entry);
        while let Some(inner) = error.associated.first() {
            error = &inner.error;
            depth += 1;
        }
        assert_eq!(depth, DEEPEST);
    }
}
