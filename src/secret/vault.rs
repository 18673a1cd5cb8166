//! The vault: every secret met so far, taken out of whatever is about to be written.

use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use crate::secret::Secret;
use crate::secret::fragments::Fragments;
use crate::secret::shape::{hidden, masked};

/// Shorter pieces are not redacted: they would hide ordinary words all over a log.
const SHORTEST_PIECE: usize = 8;
/// A whole secret from so many bytes on is redacted where it stands as a word of its own, if it looks like no
/// other word or number.
const SHORTEST_WORD: usize = 4;

/// Every secret met so far in the run. Clones share their content.
///
/// Sinks call [`Vault::redact`] on whatever they are about to write; in a workflow the annotations
/// reporter also masks what [`Vault::since`] says is new.
#[derive(Clone, Default)]
pub struct Vault(Arc<Mutex<Known>>);

#[derive(Default)]
struct Known {
    pieces: Vec<Arc<str>>,
    /// The same, in small letters.
    lowered: Vec<String>,
    /// Whole secrets that are too short to be pieces, in small letters.
    words: Vec<String>,
    fragments: Fragments,
}

impl Known {
    /// Where pieces and words stand in the text, whoever changed their case.
    fn spans(&self, text: &str) -> Vec<Range<usize>> {
        let lower = text.to_ascii_lowercase();
        let at = |piece: &str| {
            let found = lower.match_indices(piece);
            found
                .map(|(at, piece)| at..at + piece.len())
                .collect::<Vec<_>>()
        };
        let pieces = self.lowered.iter();
        let mut spans: Vec<_> = pieces.flat_map(|piece| at(piece)).collect();
        let words = self.words.iter().flat_map(|word| at(word));
        spans.extend(words.filter(|span| stands_alone(&lower, span)));
        spans
    }
}

/// Whether no letter or digit goes on before or after the span.
fn stands_alone(text: &str, span: &Range<usize>) -> bool {
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].chars().next();
    !before.into_iter().chain(after).any(char::is_alphanumeric)
}

/// Whether letters stand beside digits or marks in it, as in no ordinary word or number.
fn is_mixed(text: &str) -> bool {
    let mut letters = text.chars().map(char::is_alphabetic);
    let first = letters.next();
    letters.any(|is_letter| Some(is_letter) != first)
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
                known.lowered.push(piece.to_ascii_lowercase());
                known.pieces.push(Arc::from(piece));
            }
        }
        let word = text.to_ascii_lowercase();
        let is_word = (SHORTEST_WORD..SHORTEST_PIECE).contains(&word.len()) && is_mixed(&word);
        if is_word && !known.words.contains(&word) {
            known.words.push(word);
        }
        known.fragments.keep(&body);
    }

    /// Whether the text is nothing but a known secret, or the last part of a path that is.
    pub fn is_secret(&self, path: &Path) -> bool {
        let known = self.lock();
        let is_known = |text: &str| {
            let text = text.trim();
            let is_piece = known.pieces.iter().any(|it| it.eq_ignore_ascii_case(text));
            is_piece || known.words.iter().any(|it| it.eq_ignore_ascii_case(text))
        };
        let name = path.file_name().unwrap_or_default();
        is_known(&path.to_string_lossy()) || is_known(&name.to_string_lossy())
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
        let text = masked(text, known.spans(text));
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
    use crate::secret::bits::to_hex;
    use crate::secret::samples::token;

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
        for short in ["abc", "build", "12345"] {
            vault.keep(&Secret::new(short));
            assert_eq!(vault.redact(short), short);
        }
    }

    #[test]
    fn a_short_password_is_hidden_as_a_word_and_no_word_for_it() {
        let vault = Vault::default();
        vault.keep(&Secret::new("hunt3r2"));
        assert_eq!(
            vault.redact("`hunt3r2` is none, --HUNT3R2"),
            "`***` is none, --***"
        );
        assert_eq!(vault.redact("xhunt3r2 hunt3r20"), "xhunt3r2 hunt3r20");
        // A runner would hide it inside of words.
        assert!(
            vault
                .since(0)
                .iter()
                .all(|piece| piece.expose() != "hunt3r2")
        );
    }

    #[test]
    fn a_secret_without_the_shape_of_a_key_is_hidden_whoever_changed_its_case() {
        for secret in [
            "s3cr3t-hook!x",
            "abcd-efgh-ijkl-mnop",
            "corr ect \"horse\" \\b",
        ] {
            let vault = Vault::default();
            vault.keep(&Secret::new(secret));
            for form in [
                secret.to_owned(),
                secret.to_uppercase(),
                secret.escape_debug().to_string(),
            ] {
                assert_eq!(vault.redact(&format!("<{form}>")), "<***>");
            }
        }
    }

    #[test]
    fn a_long_token_is_hidden_wherever_it_was_cut() {
        let token = format!("ghs_{}", "Ab9_-.".repeat(86));
        let vault = Vault::default();
        vault.keep(&Secret::new(token.as_str()));
        for cut in [&token[..300], &token[100..], &token[7..90]] {
            let shown = vault.redact(&format!("no Bearer {cut}… of it"));
            assert!(shown.ends_with("… of it") && shown.len() < 40, "{shown}");
        }
    }

    #[test]
    fn a_known_token_is_hidden_whatever_became_of_it_on_its_way() {
        let token = token();
        let vault = Vault::default();
        vault.keep(&Secret::new(token.as_str()));
        let pieces: Vec<&str> = (0..token.len())
            .step_by(20)
            .map(|at| &token[at..(at + 20).min(token.len())])
            .collect();
        let dense = |text: &str| -> String {
            let letters = text.chars().filter(char::is_ascii_alphanumeric);
            letters.collect::<String>().to_ascii_lowercase()
        };
        for form in [
            STANDARD.encode(format!("Bearer {token}")),
            to_hex(&token),
            token.chars().rev().collect(),
            token.to_uppercase(),
            pieces.join("\n"),
            pieces.join(" "),
            pieces.join("\u{200b}"),
            token[token.len() - 60..].to_owned(),
            token[200..260].to_owned(),
            STANDARD.encode(STANDARD.encode(&token)),
        ] {
            let shown = dense(&vault.redact(&format!("Authorization {form} was refused")));
            let form = dense(&form);
            let seen = (0..form.len() - 20).find(|at| shown.contains(&form[*at..at + 20]));
            assert_eq!(seen, None, "{form}\n{shown}");
        }
    }

    #[test]
    fn a_path_that_is_a_secret_is_known_and_one_beside_it_is_not() {
        let vault = Vault::default();
        vault.keep(&Secret::new("s3cr3t-hook!x"));
        for path in ["s3cr3t-hook!x", "build/S3cr3t-hook!x"] {
            assert!(vault.is_secret(Path::new(path)), "{path}");
        }
        for path in ["report.json", "s3cr3t-hook!x/report.json", "/"] {
            assert!(!vault.is_secret(Path::new(path)), "{path}");
        }
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
