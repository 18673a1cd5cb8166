//! Apple's error document, read leniently.

use std::fmt;

use serde::Deserialize;
use serde_json::Value;

use crate::text::{self, markup};

/// How much of an answer that was not understood is kept, in bytes.
const START_KEPT: usize = 300;

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
    /// Whether the code is this one or one below it.
    pub fn is(&self, code: &str) -> bool {
        self.code.as_deref().is_some_and(|own| {
            own.strip_prefix(code)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = self.title.as_deref().or(self.code.as_deref());
        match (title, self.detail.as_deref()) {
            (Some(title), Some(detail)) if !detail.starts_with(title) => {
                write!(f, "{} {detail}", with_full_stop(title))
            }
            (_, Some(text)) | (Some(text), None) => f.write_str(text),
            (None, None) => f.write_str("no reason given"),
        }
    }
}

fn with_full_stop(title: &str) -> String {
    let end = if title.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{title}{end}")
}

#[derive(Deserialize)]
struct ErrorDocument {
    errors: Vec<ErrorEntry>,
}

#[derive(Deserialize)]
struct ErrorEntry {
    id: Option<String>,
    status: Option<Value>,
    code: Option<String>,
    title: Option<String>,
    detail: Option<String>,
    source: Option<Value>,
    meta: Option<Value>,
}

/// The errors of a body, or its first bytes where it is no error document.
pub fn read_body(body: &[u8]) -> (Vec<ApiError>, Option<String>) {
    match serde_json::from_slice::<ErrorDocument>(body) {
        Ok(document) if !document.errors.is_empty() => {
            (document.errors.into_iter().map(read_entry).collect(), None)
        }
        Ok(_) | Err(_) => (Vec::new(), Some(start(body))),
    }
}

/// The first bytes as text that a terminal can show.
pub fn start(body: &[u8]) -> String {
    let kept = &body[..body.len().min(START_KEPT)];
    text::line(&markup::without(&String::from_utf8_lossy(kept)))
}

fn read_entry(entry: ErrorEntry) -> ApiError {
    let text = |text: Option<String>| text.as_deref().map(text::lines);
    let of =
        |value: &Option<Value>, name: &str| value.as_ref()?.get(name)?.as_str().map(text::lines);
    ApiError {
        id: text(entry.id),
        status: entry.status.map(|status| match status {
            Value::String(status) => text::lines(&status),
            other => other.to_string(),
        }),
        code: text(entry.code),
        title: text(entry.title),
        detail: text(entry.detail),
        pointer: of(&entry.source, "pointer"),
        parameter: of(&entry.source, "parameter"),
        previous_bundle_version: of(&entry.meta, "previousBundleVersion"),
        associated: entry
            .meta
            .as_ref()
            .and_then(|meta| meta.get("associatedErrors")?.as_object())
            .map(read_associated)
            .unwrap_or_default(),
    }
}

fn read_associated(map: &serde_json::Map<String, Value>) -> Vec<Associated> {
    map.iter()
        .flat_map(|(path, list)| {
            list.as_array().into_iter().flatten().filter_map(|entry| {
                let entry: ErrorEntry = serde_json::from_value(entry.clone()).ok()?;
                Some(Associated {
                    path: text::lines(path),
                    error: read_entry(entry),
                })
            })
        })
        .collect()
}
