//! Documents inside a log: JSON objects and property lists. What they say is for the dialects to read.

use serde_json::Value;

use crate::logs::dialect::{Documents, Read};
use crate::logs::dialects;

/// The deepest nesting of a property list. altool's needs some ten.
const DEEPEST: usize = 64;

/// What the JSON object says that the text begins with, where it is one of a known kind.
pub fn from_json(text: &str) -> Option<Read> {
    let mut words = documents().flat_map(|of| of.words);
    if !words.any(|word| text.contains(word)) {
        return None;
    }
    let value = serde_json::Deserializer::from_str(text)
        .into_iter::<Value>()
        .next()?
        .ok()?;
    read(&value)
}

/// As [`from_json`], of a property list.
pub fn from_plist(text: &str) -> Option<Read> {
    let end = text.find("</plist>")? + "</plist>".len();
    let text = text.get(..end)?;
    if deepest(text) > DEEPEST || text.contains("<!ENTITY") {
        return None;
    }
    let value: plist::Value = plist::from_bytes(text.trim_start().as_bytes()).ok()?;
    read(&json(&value)?)
}

/// Asks each dialect that prints documents.
fn read(value: &Value) -> Option<Read> {
    let map = value.as_object()?;
    documents().find_map(|of| (of.read)(map))
}

fn documents() -> impl Iterator<Item = &'static Documents> {
    dialects::LIST
        .iter()
        .filter_map(|dialect| dialect.documents.as_ref())
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
