//! Documents: altool's JSON and property lists, App Store Connect's errors, states of build uploads.

use serde_json::{Map, Value};

use crate::apple::verdict::Sign;
use crate::diagnostic::Severity;
use crate::itms::names_in;

/// The deepest nesting of a property list. altool's needs some ten.
const DEEPEST: usize = 64;

/// The most messages that are read from one document.
const MOST: usize = 500;

/// One message of a document.
#[derive(Clone, Debug)]
pub(super) struct Said {
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
pub(super) struct Read {
    pub said: Vec<Said>,
    pub sign: Option<Sign>,
    pub delivery_id: Option<String>,
}

/// The JSON object that the text begins with, where it is one of the kinds that are known.
pub(super) fn from_json(text: &str) -> Option<Value> {
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
pub(super) fn from_plist(text: &str) -> Option<Value> {
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
pub(super) fn read(value: &Value) -> Read {
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
    fn altool(&mut self, map: &Map<String, Value>) {
        for error in list(map, "product-errors") {
            self.altool_entry(error, Severity::Error);
        }
        for warning in list(map, "warnings").chain(list(map, "product-warnings")) {
            self.altool_entry(warning, Severity::Warning);
        }
        self.delivery_id = map
            .get("details")
            .and_then(Value::as_object)
            .and_then(|details| text(details, "delivery-uuid"))
            .or_else(|| text(map, "delivery-uuid"));
        if self
            .said
            .iter()
            .any(|said| said.severity == Severity::Error)
        {
            self.sign = Some(Sign::Refused);
        } else if map.contains_key("success-message") {
            self.sign = Some(Sign::Delivered);
        }
    }

    fn altool_entry(&mut self, entry: &Map<String, Value>, severity: Severity) {
        let empty = Map::new();
        let info = ["user-info", "userInfo"]
            .iter()
            .find_map(|name| entry.get(*name).and_then(Value::as_object))
            .unwrap_or(&empty);
        let message = text(entry, "message").unwrap_or_default();
        let reason = text(info, "NSLocalizedFailureReason").unwrap_or_default();
        let sentence = joined(&message, &reason);
        let mut all = sentence.clone();
        for value in info.values() {
            flatten(value, &mut all);
        }
        let mut codes = Vec::new();
        numbers(entry, &mut codes, &mut all, 0);
        for (key, value) in info {
            if let Some(value) = plain(value) {
                all.push_str(&format!("\n{key} : {value}"));
            }
        }
        let mut names = names_in(&all);
        names.extend(codes);
        self.say(Said {
            sentence,
            text: all,
            codes: names,
            severity,
            source: "altool",
            variables: Vec::new(),
        });
    }

    /// What altool answers when it is asked for the state of a build.
    fn status(&mut self, map: &Map<String, Value>) {
        for error in list(map, "processingErrors") {
            self.issue(error, Severity::Error);
        }
        self.delivery_id = text(map, "deliveryUUID").or_else(|| text(map, "delivery-uuid"));
        let state = text(map, "buildStatus").unwrap_or_default();
        self.state(&state);
    }

    fn state(&mut self, state: &str) {
        match state {
            "COMPLETE" | "VALID" => self.sign = Some(Sign::Delivered),
            "FAILED" | "INVALID" => self.sign = Some(Sign::Refused),
            _ => {}
        }
    }

    /// A `buildUploads` or `builds` resource; its issues stand in its state, or beside it.
    fn resource(&mut self, map: &Map<String, Value>) {
        let kind = text(map, "type").unwrap_or_default();
        let Some(attributes) = map.get("attributes").and_then(Value::as_object) else {
            return;
        };
        if kind == "buildUploads" {
            self.delivery_id = text(map, "id");
        }
        let inner = attributes.get("state").and_then(Value::as_object);
        for holder in [Some(attributes), inner].into_iter().flatten() {
            for (name, severity) in [
                ("errors", Severity::Error),
                ("warnings", Severity::Warning),
                ("infos", Severity::Notice),
            ] {
                for issue in list(holder, name) {
                    self.issue(issue, severity);
                }
            }
        }
        let state = inner
            .and_then(|state| text(state, "state"))
            .or_else(|| text(attributes, "state"))
            .or_else(|| text(attributes, "processingState"));
        self.state(&state.unwrap_or_default());
    }

    fn issue(&mut self, issue: &Map<String, Value>, severity: Severity) {
        let sentence = text(issue, "description")
            .or_else(|| text(issue, "message"))
            .unwrap_or_default();
        let mut codes: Vec<String> = text(issue, "code").into_iter().collect();
        codes.extend(names_in(&sentence));
        self.say(Said {
            text: sentence.clone(),
            sentence,
            codes,
            severity,
            source: "app-store-connect",
            variables: Vec::new(),
        });
    }

    /// An error of the API. One that only says that others are to blame gives them its names.
    fn api_error(&mut self, error: &Map<String, Value>, names: &[String], depth: usize) {
        let mut codes: Vec<String> = ["code", "status"]
            .iter()
            .filter_map(|name| text(error, name))
            .collect();
        codes.extend(names.iter().cloned());
        let associated = error
            .get("meta")
            .and_then(Value::as_object)
            .and_then(|meta| meta.get("associatedErrors"))
            .and_then(Value::as_object);
        if let Some(associated) = associated
            && depth < 4
        {
            let before = self.said.len();
            for error in associated.values().filter_map(Value::as_array).flatten() {
                if let Some(error) = error.as_object() {
                    self.api_error(error, &codes, depth + 1);
                }
            }
            if self.said.len() > before {
                return;
            }
        }
        let title = text(error, "title")
            .or_else(|| text(error, "message"))
            .unwrap_or_default();
        let detail = text(error, "detail")
            .or_else(|| text(error, "description"))
            .unwrap_or_default();
        let sentence = joined(&title, &detail);
        let mut all = sentence.clone();
        if let Some(meta) = error.get("meta") {
            flatten(meta, &mut all);
        }
        codes.extend(names_in(&sentence));
        let mut variables = Vec::new();
        let source = error.get("source").and_then(Value::as_object);
        for name in ["pointer", "parameter"] {
            variables.extend(
                source
                    .and_then(|source| text(source, name))
                    .map(|value| (name, value)),
            );
        }
        let attribute = variables
            .iter()
            .find_map(|(_, value)| Some(value.rsplit_once("attributes/")?.1.to_owned()));
        variables.extend(attribute.map(|name| ("attribute", name)));
        variables.extend(text(error, "id").map(|id| ("request_id", id)));
        variables.extend(text(error, "code").map(|code| ("api_code", code)));
        self.say(Said {
            sentence,
            text: all,
            codes,
            severity: Severity::Error,
            source: "app-store-connect",
            variables,
        });
    }

    fn say(&mut self, mut said: Said) {
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

/// The names of an entry and of the errors under it.
fn numbers(entry: &Map<String, Value>, codes: &mut Vec<String>, all: &mut String, depth: usize) {
    codes.extend(text(entry, "code").filter(|code| code != "0"));
    if depth > 8 {
        return;
    }
    for inner in list(entry, "underlying-errors") {
        if let Some(info) = inner.get("user-info").or_else(|| inner.get("userInfo")) {
            flatten(info, all);
        }
        numbers(inner, codes, all, depth + 1);
    }
}

/// Adds every text below a value, named, for codes and variables to be read from.
fn flatten(value: &Value, all: &mut String) {
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
fn joined(head: &str, tail: &str) -> String {
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

fn list<'a>(
    map: &'a Map<String, Value>,
    name: &str,
) -> impl Iterator<Item = &'a Map<String, Value>> {
    map.get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
}

fn text(map: &Map<String, Value>, name: &str) -> Option<String> {
    map.get(name).and_then(plain)
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
