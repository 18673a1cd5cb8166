//! A map or a list that is not closed yet, as a reader meets its pieces one after the other.

use crate::locate::readers::node::{Entry, Node, Value};

/// A collection that is not closed yet.
pub struct Collection {
    line: u32,
    kind: Kind,
}

enum Kind {
    Map {
        entries: Vec<Entry>,
        /// The key whose value comes next, with its line.
        key: Option<(String, u32)>,
    },
    List(Vec<Node>),
}

impl Collection {
    /// A map that begins in this line.
    pub fn map(line: u32) -> Self {
        let (entries, key) = (Vec::new(), None);
        let kind = Kind::Map { entries, key };
        Self { line, kind }
    }

    /// A list that begins in this line.
    pub fn list(line: u32) -> Self {
        let kind = Kind::List(Vec::new());
        Self { line, kind }
    }

    /// Whether it is a map in which a key comes next.
    pub fn wants_key(&self) -> bool {
        matches!(self.kind, Kind::Map { key: None, .. })
    }

    /// The key whose value comes next.
    pub fn key(&self) -> Option<&str> {
        match &self.kind {
            Kind::Map { key, .. } => key.as_ref().map(|(name, _)| name.as_str()),
            Kind::List(_) => None,
        }
    }

    /// Takes a key, whose value comes next; a list has none.
    pub fn name(&mut self, name: String, line: u32) {
        if let Kind::Map { key, .. } = &mut self.kind {
            *key = Some((name, line));
        }
    }

    /// Takes an item, or the value of the key; a value without a key is left out.
    pub fn add(&mut self, node: Node) {
        match &mut self.kind {
            Kind::Map { entries, key } => {
                if let Some((key, line)) = key.take() {
                    entries.push(Entry { key, line, node });
                }
            }
            Kind::List(items) => items.push(node),
        }
    }

    /// Puts entries before those that are there, in place of the key's value. Of repeated keys the last
    /// one counts, so the map's own win.
    pub fn put_before(&mut self, others: Vec<Entry>) {
        if let Kind::Map { entries, key } = &mut self.kind {
            *key = None;
            entries.splice(0..0, others);
        }
    }

    /// The collection as a whole.
    pub fn close(self) -> Node {
        let value = match self.kind {
            Kind::Map { entries, .. } => Value::Map(entries),
            Kind::List(items) => Value::List(items),
        };
        Node {
            line: self.line,
            value,
        }
    }
}
