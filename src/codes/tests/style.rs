//! How every entry is written: what a tired person reads at night is short, plain and in order.

use crate::codes::{Catalogue, Entry};

/// The texts of an entry that people read.
pub(super) fn texts(entry: &Entry) -> impl Iterator<Item = &String> {
    let of_cases = entry
        .cases
        .values()
        .flat_map(|case| case.title.iter().chain([&case.when]));
    [&entry.title, &entry.meaning, &entry.why]
        .into_iter()
        .chain(entry.all_steps())
        .chain(of_cases)
}

/// The text without what stands between backticks.
pub(super) fn prose(text: &str) -> String {
    text.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

fn words(text: &str) -> Vec<String> {
    prose(text)
        .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

pub(super) fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn the_first_step_is_the_commonest_and_has_no_condition() {
    const CONDITIONS: [&str; 7] = [
        "If ",
        "Where ",
        "When ",
        "Else ",
        "Otherwise ",
        "Unless ",
        "Or ",
    ];
    let mut faults = Vec::new();
    for entry in Catalogue::get().entries() {
        let of_cases = entry.cases.values().map(|case| &case.fix);
        for steps in of_cases.chain([&entry.fix]) {
            let first = steps.first().map(String::as_str).unwrap_or_default();
            if CONDITIONS.iter().any(|word| first.starts_with(word)) {
                faults.push(format!("{}: {first}", entry.code));
            }
        }
    }
    none(&faults);
}

#[test]
fn the_words_are_plain() {
    /// The last two are no words at all: a replacement of letters made them.
    const ODD: [&str; 18] = [
        "mend", "mends", "mended", "anew", "beside", "wished", "foreign", "guests", "stands",
        "lies", "holds", "lie", "stand", "hold", "thereof", "whereas", "ares", "areard",
    ];
    /// What they may be part of.
    const FINE: [&str; 4] = ["stand for", "stands for", "on hold", "stand-alone"];
    let mut faults = Vec::new();
    for entry in Catalogue::get().entries() {
        for text in texts(entry) {
            let plain = FINE.iter().fold(prose(text).to_lowercase(), |text, fine| {
                text.replace(fine, "")
            });
            let odd = words(&plain)
                .into_iter()
                .find(|word| ODD.contains(&word.as_str()));
            if let Some(word) = odd.or_else(|| plain.contains("in place of").then(String::new)) {
                faults.push(format!("{}: {word}: {text}", entry.code));
            }
        }
    }
    none(&faults);
}

#[test]
fn nothing_is_stressed_by_asterisks_which_a_terminal_shows() {
    let mut faults = Vec::new();
    for entry in Catalogue::get().entries() {
        for text in texts(entry) {
            let prose = prose(text);
            let stressed = prose.split('*').skip(1).step_by(2).any(|inside| {
                inside.starts_with(char::is_alphabetic) && inside.ends_with(char::is_alphabetic)
            });
            if stressed && prose.matches('*').count() >= 2 {
                faults.push(format!("{}: {text}", entry.code));
            }
        }
    }
    none(&faults);
}

#[test]
fn inputs_of_the_action_are_named_only_in_words_of_our_own() {
    const INPUTS: [&str; 4] = [
        "`api-key-id`",
        "`api-issuer-id`",
        "`api-private-key`",
        "`api-key`",
    ];
    let mut faults = Vec::new();
    for entry in Catalogue::get().entries() {
        if entry.family == "jetway" {
            continue;
        }
        for step in &entry.fix {
            if INPUTS.iter().any(|input| step.contains(input)) {
                faults.push(format!("{}: {step}", entry.code));
            }
        }
    }
    none(&faults);
}

#[test]
fn dates_are_absolute_and_doubt_has_a_field_of_its_own() {
    const LOOSE: [&str; 10] = [
        "today",
        "this year",
        "next year",
        "last year",
        "recently",
        "nowadays",
        "own words decide",
        "own words below",
        "no public text",
        "not seen the full text",
    ];
    let mut faults = Vec::new();
    for entry in Catalogue::get().entries() {
        for text in texts(entry) {
            let text = prose(text).to_lowercase().replace("today extension", "");
            if let Some(loose) = LOOSE.iter().find(|loose| text.contains(*loose)) {
                faults.push(format!("{}: {loose}: {text}", entry.code));
            }
        }
        if entry.unconfirmed && !entry.made_up {
            faults.push(format!("{}: an example that nobody saw", entry.code));
        }
    }
    none(&faults);
}

#[test]
fn other_codes_are_named_as_apple_prints_them() {
    let is_number = |word: &str| {
        word.len() == 5
            && (word.starts_with("90") || word.starts_with("91"))
            && word.bytes().all(|b| b.is_ascii_digit())
    };
    let mut faults = Vec::new();
    for entry in Catalogue::get().entries() {
        for text in texts(entry) {
            let bare = words(text).into_iter().find(|word| is_number(word));
            let is_own = |word: &String| entry.number() == Some(word.as_str());
            if let Some(word) =
                bare.filter(|word| !is_own(word) && !text.contains(&format!("ITMS-{word}")))
            {
                let is_range = text.contains(&format!("to {word}"));
                if !is_range {
                    faults.push(format!("{}: {word}: {text}", entry.code));
                }
            }
        }
    }
    none(&faults);
}

/// Heads of Apple's messages that stand for many faults.
const GENERAL: [&str; 7] = [
    "this bundle is invalid",
    "invalid bundle",
    "the binary is invalid",
    "the product archive is invalid",
    "invalid executable",
    "invalid info.plist value",
    "missing info.plist value",
];

/// What Apple calls the fault: the head of its message.
fn term(entry: &Entry) -> Option<String> {
    const MOST_WORDS: usize = 6;
    let head = entry.example.strip_prefix("ITMS-")?;
    let head = head.trim_start_matches(|c: char| c.is_ascii_digit());
    let head = head.trim_start_matches([':', ' ', '"']);
    let end = [" - ", " — ", ". ", ": ", "\""]
        .iter()
        .filter_map(|end| head.find(end))
        .min()
        .unwrap_or(head.len());
    let head = head[..end].trim_end_matches('.');
    let is_term = (4..=60).contains(&head.len())
        && head.split_whitespace().count() <= MOST_WORDS
        && !head.contains(['/', '\'', '“', '(', '[', '$'])
        && head.starts_with(|c: char| c.is_ascii_uppercase())
        && !GENERAL.contains(&head.to_lowercase().as_str());
    is_term.then(|| head.to_lowercase())
}

#[test]
fn a_title_has_apples_own_term_by_which_people_search() {
    let mut faults = Vec::new();
    for entry in Catalogue::get().entries() {
        if entry.made_up {
            continue;
        }
        let Some(term) = term(entry) else { continue };
        let title = entry.title.to_lowercase();
        let is_in = |word: &str| title.contains(word.trim_matches(','));
        if !term.split_whitespace().all(is_in) {
            faults.push(format!(
                "{}: `{term}` is not in `{}`",
                entry.code, entry.title
            ));
        }
    }
    none(&faults);
}

#[test]
fn nothing_is_said_of_a_limit_that_team_keys_do_not_have() {
    for entry in Catalogue::get().entries() {
        for text in texts(entry) {
            for false_words in [
                "restricted to other apps",
                "key restricted to apps",
                "give the key access",
                "access to this app is",
                "may start anew",
                "may start again",
            ] {
                assert!(!text.contains(false_words), "{}: {text}", entry.code);
            }
        }
    }
}
