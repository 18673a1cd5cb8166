//! Values of JSON objects, as the dialects ask for them.

use serde_json::{Map, Value};

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

/// The objects of a list that has this name.
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

/// The text or number that has this name.
pub fn text(map: &Map<String, Value>, name: &str) -> Option<String> {
    map.get(name).and_then(plain)
}

/// A text or a number, as text.
pub fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
