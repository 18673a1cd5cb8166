//! What the client did, for tests and the curious: `GET /sandbox/log`. Holds no token and no signature.

use std::collections::VecDeque;

use serde_json::{Value, json};

/// Requests remembered; older ones are only counted.
const REMEMBERED: usize = 20_000;

/// A request and what became of it.
pub(super) struct Entry {
    /// Its name in the table of operations; `other` for what is not part of the protocol.
    pub(super) operation: &'static str,
    pub(super) method: String,
    /// With the query for the API, without it for storage.
    pub(super) path: String,
    /// `None` where the connection was closed, or has not been answered yet.
    pub(super) status: Option<u16>,
    /// Whether it carried an `Authorization` header.
    pub(super) authorization: bool,
    /// Why it came to harm: the sandbox's own word, such as `token-expired` or `lost-answer`.
    pub(super) note: Option<&'static str>,
    /// File, part number and how often it has been sent, for a part.
    pub(super) part: Option<(String, u64, u32)>,
    /// Bytes of the part that arrived.
    pub(super) bytes: u64,
}

#[derive(Default)]
pub(super) struct Log {
    entries: VecDeque<Entry>,
    /// Number of the first remembered entry.
    first: u64,
    pub(super) bytes_put: u64,
    pub(super) parts_at_once: usize,
}

impl Log {
    /// Remembers a request; the number is for `update`.
    pub(super) fn add(&mut self, entry: Entry) -> u64 {
        if self.entries.len() == REMEMBERED {
            self.entries.pop_front();
            self.first += 1;
        }
        self.entries.push_back(entry);
        self.first + self.entries.len() as u64 - 1
    }

    /// Changes a request's entry, if it is still remembered.
    pub(super) fn update(&mut self, number: u64, change: impl FnOnce(&mut Entry)) {
        let at = number
            .checked_sub(self.first)
            .and_then(|at| usize::try_from(at).ok());
        if let Some(entry) = at.and_then(|at| self.entries.get_mut(at)) {
            change(entry);
        }
    }

    /// Everything, as JSON. `operation` narrows the list of requests, not the summary.
    pub(super) fn show(&self, operation: Option<&str>) -> Value {
        let requests: Vec<Value> = self
            .entries
            .iter()
            .filter(|entry| operation.is_none_or(|name| entry.operation == name))
            .map(Entry::show)
            .collect();
        json!({ "requests": requests, "summary": self.summary() })
    }

    fn summary(&self) -> Value {
        let mut operations = serde_json::Map::new();
        let mut sent: Vec<(&str, u64, u32)> = Vec::new();
        let mut with_authorization = 0;
        for entry in &self.entries {
            let count = operations.entry(entry.operation).or_insert(json!(0));
            *count = json!(count.as_u64().unwrap_or(0) + 1);
            let Some((file, number, _)) = &entry.part else {
                continue;
            };
            with_authorization += u32::from(entry.authorization);
            match sent
                .iter_mut()
                .find(|(f, n, _)| *f == file.as_str() && *n == *number)
            {
                Some(known) => known.2 += 1,
                None => sent.push((file, *number, 1)),
            }
        }
        let again: Vec<Value> = sent
            .iter()
            .filter(|(_, _, times)| *times > 1)
            .map(|(file, number, times)| json!({"file": file, "part": number, "times": times}))
            .collect();
        json!({
            "requests": self.first + self.entries.len() as u64,
            "operations": operations,
            "bytes_put": self.bytes_put,
            "parts_at_once": self.parts_at_once,
            "parts_with_authorization": with_authorization,
            "parts_sent_again": again,
        })
    }
}

impl Entry {
    fn show(&self) -> Value {
        let mut shown = json!({
            "operation": self.operation,
            "method": self.method,
            "path": self.path,
            "status": self.status,
            "authorization": self.authorization,
        });
        if let Some(note) = self.note {
            shown["note"] = json!(note);
        }
        if let Some((file, number, attempt)) = &self.part {
            shown["file"] = json!(file);
            shown["part"] = json!(number);
            shown["attempt"] = json!(attempt);
            shown["bytes"] = json!(self.bytes);
        }
        shown
    }
}
