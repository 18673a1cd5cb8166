//! Cuts a text into messages: several faults often share a line, and a mail holds many.

use std::sync::OnceLock;

use regex::bytes::Regex;

use crate::diagnostic::Severity;
use crate::logs::dialects;
use crate::logs::expression::ascii;

/// One message of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// The words.
    pub text: &'a str,
    /// The level that stands before them.
    pub severity: Option<Severity>,
    /// It begins with words that introduce a fault.
    pub introduced: bool,
}

/// What introduces a fault inside a text, as one expression. Its dialect is not asked: whoever carries a
/// log mixes them.
fn introductions() -> String {
    let named = |(number, (_, one)): (usize, (_, &&str))| {
        one.replace("(?P<level>", &format!("(?P<level_{number}>"))
    };
    let list: Vec<String> = dialects::all(|dialect| dialect.introductions)
        .enumerate()
        .map(named)
        .collect();
    list.join("|")
}

/// The messages of a text. What stands before the first one is a part too.
pub fn messages(text: &str) -> Vec<Part<'_>> {
    static RULE: OnceLock<Regex> = OnceLock::new();
    let rule = RULE.get_or_init(|| ascii(&introductions()));
    let mut cuts: Vec<(usize, Option<Severity>, bool)> = vec![(0, None, false)];
    for found in rule.captures_iter(text.as_bytes()).take(500) {
        let Some(at) = found.get(0).map(|whole| whole.start()) else {
            continue;
        };
        let severity = rule
            .capture_names()
            .flatten()
            .find_map(|name| found.name(name))
            .map(|level| match level.as_bytes().first() {
                Some(b'W') => Severity::Warning,
                _ => Severity::Error,
            });
        // A level or a tool's words directly before belong to this message, not to one of its own.
        let before = cuts.last().map_or("", |&(from, _, _)| &text[from..at]);
        let short = before.trim().len() < 12 && !before.contains("ITMS");
        let last = cuts.last().copied().unwrap_or_default();
        if short || (last.2 && before.contains("alidation failed") && before.trim().len() < 48) {
            cuts.pop();
            cuts.push((last.0, severity.or(last.1), true));
        } else {
            cuts.push((at, severity, true));
        }
    }
    let ends: Vec<usize> = cuts
        .iter()
        .skip(1)
        .map(|cut| cut.0)
        .chain([text.len()])
        .collect();
    cuts.iter()
        .zip(ends)
        .filter_map(|(&(from, severity, introduced), end)| {
            let text = text.get(from..end)?.trim();
            (!text.is_empty()).then_some(Part {
                text,
                severity,
                introduced,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_on_one_line_are_cut_apart() {
        let parts = messages(
            "Please mend these.ITMS-90683: Missing purpose string - One.ITMS-90078: Missing entitlement - Two.",
        );
        assert_eq!(parts.len(), 3);
        assert!(!parts[0].introduced && parts[2].text.starts_with("ITMS-90078"));
    }

    #[test]
    fn a_number_in_passing_begins_nothing() {
        assert_eq!(
            messages("It was refused with the words of (ITMS-90683).").len(),
            1
        );
    }

    #[test]
    fn a_level_before_a_number_is_the_messages_own() {
        let parts = messages(
            "Return status was 1: ERROR ITMS-90035: \"One.\"\\nWARNING ITMS-90080: \"Two.\"",
        );
        assert_eq!(parts[1].severity, Some(Severity::Error));
        assert_eq!(parts[2].severity, Some(Severity::Warning));
    }
}
