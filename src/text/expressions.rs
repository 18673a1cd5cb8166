//! Many expressions, of which few fit a text: each has letters that every text of it must hold, and one
//! pass over the text finds them for all. Only what may fit is ever built, and run.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use regex::bytes::Regex;

/// The shortest literal that is worth looking for.
const SHORTEST: usize = 3;

/// Expressions, in their order.
#[derive(Debug)]
pub struct Expressions {
    build: fn(&str) -> Regex,
    each: Vec<(String, OnceLock<Regex>)>,
    literals: AhoCorasick,
    /// The expressions of each literal.
    holders: Vec<Vec<usize>>,
    /// Those without a literal, which may fit any text.
    always: Vec<usize>,
}

impl Expressions {
    /// Takes the patterns in, and how one is built.
    pub fn new(patterns: impl IntoIterator<Item = String>, build: fn(&str) -> Regex) -> Self {
        let mut each = Vec::new();
        let mut holders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut always = Vec::new();
        for (index, pattern) in patterns.into_iter().enumerate() {
            match literals(&pattern, SHORTEST) {
                Some(literals) => {
                    for literal in literals {
                        holders.entry(literal).or_default().push(index);
                    }
                }
                None => always.push(index),
            }
            each.push((pattern, OnceLock::new()));
        }
        let literals = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(holders.keys())
            .expect("some hundred short words build an automaton, a test says so");
        Self {
            build,
            each,
            literals,
            holders: holders.into_values().collect(),
            always,
        }
    }

    /// Those that may fit the text, with their places, in their order.
    pub fn candidates(&self, text: &str) -> impl Iterator<Item = (usize, &Regex)> {
        let mut may = vec![false; self.each.len()];
        for found in self.literals.find_overlapping_iter(text) {
            for &index in &self.holders[found.pattern().as_usize()] {
                may[index] = true;
            }
        }
        for &index in &self.always {
            may[index] = true;
        }
        let places = may.into_iter().enumerate().filter(|(_, may)| *may);
        places.map(|(index, _)| (index, self.built(index)))
    }

    /// The places of those that fit the text, in their order.
    pub fn fitting(&self, text: &str) -> impl Iterator<Item = usize> {
        let candidates = self.candidates(text);
        let fitting = candidates.filter(|(_, one)| one.is_match(text.as_bytes()));
        fitting.map(|(index, _)| index)
    }

    fn built(&self, index: usize) -> &Regex {
        let (pattern, built) = &self.each[index];
        built.get_or_init(|| (self.build)(pattern))
    }
}

/// Letters, in small ones, of which every text of the pattern holds at least one run, as long as can be and as
/// far as can be seen without reading the pattern as a whole. `None` where there may be a text without one that
/// is so long.
pub fn literals(pattern: &str, shortest: usize) -> Option<Vec<String>> {
    let mut all = Vec::new();
    for alternative in alternatives(without_flags(pattern)) {
        let worth = |runs: &Vec<String>| (runs.iter().map(String::len).min(), Reverse(runs.len()));
        let best = required(alternative).into_iter().rev().max_by_key(worth)?;
        all.extend(best);
    }
    all.iter().all(|run| run.len() >= shortest).then_some(all)
}

/// What stands between the bars of a pattern that are in no group.
fn alternatives(pattern: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut rest, mut from, mut at) = (pattern, 0, 0);
    while let Some(piece) = next_piece(&mut rest) {
        if piece == Piece::Bar {
            found.push(&pattern[from..at]);
            from = at + 1;
        }
        at = pattern.len() - rest.len();
    }
    found.push(&pattern[from..]);
    found
}

/// The runs of letters that every text of a pattern without bars holds: for each place, those of which one must
/// stand there.
fn required(mut pattern: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut run = String::new();
    let end = |run: &mut String, found: &mut Vec<Vec<String>>| {
        let letters = std::mem::take(run).trim().to_ascii_lowercase();
        if !letters.is_empty() {
            found.push(vec![letters]);
        }
    };
    while let Some(piece) = next_piece(&mut pattern) {
        // What may be left out is not in every text.
        let optional = pattern.starts_with(['?', '*', '{']);
        match piece {
            Piece::Letter(letter) if !optional => run.push(letter),
            Piece::Group(inner) if !optional => {
                end(&mut run, &mut found);
                found.extend(literals(inner, 1));
            }
            Piece::Letter(_) | Piece::Group(_) | Piece::Other | Piece::Bar => {
                end(&mut run, &mut found);
            }
        }
    }
    end(&mut run, &mut found);
    found
}

/// A piece of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'a> {
    /// A letter that stands for itself.
    Letter(char),
    /// What is in a group.
    Group(&'a str),
    /// A bar between alternatives.
    Bar,
    /// A class, a place, a number of times.
    Other,
}

/// Takes the next piece off a pattern.
fn next_piece<'a>(pattern: &mut &'a str) -> Option<Piece<'a>> {
    let letter = pattern.chars().next()?;
    let (length, piece) = match letter {
        '(' => {
            let length = length_of_group(pattern);
            (length, Piece::Group(&pattern[1..length - 1]))
        }
        '[' => (length_of_class(pattern), Piece::Other),
        '{' => (pattern.find('}').map_or(1, |end| end + 1), Piece::Other),
        '|' => (1, Piece::Bar),
        '\\' => escaped(pattern),
        // Text may have several spaces or a line's end here, and any kind of quote.
        letter if letter.is_ascii_alphanumeric() || " ,:-_/=<>%".contains(letter) => {
            (1, Piece::Letter(letter))
        }
        letter => (letter.len_utf8(), Piece::Other),
    };
    *pattern = &pattern[length..];
    Some(piece)
}

/// How long what begins with a backslash is, and what it stands for.
fn escaped(pattern: &str) -> (usize, Piece<'static>) {
    let Some(letter) = pattern[1..].chars().next() else {
        return (1, Piece::Other);
    };
    let length = match letter {
        'x' => 4.min(pattern.len()),
        letter => 1 + letter.len_utf8(),
    };
    match letter.is_ascii_alphanumeric() || "'\"".contains(letter) {
        true => (length, Piece::Other),
        false => (length, Piece::Letter(letter)),
    }
}

/// How long a class is, with its brackets; a bracket that is its first letter stands for itself.
fn length_of_class(pattern: &str) -> usize {
    let mut escaped = false;
    let first = if pattern.starts_with("[^") { 2 } else { 1 };
    for (at, letter) in pattern.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' if at > first => return at + 1,
            _ => {}
        }
    }
    pattern.len()
}

/// How long a group is, with its brackets.
fn length_of_group(pattern: &str) -> usize {
    let mut rest = &pattern[1..];
    while !rest.is_empty() && !rest.starts_with(')') {
        next_piece(&mut rest);
    }
    (pattern.len() - rest.len() + 1).min(pattern.len())
}

/// A group's inside, or a pattern, without what says how it is read: `?:`, `?i:`, `?P<name>`, `(?i)`.
fn without_flags(pattern: &str) -> &str {
    let pattern = pattern.strip_prefix("(?i)").unwrap_or(pattern);
    if !pattern.starts_with('?') {
        return pattern;
    }
    let end = pattern.find([':', '>']).map_or(0, |end| end + 1);
    &pattern[end..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn gives(pattern: &str, letters: &[&str]) {
        assert_eq!(
            literals(pattern, 1).unwrap_or_default(),
            letters,
            "{pattern}"
        );
    }

    #[test]
    fn a_pattern_gives_the_longest_letters_that_its_texts_hold() {
        gives(
            "(?i)missing required icon file.{0,20}for iPhone",
            &["missing required icon file"],
        );
        gives("code objects? not", &["code object"]);
        gives(r"ab{0,2}\x22cd", &["cd"]);
        gives(r"\*\* (?:EXPORT|BUILD) FAILED \*\*", &["failed **"]);
        gives("[]a]bc[^]x]d", &["bc"]);
    }

    #[test]
    fn each_alternative_gives_its_own() {
        gives("(?:one|other)", &["one", "other"]);
        gives(
            r"(?i)^BUILD FAILED in |the (?:a|b) failure$",
            &["build failed in", "failure"],
        );
        gives(
            r"s?(?: \S+)? (?P<how>sent(?: on)?|(?-i:given)) to",
            &["sent", "given"],
        );
        gives("(?:a|b)?x|c[|]de|f", &["x", "de", "f"]);
        assert_eq!(literals(r"some words|\d+", 1), None);
        assert_eq!(literals("some words|ab", 3), None);
    }

    #[test]
    fn only_what_may_fit_is_run() {
        let build: fn(&str) -> Regex = |pattern| Regex::new(pattern).unwrap();
        let patterns = ["lantern|pier", r"\d", "the sea"].map(str::to_owned);
        let expressions = Expressions::new(patterns, build);
        let may = |text: &str| -> Vec<usize> {
            expressions
                .candidates(text)
                .map(|(index, _)| index)
                .collect()
        };
        assert_eq!(may("the PIER"), [0, 1]);
        assert_eq!(may("the sea"), [1, 2]);
    }
}
