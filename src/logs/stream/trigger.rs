//! The words that make a line worth reading. Everything else of a log is skipped at the speed of one
//! automaton.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::codes::Catalogue;
use crate::logs::dialects;

/// The most letters of a literal that are looked for. More makes the automaton bigger, not better.
const LETTERS: usize = 14;

/// The shortest literal of the catalogue that is worth looking for.
const SHORTEST: usize = 7;

/// A place in the first line with a word that matters.
pub fn first_hit(bytes: &[u8]) -> Option<usize> {
    automaton().find(bytes).map(|found| found.end() - 1)
}

/// Whether the bytes hold a word that matters.
pub fn is_hot(bytes: &[u8]) -> bool {
    automaton().is_match(bytes)
}

fn automaton() -> &'static AhoCorasick {
    static AUTOMATON: OnceLock<AhoCorasick> = OnceLock::new();
    AUTOMATON.get_or_init(|| {
        let mut words: Vec<String> = dialects::all(|dialect| dialect.hot)
            .map(|(_, word)| (*word).to_owned())
            .collect();
        for entry in Catalogue::get().entries() {
            for pattern in &entry.recognise {
                words.extend(longest_literal(pattern));
            }
        }
        words.sort_unstable();
        words.dedup();
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&words)
            .expect("a few hundred short words build an automaton, a test says so")
    })
}

/// The longest run of plain letters that every text of the pattern must hold, as far as can be seen
/// without reading the pattern as a whole: runs inside groups do not count.
fn longest_literal(pattern: &str) -> Option<String> {
    let pattern = pattern.strip_prefix("(?i)").unwrap_or(pattern);
    let mut runs: Vec<String> = vec![String::new()];
    let mut depth = 0_usize;
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        let plain = match letter {
            '(' => {
                depth += 1;
                None
            }
            ')' => {
                depth = depth.saturating_sub(1);
                None
            }
            '|' if depth == 0 => return None,
            '[' => {
                skip_class(&mut letters);
                None
            }
            '{' => {
                letters.by_ref().find(|&next| next == '}');
                None
            }
            '\\' => letters
                .next()
                .filter(|escaped| !escaped.is_ascii_alphanumeric()),
            '.' | '^' | '$' | '+' => None,
            '?' | '*' => {
                runs.last_mut().and_then(String::pop);
                None
            }
            // Text may have several spaces or a line's end here, and any kind of quote.
            letter if letter.is_ascii_alphanumeric() || ",:-_/=<>%".contains(letter) => {
                Some(letter)
            }
            ' ' => Some(' '),
            _ => None,
        };
        match plain {
            Some(letter) if depth == 0 => runs.last_mut().map_or((), |run| run.push(letter)),
            _ => runs.push(String::new()),
        }
        // An optional letter is not in every text.
        if let Some('?' | '*') = letters.peek() {
            runs.last_mut().and_then(String::pop);
            runs.push(String::new());
        }
    }
    let best = runs.into_iter().max_by_key(|run| run.trim().len())?;
    let best: String = best.trim().chars().take(LETTERS).collect();
    (best.len() >= SHORTEST).then(|| best.trim().to_ascii_lowercase())
}

fn skip_class(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    let mut first = true;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                letters.next();
            }
            ']' if !first => return,
            '^' if first => continue,
            _ => {}
        }
        first = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_cold_and_messages_are_hot() {
        assert!(!is_hot(
            b"CompileSwift normal arm64 /src/errors/ErrorView.swift -Werror=return-type"
        ));
        assert!(is_hot(b"2031-02-03 ERROR: [altool.6000] It broke"));
        assert!(is_hot(b"** EXPORT FAILED **"));
        assert!(is_hot(b"Missing required icon file. The bundle does not"));
    }

    #[test]
    fn a_pattern_gives_a_literal_that_its_texts_hold() {
        assert_eq!(
            longest_literal("(?i)missing required icon file.{0,20}for iPhone").as_deref(),
            Some("missing requir")
        );
        assert_eq!(longest_literal("(?:one|other)"), None);
        assert_eq!(
            longest_literal("code objects? not"),
            Some("code object".into())
        );
    }

    /// Every example that can be told by its words alone must get past the filter.
    #[test]
    fn no_wording_of_the_catalogue_is_filtered_out() {
        let deaf: Vec<&str> = Catalogue::get()
            .entries()
            .iter()
            .filter(|entry| !entry.recognise.is_empty() && !is_hot(entry.example.as_bytes()))
            .map(|entry| entry.code.as_str())
            .collect();
        assert!(deaf.is_empty(), "{deaf:?}");
    }
}
