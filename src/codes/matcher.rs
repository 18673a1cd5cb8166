//! Finds the fault that a text speaks of: by the names printed in it, or by its wording.

use std::sync::OnceLock;

use crate::codes::catalogue::Catalogue;
use crate::codes::entry::{Entry, built};
use crate::codes::fold::{Folded, fold};
use crate::text::expressions::Expressions;

/// The entries whose wording the text has, in the order of the catalogue. Meant for a message that
/// prints no code; looks at the first 32 KiB.
pub fn recognise(text: &str) -> Vec<&'static Entry> {
    recognised(&fold(text))
}

/// As [`recognise`], on folded text.
pub fn recognise_folded(text: &Folded) -> Vec<&'static Entry> {
    recognised(text.as_str())
}

pub(super) fn recognised(folded: &str) -> Vec<&'static Entry> {
    let wordings = wordings();
    let mut known: Vec<&'static Entry> = Vec::new();
    for (index, one) in wordings.expressions.candidates(folded) {
        let entry = wordings.owners[index];
        let is_new = known.last().is_none_or(|last| !std::ptr::eq(*last, entry));
        if is_new && one.is_match(folded.as_bytes()) {
            known.push(entry);
        }
    }
    known
}

/// The expressions of all entries that can be recognised, in the order of the catalogue.
struct Wordings {
    expressions: Expressions,
    /// The entry of each expression.
    owners: Vec<&'static Entry>,
}

fn wordings() -> &'static Wordings {
    static WORDINGS: OnceLock<Wordings> = OnceLock::new();
    WORDINGS.get_or_init(|| {
        let entries = Catalogue::get().entries().iter();
        let (patterns, owners): (Vec<String>, _) = entries
            .flat_map(|entry| {
                entry
                    .recognise
                    .iter()
                    .map(move |text| (text.clone(), entry))
            })
            .unzip();
        Wordings {
            expressions: Expressions::new(patterns, built),
            owners,
        }
    })
}

/// How names of faults are printed; group 1 is the name. The best names come first.
const NAMES: &[&str] = &[
    r"\bITMS[ -]?(\d{4,5})\b",
    r"VALIDATION_ERROR\.(\d{5})\b",
    r"\((9[01]\d{3})\)",
    r#"(?:\bcode|ErrorCode|<key>code</key>)["\\]* ?[:= ] ?["\\]*(?:<integer>)?(9[01]\d{3})\b"#,
    r"\((-\d{2,5})\)",
    r#"(?:\bcode|ErrorCode|<key>code</key>)["\\]* ?[:= ]? ?["\\]*(?:<integer>)?(-\d{2,5})\b"#,
    r"\b((?-i:(?:[A-Z]+_)+ERROR(?:\.[A-Z0-9_]+)*))",
    r"\b((?-i:FORBIDDEN(?:\.[A-Z0-9_]+)*|NOT_AUTHORIZED|NOT_FOUND|RATE_LIMIT_EXCEEDED|ENTITY_UNPROCESSABLE(?:\.[A-Z0-9_]+)*|CSSMERR_\w+|errSec[A-Z]\w+))",
    r#"(?:[.)'"*]|ExitFailure) \((\d{2,4})\)"#,
    r#"altool"? exited with code (\d+)"#,
    r#"\((1\d{3})\)["'.]*$"#,
    r"\bcode (-?\d{2,5}) \(",
    r"(?:error|exited with) code:? (-?\d{2,5})\b",
    r#"(?:"code"|<key>code</key>) ?:? ?"?(?:<integer>)?(\d{2,4})\b"#,
    r#"\bstatus(?: code)?["\\]* ?[:=] ?["\\]*([45]\d\d)\b"#,
    r"(?:^|[ :])([45]\d\d) (?-i:[A-Z]+_[A-Z_]+)",
    r"(?:failed|error|HTTP|returned|status:?) \(?([45]\d\d)\b",
];

/// The names of faults that a text prints, the most telling first: delivery numbers as
/// `ITMS-90683`, altool's negative numbers, dotted codes of App Store Connect, HTTP statuses.
pub fn names_in(text: &str) -> Vec<String> {
    named_in(&fold(text))
}

/// As [`names_in`], on folded text.
pub fn names_in_folded(text: &Folded) -> Vec<String> {
    named_in(text.as_str())
}

fn named_in(folded: &str) -> Vec<String> {
    static BUILT: OnceLock<Expressions> = OnceLock::new();
    let patterns = || NAMES.iter().map(|rule| (*rule).to_owned());
    let rules = BUILT.get_or_init(|| Expressions::new(patterns(), built));
    let mut names: Vec<String> = Vec::new();
    for (_, rule) in rules.candidates(folded) {
        for found in rule.captures_iter(folded.as_bytes()).take(64) {
            let Some(name) = found.get(1).and_then(|m| folded.get(m.range())) else {
                continue;
            };
            let name = if rule.as_str().starts_with("altool") {
                format!("altool-{name}")
            } else {
                printed(name, rule.as_str().contains("ITMS"))
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// A delivery number with its prefix; any other name as it stands.
pub(super) fn printed(name: &str, delivery: bool) -> String {
    let digits = name.bytes().all(|b| b.is_ascii_digit());
    if digits && (delivery || is_delivery_number(name)) {
        format!("ITMS-{name}")
    } else {
        name.to_owned()
    }
}

/// Whether the text is a number of Apple's delivery checks: five digits from 90000 to 91999.
pub(super) fn is_delivery_number(name: &str) -> bool {
    name.len() == 5
        && (name.starts_with("90") || name.starts_with("91"))
        && name.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_its_number_is_recognised() {
        let found = recognise("error: Missing purpose string in Info.plist. The rest is not told.");
        assert_eq!(
            found
                .iter()
                .map(|entry| entry.code.as_str())
                .collect::<Vec<_>>(),
            ["itms-90683"]
        );
        assert!(recognise("Everything is well.").is_empty());
    }

    #[test]
    fn names_are_read_in_every_spelling() {
        assert_eq!(names_in("ERROR ITMS-90087: \"x\""), ["ITMS-90087"]);
        assert_eq!(
            names_in("Asset validation failed (90713) Missing value"),
            ["ITMS-90713"]
        );
        assert_eq!(
            names_in(
                "code=STATE_ERROR.VALIDATION_ERROR.90208, Code=-19241 \"x\" UserInfo={status=409,"
            ),
            [
                "ITMS-90208",
                "-19241",
                "STATE_ERROR.VALIDATION_ERROR.90208",
                "409"
            ]
        );
        assert_eq!(
            names_in("has already been used. (ID: x) (-19232)"),
            ["-19232"]
        );
        assert_eq!(names_in("Cannot find the app 'a' on 'IOS'. (19)"), ["19"]);
        assert!(names_in("version 1.0 (57) of 2024 (2024)").is_empty());
    }
}
