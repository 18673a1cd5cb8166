//! Makes text safe to show: no control characters, no escape sequences, no secrets.

use std::borrow::Cow;
use std::sync::OnceLock;

use regex::bytes::Regex;

use crate::logs::expression::ascii;
use crate::secret;
use crate::text;

/// The text of a line: bytes that are no UTF-8 replaced, escape sequences of terminals and what is
/// hidden taken out. A progress line that was written over becomes lines of its own.
pub fn plain(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    if text.bytes().any(|b| b < 0x20 || b == 0x7f || b >= 0xc2) {
        return text::lines(&text);
    }
    text.into_owned()
}

/// The text without anything that has the shape of a secret: bearer tokens, JSON Web Tokens,
/// private keys, app-specific passwords, signatures in addresses.
pub fn redacted(text: &str) -> Cow<'_, str> {
    static SECRETS: OnceLock<Regex> = OnceLock::new();
    let secrets = SECRETS.get_or_init(|| {
        ascii(concat!(
            r"(?i:\bbearer)[ :=]+[A-Za-z0-9._~+/-]{8,}=*",
            r"|\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){1,4}",
            r"|-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?s:.{0,8000}?)(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|\z)",
            r"|\b[a-z]{4}-[a-z]{4}-[a-z]{4}-[a-z]{4}\b",
            r"|(?i:(?:x-amz-|x-goog-)?signature)=[A-Za-z0-9%+/=_-]{16,}",
            r"|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_[A-Za-z0-9_]{20,}",
        ))
    });
    if !secrets.is_match(text.as_bytes()) {
        return secret::hidden(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut from = 0;
    for found in secrets.find_iter(text.as_bytes()) {
        if let Some(before) = text.get(from..found.start()) {
            clean.push_str(before);
            clean.push_str("***");
            from = found.end();
        }
    }
    clean.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(secret::hidden(&clean).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_titles_and_control_characters_are_taken_out() {
        assert_eq!(
            plain(b"\x1b[31;1mred\x1b[0m\x07 \x1b]0;title\x07ok\tend\r"),
            "red ok\tend"
        );
        assert_eq!(plain(b"bad \xff byte"), "bad \u{fffd} byte");
        assert_eq!(plain("\u{9b}31mx".as_bytes()), "x");
    }

    #[test]
    fn secrets_are_known_by_their_shape() {
        let shown = |text: &str| redacted(text).into_owned();
        assert_eq!(
            shown("Authorization = \"Bearer abc.def-ghi\";"),
            "Authorization = \"***\";"
        );
        assert_eq!(
            shown("token eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln end"),
            "token *** end"
        );
        assert_eq!(shown("-p abcd-efgh-ijkl-mnop"), "-p ***");
        assert_eq!(
            shown("-----BEGIN PRIVATE KEY-----\nMIGT\n-----END PRIVATE KEY----- x"),
            "*** x"
        );
        assert_eq!(shown("nothing to hide"), "nothing to hide");
    }
}
