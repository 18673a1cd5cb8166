//! The words that make a line worth reading. Everything else of a log is skipped at the speed of one
//! automaton.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::codes::{Catalogue, literal};
use crate::logs::dialects;

/// The most letters of a catalogue's wording that are looked for. More makes the automaton bigger, not
/// better.
const LETTERS: usize = 14;

/// The shortest wording of the catalogue that is worth looking for.
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
                words.extend(literal(pattern).as_deref().and_then(head));
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

/// The head of a literal, where it is long enough.
fn head(literal: &str) -> Option<String> {
    let head: String = literal.chars().take(LETTERS).collect();
    (head.len() >= SHORTEST).then(|| head.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_cold_and_messages_are_hot() {
        assert!(!is_hot(
            b"CompileSwift normal arm64 /src/errors/ErrorView.swift -Werror=return-type"
        ));
        assert!(!is_hot(
            b"-- /Applications/Xcode.app/Contents/Developer/Toolchains/XcodeDefault.xctoolchain/usr/bin/swift-frontend"
        ));
        assert!(is_hot(b"2031-02-03 ERROR: [altool.6000] It broke"));
        assert!(is_hot(b"** EXPORT FAILED **"));
        assert!(is_hot(b"Missing required icon file. The bundle does not"));
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
