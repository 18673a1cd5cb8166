//! A document as a tree whose every key and value knows its line. All readers make this one.

/// How deep a document may nest; a deeper one is not read.
pub const DEPTH: usize = 64;

/// A value and the line where it begins, counted from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub line: u32,
    pub value: Value,
}

/// What a value may be. Numbers and booleans stay text.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A key with its line, and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub key: String,
    pub line: u32,
    pub node: Node,
}

impl Node {
    /// A text.
    pub fn of_text(line: u32, text: impl Into<String>) -> Self {
        Self {
            line,
            value: Value::Text(text.into()),
        }
    }

    /// The entries of a map; nothing for another value.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            Value::Text(_) | Value::List(_) => &[],
        }
    }

    /// The items of a list; nothing for another value.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            Value::Text(_) | Value::Map(_) => &[],
        }
    }

    /// The text, where it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            Value::List(_) | Value::Map(_) => None,
        }
    }

    /// Whether it is a map, even an empty one.
    pub fn is_map(&self) -> bool {
        matches!(self.value, Value::Map(_))
    }

    /// The entry of a key. Of repeated keys the last one counts, as it does for the tools.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().rev().find(|entry| entry.key == key)
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// The text of a key.
    pub fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Self::text)
    }

    /// The entry at the end of a path of keys.
    pub fn at(&self, path: &[&str]) -> Option<&Entry> {
        let (last, way) = path.split_last()?;
        let mut node = self;
        for key in way {
            node = node.get(key)?;
        }
        node.entry(last)
    }

    /// Every entry and every node below this one, in the order of the document.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(Option<&'a Entry>, &'a Self)) {
        for entry in self.entries() {
            visit(Some(entry), &entry.node);
            entry.node.walk(visit);
        }
        for item in self.items() {
            visit(None, item);
            item.walk(visit);
        }
    }

    /// The only entry with this key at any depth; `None` where there are several.
    pub fn only_nested(&self, key: &str) -> Option<&Entry> {
        let mut found = Vec::new();
        self.walk(&mut |entry, _| found.extend(entry.filter(|entry| entry.key == key)));
        match found.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The line of the only text that reads like this, at any depth.
    pub fn only_text(&self, text: &str) -> Option<u32> {
        let mut found = Vec::new();
        self.walk(&mut |_, node| {
            if node.text() == Some(text) {
                found.push(node.line);
            }
        });
        match found.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}
