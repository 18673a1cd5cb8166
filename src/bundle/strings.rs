//! `.strings` as text: `"key" = "value";` with comments, as Xcode leaves them where it does not compile them.

use plist::{Dictionary, Value};

/// Most pairs that are read; an Info.plist has some dozens.
const MOST: usize = 4_096;

/// The pairs. `None` where it is something else.
pub(super) fn read(bytes: &[u8]) -> Option<Dictionary> {
    let text = decode(bytes)?;
    let mut rest = text.as_str();
    let mut list = Dictionary::new();
    loop {
        rest = blank(rest)?;
        if rest.is_empty() {
            return Some(list);
        }
        let (key, after) = word(rest)?;
        let after = blank(after)?.strip_prefix('=')?;
        let (value, after) = word(blank(after)?)?;
        rest = blank(after)?.strip_prefix(';')?;
        if list.len() >= MOST {
            return None;
        }
        list.insert(key, Value::String(value));
    }
}

/// UTF-8, or UTF-16 with its mark.
fn decode(bytes: &[u8]) -> Option<String> {
    let units = |from: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2);
        let units = units.map(|two| from([two[0], two[1]]));
        char::decode_utf16(units).collect::<Result<_, _>>().ok()
    };
    match bytes {
        [0xff, 0xfe, ..] => units(u16::from_le_bytes),
        [0xfe, 0xff, ..] => units(u16::from_be_bytes),
        _ => {
            let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            std::str::from_utf8(text).ok().map(str::to_owned)
        }
    }
}

/// What follows spaces and comments; `None` where a comment has no end.
fn blank(mut text: &str) -> Option<&str> {
    loop {
        text = text.trim_start();
        if let Some(rest) = text.strip_prefix("/*") {
            text = &rest[rest.find("*/")? + 2..];
        } else if let Some(rest) = text.strip_prefix("//") {
            text = rest.find('\n').map_or("", |end| &rest[end..]);
        } else {
            return Some(text);
        }
    }
}

/// A word in quotes or without them, and what follows it.
fn word(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(|one: char| !one.is_alphanumeric() && !"_.-$/:~".contains(one))?;
        return (end > 0).then(|| (text[..end].to_owned(), &text[end..]));
    };
    let mut word = String::new();
    let mut letters = quoted.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((word, &quoted[at + 1..])),
            // What is escaped is kept as it stands: only whether there is anything matters.
            '\\' => word.extend(letters.next().map(|(_, next)| next)),
            other => word.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn pairs_are_read_between_comments() {
        let text = "/* a */\n\"NSCameraUsageDescription\" = \"say \\\"cheese\\\"\"; // b\nCFBundleName = Name;\n";
        let wide: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        for bytes in [text.as_bytes(), &wide] {
            let list = read(bytes).unwrap();
            let said = |key: &str| list.get(key).and_then(plist::Value::as_string).unwrap();
            assert_eq!(said("NSCameraUsageDescription"), "say \"cheese\"");
            assert_eq!(said("CFBundleName"), "Name");
        }
    }

    #[test]
    fn what_has_no_end_is_nothing() {
        for text in [
            "\"a\" = \"b\"",
            "\"a",
            "/* a",
            "a = ;",
            "= b;",
            "\"a\" \"b\";",
        ] {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
        assert!(read(b"").unwrap().is_empty());
    }
}
