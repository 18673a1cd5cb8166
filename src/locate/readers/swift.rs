//! As much of Swift as manifests use: calls with labelled arguments, and dictionaries of literals.

/// The longest call that is read, in bytes.
const LONGEST: usize = 128 * 1024;
/// How many calls of one kind are looked at.
const CALLS: usize = 400;

/// A manifest with its comments blanked out, so that offsets and lines stay.
pub struct Source {
    text: String,
}

/// A string literal used as a key, or a label, with what stands after its colon.
pub struct Pair<'a> {
    pub key: &'a str,
    pub line: u32,
    /// The value, where it is a literal without interpolation.
    pub value: Option<&'a str>,
}

impl Source {
    pub fn new(text: &str) -> Self {
        Self {
            text: without_comments(text),
        }
    }

    /// The text without comments.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line of an offset, counted from 1.
    pub fn line(&self, at: usize) -> u32 {
        newlines(&self.text[..at]).saturating_add(1)
    }

    /// The arguments of every call that is written like this, such as `.target(`, as ranges.
    pub fn calls(&self, written: &str) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (at, _) in self.text.match_indices(written).take(CALLS) {
            let start = at + written.len();
            let before = self.text[..at].bytes().next_back();
            let whole = written.starts_with('.')
                || !before.is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'.');
            // A call inside another one, such as a dependency, is not a target of its own.
            let inside = found.last().is_some_and(|(_, end)| at < *end);
            if !whole || inside {
                continue;
            }
            if let Some(end) = closing(&self.text, start) {
                found.push((start, end));
            }
        }
        found
    }

    /// The value of a label of the call itself, as a range.
    pub fn argument(&self, (start, end): (usize, usize), label: &str) -> Option<(usize, usize)> {
        let bytes = self.text.as_bytes();
        let mut depth = 0u32;
        let mut at = start;
        let mut from = None;
        let mut begins = true;
        while at < end {
            if depth == 0 && begins && !bytes[at].is_ascii_whitespace() {
                begins = false;
                let rest = &self.text.get(at..end)?;
                if let Some(value) = rest
                    .strip_prefix(label)
                    .and_then(|rest| rest.strip_prefix(':'))
                {
                    from = Some(end - value.len());
                }
            }
            match bytes[at] {
                b'"' => {
                    at = literal_end(bytes, at)?;
                    continue;
                }
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth = depth.saturating_sub(1),
                b',' if depth == 0 => {
                    if let Some(from) = from {
                        return Some((from, at));
                    }
                    begins = true;
                }
                _ => {}
            }
            at += 1;
        }
        from.map(|from| (from, end))
    }

    /// The only string literal in a range, where it has no interpolation.
    pub fn literal(&self, (start, end): (usize, usize)) -> Option<&str> {
        let literals = self.literals((start, end));
        match literals.as_slice() {
            [(from, to)] => plain(&self.text[*from..*to]),
            _ => None,
        }
    }

    /// The insides of all string literals in a range.
    pub fn literals(&self, (start, end): (usize, usize)) -> Vec<(usize, usize)> {
        let bytes = self.text.as_bytes();
        let mut found = Vec::new();
        let mut at = start;
        while at < end {
            if bytes[at] != b'"' {
                at += 1;
                continue;
            }
            let Some(after) = literal_end(bytes, at) else {
                break;
            };
            found.push((at + 1, after - 1));
            at = after;
        }
        found
    }

    /// All literals in a range that have a colon after them, with their values.
    pub fn pairs(&self, range: (usize, usize)) -> Vec<Pair<'_>> {
        let literals = self.literals(range);
        let mut pairs = Vec::new();
        let (mut counted, mut line) = (range.0, self.line(range.0));
        for (index, (from, to)) in literals.iter().enumerate() {
            let after = self.text[to + 1..range.1].trim_start();
            let Some(value) = after.strip_prefix(':') else {
                continue;
            };
            line = line.saturating_add(newlines(&self.text[counted..*from]));
            counted = *from;
            let value = value
                .trim_start()
                .starts_with('"')
                .then(|| literals.get(index + 1));
            pairs.push(Pair {
                key: &self.text[*from..*to],
                line,
                value: value
                    .flatten()
                    .and_then(|(from, to)| plain(&self.text[*from..*to])),
            });
        }
        pairs
    }
}

fn newlines(text: &str) -> u32 {
    let count = memchr::memchr_iter(b'\n', text.as_bytes()).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn plain(literal: &str) -> Option<&str> {
    (!literal.contains('\\')).then_some(literal)
}

/// The offset of the bracket that closes what is open at the offset.
fn closing(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0u32;
    let mut at = start;
    let end = bytes.len().min(start + LONGEST);
    while at < end {
        match bytes[at] {
            b'"' => {
                at = literal_end(bytes, at)?;
                continue;
            }
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    None
}

/// The offset after a string literal that begins here; literals over several lines are not read.
fn literal_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'"' => return Some(at + 1),
            b'\n' => return None,
            _ => {}
        }
        at += 1;
    }
    None
}

fn without_comments(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut kept = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'"' {
            at = literal_end(bytes, at).unwrap_or(at + 1);
            continue;
        }
        let rest = &bytes[at..];
        let length = if rest.starts_with(b"//") {
            memchr::memchr(b'\n', rest).unwrap_or(rest.len())
        } else if rest.starts_with(b"/*") {
            memchr::memmem::find(rest, b"*/").map_or(rest.len(), |end| end + 2)
        } else {
            at += 1;
            continue;
        };
        for byte in &mut kept[at..at + length] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        at += length;
    }
    String::from_utf8_lossy(&kept).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn arguments_and_pairs_are_found_past_comments_and_brackets() {
        let source = Source::new(
            "// .target(name: \"no\")\nlet p = [.target(\n  name: \"App\", /* , */ info: .with([\n    \"K\": \"v\",\n    \"L\": true,\n  ]), bundleId: \"a.\\(b)\")]",
        );
        let calls = source.calls(".target(");
        assert_eq!(calls.len(), 1);
        let literal = |label| source.literal(source.argument(calls[0], label)?);
        assert_eq!(literal("name"), Some("App"));
        assert_eq!(literal("bundleId"), None, "interpolation is not resolved");
        let pairs = source.pairs(source.argument(calls[0], "info").unwrap());
        let read: Vec<_> = pairs.iter().map(|p| (p.key, p.line, p.value)).collect();
        assert_eq!(read, [("K", 4, Some("v")), ("L", 5, None)]);
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "(\\.target\\(|name:|\"|\\\\|\\(|\\)|\\[|\\]|,|//|/\\*|\\*/|é|\n|a){0,50}") {
            let source = Source::new(&text);
            for call in source.calls(".target(") {
                let _ = source.argument(call, "name").map(|range| source.literal(range).map(str::len));
                source.pairs(call);
            }
        }
    }
}
