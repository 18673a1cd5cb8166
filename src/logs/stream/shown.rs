//! What a log shows and nobody says: scripts that a runner prints before it runs them, commands, code,
//! tests. The words of faults in them are no messages, and those of success decide nothing.

use std::sync::OnceLock;

use regex::bytes::Regex;

use crate::logs::dialect::ShownPart;
use crate::logs::dialects;
use crate::logs::expression::ascii;
use crate::text::expressions::Expressions;

/// The part of a log that is open, if any.
#[derive(Debug, Default)]
pub struct Shown {
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    /// Its place in the table.
    part: usize,
    /// How many lines it may still have.
    left: usize,
}

/// The tables of all dialects.
struct Rules {
    begins: Expressions,
    parts: Vec<(&'static ShownPart, Regex)>,
    lines: Regex,
}

fn rules() -> &'static Rules {
    static BUILT: OnceLock<Rules> = OnceLock::new();
    BUILT.get_or_init(|| {
        let all = || dialects::all(|dialect| dialect.shown_parts).map(|(_, part)| part);
        Rules {
            begins: Expressions::new(all().map(|part| part.begins.to_owned()), ascii),
            parts: all().map(|part| (part, ascii(part.ends))).collect(),
            lines: ascii(&dialects::any(|dialect| dialect.shown)),
        }
    })
}

impl Shown {
    /// Whether a part is open, whose end must not be missed.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether the line, whole and without its prefixes, is only shown.
    pub fn takes(&mut self, line: &str, body: &str) -> bool {
        let rules = rules();
        if let Some(open) = &mut self.open {
            let (part, ends) = &rules.parts[open.part];
            let ended = ends.is_match(line.as_bytes()) || ends.is_match(body.as_bytes());
            if !ended && open.left > 0 {
                open.left -= 1;
                return true;
            }
            self.open = None;
            if ended && !part.before {
                return true;
            }
        }
        let begins = |text: &str| rules.begins.fitting(text).next();
        if let Some(part) = begins(line).or_else(|| begins(body)) {
            let left = rules.parts[part].0.most;
            self.open = Some(Open { part, left });
            return true;
        }
        rules.lines.is_match(body.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines that are said.
    fn said<'a>(lines: &[&'a str]) -> Vec<&'a str> {
        let mut shown = Shown::default();
        let mut said = lines.to_vec();
        said.retain(|line| !shown.takes(line, line));
        said
    }

    #[test]
    fn a_printed_script_says_nothing() {
        assert_eq!(
            said(&[
                "##[group]Run ./ship.sh",
                "grep -q 'UPLOAD SUCCEEDED' log",
                "##[endgroup]",
                "UPLOAD FAILED",
            ]),
            ["UPLOAD FAILED"]
        );
        assert_eq!(
            said(&[
                "Run make ship",
                "  echo 'ERROR: it broke'",
                "",
                "  shell: /bin/bash -e {0}",
                "It broke",
            ]),
            ["It broke"]
        );
    }

    #[test]
    fn a_test_says_nothing_and_one_without_end_does_not_swallow_the_log() {
        let mut lines = vec!["=== RUN   TestWords", "ERROR ITMS-90683"];
        lines.extend(["", "x"].repeat(400));
        lines.push("It broke");
        assert_eq!(said(&lines).last(), Some(&"It broke"));
        assert_eq!(
            said(&["=== RUN   A", "ERROR", "--- PASS: A (0.00s)", "said"]),
            ["said"]
        );
    }

    #[test]
    fn commands_and_code_are_shown_and_sentences_are_not() {
        assert!(
            said(&[
                "+ grep -q 'UPLOAD FAILED' out.log",
                "$ fastlane beta",
                "    echo \"ERROR: the train is closed\"",
                "  if grep -q \"timed out\" log; then",
                " => 42:\traise \"ERROR ITMS-90683\"",
            ])
            .is_empty()
        );
        let kept = [
            "+---------------+------------+",
            "If you are certain, choose “Clean All”.",
            "Print: Entry does not exist",
            "print the error again",
        ];
        assert_eq!(said(&kept), kept);
    }
}
