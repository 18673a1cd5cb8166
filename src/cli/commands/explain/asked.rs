//! What a text asks for: a name in any spelling, a key of a property list, a message, or words.

use crate::codes::{self, Catalogue, Entry, Message};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::logs;
use crate::secret::typed;

const SUGGESTIONS: usize = 5;
/// The most entries that are named for words.
const MOST_HITS: usize = 5;
/// The most pages for a key.
const MOST_PAGES: usize = 3;
/// What has more words is a message.
const FEW_WORDS: usize = 6;

/// What there is to tell about a text.
pub enum Answer {
    /// These entries, each with what the text says of it.
    Pages(Vec<(&'static Entry, Option<Diagnostic>)>),
    /// None by name, but these have its words.
    Near(Vec<&'static Entry>),
    /// Nothing, and why.
    Nothing(String),
}

/// What stands around a name, but is no part of it.
const AROUND: &str = ",;:.#()[]{}<>*`'\"!?|=";

/// The questions in a text: each line that is a name, and all other lines as one message.
pub fn parts(text: &str) -> Vec<String> {
    let (names, rest): (Vec<&str>, Vec<&str>) = text
        .lines()
        .partition(|line| !by_name(&bare_of(line)).is_empty());
    let rest = rest.join("\n");
    let is_rest = !rest.trim().is_empty();
    let names = names.into_iter().map(str::to_owned);
    names.chain(is_rest.then_some(rest)).collect()
}

/// A name without what stands around it, with straight quotes and dashes.
fn bare_of(text: &str) -> String {
    let folded = codes::straightened(text);
    let is_around = |c: char| c.is_whitespace() || AROUND.contains(c);
    folded.trim_matches(is_around).to_owned()
}

/// What a text asks for: a name, several, a key of a property list, a message, or words.
pub fn answer(text: &str) -> Answer {
    let catalogue = Catalogue::get();
    let text = text.trim();
    let bare = &bare_of(text);
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
    let named: Vec<_> = parts.iter().map(|part| one(part)).collect();
    if named.iter().all(Option::is_some) {
        return named.into_iter().flatten().flatten().collect();
    }
    // Among a few words a delivery number says what is meant.
    let numbers = parts.iter().filter(|part| is_delivery_number(part));
    let numbers = numbers.filter_map(|number| one(number)).flatten();
    match parts.len() {
        0..=FEW_WORDS => numbers.collect(),
        _ => Vec::new(),
    }
}

fn is_delivery_number(text: &str) -> bool {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    text.len() == 5 && digits && (text.starts_with("90") || text.starts_with("91"))
}

/// A name as it is typed, and as tools print it: a number may lack its minus or what it is a number of.
fn spellings(text: &str) -> Vec<String> {
    const LEADS: [&str; 14] = [
        "exit",
        "exited",
        "with",
        "code",
        "status",
        "error",
        "http",
        "number",
        "returned",
        "itms",
        "altool",
        "transporter",
        "osstatus",
        "-",
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
    let key = codes::spelled(text).unwrap_or(text);
    let mut entries = codes::about(text);
    let mut letters = key.chars();
    let has_prefix = letters.by_ref().take(2).all(|c| c.is_ascii_uppercase())
        && letters.any(|c| c.is_ascii_lowercase());
    if entries.is_empty() && has_prefix && key.chars().all(|c| c.is_ascii_alphanumeric()) {
        entries = codes::naming(key);
    }
    if entries.is_empty() && has_prefix && key.chars().all(|c| c.is_ascii_alphanumeric()) {
        let general = ["itms-90360", "itms-90362"];
        entries = general
            .iter()
            .filter_map(|code| Catalogue::get().find(code))
            .collect();
    }
    entries.truncate(MOST_PAGES);
    let with_key = |entry: &'static Entry| {
        let mut found = diagnosed(entry, &format!("key '{key}'"));
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
    if entries.len() == 1 && !text.contains('\n') {
        return (entries.into_iter())
            .map(|entry| (entry, Some(diagnosed(entry, text))))
            .collect();
    }
    let mut reader = logs::LogReader::new();
    reader.feed(text.as_bytes());
    let read = reader.finish().findings;
    let told = read.into_iter().filter_map(|found| {
        let entry = catalogue.find(found.code.as_str())?;
        says_something(entry).then_some((entry, Some(found)))
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

/// Whether it is more than that a log failed or has words which nobody knows.
fn says_something(entry: &Entry) -> bool {
    const OF_LOGS: [&str; 3] = [
        "dependency-does-not-compile",
        "source-does-not-compile",
        "test-failed",
    ];
    entry.family != "jetway" || OF_LOGS.contains(&entry.code.as_str())
}
