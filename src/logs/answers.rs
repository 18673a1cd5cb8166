//! What App Store Connect answered somebody, found in a log: errors, and states of builds with their issues.

use serde_json::{Map, Value};

use crate::codes::{ApiError, names_in};
use crate::diagnostic::Severity;
use crate::logs::dialect::{Read, Said, Sign};
use crate::logs::json::{flatten, list, text};

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
    pub fn api_error(&mut self, error: &ApiError, names: &[String]) {
        let mut codes: Vec<String> = [&error.code, &error.status]
            .into_iter()
            .filter_map(Clone::clone)
            .collect();
        codes.extend(names.iter().cloned());
        if !error.associated.is_empty() {
            for associated in &error.associated {
                self.api_error(&associated.error, &codes);
            }
            return;
        }
        let sentence = error.words();
        let mut all = sentence.clone();
        if let Some(meta) = &error.meta {
            flatten(meta, &mut all);
        }
        codes.extend(names_in(&sentence));
        self.say(Said {
            sentence,
            text: all,
            codes,
            severity: Severity::Error,
            source: "app-store-connect",
            variables: error.variables().into_iter().collect(),
        });
    }
}
