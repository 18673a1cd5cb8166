//! One spelling for text that tools print in many: quotes, white space, escapes.

use crate::text::{self, cut, is_hidden};

use std::borrow::Cow;

/// The most bytes of one message that are looked at. Apple's longest message has some 3 kB; what
/// comes after this is somebody's dump.
pub(super) const LOOKED_AT: usize = 32 * 1024;

/// A text in the one spelling that everything here looks at: folded once, however often it is looked at.
#[derive(Debug)]
pub struct Folded(String);

impl Folded {
    /// The text, folded.
    pub fn of(text: &str) -> Self {
        Self(fold(text))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text with straight quotes and dashes and single spaces, as names are compared.
pub fn straightened(text: &str) -> String {
    fold(text)
}

/// The text with straight quotes, without escapes before quotes and slashes, and with single
/// spaces for any run of white space. Looks at [`LOOKED_AT`] bytes at most.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len().min(LOOKED_AT));
    let mut rest = cut::head(text, LOOKED_AT).chars().peekable();
    while let Some(letter) = rest.next() {
        match straight(letter) {
            '\\' => match rest.peek().copied() {
                Some('"' | '\'' | '/' | '\\') => {}
                Some('n' | 't')
                    if !folded.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ':') =>
                {
                    rest.next();
                    space(&mut folded);
                }
                Some('U' | 'u') => match escaped(&mut rest) {
                    Some(letter) => folded.push(straight(letter)),
                    None => folded.push('\\'),
                },
                Some(_) | None => folded.push('\\'),
            },
            letter if letter.is_whitespace() => space(&mut folded),
            letter if is_hidden(letter) => {}
            letter => folded.push(letter),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The pattern with straight quotes, so that it fits folded text.
pub(super) fn fold_pattern(pattern: &str) -> Cow<'_, str> {
    if pattern.is_ascii() {
        return Cow::Borrowed(pattern);
    }
    Cow::Owned(pattern.chars().map(straight).collect())
}

/// The part of a text that is looked at, without letters that a terminal or a page would obey
/// instead of showing them. Lines stay lines.
pub(super) fn shown(text: &str) -> String {
    text::lines(cut::head(text, LOOKED_AT).trim_start())
}

fn space(folded: &mut String) {
    if !folded.is_empty() && !folded.ends_with(' ') {
        folded.push(' ');
    }
}

fn straight(letter: char) -> char {
    match letter {
        '‘' | '’' | '‚' | '‛' | '′' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => '"',
        '–' | '—' | '‑' | '−' => '-',
        '•' | '·' => '*',
        '…' => '.',
        '\u{a0}' | '\u{200b}' | '\u{feff}' => ' ',
        other => other,
    }
}

/// Reads `U2018` of an escape such as `\U2018`, which old-style property lists print for a quote.
fn escaped(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<char> {
    let mut ahead = rest.clone();
    ahead.next();
    let digits: String = ahead.by_ref().take(4).collect();
    if digits.len() != 4 {
        return None;
    }
    let letter = char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?;
    *rest = ahead;
    Some(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_spaces_and_escapes_become_one_spelling() {
        assert_eq!(
            fold("a ‘b’\n  \\\"c\\\" “d” \\U2018e\\U2019 \\/f"),
            "a 'b' \"c\" \"d\" 'e' /f"
        );
    }

    #[test]
    fn a_path_keeps_its_backslash() {
        assert_eq!(fold(r"C:\new\x"), r"C:\new\x");
    }

    #[test]
    fn letters_that_command_are_taken_out() {
        assert_eq!(shown("a\u{1b}[31mb\n\u{202e}c\u{7}"), "ab\nc");
        assert_eq!(fold("a\u{1b}[31mb"), "a[31mb");
    }

    #[test]
    fn only_the_head_of_an_endless_message_is_looked_at() {
        assert!(fold(&"ä".repeat(1 << 20)).len() <= LOOKED_AT);
    }
}
