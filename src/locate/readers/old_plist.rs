//! The old property list with braces, in which Xcode writes `project.pbxproj`.

use crate::locate::readers::cursor::Cursor;
use crate::locate::readers::node::{DEPTH, Entry, Node, Value};

/// The document, or `None` where it is not one, such as a file with a merge conflict.
pub fn parse(text: &str) -> Option<Node> {
    let mut cursor = Cursor::new(text);
    skip(&mut cursor);
    if cursor.peek() != Some(b'{') {
        return None;
    }
    let node = value(&mut cursor, DEPTH)?;
    skip(&mut cursor);
    cursor.peek().is_none().then_some(node)
}

/// White space and comments.
fn skip(cursor: &mut Cursor<'_>) {
    loop {
        cursor.skip_space();
        if cursor.take("//") {
            cursor.take_while(|byte| byte != b'\n');
        } else if cursor.take("/*") {
            cursor.take_through("*/");
        } else {
            return;
        }
    }
}

fn value(cursor: &mut Cursor<'_>, depth: usize) -> Option<Node> {
    let depth = depth.checked_sub(1)?;
    let line = cursor.line();
    let value = match cursor.peek()? {
        b'{' => Value::Map(map(cursor, depth)?),
        b'(' => Value::List(list(cursor, depth)?),
        b'<' => {
            cursor.bump();
            Value::Text(cursor.take_through(">")?.to_owned())
        }
        _ => Value::Text(word(cursor)?),
    };
    Some(Node { line, value })
}

fn map(cursor: &mut Cursor<'_>, depth: usize) -> Option<Vec<Entry>> {
    cursor.bump();
    let mut entries = Vec::new();
    loop {
        skip(cursor);
        if cursor.take("}") {
            return Some(entries);
        }
        let line = cursor.line();
        let key = word(cursor)?;
        skip(cursor);
        if !cursor.take("=") {
            return None;
        }
        skip(cursor);
        let node = value(cursor, depth)?;
        skip(cursor);
        if !cursor.take(";") {
            return None;
        }
        entries.push(Entry { key, line, node });
    }
}

fn list(cursor: &mut Cursor<'_>, depth: usize) -> Option<Vec<Node>> {
    cursor.bump();
    let mut items = Vec::new();
    loop {
        skip(cursor);
        if cursor.take(")") {
            return Some(items);
        }
        items.push(value(cursor, depth)?);
        skip(cursor);
        if !cursor.take(",") && cursor.peek() != Some(b')') {
            return None;
        }
    }
}

fn word(cursor: &mut Cursor<'_>) -> Option<String> {
    match cursor.peek()? {
        quote @ (b'"' | b'\'') => quoted(cursor, quote),
        _ => {
            let start = cursor.position();
            while cursor.peek().is_some_and(is_bare) && !cursor.sees("/*") && !cursor.sees("//") {
                cursor.bump();
            }
            let word = cursor.since(start);
            (!word.is_empty()).then(|| word.to_owned())
        }
    }
}

fn is_bare(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && !b"{}()=;,\"'<>".contains(&byte)
}

fn quoted(cursor: &mut Cursor<'_>, quote: u8) -> Option<String> {
    cursor.bump();
    let mut text = String::new();
    loop {
        text.push_str(cursor.take_while(|byte| byte != quote && byte != b'\\'));
        if cursor.bump()? == quote {
            return Some(text);
        }
        match cursor.peek()? {
            b'n' => text.push('\n'),
            b't' => text.push('\t'),
            byte if byte.is_ascii() => text.push(char::from(byte)),
            // A whole character follows the backslash: it is taken by the next round.
            _ => continue,
        }
        cursor.bump();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_and_values_know_their_lines() {
        let node = parse(
            "// !$*UTF8*$!\n{\n\ta = \"x \\\"y\\\"\"; /* c */\n\tb = (\n\t\t1,\n\t\tp/q.c,\n\t);\n\tc = {\n\t\td = \"$(A)\";\n\t};\n}\n",
        )
        .unwrap();
        assert_eq!(node.text_of("a"), Some("x \"y\""));
        let items = node.get("b").unwrap().items();
        assert_eq!((items[1].line, items[1].text()), (6, Some("p/q.c")));
        let inner = node.at(&["c", "d"]).unwrap();
        assert_eq!((inner.line, inner.node.text()), (9, Some("$(A)")));
    }

    #[test]
    fn a_merge_conflict_json_and_xml_are_not_read() {
        for text in [
            "{ a = 1;\n<<<<<<< HEAD\n b = 2;\n}",
            "{ \"a\": 1 }",
            "<?xml version=\"1.0\"?><plist/>",
            "{ a = 1; } x",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn deep_nesting_ends_in_none() {
        assert_eq!(parse(&format!("{{a = {}", "(".repeat(100_000))), None);
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "[\\PC\n\t]{0,200}") {
            parse(&format!("{{{text}"));
            parse(&text);
        }

        #[test]
        fn a_written_setting_is_read_back(key in "[A-Z_]{1,12}", text in "[ -!#-\\[\\]-~]{0,20}", above in 0u32..9) {
            let blank = "\n".repeat(above as usize);
            let node = parse(&format!("{{{blank}{key} = \"{text}\";}}")).unwrap();
            let entry = node.entry(&key).unwrap();
            prop_assert_eq!(entry.line, above + 1);
            prop_assert_eq!(entry.node.text(), Some(text.as_str()));
        }
    }
}
