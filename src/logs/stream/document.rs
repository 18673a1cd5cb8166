//! Documents: altool's JSON and property lists, App Store Connect's errors, states of build uploads.

use serde_json::{Map, Value};

use crate::diagnostic::Severity;
use crate::logs::judge::verdict::Sign;

/// The deepest nesting of a property list. altool's needs some ten.
const DEEPEST: usize = 64;

/// The most messages that are read from one document.
const MOST: usize = 500;

/// One message of a document.
#[derive(Clone, Debug)]
pub struct Said {
    /// Apple's sentence.
    pub sentence: String,
    /// Everything that was said with it, for codes and variables.
    pub text: String,
    /// The names of the fault, the best first.
    pub codes: Vec<String>,
    pub severity: Severity,
    pub source: &'static str,
    /// Values that have a name of their own in the document.
    pub variables: Vec<(&'static str, String)>,
}

/// What a document says.
#[derive(Clone, Debug, Default)]
pub struct Read {
    pub said: Vec<Said>,
    pub sign: Option<Sign>,
    pub delivery_id: Option<String>,
}

/// The JSON object that the text begins with, where it is one of the kinds that are known.
pub fn from_json(text: &str) -> Option<Value> {
    let telling = ["rror", "success-message", "state", "State", "warnings"];
    if !telling.iter().any(|word| text.contains(word)) {
        return None;
    }
    let value = serde_json::Deserializer::from_str(text)
        .into_iter::<Value>()
        .next()?
        .ok()?;
    is_known(&value).then_some(value)
}

/// As [`from_json`], of a property list.
pub fn from_plist(text: &str) -> Option<Value> {
    let end = text.find("</plist>")? + "</plist>".len();
    let text = text.get(..end)?;
    if deepest(text) > DEEPEST || text.contains("<!ENTITY") {
        return None;
    }
    let value: plist::Value = plist::from_bytes(text.trim_start().as_bytes()).ok()?;
    let value = json(&value)?;
    is_known(&value).then_some(value)
}

/// How deep dictionaries and arrays are nested.
fn deepest(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut most = 0;
    for (at, _) in text.match_indices('<') {
        let tag = &text.as_bytes()[at + 1..];
        if tag.starts_with(b"dict") || tag.starts_with(b"array") {
            depth += 1;
            most = most.max(depth);
        } else if tag.starts_with(b"/dict") || tag.starts_with(b"/array") {
            depth = depth.saturating_sub(1);
        }
    }
    most
}

fn json(value: &plist::Value) -> Option<Value> {
    Some(match value {
        plist::Value::Array(list) => Value::Array(list.iter().filter_map(json).collect()),
        plist::Value::Dictionary(map) => Value::Object(
            map.iter()
                .filter_map(|(key, value)| Some((key.clone(), json(value)?)))
                .collect(),
        ),
        plist::Value::Boolean(value) => Value::Bool(*value),
        plist::Value::Integer(value) => Value::from(value.as_signed()?),
        plist::Value::String(text) => Value::String(text.clone()),
        _ => return None,
    })
}

fn is_known(value: &Value) -> bool {
    let Some(map) = value.as_object() else {
        return false;
    };
    let objects = |name: &str| {
        map.get(name)
            .and_then(Value::as_array)
            .is_some_and(|list| list.iter().any(Value::is_object))
    };
    map.contains_key("product-errors")
        || map.contains_key("success-message")
        || map.contains_key("processingErrors")
        || objects("errors")
        || objects("warnings") && map.contains_key("tool-version")
        || map.get("data").is_some_and(is_resource)
        || is_resource(value)
        || is_api_error(map)
}

/// A resource of App Store Connect's that has a state.
fn is_resource(value: &Value) -> bool {
    match value {
        Value::Array(list) => list.iter().any(is_resource),
        Value::Object(map) => {
            text(map, "type").is_some_and(|kind| matches!(kind.as_str(), "buildUploads" | "builds"))
                && map.get("attributes").is_some_and(Value::is_object)
        }
        _ => false,
    }
}

fn is_api_error(map: &Map<String, Value>) -> bool {
    text(map, "code").is_some()
        && text(map, "status").is_some()
        && (text(map, "title").is_some() || text(map, "detail").is_some())
}

/// Reads a document of a known kind.
pub fn read(value: &Value) -> Read {
    let mut read = Read::default();
    let Some(map) = value.as_object() else {
        return read;
    };
    if is_api_error(map) {
        read.api_error(map, &[], 0);
        return read;
    }
    let altool = [
        "product-errors",
        "success-message",
        "tool-version",
        "tool-path",
    ]
    .iter()
    .any(|key| map.contains_key(*key));
    if altool {
        read.altool(map);
    } else if map.contains_key("processingErrors") {
        read.status(map);
    } else {
        for error in list(map, "errors") {
            read.api_error(error, &[], 0);
        }
    }
    match map.get("data") {
        Some(Value::Array(resources)) => {
            for resource in resources.iter().take(MOST).filter_map(Value::as_object) {
                read.resource(resource);
            }
        }
        Some(Value::Object(resource)) => read.resource(resource),
        _ => read.resource(map),
    }
    read
}

impl Read {
    pub fn say(&mut self, mut said: Said) {
        if self.said.len() < MOST && !(said.sentence.is_empty() && said.codes.is_empty()) {
            let mut seen = Vec::new();
            said.codes.retain(|code| {
                let new = !seen.contains(code);
                seen.push(code.clone());
                new
            });
            self.said.push(said);
        }
    }
}

/// Adds every text below a value, named, for codes and variables to be read from.
pub fn flatten(value: &Value, all: &mut String) {
    if all.len() > 24 * 1024 {
        return;
    }
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match plain(value) {
                    Some(value) if !all.contains(&value) || value.len() < 24 => {
                        all.push_str(&format!("\n{key} : {value}"));
                    }
                    Some(_) => {}
                    None => flatten(value, all),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| flatten(value, all)),
        Value::String(text) if !all.contains(text.as_str()) => {
            all.push('\n');
            all.push_str(text);
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Two sentences, or one where it says the other's words too.
pub fn joined(head: &str, tail: &str) -> String {
    let (head, tail) = (head.trim(), tail.trim());
    if tail.is_empty() || head.contains(tail) || tail == "App Store operation failed." {
        head.to_owned()
    } else if head.is_empty() || tail.contains(head) {
        tail.to_owned()
    } else {
        let stop = if head.ends_with(['.', ':', '!']) {
            ""
        } else {
            "."
        };
        format!("{head}{stop} {tail}")
    }
}

pub fn list<'a>(
    map: &'a Map<String, Value>,
    name: &str,
) -> impl Iterator<Item = &'a Map<String, Value>> {
    map.get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
}

pub fn text(map: &Map<String, Value>, name: &str) -> Option<String> {
    map.get(name).and_then(plain)
}

pub fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
