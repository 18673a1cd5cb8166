//! App Store Connect's API: its errors and resources as JSON, and the one line that clients make of them.

use serde_json::{Map, Value};

use crate::codes::ApiError;
use crate::logs::dialect::{Dialect, Documents, Read};
use crate::logs::json::{list, text};

/// Any client of the API.
pub const DIALECT: Dialect = Dialect {
    name: "app-store-connect",
    hot: &[
        "validation_error",
        "state_error",
        "entity_error",
        "entity_unprocessable",
        "not_authorized",
        "forbidden",
        "\"errors\"",
        "builduploads",
        "associatederrors",
    ],
    known_by: &[
        r"(?:GET|POST|PATCH|PUT|DELETE) https?://api\.(?:appstoreconnect|enterprise\.developer)\.apple\.com\S* returned [45]\d\d",
        r"^\[?(?:FORBIDDEN|NOT_AUTHORIZED|NOT_FOUND|ENTITY|STATE)_",
    ],
    faults: &[r"(?i) returned [45]\d\d|must be higher|could not be found|not allowed|mismatch"],
    strong_names: &[
        r"_ERROR|ENTITY_|^FORBIDDEN\.",
        r"^(?:NOT_AUTHORIZED|RATE_LIMIT_EXCEEDED)$",
    ],
    only_failed: &[r"app store"],
    documents: Some(Documents {
        words: &["rror", "state", "State"],
        read,
    }),
    ..Dialect::SILENT
};

fn read(map: &Map<String, Value>) -> Option<Read> {
    let mut read = Read::default();
    if is_error(map) {
        read.api_error(&ApiError::read(map), &[]);
        return Some(read);
    }
    let known = list(map, "errors").next().is_some()
        || map.get("data").is_some_and(is_resource)
        || is_resource_object(map);
    if !known {
        return None;
    }
    for error in list(map, "errors") {
        read.api_error(&ApiError::read(error), &[]);
    }
    read.resources(map);
    Some(read)
}

impl Read {
    /// The resources of a document, or the one that it is.
    pub fn resources(&mut self, map: &Map<String, Value>) {
        match map.get("data") {
            Some(Value::Array(resources)) => {
                for resource in resources.iter().take(MOST).filter_map(Value::as_object) {
                    self.resource(resource);
                }
            }
            Some(Value::Object(resource)) => self.resource(resource),
            _ => self.resource(map),
        }
    }
}

/// The most resources that are looked at.
const MOST: usize = 500;

/// A resource that has a state, or a list with one.
fn is_resource(value: &Value) -> bool {
    match value {
        Value::Array(list) => list.iter().any(is_resource),
        Value::Object(map) => is_resource_object(map),
        _ => false,
    }
}

fn is_resource_object(map: &Map<String, Value>) -> bool {
    text(map, "type").is_some_and(|kind| matches!(kind.as_str(), "buildUploads" | "builds"))
        && map.get("attributes").is_some_and(Value::is_object)
}

fn is_error(map: &Map<String, Value>) -> bool {
    text(map, "code").is_some()
        && text(map, "status").is_some()
        && (text(map, "title").is_some() || text(map, "detail").is_some())
}
