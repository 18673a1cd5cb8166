//! The forms that a text takes on its way: base64, hex, percent. Read forgivingly; pure.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::text::markup::without_references;

/// Padding may be there or not, and the last bits may be anything.
const FORGIVING: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The bytes behind base64 of either alphabet; as many as there are where the text was cut.
pub(super) fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut standard: Vec<u8> = text
        .trim_end_matches('=')
        .bytes()
        .map(|byte| match byte {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        })
        .collect();
    if standard.len() % 4 == 1 {
        standard.pop();
    }
    FORGIVING.decode(&standard).ok()
}

/// The bytes behind hex.
pub(super) fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let pairs = text.as_bytes().chunks_exact(2);
    pairs
        .map(|pair| u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok())
        .collect()
}

/// The text in lowercase hex.
pub(super) fn to_hex(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let halves = text.bytes().flat_map(|byte| [byte >> 4, byte & 15]);
    halves
        .map(|half| char::from(DIGITS[usize::from(half)]))
        .collect()
}

/// The text with ASCII letters in place of JSON's numbers of them: `\u0065`.
fn by_number(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("\\u") {
        plain.push_str(before);
        let code = behind
            .get(..4)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code.filter(u8::is_ascii_graphic) {
            Some(code) => {
                plain.push(char::from(code));
                rest = &behind[4..];
            }
            None => {
                plain.push_str("\\u");
                rest = behind;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// The text without the escapes that stand for line ends, and without percent and backslash escapes and those of
/// HTML.
pub(super) fn without_escapes(text: &str) -> String {
    if !text.contains(['%', '\\', '&']) {
        return text.to_owned();
    }
    let plain = by_number(&without_references(text));
    let mut plain = percent_encoding::percent_decode_str(&plain)
        .decode_utf8_lossy()
        .into_owned();
    for escape in ["\\\\n", "\\\\r", "\\n", "\\r", "\\u000a", "\\u000A"] {
        plain = plain.replace(escape, "\n");
    }
    plain.replace('\\', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_come_back_from_their_numbers() {
        assert_eq!(
            without_escapes(r"\u0065y\u004a&#104;&#x62;c&#x;&#;\u00"),
            "eyJhbc&#x;&#;u00"
        );
        assert_eq!(without_escapes("a & b &#10;"), "a & b &#10;");
        assert_eq!(without_escapes(r"a\nb\u000ac%2Bd"), "a\nb\nc+d");
    }
}
