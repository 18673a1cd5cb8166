//! Turns one message of Apple's into a finding: which fault, about what, and how to mend it.

use std::collections::BTreeMap;

use crate::codes::catalogue::Catalogue;
use crate::codes::complete::steps;
use crate::codes::entry::Entry;
use crate::codes::fold::{Folded, fold, shown};
use crate::codes::matcher::{is_delivery_number, printed, recognised};
use crate::codes::situation::settle;
use crate::codes::subject::subject;
use crate::codes::template::fill;
use crate::codes::variables;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ids::BuildNumber;
use crate::text::cut::letters;

/// The code of a message that has no name and no known wording.
const UNKNOWN: Code = Code::new("message-not-known");

/// Every code of this room; the catalogue has a page for each.
#[cfg(test)]
pub const CODES: &[Code] = &[UNKNOWN];

/// One logical message, as a reader found it.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    /// The words, with the prefixes of tools taken off. 32 KiB of them are kept.
    pub text: &'a str,
    /// The names printed with it, the best first.
    pub codes: Vec<String>,
    /// How the message itself says it matters.
    pub severity: Option<Severity>,
    /// Who said it, such as `altool`.
    pub source: &'static str,
}

/// The finding for a message. A message that is not known gives one too: with the code as printed,
/// Apple's own words, and how to report it.
pub fn diagnose(message: &Message<'_>) -> Diagnostic {
    let folded = fold(message.text);
    finding(message, &folded, &recognised(&folded))
}

/// As [`diagnose`], where the message's text is folded already and `known` are the entries that
/// [`recognise`](crate::codes::recognise) found in it.
pub fn diagnose_known(
    message: &Message<'_>,
    folded: &Folded,
    known: &[&'static Entry],
) -> Diagnostic {
    finding(message, folded.as_str(), known)
}

/// The code that [`diagnose_known`] would give, where the fault is known; for who has not the time to have it
/// written out.
pub fn code_of(
    message: &Message<'_>,
    folded: &Folded,
    known: &[&'static Entry],
) -> Option<&'static str> {
    choose(message, folded.as_str(), known).map(|entry| entry.code.as_str())
}

fn finding(message: &Message<'_>, folded: &str, wordings: &[&'static Entry]) -> Diagnostic {
    let mut variables = variables::read(folded);
    match choose(message, folded, wordings) {
        Some(entry) => {
            variables.extend(entry.read(folded));
            count_up(entry, folded, &mut variables);
            known(entry, message, folded, variables)
        }
        None => unknown(message, variables),
    }
}

/// Whether the catalogue says what the code of a finding means.
pub fn is_known(code: &Code) -> bool {
    *code != UNKNOWN && Catalogue::get().find(code.as_str()).is_some()
}

/// The entry that fits best: a known delivery number, else a known wording, else any other name,
/// and only at last a name that says no more than that something was refused.
fn choose(
    message: &Message<'_>,
    folded: &str,
    wordings: &[&'static Entry],
) -> Option<&'static Entry> {
    let numbers: Vec<&str> = message
        .codes
        .iter()
        .filter_map(|name| delivery_number(name))
        .collect();
    let by_number = |number: &&str| named(number, wordings, folded);
    if let Some(entry) = numbers.iter().find_map(by_number) {
        return Some(entry);
    }
    if !numbers.is_empty() {
        return None;
    }
    let entries: Vec<&'static Entry> = message
        .codes
        .iter()
        .filter_map(|name| named(name, wordings, folded))
        .collect();
    let worded = |entry: &Entry| wordings.iter().any(|known| known.code == entry.code);
    let telling = |entry: &&&'static Entry| !entry.wrapper;
    entries
        .iter()
        .find(|entry| !entry.wrapper && worded(entry))
        .or_else(|| wordings.iter().find(telling))
        .or_else(|| entries.iter().find(telling))
        .or_else(|| wordings.first())
        .or_else(|| entries.first())
        .copied()
}

/// The entry of a name; where Apple uses one for two faults, the one whose wording the text has.
fn named(name: &str, wordings: &[&'static Entry], folded: &str) -> Option<&'static Entry> {
    let entries = Catalogue::get().find_all(name);
    let worded = |entry: &&&'static Entry| wordings.iter().any(|known| known.code == entry.code);
    let fitting = |entry: &&&'static Entry| entries.len() > 1 && entry.fits(folded);
    entries
        .iter()
        .find(worded)
        .or_else(|| entries.iter().find(fitting))
        .or_else(|| entries.first())
        .copied()
}

/// The delivery number in a name such as `ITMS-90683` or `STATE_ERROR.VALIDATION_ERROR.90683`.
fn delivery_number(name: &str) -> Option<&str> {
    let number = name.rsplit(['.', '-', ' ']).next()?;
    is_delivery_number(number).then_some(number)
}

fn known(
    entry: &'static Entry,
    message: &Message<'_>,
    folded: &str,
    variables: BTreeMap<String, String>,
) -> Diagnostic {
    let severity = message.severity.unwrap_or(entry.severity);
    let mut found = Diagnostic::new(
        severity,
        Code::new(&entry.code),
        fill(&entry.title, &variables),
    )
    .message(shown(message.text))
    .said_by(message.source);
    found.codes = names(entry, message, folded);
    found.subjects = entry
        .subjects
        .iter()
        .filter_map(|text| subject(text, &variables))
        .collect();
    found.fix = steps(entry, &variables);
    found.link = entry.links.first().cloned();
    found.retry = Some(entry.retry);
    found.variables = variables;
    settle(&mut found, entry, folded, "");
    found
}

fn unknown(message: &Message<'_>, variables: BTreeMap<String, String>) -> Diagnostic {
    let name = message.codes.first().map(|name| printed(name, false));
    let code = match &name {
        Some(name) => Code::read(name.to_ascii_lowercase()),
        None => UNKNOWN,
    };
    let title = unknown_title(name.as_deref(), message.text);
    let mut found = Diagnostic::new(message.severity.unwrap_or(Severity::Error), code, title)
        .message(shown(message.text))
        .said_by(message.source);
    found.fix = Catalogue::get()
        .find(UNKNOWN.as_str())
        .map(|entry| steps(entry, &variables))
        .unwrap_or_default();
    found.codes = Vec::new();
    for name in &message.codes {
        found = found.also_known_as(printed(name, false));
    }
    if found.codes.is_empty() {
        found.codes.push(found.code.to_string());
    }
    found.variables = variables;
    found
}

/// What was said, cut, for nothing else is known of it.
fn unknown_title(name: Option<&str>, text: &str) -> String {
    /// The most bytes of the words in a title.
    const WORDS: usize = 100;
    let words = shown(text.lines().next().unwrap_or_default());
    let words = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | ','));
    let cut = letters(words, WORDS);
    match (name, cut.is_empty()) {
        (Some(name), true) => format!("{name}: a code that is not known yet"),
        (Some(name), false) => format!("{name} is not known yet: {cut}"),
        (None, true) => "a message that is not known yet".to_owned(),
        (None, false) => format!("not known yet: {cut}"),
    }
}

/// Every name: those printed, the entry's own, and its others. Another delivery number is named
/// only where the message prints it, for it may stand for a second fault.
fn names(entry: &Entry, message: &Message<'_>, folded: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: String| {
        if !names.contains(&name) {
            names.push(name);
        }
    };
    let all = entry.names();
    let other = |name: &String| name.starts_with("ITMS-") && Some(name) != all.first();
    if entry.number().is_some()
        && !message
            .codes
            .iter()
            .map(|name| printed(name, false))
            .any(|name| other(&name))
    {
        all.first().cloned().into_iter().for_each(&mut add);
    }
    message
        .codes
        .iter()
        .map(|name| printed(name, false))
        .for_each(&mut add);
    all.into_iter()
        .filter(|name| delivery_number(name).is_none_or(|number| folded.contains(number)))
        .for_each(&mut add);
    if names.is_empty() {
        names.push(entry.code.clone());
    }
    names
}

/// Adds the next free number where Apple names the last one taken.
fn count_up(entry: &Entry, folded: &str, variables: &mut BTreeMap<String, String>) {
    let about = |subject: &str| entry.subjects.iter().any(|text| text == subject);
    if about("build-number")
        && folded.contains("already")
        && !variables.contains_key("previous_build_number")
        && let Some(taken) = variables.get("build_number").cloned()
    {
        variables.insert("previous_build_number".to_owned(), taken);
    }
    for (taken, next) in [
        ("previous_build_number", "next_build_number"),
        ("previous_version", "next_version"),
    ] {
        if let Some(number) = variables
            .get(taken)
            .and_then(|taken| BuildNumber::new(taken).next())
        {
            variables.insert(next.to_owned(), number.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Subject;

    fn say(text: &str, codes: &[&str]) -> Diagnostic {
        let codes = codes.iter().map(|&code| code.to_owned()).collect();
        diagnose(&Message {
            text,
            codes,
            severity: None,
            source: "altool",
        })
    }

    #[test]
    fn the_fix_names_what_the_message_is_about() {
        let found = say(
            "Missing purpose string in Info.plist. The Info.plist file for the “Buoy.app” bundle should contain a NSMicrophoneUsageDescription key.",
            &["90683"],
        );
        assert_eq!(found.code.as_str(), "itms-90683");
        assert_eq!(found.codes[0], "ITMS-90683");
        assert!(
            found.fix[0].contains("NSMicrophoneUsageDescription"),
            "{:?}",
            found.fix
        );
        assert_eq!(
            found.subjects[0],
            Subject::InfoPlistKey {
                bundle: Some("Buoy.app".into()),
                key: "NSMicrophoneUsageDescription".into()
            }
        );
    }

    #[test]
    fn the_next_free_build_number_is_said() {
        let found = say(
            "Redundant Binary Upload. You've already uploaded a build with build number '2.0.53.731' for version number '2.1'.",
            &["ITMS-90189"],
        );
        assert_eq!(found.variables["next_build_number"], "2.0.53.732");
        assert!(
            found.fix.iter().any(|step| step.contains("2.0.53.732")),
            "{:?}",
            found.fix
        );
        assert!(found.subjects.contains(&Subject::BuildNumber));
    }

    #[test]
    fn a_number_with_two_meanings_is_told_apart_by_the_words() {
        let code = |text| say(text, &["90054"]).code.to_string();
        assert_eq!(
            code("The bundle identifier cannot be changed from the previous version."),
            "itms-90054"
        );
        assert_eq!(
            code(
                "The value for key CFBundleVersion [7b] must be a period-separated list of at most three non-negative integers."
            ),
            "itms-90054-build-number"
        );
    }

    #[test]
    fn words_beat_a_name_that_says_only_that_something_was_refused() {
        let found = say(
            "Validation failed. Invalid large app icon. The large app icon in the asset catalog in “Buoy.app” can’t be transparent or contain an alpha channel.",
            &["409", "STATE_ERROR.VALIDATION_ERROR"],
        );
        assert_eq!(found.code.as_str(), "itms-90717");
        assert_eq!(found.codes[..2], ["ITMS-90717", "409"]);
    }

    #[test]
    fn a_code_that_is_not_known_is_never_dropped() {
        let found = say("The lantern is dim. (ID: x)", &["91999"]);
        assert_eq!(found.code.as_str(), "itms-91999");
        assert_eq!(found.codes, ["ITMS-91999"]);
        assert_eq!(found.message, "The lantern is dim. (ID: x)");
        assert!(found.fix.iter().any(|step| step.contains("report")));
    }

    #[test]
    fn a_message_without_name_and_known_words_is_kept_too() {
        assert_eq!(say("The lantern is dim.", &[]).code, UNKNOWN);
    }
}
