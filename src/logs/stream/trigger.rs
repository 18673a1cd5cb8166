//! The words that make a line worth reading. Everything else of a log is skipped at the speed of one
//! automaton. Where nobody has the patience for more messages, the words are those that decide.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::codes::Catalogue;
use crate::logs::dialect::Dialect;
use crate::logs::dialects;
use crate::text::expressions::literals;

/// The most letters of a catalogue's wording that are looked for. More makes the automaton bigger, not
/// better.
const LETTERS: usize = 14;

/// The shortest wording of the catalogue that is worth looking for.
const SHORTEST: usize = 7;

/// So many letters are in few lines of a build's noise.
const RARE: usize = 5;

/// A place in the first line with a word that matters.
pub fn first_hit(bytes: &[u8]) -> Option<usize> {
    automaton().find(bytes).map(|found| found.end() - 1)
}

/// Whether the bytes hold a word that matters.
pub fn is_hot(bytes: &[u8]) -> bool {
    automaton().is_match(bytes)
}

/// A place in the first line with a word that may decide how the log ends, or that begins what it only shows.
pub fn first_decisive(bytes: &[u8]) -> Option<usize> {
    decisive().find(bytes).map(|found| found.end() - 1)
}

fn automaton() -> &'static AhoCorasick {
    static AUTOMATON: OnceLock<AhoCorasick> = OnceLock::new();
    AUTOMATON.get_or_init(|| {
        let mut words: Vec<String> = dialects::all(|dialect| dialect.hot)
            .map(|(_, word)| (*word).to_owned())
            .collect();
        for entry in Catalogue::get().entries() {
            for pattern in &entry.recognise {
                // Who names many has few letters for each.
                if let Some([letters]) = literals(pattern, SHORTEST).as_deref() {
                    words.push(head(letters));
                }
            }
        }
        built(words)
    })
}

fn decisive() -> &'static AhoCorasick {
    static AUTOMATON: OnceLock<AhoCorasick> = OnceLock::new();
    AUTOMATON.get_or_init(|| {
        let signs = dialects::all(|dialect| dialect.signs)
            .map(|(dialect, (_, pattern))| (dialect, *pattern));
        let parts = dialects::all(|dialect| dialect.shown_parts)
            .map(|(dialect, part)| (dialect, part.begins));
        let patterns = signs.chain(parts);
        built(
            patterns
                .flat_map(|(dialect, pattern)| hot_for(dialect, pattern))
                .collect(),
        )
    })
}

fn built(mut words: Vec<String>) -> AhoCorasick {
    words.sort_unstable();
    words.dedup();
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .kind(Some(AhoCorasickKind::DFA))
        .build(&words)
        .expect("a few hundred short words build an automaton, a test says so")
}

/// The words one of which is in every line of the pattern that is hot: its letters, or, where they are few, the
/// words of its dialect that hold them.
fn hot_for(dialect: &Dialect, pattern: &str) -> Vec<String> {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let Some(letters) = literals(pattern, 1) else {
        return owned(dialect.hot);
    };
    let of_one = |letters: String| -> Vec<String> {
        let hold = |word: &&&str| letters.len() < RARE && word.contains(&letters);
        let words: Vec<&str> = dialect.hot.iter().filter(hold).copied().collect();
        match words.is_empty() {
            true => vec![letters],
            false => owned(&words),
        }
    };
    letters.into_iter().flat_map(of_one).collect()
}

/// The head of a wording.
fn head(letters: &str) -> String {
    let head: String = letters.chars().take(LETTERS).collect();
    head.trim().to_owned()
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
