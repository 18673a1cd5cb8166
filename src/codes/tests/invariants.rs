//! What every entry must hold.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes::entry::{Case, built, expression};
use crate::codes::fold::fold;
use crate::codes::grammar::{BARE_PATHS, RULES};
use crate::codes::subject::subject;
use crate::codes::template::places;
use crate::codes::{Catalogue, Entry, Message, diagnose, names_in, recognise, variables};
use crate::diagnostic::CASE;
use crate::text::expressions::Expressions;

/// Fails with every fault at once, so that a writer sees the whole list.
fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

fn faults(check: impl Fn(&Entry) -> Vec<String>) -> Vec<String> {
    Catalogue::get()
        .entries()
        .iter()
        .flat_map(|entry| {
            check(entry)
                .into_iter()
                .map(|fault| format!("{}: {fault}", entry.code))
        })
        .collect()
}

#[test]
fn codes_are_unique_and_lower_case() {
    let mut seen = BTreeSet::new();
    none(&faults(|entry| {
        let shape = entry
            .code
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-".contains(&b));
        if shape {
            Vec::new()
        } else {
            vec!["has letters that a code may not have".into()]
        }
    }));
    let twice: Vec<String> = Catalogue::get()
        .entries()
        .iter()
        .map(|entry| entry.code.clone())
        .filter(|code| !seen.insert(code.clone()))
        .collect();
    none(&twice);
}

#[test]
fn every_field_says_something() {
    none(&faults(|entry| {
        let mut list = Vec::new();
        for (name, text) in [
            ("title", &entry.title),
            ("meaning", &entry.meaning),
            ("why", &entry.why),
            ("example", &entry.example),
        ] {
            if text.trim().len() < 8 {
                list.push(format!("{name} is empty"));
            }
        }
        if entry.fix.is_empty() || entry.all_steps().any(|step| step.trim().len() < 8) {
            list.push("fix is empty".into());
        }
        for (name, case) in &entry.cases {
            if case.fix.is_empty() || case.when.trim().len() < 4 {
                list.push(format!("the case {name} says nothing"));
            }
        }
        if entry.title.len() > 120 || entry.title.ends_with('.') {
            list.push("title is too long or ends with a full stop".into());
        }
        list
    }));
}

#[test]
fn steps_are_few_short_and_whole_sentences() {
    const MOST_STEPS: usize = 4;
    const MOST_WORDS: usize = 30;
    none(&faults(|entry| {
        let mut list = Vec::new();
        if entry.fix.len() > MOST_STEPS {
            list.push(format!("{} steps", entry.fix.len()));
        }
        for (name, case) in &entry.cases {
            if case.fix.len() > MOST_STEPS {
                list.push(format!("{} steps in the case {name}", case.fix.len()));
            }
        }
        for step in entry.all_steps() {
            let words = step.split_whitespace().count();
            if words > MOST_WORDS {
                list.push(format!("a step of {words} words: {step}"));
            }
            if !step.ends_with('.') {
                list.push(format!("no full stop: {step}"));
            }
            let is_label = step
                .split(' ')
                .next()
                .is_some_and(|word| word.ends_with(':'));
            let of_framework = entry.framework.values().any(|line| line == step);
            let is_name = step.starts_with("altool") || step.starts_with("xcodebuild");
            if !is_label && !of_framework && !is_name && step.starts_with(char::is_lowercase) {
                list.push(format!("no capital: {step}"));
            }
        }
        list
    }));
}

#[test]
fn links_are_https() {
    none(&faults(|entry| {
        let of_cases = entry
            .cases
            .values()
            .flat_map(|case| case.links.iter().flatten());
        entry
            .links
            .iter()
            .chain(of_cases)
            .filter(|link| !link.starts_with("https://"))
            .cloned()
            .collect()
    }));
}

#[test]
fn every_expression_builds() {
    none(&faults(|entry| {
        let of_cases = entry
            .cases
            .values()
            .flat_map(|case| [&case.says, &case.near]);
        let all = entry.patterns.iter().chain(&entry.recognise);
        let all = all.chain(of_cases.flatten());
        all.filter_map(|pattern| expression(pattern).err().map(|error| error.to_string()))
            .collect()
    }));
    assert!(recognise("nothing").is_empty());
    assert!(variables("nothing").is_empty());
}

#[test]
fn every_place_in_a_step_has_other_words() {
    none(&faults(|entry| {
        let texts = entry
            .all_steps()
            .chain([&entry.title, &entry.meaning, &entry.why]);
        texts
            .flat_map(|text| places(text))
            .filter(|(_, other)| other.is_none())
            .map(|(name, _)| format!("{{{name}}}"))
            .collect()
    }));
}

/// The names of the groups in an expression.
fn groups(expression: &str) -> impl Iterator<Item = &str> {
    expression
        .split("(?P<")
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
}

#[test]
fn only_our_own_findings_name_their_cases() {
    none(&faults(|entry| {
        let groups = entry
            .patterns
            .iter()
            .any(|own| groups(own).any(|name| name == CASE));
        let named = |case: &Case| case.says.is_none() && case.near.is_none();
        let named = entry.cases.values().any(named);
        match groups || (entry.family != "jetway" && named) {
            true => vec!["has a case that no room names".into()],
            false => Vec::new(),
        }
    }));
}

#[test]
fn every_place_names_a_variable_that_something_reads() {
    const DERIVED: &[&str] = &[
        "architectures",
        "bundle",
        "bundles",
        "bundle_ids",
        "categories",
        "class",
        "data",
        "entitlements",
        "framework",
        "keys",
        "next_build_number",
        "next_version",
        "paths",
        "reason",
    ];
    /// What rooms read of their own findings.
    const OF_ROOMS: &[&str] = &["option", "permissions", "record", "setting", "test"];
    let general: BTreeSet<&str> = RULES
        .iter()
        .chain(BARE_PATHS)
        .flat_map(|rule| groups(rule))
        .chain(DERIVED.iter().copied())
        .collect();
    none(&faults(|entry| {
        let known = |name: &str| {
            general.contains(name)
                || entry.family == "jetway" && OF_ROOMS.contains(&name)
                || entry
                    .patterns
                    .iter()
                    .any(|own| groups(own).any(|other| other == name))
        };
        let texts = entry
            .all_steps()
            .chain(&entry.subjects)
            .chain([&entry.title]);
        texts
            .flat_map(|text| places(text))
            .filter(|(name, _)| !known(name))
            .map(|(name, _)| format!("{{{name}}} is read by nothing"))
            .collect()
    }));
}

#[test]
fn every_subject_is_of_a_known_kind() {
    none(&faults(|entry| {
        let all: Vec<_> = entry
            .subjects
            .iter()
            .map(|text| (text, places(text)))
            .collect();
        let unknown = |(text, places): &(&String, Vec<(&str, Option<&str>)>)| {
            let filled: BTreeMap<String, String> = places
                .iter()
                .map(|(name, _)| ((*name).to_owned(), "x".to_owned()))
                .collect();
            subject(text, &filled)
                .is_none()
                .then(|| format!("subject {text}"))
        };
        all.iter().filter_map(unknown).collect()
    }));
}

#[test]
fn every_name_finds_its_entry() {
    none(&faults(|entry| {
        let all = entry.names().into_iter().chain([entry.code.clone()]);
        all.filter(|name| {
            !Catalogue::get()
                .find_all(name)
                .iter()
                .any(|found| found.code == entry.code)
        })
        .collect()
    }));
}

#[test]
fn every_example_is_its_entry_and_no_other() {
    none(&faults(|entry| {
        let mut list = Vec::new();
        let found = recognise(&entry.example);
        let others: Vec<&str> = found
            .iter()
            .filter(|other| other.code != entry.code)
            .map(|other| other.code.as_str())
            .collect();
        let told_by_number = entry.recognise.is_empty()
            && entry
                .number()
                .is_some_and(|number| entry.example.contains(number));
        if !others.is_empty() && !told_by_number {
            list.push(format!("the example is also {}", others.join(", ")));
        }
        if !entry.recognise.is_empty() && !found.iter().any(|own| own.code == entry.code) {
            list.push("the example is not recognised".into());
        }
        if !entry.patterns.is_empty() && !entry.fits(&fold(&entry.example)) {
            list.push("no pattern fits the example".into());
        }
        let mut codes = names_in(&entry.example);
        if codes.is_empty() && entry.recognise.is_empty() {
            codes = entry.names();
        }
        let own = diagnose(&Message {
            text: &entry.example,
            codes,
            severity: None,
            source: "test",
        });
        if own.code.as_str() != entry.code {
            list.push(format!("the example is found as {}", own.code));
        }
        list
    }));
}

#[test]
fn a_name_is_found_behind_any_beginning_and_numbers_are_not_taken_for_names() {
    let code = |name: &str| {
        let found = Catalogue::get().find(name);
        found.map_or("", |entry| entry.code.as_str())
    };
    for name in [
        "CONTENT_NOT_UPLOADED",
        "STATE_ERROR.CONTENT_NOT_UPLOADED",
        "X.Y.CONTENT_NOT_UPLOADED",
    ] {
        assert_eq!(code(name), "asc-content-not-uploaded", "{name}");
    }
    assert_eq!(code("STATE_ERROR.SOMETHING_ELSE"), "asc-state-error");
    assert_eq!(code("STATE_ERROR.VALIDATION_ERROR.90683"), "itms-90683");
}

/// Every expression against every example: what the letters of an expression leave out can't fit.
#[test]
fn nothing_that_fits_is_filtered_out() {
    let patterns: Vec<&String> = Catalogue::get()
        .entries()
        .iter()
        .flat_map(|entry| entry.recognise.iter().chain(&entry.patterns))
        .collect();
    let expressions = Expressions::new(patterns.iter().map(|&pattern| pattern.clone()), built);
    let each: Vec<_> = patterns.iter().map(|pattern| built(pattern)).collect();
    none(&faults(|entry| {
        let folded = fold(&entry.example);
        let may: BTreeSet<usize> = expressions
            .candidates(&folded)
            .map(|(index, _)| index)
            .collect();
        let fits = |index: &usize| each[*index].is_match(folded.as_bytes());
        (0..each.len())
            .filter(|index| !may.contains(index) && fits(index))
            .map(|index| format!("{} is left out", patterns[index]))
            .collect()
    }));
}
