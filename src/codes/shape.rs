//! What a word is by its shape alone: a path in a package, an identifier, a quotation.

/// The text without addresses of pages, which are full of words that look like names.
pub(super) fn without_addresses(folded: &str) -> String {
    let mut text = String::with_capacity(folded.len());
    let mut rest = folded;
    while let Some(start) = rest.find("http") {
        let (before, from) = rest.split_at(start);
        text.push_str(before);
        let address = from.starts_with("http://") || from.starts_with("https://");
        let length = if address {
            from.find(|c: char| c.is_whitespace() || "'\"`[]()<>".contains(c))
                .unwrap_or(from.len())
        } else {
            text.push_str("http");
            4
        };
        rest = &from[length..];
    }
    text.push_str(rest);
    text
}

/// The innermost bundle that a path leads through.
pub(super) fn innermost(path: &str) -> Option<&str> {
    let ends = [".app/", ".appex/", ".framework/", ".bundle/", ".xpc/"];
    let end = ends
        .iter()
        .filter_map(|end| path.rfind(end).map(|at| at + end.len() - 1))
        .max()?;
    path.get(..end)
}

/// Whether the text has the shape of a path in a package, and of nothing else.
pub(super) fn is_path(value: &str) -> bool {
    let ends = [
        ".app",
        ".appex",
        ".framework",
        ".bundle",
        ".dylib",
        ".xpc",
        ".xcprivacy",
        ".car",
        ".pkg",
        ".png",
        ".ttf",
        ".otf",
        ".woff",
    ];
    let lower = value.to_ascii_lowercase();
    let inside = [
        ".app/",
        ".appex/",
        ".framework/",
        ".bundle/",
        ".xcprivacy",
        "payload/",
        "frameworks/",
    ];
    let words = ["://", "\"", ". ", ", ", " is ", " of "];
    let sentence = words.iter().any(|word| value.contains(word))
        || value.starts_with("is ")
        || value.len() > 300;
    let identifier = is_bundle_id(value) && is_reversed_domain(value);
    if sentence || identifier || is_tool(value) {
        return false;
    }
    ends.iter().any(|end| lower.ends_with(end)) || inside.iter().any(|part| lower.contains(part))
}

/// Whether the path is one of the tools' own, not one in a package.
pub(super) fn is_tool(value: &str) -> bool {
    value.starts_with("/Applications/Xcode") || value.contains("Loader.app/Contents/")
}

/// A path without a bracket that belongs to the sentence.
pub(super) fn within(path: &str) -> &str {
    let path = path.trim_start_matches(['[', '(', '"', ' ']);
    let path = if path.contains('[') {
        path
    } else {
        path.trim_end_matches(']')
    };
    if path.contains('(') {
        path
    } else {
        path.trim_end_matches([')', ' '])
    }
}

/// Whether a dotted name without a slash begins like a domain, so that `com.example.app` is an
/// identifier and `My.Cool.app` is not.
fn is_reversed_domain(value: &str) -> bool {
    let first = value.split('.').next().unwrap_or_default();
    !value.contains('/')
        && (2..=6).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_lowercase())
        && (value.matches('.').count() >= 2 || matches!(first, "com" | "org" | "net" | "io"))
}

pub(super) fn is_bundle_id(value: &str) -> bool {
    value.contains('.')
        && value.split('.').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-_$()*{}".contains(&b))
        })
        && value.bytes().any(|b| b.is_ascii_alphabetic())
}

/// Everything that stands between quotes of one kind, with the text before it. An apostrophe inside
/// a word is no quote. Looks 320 bytes ahead at most.
pub(super) fn quoted(text: &str) -> Vec<(&str, &str)> {
    let bytes = text.as_bytes();
    let word = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
    let mut list = Vec::new();
    for (start, &open) in bytes.iter().enumerate() {
        let close = match open {
            b'\'' | b'"' | b'`' => open,
            b'[' => b']',
            b'(' => b')',
            _ => continue,
        };
        let inside = start > 0 && word(bytes.get(start - 1));
        let closing = bytes.get(start + 1).is_none_or(u8::is_ascii_whitespace);
        if close == open && (inside || closing) {
            continue;
        }
        let ahead = &bytes[start + 1..bytes.len().min(start + 321)];
        let end = ahead
            .iter()
            .enumerate()
            .position(|(at, &b)| b == close && !(close == b'\'' && word(ahead.get(at + 1))));
        if let Some(length) = end
            && let Some(value) = text.get(start + 1..start + 1 + length)
        {
            list.push((value.trim(), text[..start].trim_end()));
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_and_an_identifier_are_told_apart() {
        assert!(is_path("Payload/Buoy.app/PlugIns/Share.appex"));
        assert!(is_path("Buoy.app") && is_path("Sea Buoy.app"));
        assert!(!is_path("com.example.app") && is_bundle_id("com.example.app"));
        assert!(!is_path("https://example.com/a.app"));
    }

    #[test]
    fn an_apostrophe_is_no_quote() {
        let found: Vec<&str> = quoted("the app's 'Buoy.app' isn't")
            .iter()
            .map(|(value, _)| *value)
            .collect();
        assert_eq!(found, ["Buoy.app"]);
    }

    #[test]
    fn addresses_of_pages_are_left_out() {
        assert_eq!(
            without_addresses("see https://developer.apple.com/x.app) or http"),
            "see ) or http"
        );
    }
}
