//! JSON with lines: `app.json`, `package.json`, `Package.resolved`.

use crate::locate::readers::cursor::Cursor;
use crate::locate::readers::node::{DEPTH, Entry, Node, Value};

/// The document, or `None` where it is not JSON.
pub fn parse(text: &str) -> Option<Node> {
    let mut cursor = Cursor::new(text);
    cursor.skip_space();
    let node = value(&mut cursor, DEPTH)?;
    cursor.skip_space();
    cursor.peek().is_none().then_some(node)
}

fn value(cursor: &mut Cursor<'_>, depth: usize) -> Option<Node> {
    let depth = depth.checked_sub(1)?;
    let line = cursor.line();
    let value = match cursor.peek()? {
        b'{' => Value::Map(map(cursor, depth)?),
        b'[' => Value::List(list(cursor, depth)?),
        b'"' => Value::Text(string(cursor)?),
        _ => {
            let word =
                cursor.take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
            if word.is_empty() {
                return None;
            }
            Value::Text(word.to_owned())
        }
    };
    Some(Node { line, value })
}

fn map(cursor: &mut Cursor<'_>, depth: usize) -> Option<Vec<Entry>> {
    cursor.bump();
    let mut entries = Vec::new();
    loop {
        cursor.skip_space();
        if cursor.take("}") {
            return Some(entries);
        }
        if !entries.is_empty() {
            if !cursor.take(",") {
                return None;
            }
            cursor.skip_space();
        }
        let line = cursor.line();
        let key = string(cursor)?;
        cursor.skip_space();
        if !cursor.take(":") {
            return None;
        }
        cursor.skip_space();
        let node = value(cursor, depth)?;
        entries.push(Entry { key, line, node });
    }
}

fn list(cursor: &mut Cursor<'_>, depth: usize) -> Option<Vec<Node>> {
    cursor.bump();
    let mut items = Vec::new();
    loop {
        cursor.skip_space();
        if cursor.take("]") {
            return Some(items);
        }
        if !items.is_empty() {
            if !cursor.take(",") {
                return None;
            }
            cursor.skip_space();
        }
        items.push(value(cursor, depth)?);
    }
}

fn string(cursor: &mut Cursor<'_>) -> Option<String> {
    if cursor.peek()? != b'"' {
        return None;
    }
    let start = cursor.position();
    cursor.bump();
    loop {
        match cursor.bump()? {
            b'"' => break,
            b'\\' => {
                cursor.bump()?;
            }
            _ => {}
        }
    }
    serde_json::from_str(cursor.since(start)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_and_values_know_their_lines() {
        let node =
            parse("{\n \"a\": {\n  \"b\\u0021\": [1,\n   \"c\"]\n }, \"d\": null\n}\n").unwrap();
        let entry = node.at(&["a", "b!"]).unwrap();
        assert_eq!(entry.line, 3);
        assert_eq!(entry.node.items()[1], Node::of_text(4, "c"));
        assert_eq!(node.entry("d").unwrap().line, 5);
    }

    #[test]
    fn broken_and_endlessly_nested_json_is_not_read() {
        for text in ["{\"a\" 1}", "{\"a\": 1", "[1 2]", "{a: 1}", ""] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(&"[".repeat(100_000)), None);
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "[\\[\\]{}\":,\\\\a-cé\n ]{0,80}") {
            parse(&text);
        }

        #[test]
        fn what_serde_writes_is_read_back(key in "\\PC{0,12}", text in "\\PC{0,12}") {
            let mut map = serde_json::Map::new();
            map.insert(key.clone(), serde_json::Value::String(text.clone()));
            let node = parse(&serde_json::to_string_pretty(&map).unwrap()).unwrap();
            prop_assert_eq!(node.text_of(&key), Some(text.as_str()));
            prop_assert_eq!(node.entry(&key).unwrap().line, 2);
        }
    }
}
