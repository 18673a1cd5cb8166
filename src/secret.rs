//! What must never be shown, and the vault that remembers it so that every sink can redact it.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// Shorter pieces are not redacted: they would hide ordinary words all over a log.
const SHORTEST_PIECE: usize = 8;

/// A text that leaves the program only where it must. It has no `Display`, and `Debug` shows `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<str>);

impl Secret {
    /// Wraps the text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Arc::from(text.into()))
    }

    /// The text itself, for the one place where it leaves the program.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Every secret met so far in the run. Clones share their content.
///
/// Sinks call [`Vault::redact`] on whatever they are about to write; in a workflow the annotations
/// reporter also masks what [`Vault::since`] says is new.
#[derive(Clone, Default)]
pub struct Vault(Arc<Mutex<Vec<Arc<str>>>>);

impl Vault {
    /// Remembers the secret with the forms it is met in: as it is, each long line, the lines joined,
    /// base64, URL-safe base64, percent-encoded and JSON-escaped.
    pub fn keep(&self, secret: &Secret) {
        let text = secret.expose().trim();
        let body: String = text
            .lines()
            .filter(|line| !line.starts_with("-----"))
            .map(str::trim)
            .collect();
        let mut pieces = vec![
            text.to_owned(),
            body.clone(),
            STANDARD.encode(text),
            STANDARD.encode(secret.expose()),
            URL_SAFE_NO_PAD.encode(text),
            percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC)
                .to_string(),
            text.replace('\r', "").replace('\n', "\\n"),
            text.replace('"', "\\\"").replace('/', "\\/"),
            text.replace('"', "\\\""),
            text.replace('\\', "\\\\").replace('"', "\\\""),
        ];
        pieces.extend(
            text.split(['\n', '\r'])
                .flat_map(|line| line.split("\\n"))
                .filter(|line| !line.starts_with("-----"))
                .map(|line| line.trim().to_owned()),
        );
        pieces.extend(body.split('.').map(str::to_owned));
        let mut known = self.lock();
        for piece in pieces {
            if piece.len() >= SHORTEST_PIECE && !known.iter().any(|old| **old == *piece) {
                known.push(Arc::from(piece));
            }
        }
    }

    /// The pieces that were kept after the first `seen` ones, for masking.
    pub fn since(&self, seen: usize) -> Vec<Secret> {
        self.lock().iter().skip(seen).cloned().map(Secret).collect()
    }

    /// The text with every known piece replaced by `***`.
    pub fn redact(&self, text: &str) -> String {
        let known = self.lock();
        let mut pieces: Vec<&Arc<str>> = known
            .iter()
            .filter(|piece| text.contains(&***piece))
            .collect();
        pieces.sort_by_key(|piece| std::cmp::Reverse(piece.len()));
        pieces
            .into_iter()
            .fold(text.to_owned(), |text, piece| text.replace(&**piece, "***"))
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Arc<str>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_never_shows_the_text() {
        let secret = Secret::new("correct horse battery staple");
        assert_eq!(format!("{secret:?}"), "***");
    }

    #[test]
    fn a_kept_secret_is_redacted_in_every_form_it_is_met_in() {
        let vault = Vault::default();
        let pem = "-----BEGIN PRIVATE KEY-----\nMIGTAgEAMBMGByqGSM49\nAgEGCCqGSM49AwEHBHkwdwIB\n-----END PRIVATE KEY-----\n";
        vault.keep(&Secret::new(pem));
        for form in [
            pem.to_owned(),
            pem.trim().replace('\n', "\\n"),
            STANDARD.encode(pem),
            "the second line AgEGCCqGSM49AwEHBHkwdwIB alone".to_owned(),
            "joined MIGTAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBHkwdwIB".to_owned(),
        ] {
            let shown = vault.redact(&form);
            assert!(shown.contains("***"), "{shown}");
            assert!(!shown.contains("AgEGCCqGSM49"), "{shown}");
        }
    }

    #[test]
    fn short_pieces_hide_nothing() {
        let vault = Vault::default();
        vault.keep(&Secret::new("abc"));
        assert_eq!(vault.redact("abc"), "abc");
    }

    #[test]
    fn only_new_pieces_are_handed_out_for_masking() {
        let vault = Vault::default();
        vault.keep(&Secret::new("first-secret"));
        let seen = vault.since(0).len();
        vault.keep(&Secret::new("first-secret"));
        assert_eq!(vault.since(seen).len(), 0);
    }
}
