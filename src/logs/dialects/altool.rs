//! altool's documents: JSON of all versions, and property lists, which hold the same keys.

use serde_json::{Map, Value};

use crate::codes::names_in;
use crate::diagnostic::Severity;
use crate::logs::judge::verdict::Sign;
use crate::logs::stream::document::{Read, Said, flatten, joined, list, plain, text};

impl Read {
    pub fn altool(&mut self, map: &Map<String, Value>) {
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
    pub fn status(&mut self, map: &Map<String, Value>) {
        for error in list(map, "processingErrors") {
            self.issue(error, Severity::Error);
        }
        self.delivery_id = text(map, "deliveryUUID").or_else(|| text(map, "delivery-uuid"));
        let state = text(map, "buildStatus").unwrap_or_default();
        self.state(&state);
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
