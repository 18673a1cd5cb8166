//! Many expressions, of which few fit a text: each has letters that every text of it must hold, and one
//! pass over the text finds them for all. Only what may fit is ever built, and run.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use regex::bytes::Regex;

use crate::codes::entry::expression;

/// The shortest literal that is worth looking for.
const SHORTEST: usize = 3;

/// Expressions on folded text, in their order.
#[derive(Debug)]
pub(super) struct Expressions {
    each: Vec<(String, OnceLock<Regex>)>,
    literals: AhoCorasick,
    /// The expressions of each literal.
    holders: Vec<Vec<usize>>,
    /// Those without a literal, which may fit any text.
    always: Vec<usize>,
}

impl Expressions {
    /// Takes the patterns in.
    pub(super) fn new(patterns: impl IntoIterator<Item = String>) -> Self {
        let mut each = Vec::new();
        let mut holders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut always = Vec::new();
        for (index, pattern) in patterns.into_iter().enumerate() {
            match literal(&pattern).filter(|literal| literal.len() >= SHORTEST) {
                Some(literal) => holders.entry(literal).or_default().push(index),
                None => always.push(index),
            }
            each.push((pattern, OnceLock::new()));
        }
        let literals = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(holders.keys())
            .expect("some hundred short words build an automaton, a test says so");
        Self {
            each,
            literals,
            holders: holders.into_values().collect(),
            always,
        }
    }

    /// Those that may fit the text, with their places, in their order.
    pub(super) fn candidates(&self, folded: &str) -> impl Iterator<Item = (usize, &Regex)> {
        let mut may = vec![false; self.each.len()];
        for found in self.literals.find_overlapping_iter(folded) {
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

    fn built(&self, index: usize) -> &Regex {
        let (pattern, built) = &self.each[index];
        built.get_or_init(|| expression(pattern).expect("an expression builds, a test says so"))
    }
}

/// The longest run of plain letters that every text of the pattern must hold, in small letters, as far as
/// can be seen without reading the pattern as a whole: runs inside groups do not count.
pub fn literal(pattern: &str) -> Option<String> {
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
            '\\' => escaped(&mut letters),
            '{' => {
                letters.by_ref().find(|&next| next == '}');
                None
            }
            // Text may have several spaces or a line's end here, and any kind of quote.
            letter if letter.is_ascii_alphanumeric() || " ,:-_/=<>%".contains(letter) => {
                Some(letter)
            }
            _ => None,
        };
        match plain {
            Some(letter) if depth == 0 => runs.last_mut().map_or((), |run| run.push(letter)),
            _ => runs.push(String::new()),
        }
        // A letter that may be left out is not in every text.
        if let Some('?' | '*' | '{') = letters.peek() {
            runs.last_mut().and_then(String::pop);
            runs.push(String::new());
        }
    }
    let best = runs.into_iter().max_by_key(|run| run.trim().len())?;
    let best = best.trim().to_ascii_lowercase();
    (!best.is_empty()).then_some(best)
}

type Letters<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// The letter behind a backslash, where it stands for itself.
fn escaped(letters: &mut Letters<'_>) -> Option<char> {
    let letter = letters.next()?;
    if letter == 'x' {
        letters.next();
        letters.next();
    }
    (!letter.is_ascii_alphanumeric() && !"'\"".contains(letter)).then_some(letter)
}

fn skip_class(letters: &mut Letters<'_>) {
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
    use crate::codes::Catalogue;
    use crate::codes::fold::fold;

    #[test]
    fn a_pattern_gives_a_literal_that_its_texts_hold() {
        assert_eq!(
            literal("(?i)missing required icon file.{0,20}for iPhone").as_deref(),
            Some("missing required icon file")
        );
        assert_eq!(literal("(?:one|other)"), None);
        assert_eq!(literal("code objects? not").as_deref(), Some("code object"));
        assert_eq!(literal(r"ab{0,2}\x22cd").as_deref(), Some("cd"));
    }

    /// Every expression against every example: what the filter leaves out can't fit.
    #[test]
    fn nothing_that_fits_is_filtered_out() {
        let patterns: Vec<&String> = Catalogue::get()
            .entries()
            .iter()
            .flat_map(|entry| entry.recognise.iter().chain(&entry.patterns))
            .collect();
        let expressions = Expressions::new(patterns.iter().map(|&pattern| pattern.clone()));
        for entry in Catalogue::get().entries() {
            let folded = fold(&entry.example);
            let may: Vec<usize> = expressions
                .candidates(&folded)
                .map(|(index, _)| index)
                .collect();
            for (index, pattern) in patterns.iter().enumerate() {
                let fits = expressions.built(index).is_match(folded.as_bytes());
                assert!(
                    !fits || may.contains(&index),
                    "{pattern} is left out of: {folded}"
                );
            }
        }
    }
}
