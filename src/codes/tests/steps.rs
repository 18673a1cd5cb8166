//! How every step is written: it is understood alone, reads as a sentence, and fits each repository and machine.

use super::style::{none, prose, texts};
use crate::codes::frameworks::FRAMEWORKS;
use crate::codes::{Catalogue, Entry, Message, diagnose};

/// The families whose faults are of one framework's tools.
const OF_FRAMEWORKS: [&str; 8] = [
    "codemagic",
    "dotnet",
    "electron",
    "engines",
    "expo",
    "fastlane",
    "flutter",
    "tauri",
];

#[test]
fn a_framework_is_named_only_in_a_line_of_its_own() {
    let mut faults = Vec::new();
    let general = |entry: &&Entry| !OF_FRAMEWORKS.contains(&entry.family.as_str());
    for entry in Catalogue::get().entries().iter().filter(general) {
        for step in &entry.fix {
            let step = prose(step);
            let is_named = |name: &str| {
                step.match_indices(name).any(|(at, _)| {
                    let before = step[..at].chars().next_back();
                    let after = step[at + name.len()..].chars().next();
                    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                    !is_word(before) && !is_word(after)
                })
            };
            if let Some((_, name)) = FRAMEWORKS.iter().find(|(_, name)| is_named(name)) {
                faults.push(format!("{}: {name}: {step}", entry.code));
            }
        }
    }
    none(&faults);
}

#[test]
fn a_label_is_a_phrase_or_a_sentence_with_its_article() {
    const NOUNS: [&str; 20] = [
        "app",
        "archive",
        "build",
        "bundle",
        "certificate",
        "feature",
        "file",
        "framework",
        "identifier",
        "key",
        "layout",
        "log",
        "mail",
        "message",
        "package",
        "path",
        "profile",
        "record",
        "upload",
        "vendor",
    ];
    const VERBS: [&str; 14] = [
        "is", "are", "was", "has", "had", "does", "did", "cannot", "comes", "makes", "worked",
        "says", "there", "hangs",
    ];
    let mut faults = Vec::new();
    for entry in Catalogue::get().entries() {
        for step in entry.all_steps() {
            let mut words = step.split_whitespace().take(2).map(str::to_lowercase);
            let (first, second) = (words.next(), words.next());
            let (first, second) = (first.unwrap_or_default(), second.unwrap_or_default());
            let second = second.trim_end_matches(':');
            if NOUNS.contains(&first.as_str()) && VERBS.contains(&second) {
                faults.push(format!("{}: {step}", entry.code));
            }
        }
    }
    none(&faults);
}

#[test]
fn a_step_is_understood_without_the_one_before() {
    const LEANING: [&str; 4] = ["If so,", "If not,", "If it does,", "If it does not,"];
    let mut faults = Vec::new();
    for entry in Catalogue::get().entries() {
        for step in entry.all_steps() {
            if LEANING.iter().any(|words| step.starts_with(words)) {
                faults.push(format!("{}: {step}", entry.code));
            }
        }
    }
    none(&faults);
}

#[test]
fn no_version_of_xcode_is_in_a_path_that_a_machine_may_not_have() {
    for entry in Catalogue::get().entries() {
        for text in texts(entry) {
            let mut after = text.split("/Applications/Xcode").skip(1);
            let numbered = |rest: &str| {
                rest.trim_start_matches(['_', '-'])
                    .starts_with(|c: char| c.is_ascii_digit())
            };
            assert!(!after.any(numbered), "{}: {text}", entry.code);
        }
    }
}

#[test]
fn a_message_gets_four_steps_at_most_and_none_points_to_what_is_not_shown() {
    const MOST_STEPS: usize = 4;
    let mut faults = Vec::new();
    for entry in Catalogue::get().entries() {
        let found = diagnose(&Message {
            text: &entry.example,
            codes: entry.names(),
            severity: None,
            source: "test",
        });
        if found.fix.len() > MOST_STEPS {
            faults.push(format!("{}: {:#?}", entry.code, found.fix));
        }
        let points = |step: &&String| step.contains("see below") || step.contains("as below");
        if let Some(step) = entry.all_steps().find(points) {
            faults.push(format!("{}: {step}", entry.code));
        }
    }
    none(&faults);
}
