//! App Store Connect's documents: errors, and the states of build uploads.

use serde_json::{Map, Value};

use crate::codes::names_in;
use crate::diagnostic::Severity;
use crate::logs::dialect::{Read, Said, Sign};
use crate::logs::json::{flatten, joined, list, text};

impl Read {
    pub fn state(&mut self, state: &str) {
        match state {
            "COMPLETE" | "VALID" => self.sign = Some(Sign::Delivered),
            "FAILED" | "INVALID" => self.sign = Some(Sign::Refused),
            _ => {}
        }
    }

    /// A `buildUploads` or `builds` resource; its issues stand in its state, or beside it.
    pub fn resource(&mut self, map: &Map<String, Value>) {
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

    pub fn issue(&mut self, issue: &Map<String, Value>, severity: Severity) {
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
    pub fn api_error(&mut self, error: &Map<String, Value>, names: &[String], depth: usize) {
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
}
