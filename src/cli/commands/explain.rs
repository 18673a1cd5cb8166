//! `jetway explain`: what a code means and how to mend it, offline.

use std::io::Read as _;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::codes::{self, Catalogue, Entry, Message, Told};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::event::{Ending, Why};
use crate::logs;
use crate::report::people::plain;

use crate::cli::given::STANDARD_INPUT;
use crate::cli::given::text;
use crate::cli::{args, choices};
use crate::plan::defaults;
use crate::secret::{Vault, typed};
use crate::text::lines as plain_lines;

/// A mail or log that is longer is for `annotate`.
const LONGEST_MESSAGE: u64 = 1 << 20;
const SUGGESTIONS: usize = 5;
/// The most entries that are named for words.
const MOST_HITS: usize = 5;
/// The most pages for a key.
const MOST_PAGES: usize = 3;
/// What has more words is a message.
const FEW_WORDS: usize = 6;
const NO_CODE: &str = "name a code, such as ITMS-90683; --list prints all of them";

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
        return Ok(wrong(known, NO_CODE));
    }
    let mut pages = Vec::new();
    let mut unknown = Vec::new();
    for asked in &typed.codes {
        let text = text_of(asked).context("standard input can't be read")?;
        let text = known.redact(&plain_lines(&text));
        if text.trim().is_empty() {
            return Ok(wrong(known, NO_CODE));
        }
        match answer(&text) {
            Answer::Pages(found) => {
                let one_number = Catalogue::get().find_all(text.trim()).len() > 1;
                if let (true, Format::Text) = (one_number, format) {
                    let name = typed::shown(text.trim());
                    let twice = "is used for more than one fault; read which words you have.";
                    pages.push(format!("`{name}` {twice}\n"));
                }
                for (entry, message) in found {
                    let page = page(entry, message.as_ref(), format);
                    if !pages.contains(&page) {
                        pages.push(page);
                    }
                }
            }
            Answer::Near(near) => match format {
                Format::Text => pages.push(hits(&text, &near)),
                other => pages.extend(near.iter().map(|entry| page(entry, None, other))),
            },
            Answer::Nothing(why) => unknown.push(why),
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

/// What there is to tell about a text.
enum Answer {
    /// These entries, each with what the text says of it.
    Pages(Vec<(&'static Entry, Option<Diagnostic>)>),
    /// None by name, but these have its words.
    Near(Vec<&'static Entry>),
    /// Nothing, and why.
    Nothing(String),
}

/// What a text asks for: a name, several, a key of a property list, a message, or words.
fn answer(text: &str) -> Answer {
    let catalogue = Catalogue::get();
    let text = text.trim();
    let bare =
        text.trim_matches(|c: char| c.is_whitespace() || ",;:.#()[]{}<>*`'\"!?|=".contains(c));
    let named = by_name(bare);
    if !named.is_empty() {
        return pages(named.into_iter().map(|entry| (entry, None)));
    }
    if let Some(found) = by_key(bare) {
        return pages(found);
    }
    let spoken = spoken_of(text);
    if !spoken.is_empty() {
        return pages(spoken);
    }
    let near = codes::search(bare, MOST_HITS);
    let is_phrase = |entry: &&&Entry| {
        bare.contains(' ') && entry.title.to_lowercase().contains(&bare.to_lowercase())
    };
    let mut whole = near.iter().filter(is_phrase);
    if let (Some(only), None) = (whole.next(), whole.next()) {
        return pages([(*only, None)]);
    }
    let few = bare.split_whitespace().count() <= FEW_WORDS;
    if few && !near.is_empty() && bare.chars().any(char::is_alphabetic) && !is_code(bare) {
        return Answer::Near(near);
    }
    let codes: Vec<&str> = match near.is_empty() || is_code(bare) {
        true => catalogue.nearest(bare, SUGGESTIONS),
        false => near.iter().map(|entry| entry.code.as_str()).collect(),
    };
    let shown = typed::shown(text);
    let mut why = format!("`{shown}` is not known.");
    if !codes.is_empty() {
        why.push_str(&format!(" Near it: {}.", codes.join(", ")));
    }
    why.push_str(" Apple's own sentence is the best lead: paste it whole, in quotes. --list shows all codes.");
    Answer::Nothing(why)
}

fn pages(list: impl IntoIterator<Item = (&'static Entry, Option<Diagnostic>)>) -> Answer {
    Answer::Pages(list.into_iter().collect())
}

/// The entries of a name in any spelling, or of several with commas, slashes or blanks between.
fn by_name(text: &str) -> Vec<&'static Entry> {
    let catalogue = Catalogue::get();
    let one = |name: &str| {
        let spellings = spellings(name);
        let found = spellings.iter().map(|name| catalogue.find_all(name));
        found.into_iter().find(|found| !found.is_empty())
    };
    if let Some(found) = one(text) {
        return found;
    }
    let is_between = |c: char| c.is_whitespace() || ",;/|+&".contains(c);
    let parts: Vec<&str> = text
        .split(is_between)
        .filter(|part| !part.is_empty() && !part.eq_ignore_ascii_case("and"))
        .collect();
    let named: Option<Vec<_>> = parts.iter().map(|part| one(part)).collect();
    named.unwrap_or_default().into_iter().flatten().collect()
}

/// A name as it is typed, and as tools print it: a number may lack its minus or what it is a number of.
fn spellings(text: &str) -> Vec<String> {
    const LEADS: [&str; 9] = [
        "exit", "exited", "with", "code", "status", "error", "http", "number", "returned",
    ];
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || ":=#".contains(c))
        .filter(|word| !word.is_empty())
        .collect();
    let mut spellings = vec![text.to_owned()];
    if let Some((number, leads)) = words.split_last()
        && number.trim_start_matches('-').parse::<u32>().is_ok()
        && leads.iter().all(|lead| LEADS.contains(lead))
    {
        let exit = format!("exit {number}");
        let rest = [(*number).to_owned(), format!("-{number}")];
        match leads.iter().any(|lead| lead.starts_with("exit")) {
            true => spellings.extend([exit].into_iter().chain(rest)),
            false => spellings.extend(rest.into_iter().chain([exit])),
        }
    }
    spellings
}

/// The entries about a key of a property list, with that key in their steps.
fn by_key(text: &str) -> Option<Vec<(&'static Entry, Option<Diagnostic>)>> {
    let is_key = |c: char| c.is_ascii_alphanumeric() || "~._-".contains(c);
    if text.len() < 6 || !text.chars().all(is_key) || !text.starts_with(char::is_alphabetic) {
        return None;
    }
    let mut entries = codes::about(text);
    entries.truncate(MOST_PAGES);
    let mut letters = text.chars();
    let has_prefix = letters.by_ref().take(2).all(|c| c.is_ascii_uppercase())
        && letters.any(|c| c.is_ascii_lowercase());
    if entries.is_empty() && has_prefix && text.chars().all(|c| c.is_ascii_alphanumeric()) {
        let general = ["itms-90360", "itms-90362"];
        entries = general
            .iter()
            .filter_map(|code| Catalogue::get().find(code))
            .collect();
    }
    let with_key = |entry: &'static Entry| {
        let mut found = diagnosed(entry, &format!("key '{text}'"));
        found.message.clear();
        (entry, Some(found))
    };
    (!entries.is_empty()).then(|| entries.into_iter().map(with_key).collect())
}

/// Whether the text is the name of a code, not words.
fn is_code(text: &str) -> bool {
    !text.contains(' ') && text.chars().any(|c| c.is_ascii_digit())
}

fn diagnosed(entry: &Entry, text: &str) -> Diagnostic {
    let mut found = codes::diagnose(&Message {
        text,
        codes: vec![entry.code.clone()],
        severity: severity_said(text),
        source: "jetway",
    });
    if found.code.as_str() != entry.code {
        found = Diagnostic::new(entry.severity, Code::read(&entry.code), entry.title.clone());
        found.message = text.to_owned();
        codes::complete(&mut found, None);
    }
    found
}

/// How a mail or a log line says that it matters.
fn severity_said(text: &str) -> Option<Severity> {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["WARNING ITMS", "delivery was successful"]) {
        Some(Severity::Warning)
    } else if has(&["ERROR ITMS", "issues with a recent delivery"]) {
        Some(Severity::Error)
    } else {
        None
    }
}

/// The entries that a pasted message speaks of: those it names, else those it is worded like. A name that
/// only says that something was refused never beats the words beside it. Where there are several messages,
/// each has its own names.
fn spoken_of(text: &str) -> Vec<(&'static Entry, Option<Diagnostic>)> {
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
    if entries.iter().any(|entry| !entry.wrapper) {
        entries.retain(|entry| !entry.wrapper);
    }
    let mut seen = Vec::new();
    entries.retain(|entry| {
        let new = !seen.contains(&entry.code);
        seen.push(entry.code.clone());
        new
    });
    if entries.len() < 2 && !text.contains('\n') {
        return (entries.into_iter())
            .map(|entry| (entry, Some(diagnosed(entry, text))))
            .collect();
    }
    let mut reader = logs::LogReader::new();
    reader.feed(text.as_bytes());
    let read = reader.finish().findings;
    let told = read.into_iter().filter_map(|found| {
        let entry = catalogue.find(found.code.as_str())?;
        (entry.family != "jetway").then_some((entry, Some(found)))
    });
    let mut list: Vec<(&'static Entry, Option<Diagnostic>)> = told.collect();
    for entry in entries {
        if !list.iter().any(|(known, _)| known.code == entry.code) {
            list.push((entry, Some(diagnosed(entry, text))));
        }
    }
    if list.iter().any(|(entry, _)| !entry.wrapper) {
        list.retain(|(entry, _)| !entry.wrapper);
    }
    list
}

fn page(entry: &Entry, message: Option<&Diagnostic>, format: Format) -> String {
    let told = match message {
        Some(found) => Told::message(entry, found),
        None => Told::entry(entry),
    };
    match format {
        Format::Json => codes::explain_json(told),
        Format::Markdown => plain::harmless(&Vault::default(), &codes::explain_markdown(told)),
        Format::Text => plain::harmless(&Vault::default(), &codes::explain_text(told)),
    }
}

/// One line for each entry that has the words.
fn hits(text: &str, near: &[&Entry]) -> String {
    let mut page = format!("`{}` is in:\n", typed::shown(text));
    for entry in near {
        let name = entry.names().into_iter().next().unwrap_or_default();
        page.push_str(&format!("  {name}  {}\n", codes::title(entry)));
    }
    page.push_str("`jetway explain NAME` tells how to fix it.\n");
    page
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
    use crate::diagnostic::CASE;
    use crate::github;
    use crate::ipa;
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
            let Answer::Pages(found) = answer(&entry.code) else {
                panic!("{}", entry.code);
            };
            for format in [Format::Text, Format::Markdown, Format::Json] {
                for (entry, message) in &found {
                    assert!(!page(entry, message.as_ref(), format).is_empty());
                }
            }
        }
    }

    /// The codes of the pages, or of the entries that have the words.
    fn found(text: &str) -> Vec<String> {
        let codes = |entries: Vec<&'static Entry>| {
            let codes = entries.into_iter().map(|entry| entry.code.clone());
            codes.collect()
        };
        match answer(text) {
            Answer::Pages(list) => codes(list.into_iter().map(|(entry, _)| entry).collect()),
            Answer::Near(near) => codes(near),
            Answer::Nothing(_) => Vec::new(),
        }
    }

    #[test]
    fn every_form_that_people_type_is_understood() {
        for (typed, code) in [
            ("90683", "itms-90683"),
            ("90683,", "itms-90683"),
            ("#90683", "itms-90683"),
            ("(90683)", "itms-90683"),
            ("ITMS-90683:", "itms-90683"),
            ("ITMS_90683", "itms-90683"),
            ("itms90683", "itms-90683"),
            ("ITMS 90683", "itms-90683"),
            ("error ITMS-90683", "itms-90683"),
            ("itms-90683.", "itms-90683"),
            ("\"90683\"", "itms-90683"),
            ("STATE_ERROR.VALIDATION_ERROR.90725", "itms-90725"),
            ("19232", "altool-19232"),
            ("-19232", "altool-19232"),
            ("(-19232)", "altool-19232"),
            ("code -19232", "altool-19232"),
            ("401", "asc-not-authorized"),
            ("HTTP 401", "asc-not-authorized"),
            ("status code 401", "asc-not-authorized"),
            ("65", "xcodebuild-archive-failed"),
            ("exit 65", "xcodebuild-archive-failed"),
            ("exit code 65", "xcodebuild-archive-failed"),
            ("exit code: 65", "xcodebuild-archive-failed"),
            ("Exited with code 65", "xcodebuild-archive-failed"),
            ("error 65", "xcodebuild-archive-failed"),
            ("NSCameraUsageDescription", "itms-90683"),
            ("`NSCameraUsageDescription`", "itms-90683"),
            ("NSFlyingFishUsageDescription", "itms-90683"),
            ("CFBundleIconName", "itms-90713"),
            ("BGTaskSchedulerPermittedIdentifiers", "itms-90771"),
            ("ITSAppUsesNonExemptEncryption", "itms-90592"),
            ("UISomethingElse", "itms-90360"),
            ("errSecInternalComponent", "codesign-internal-component"),
            ("Copy failed", "xcodebuild-export-copy-failed"),
            ("The binary you uploaded was invalid.", "itms-90168"),
            (
                "No signing certificate",
                "xcodebuild-no-signing-certificate",
            ),
        ] {
            let codes = found(typed);
            let first = codes.first().map(String::as_str);
            assert_eq!(first, Some(code), "{typed}: {codes:?}");
        }
    }

    #[test]
    fn several_names_in_one_argument_give_each_its_page() {
        for typed in [
            "90683/90717",
            "90683, 90717",
            "ITMS-90683 ITMS-90717",
            "90683 and 90717",
        ] {
            assert_eq!(found(typed), ["itms-90683", "itms-90717"], "{typed}");
        }
    }

    #[test]
    fn words_lead_to_titles() {
        for (typed, code) in [
            ("Invalid Swift Support", "itms-90426"),
            ("privacy manifest", "itms-91056"),
            ("bitcode", "itms-90482"),
            ("build number", "itms-90061"),
            ("symbolic link", "itms-90332"),
        ] {
            let Answer::Near(near) = answer(typed) else {
                panic!("{typed}: {:?}", found(typed));
            };
            let codes: Vec<&str> = near.iter().map(|entry| entry.code.as_str()).collect();
            assert!(codes.contains(&code), "{typed}: {codes:?}");
        }
    }

    #[test]
    fn a_wrapper_never_beats_the_message_inside_it() {
        for (typed, code) in [
            (
                "Validation failed (409) SDK version issue. This app was built with the iOS 18.5 SDK. All iOS apps must be built with the iOS 26 SDK or later, included in Xcode 26 or later.",
                "itms-90725",
            ),
            (
                "Code=-19241 \"Asset validation failed\" Missing purpose string in Info.plist. status=409 code=STATE_ERROR.VALIDATION_ERROR",
                "itms-90683",
            ),
            (
                "[!] This request is forbidden for security reasons - The API key in use does not allow this request (Spaceship::AccessForbiddenError)",
                "asc-forbidden-error",
            ),
            (
                "2031-02-03 04:05:06.789 ERROR: [ContentDelivery.Uploader.60AB] Validation failed (409) Missing or invalid signature. The bundle 'com.example.buoy' at bundle path 'Payload/Buoy.app' is not signed using an Apple submission certificate.",
                "itms-90034",
            ),
        ] {
            let codes = found(typed);
            let first = codes.first().map(String::as_str);
            assert_eq!(first, Some(code), "{codes:?}");
        }
    }

    #[test]
    fn a_pasted_message_fills_title_steps_and_lines() {
        let typed = "ITMS-90683: Missing purpose string in Info.plist - The Info.plist file for the 'Plum.app' bundle should contain a NSMicrophoneUsageDescription key";
        let Answer::Pages(list) = answer(typed) else {
            panic!("it is known");
        };
        let [(entry, message)] = list.as_slice() else {
            panic!("{}", list.len());
        };
        let text = page(entry, message.as_ref(), Format::Text);
        for words in [
            "`NSMicrophoneUsageDescription` is missing (Missing purpose string",
            "<key>NSMicrophoneUsageDescription</key>",
            "`Plum.app`",
            "Your message",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert!(!text.contains("Apple says"), "{text}");
        let json = page(entry, message.as_ref(), Format::Json);
        let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        assert_eq!(
            json["message"]["variables"]["key"],
            "NSMicrophoneUsageDescription"
        );
        assert!(
            json["fix"][0]
                .as_str()
                .is_some_and(|step| step.contains("NSMicrophone"))
        );
        assert!(
            json["snippet"]["after"]
                .as_str()
                .is_some_and(|lines| lines.contains("NSMicrophone"))
        );
    }

    #[test]
    fn each_message_of_a_mail_has_its_own_names() {
        let mail = "We identified one or more issues with a recent delivery for your app, Plum 1.0 (7). Please correct the following issues, then upload again.\n\nITMS-90683: Missing purpose string in Info.plist - The Info.plist file for the 'Plum.app' bundle should contain a NSCameraUsageDescription key.\n\nITMS-90338: Non-public API usage - The app references non-public symbols in Frameworks/Pit.framework/Pit: _pitStone.\n";
        let Answer::Pages(list) = answer(mail) else {
            panic!("it is known");
        };
        let codes: Vec<&str> = list.iter().map(|(entry, _)| entry.code.as_str()).collect();
        assert_eq!(codes, ["itms-90683", "itms-90338"]);
        let second = list[1].1.as_ref().expect("it was a message");
        assert!(!second.variables.contains_key("key"), "{second:?}");
    }

    fn nothing(text: &str) -> String {
        match answer(text) {
            Answer::Nothing(why) => why,
            Answer::Pages(_) | Answer::Near(_) => panic!("{:?}", found(text)),
        }
    }

    #[test]
    fn a_near_miss_is_suggested() {
        let sentence = nothing("ITMS-9068");
        assert!(sentence.contains("Near it: itms-9068"), "{sentence}");
        assert!(sentence.contains("itms-90683"), "{sentence}");
        let sentence = nothing("590");
        let codes = sentence.split("Near it: ").nth(1).unwrap_or_default();
        let codes: Vec<&str> = codes
            .split(". ")
            .next()
            .unwrap_or_default()
            .split(", ")
            .collect();
        let once: BTreeSet<&str> = codes.iter().copied().collect();
        assert_eq!(codes.len(), once.len(), "{sentence}");
    }
}
