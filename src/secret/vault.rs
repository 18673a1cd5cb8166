//! The vault: every secret met so far, taken out of whatever is about to be written.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use crate::secret::fragments::Fragments;
use crate::secret::shape::{hidden, masked};
use crate::secret::{MASK, Secret};

/// Shorter pieces are not redacted: they would hide ordinary words all over a log.
const SHORTEST_PIECE: usize = 8;

/// Every secret met so far in the run. Clones share their content.
///
/// Sinks call [`Vault::redact`] on whatever they are about to write; in a workflow the annotations
/// reporter also masks what [`Vault::since`] says is new.
#[derive(Clone, Default)]
pub struct Vault(Arc<Mutex<Known>>);

#[derive(Default)]
struct Known {
    pieces: Vec<Arc<str>>,
    fragments: Fragments,
}

impl Vault {
    /// Remembers the secret with the forms it is met in: as it is, each long line, the lines joined,
    /// base64, URL-safe base64, percent-encoded and JSON-escaped; and all that is long enough of it.
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
            let is_old = known.pieces.iter().any(|old| **old == *piece);
            if piece.len() >= SHORTEST_PIECE && !is_old {
                known.pieces.push(Arc::from(piece));
            }
        }
        known.fragments.keep(&body);
    }

    /// The pieces that were kept after the first `seen` ones, for masking.
    pub fn since(&self, seen: usize) -> Vec<Secret> {
        self.lock()
            .pieces
            .iter()
            .skip(seen)
            .cloned()
            .map(Secret)
            .collect()
    }

    /// The text with every known secret replaced by `***`, and with every piece and every changed form of
    /// one; and what has the shape of a key although nobody said that it is one.
    pub fn redact(&self, text: &str) -> String {
        let known = self.lock();
        let mut pieces: Vec<&Arc<str>> = known
            .pieces
            .iter()
            .filter(|piece| text.contains(&***piece))
            .collect();
        pieces.sort_by_key(|piece| std::cmp::Reverse(piece.len()));
        let text = pieces
            .into_iter()
            .fold(text.to_owned(), |text, piece| text.replace(&**piece, MASK));
        let spans = known.fragments.spans(&text);
        hidden(&masked(&text, spans)).into_owned()
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
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
