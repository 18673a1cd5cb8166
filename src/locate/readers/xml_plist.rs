//! The XML property list: Info.plist, entitlements, privacy manifests, export options.

use crate::locate::readers::cursor::Cursor;
use crate::locate::readers::node::{DEPTH, Entry, Node, Value};

/// A collection that is not closed yet.
struct Open {
    line: u32,
    kind: Kind,
}

enum Kind {
    Map {
        entries: Vec<Entry>,
        key: Option<(String, u32)>,
    },
    List(Vec<Node>),
}

/// The document's first value, or `None` where the text is no XML property list.
pub fn parse(text: &str) -> Option<Node> {
    let mut cursor = Cursor::new(text);
    let mut open: Vec<Open> = Vec::new();
    loop {
        cursor.take_while(|byte| byte != b'<');
        let line = cursor.line();
        if cursor.take("<!--") {
            cursor.take_through("-->")?;
            continue;
        }
        if !cursor.take("<") {
            return None;
        }
        let tag = cursor.take_through(">")?.trim();
        let (name, closed) = tag
            .strip_suffix('/')
            .map_or((tag, false), |name| (name, true));
        let name = name.split_ascii_whitespace().next().unwrap_or_default();
        let node = match name {
            "dict" | "array" => {
                open.push(Open::new(line, name));
                if open.len() >= DEPTH {
                    return None;
                }
                if !closed {
                    continue;
                }
                open.pop()?.close()
            }
            "/dict" | "/array" => open.pop()?.close(),
            "true" | "false" if closed => Node::of_text(line, name),
            "key" => {
                let text = content(&mut cursor, name, closed)?;
                open.last_mut()?.name(text, line);
                continue;
            }
            "string" | "integer" | "real" | "date" | "data" | "true" | "false" => {
                Node::of_text(line, content(&mut cursor, name, closed)?)
            }
            _ => continue,
        };
        match open.last_mut() {
            Some(parent) => parent.add(node),
            None => return Some(node),
        }
    }
}

impl Open {
    fn new(line: u32, name: &str) -> Self {
        let kind = match name {
            "dict" => Kind::Map {
                entries: Vec::new(),
                key: None,
            },
            _ => Kind::List(Vec::new()),
        };
        Self { line, kind }
    }

    fn name(&mut self, text: String, line: u32) {
        if let Kind::Map { key, .. } = &mut self.kind {
            *key = Some((text, line));
        }
    }

    fn add(&mut self, node: Node) {
        match &mut self.kind {
            Kind::Map { entries, key } => {
                if let Some((key, line)) = key.take() {
                    entries.push(Entry { key, line, node });
                }
            }
            Kind::List(items) => items.push(node),
        }
    }

    fn close(self) -> Node {
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

/// The text of an element up to its closing tag.
fn content(cursor: &mut Cursor<'_>, name: &str, closed: bool) -> Option<String> {
    if closed {
        return Some(String::new());
    }
    let raw = cursor.take_through("</")?;
    (cursor.take_through(">")?.trim_end() == name).then(|| unescape(raw))
}

fn unescape(raw: &str) -> String {
    if !raw.contains('&') {
        return raw.to_owned();
    }
    raw.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_and_values_know_their_lines() {
        let node = parse(
            "<?xml version=\"1.0\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://x\">\n<plist version=\"1.0\">\n<dict>\n<!-- <key>no</key> -->\n<key>a</key>\n<string>x &amp; y</string>\n<key>b</key><array>\n<string>c</string></array>\n<key>d</key>\n<true/>\n</dict>\n</plist>\n",
        )
        .unwrap();
        assert_eq!(node.line, 4);
        let lines: Vec<_> = node
            .entries()
            .iter()
            .map(|e| (e.key.as_str(), e.line))
            .collect();
        assert_eq!(lines, [("a", 6), ("b", 8), ("d", 10)]);
        assert_eq!(node.text_of("a"), Some("x & y"));
        assert_eq!(node.get("b").unwrap().items()[0].line, 9);
        assert_eq!(node.text_of("d"), Some("true"));
    }

    #[test]
    fn a_truncated_or_endlessly_nested_list_is_not_read() {
        assert_eq!(parse("<plist><dict><key>a</key>"), None);
        assert_eq!(parse(&"<array>".repeat(100_000)), None);
        assert_eq!(parse("bplist00"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "(<dict>|<key>|</key>|<array>|</dict>|<string>|<|>|&|é|\n|[a-z]){0,60}") {
            parse(&text);
        }

        #[test]
        fn a_written_key_is_found_on_its_line(key in "[A-Za-z]{1,12}", above in 0u32..9) {
            let blank = "\n".repeat(above as usize);
            let node = parse(&format!("<plist><dict>{blank}<key>{key}</key><string>v</string></dict></plist>")).unwrap();
            prop_assert_eq!(node.entry(&key).unwrap().line, above + 1);
        }
    }
}
