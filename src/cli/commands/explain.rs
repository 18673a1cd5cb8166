//! `jetway explain`: what a code means and how to mend it, offline.

use std::io::Read as _;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::codes::{self, Catalogue, Entry, Message};
use crate::event::{Ending, Why};
use crate::report::people::plain;

use crate::cli::given::STANDARD_INPUT;
use crate::cli::given::text;
use crate::cli::{args, choices};
use crate::plan::defaults;
use crate::secret::{Vault, typed};
use crate::text::lines as plain_lines;

/// A mail or log that is longer is for `annotate`.
const LONGEST_MESSAGE: u64 = 1 << 20;
const SUGGESTIONS: usize = 3;

/// How the pages are printed.
#[derive(Clone, Copy)]
enum Format {
    Text,
    Markdown,
    Json,
}

/// What `--format` takes.
const FORMATS: [(&str, Format); 3] = [
    ("text", Format::Text),
    ("markdown", Format::Markdown),
    ("json", Format::Json),
];

pub fn main(typed: &args::Explain, known: &Vault) -> anyhow::Result<ExitCode> {
    let format = text(typed.format.as_deref()).unwrap_or(defaults::FORMAT);
    let format = match choices::read(&FORMATS, format) {
        Ok(format) => format,
        Err(why) => return Ok(wrong(known, &format!("--format: {why}"))),
    };
    if typed.list {
        print(&codes::explain_list())?;
        return Ok(ExitCode::SUCCESS);
    }
    if typed.codes.is_empty() {
        return Ok(wrong(
            known,
            "name a code, such as ITMS-90683; --list prints all of them",
        ));
    }
    let mut pages = Vec::new();
    let mut unknown = Vec::new();
    for asked in &typed.codes {
        let text = text_of(asked).context("standard input can't be read")?;
        let text = known.redact(&plain_lines(&text));
        match explain(&text, format) {
            Ok(mut found) => pages.append(&mut found),
            Err(sentence) => unknown.push(sentence),
        }
    }
    if !pages.is_empty() {
        print(&joined(&pages, format))?;
    }
    for sentence in &unknown {
        plain::talk(known, sentence);
    }
    Ok(match unknown.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(Ending::at_once(Why::Refused).exit_code()),
    })
}

fn print(pages: &str) -> anyhow::Result<()> {
    plain::data(pages).context("the explanation could not be written")
}

fn wrong(known: &Vault, why: &str) -> ExitCode {
    plain::talk(known, &format!("jetway explain: {why}"));
    ExitCode::from(Ending::at_once(Why::Usage).exit_code())
}

/// The argument, or what standard input holds.
fn text_of(asked: &str) -> std::io::Result<String> {
    if asked != STANDARD_INPUT {
        return Ok(asked.to_owned());
    }
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(LONGEST_MESSAGE)
        .read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The pages of all entries that the text names or is worded like; else why there is none.
fn explain(text: &str, format: Format) -> Result<Vec<String>, String> {
    let catalogue = Catalogue::get();
    let text = text.trim();
    let named = catalogue.find_all(text);
    if !named.is_empty() {
        return Ok(named
            .into_iter()
            .map(|entry| page(entry, None, format))
            .collect());
    }
    let spoken = spoken_of(text);
    if !spoken.is_empty() {
        return Ok(spoken
            .into_iter()
            .map(|entry| page(entry, Some(text), format))
            .collect());
    }
    let near = catalogue.nearest(text, SUGGESTIONS);
    let text = typed::shown(text);
    Err(match near.as_slice() {
        [] => {
            format!("`{text}` is not known. Paste Apple's whole message in quotes, or see --list.")
        }
        near => format!("`{text}` is not known. Near it: {}.", near.join(", ")),
    })
}

/// The entries that a pasted message speaks of: those it names, else those it is worded like. A name that
/// only says that something was refused never beats the words beside it.
fn spoken_of(text: &str) -> Vec<&'static Entry> {
    let catalogue = Catalogue::get();
    let mut entries: Vec<&'static Entry> = codes::names_in(text)
        .iter()
        .filter_map(|name| catalogue.find(name))
        .collect();
    if entries.iter().all(|entry| entry.wrapper) {
        let worded = codes::recognise(text);
        let telling = worded.iter().any(|entry| !entry.wrapper);
        match telling {
            true => entries = worded,
            false => entries.extend(worded),
        }
    }
    let mut seen = Vec::new();
    entries.retain(|entry| {
        let new = !seen.contains(&entry.code);
        seen.push(entry.code.clone());
        new
    });
    entries
}

fn page(entry: &Entry, message: Option<&str>, format: Format) -> String {
    match format {
        Format::Json => codes::explain_json(entry),
        Format::Markdown => {
            codes::explain_markdown(entry) + &for_this_message(entry, message, "1.")
        }
        Format::Text => codes::explain_text(entry) + &for_this_message(entry, message, "  1."),
    }
}

/// The steps again with what the message names filled in, where that says more.
fn for_this_message(entry: &Entry, message: Option<&str>, mark: &str) -> String {
    let Some(text) = message else {
        return String::new();
    };
    let found = codes::diagnose(&Message {
        text,
        codes: vec![entry.code.clone()],
        severity: None,
        source: "jetway",
    });
    let steps = found.fix.iter();
    let steps = steps.map(|step| format!("{mark} {}\n", plain::harmless(&Vault::default(), step)));
    match found.variables.is_empty() {
        true => String::new(),
        false => format!("\nFor this message\n\n{}", steps.collect::<String>()),
    }
}

fn joined(pages: &[String], format: Format) -> String {
    match format {
        Format::Json => format!("[{}]\n", pages.join(",\n")),
        Format::Markdown => pages.join("\n"),
        Format::Text => pages.join("\n----\n\n"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::asc;
    use crate::credentials;
    use crate::diagnostic::{CASE, Code, Diagnostic};
    use crate::github;
    use crate::ipa;
    use crate::logs;
    use crate::stages;

    #[test]
    fn our_own_codes_are_those_of_the_rooms_and_those_of_the_catalogue() {
        let rooms = [
            codes::CODES,
            logs::diagnostics::CODES,
            crate::apple::diagnostics::CODES,
            crate::archive::diagnostics::CODES,
            crate::signing::diagnostics::CODES,
            asc::diagnostics::CODES,
            github::diagnostics::CODES,
            credentials::diagnostics::CODES,
            ipa::diagnostics::CODES,
            stages::diagnostics::CODES,
            stages::altool::diagnostics::CODES,
            crate::preflight::diagnostics::CODES,
            stages::distribution::diagnostics::CODES,
            stages::release::CODES,
            stages::submission::diagnostics::CODES,
            crate::run::diagnostics::CODES,
            crate::run::doctor::diagnostics::CODES,
            crate::cli::diagnostics::CODES,
        ];
        let found: BTreeSet<&str> = rooms.into_iter().flatten().map(Code::as_str).collect();
        let known: BTreeSet<&str> = own().map(|entry| entry.code.as_str()).collect();
        assert_eq!(found, known);
    }

    #[test]
    fn our_own_cases_are_those_of_the_rooms_and_those_of_the_catalogue() {
        let rooms = [
            crate::apple::diagnostics::CASES,
            crate::archive::diagnostics::CASES,
            crate::signing::diagnostics::CASES,
            asc::diagnostics::CASES,
            credentials::diagnostics::CASES,
            ipa::diagnostics::CASES,
            stages::diagnostics::CASES,
            stages::altool::diagnostics::CASES,
            crate::run::diagnostics::CASES,
            crate::run::doctor::diagnostics::CASES,
            stages::distribution::diagnostics::CASES,
            crate::cli::diagnostics::CASES,
        ];
        let found: BTreeSet<(&str, &str)> = rooms
            .into_iter()
            .flatten()
            .map(|(code, case)| (code.as_str(), *case))
            .collect();
        let known: BTreeSet<(&str, &str)> = own()
            .flat_map(|entry| {
                let of_words = |case: &codes::Case| case.says.is_some() || case.near.is_some();
                let named = entry.cases.iter().filter(move |(_, case)| !of_words(case));
                named.map(|(name, _)| (entry.code.as_str(), name.as_str()))
            })
            .collect();
        assert_eq!(found, known);
    }

    #[test]
    fn every_finding_of_ours_gets_whole_steps() {
        for entry in own() {
            let general = Diagnostic::error(Code::read(&entry.code), "a fault");
            let cases = entry.cases.keys();
            let cases = cases.map(|case| general.clone().variable(CASE, case));
            for mut found in cases.chain([general.clone()]) {
                codes::complete(&mut found, None);
                assert!(!found.fix.is_empty(), "{found:?}");
                for step in &found.fix {
                    let is_whole = !step.starts_with(char::is_lowercase) && step.ends_with('.');
                    assert!(is_whole, "{}: {step}", entry.code);
                }
            }
        }
    }

    fn own() -> impl Iterator<Item = &'static Entry> {
        let entries = Catalogue::get().entries().iter();
        entries.filter(|entry| entry.family == "jetway")
    }

    #[test]
    fn every_entry_of_the_catalogue_is_explained_in_every_form() {
        for entry in Catalogue::get().entries() {
            for format in [Format::Text, Format::Markdown, Format::Json] {
                let pages = explain(&entry.code, format).unwrap_or_default();
                assert!(!pages.is_empty(), "{}", entry.code);
            }
        }
    }

    #[test]
    fn a_near_miss_is_suggested() {
        let sentence = explain("ITMS-9068", Format::Text).unwrap_err();
        assert!(sentence.contains("Near it"), "{sentence}");
    }
}
