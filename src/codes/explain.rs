//! An entry of the catalogue as a page: for a terminal, as Markdown, as JSON. Text only; who prints
//! it decides where it goes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::codes::catalogue::Catalogue;
use crate::codes::complete::filled;
use crate::codes::entry::{Case, Entry, Snippet};
use crate::codes::frameworks;
use crate::codes::template::fill;
use crate::codes::topic::Topic;
use crate::diagnostic::{CASE, Diagnostic, Retry, Severity};
use crate::text::plain::spaced;

/// What is told: an entry, and where a message was given, the message as a finding.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    entry: &'a Entry,
    message: Option<&'a Diagnostic>,
    /// It only has the words that were asked for.
    is_near: bool,
}

impl<'a> Told<'a> {
    /// An entry by itself.
    pub fn entry(entry: &'a Entry) -> Self {
        Self {
            entry,
            message: None,
            is_near: false,
        }
    }

    /// An entry that only has the words that were asked for, which may mean another one.
    pub fn by_words(entry: &'a Entry) -> Self {
        Self {
            is_near: true,
            ..Self::entry(entry)
        }
    }

    /// An entry with a message of its kind, whose names and steps take the place of the general ones.
    pub fn message(entry: &'a Entry, message: &'a Diagnostic) -> Self {
        Self {
            entry,
            message: Some(message),
            is_near: false,
        }
    }

    /// The words that were given, where any were.
    fn words(&self) -> Option<&'a str> {
        let words = self.message.map(|found| found.message.as_str());
        words.filter(|words| !words.is_empty())
    }

    fn variables(&self) -> &BTreeMap<String, String> {
        static NONE: BTreeMap<String, String> = BTreeMap::new();
        self.message.map_or(&NONE, |found| &found.variables)
    }

    fn filled(&self, text: &str) -> String {
        fill(text.trim(), self.variables())
    }

    fn title(&self) -> String {
        match self.message {
            Some(found) => found.title.clone(),
            None => self.filled(&self.entry.title),
        }
    }

    fn fix(&self) -> Vec<String> {
        match self.message {
            Some(found) => found.fix.clone(),
            None => filled(&self.entry.fix, self.variables()),
        }
    }

    /// The cases that the message is not of, for it may be of another one.
    fn cases(&self) -> impl Iterator<Item = (&'a String, &'a Case)> {
        let own = self.variables().get(CASE).cloned();
        let entry = self.entry;
        let chosen = move |name: &String| own.as_ref() == Some(name);
        entry.cases.iter().filter(move |(name, _)| !chosen(name))
    }

    fn frameworks(&self) -> Vec<String> {
        let lines = frameworks::lines(self.entry, Topic::of(self.entry), self.variables());
        lines.into_iter().map(|(_, line)| line).collect()
    }

    fn severity(&self) -> Severity {
        self.message
            .map_or(self.entry.severity, |found| found.severity)
    }

    /// Whether it blocks the release, and whether to try again.
    fn status(&self) -> String {
        let said = if self.entry.family == "itms" && self.words().is_none() {
            ", where Apple calls it "
        } else {
            ""
        };
        let blocks = match (self.severity(), said) {
            (Severity::Error, "") => "yes".to_owned(),
            (Severity::Error, said) => format!("yes{said}an error"),
            (Severity::Warning | Severity::Notice, "") => "no".to_owned(),
            (Severity::Warning | Severity::Notice, said) => format!("no{said}a warning"),
        };
        let again = match (&self.entry.again, self.entry.retry) {
            (Some(when), _) => when,
            (None, Retry::No) => "no",
            (None, Retry::Later) => "later",
            (None, Retry::Yes) => "yes",
        };
        let doubt = match self.entry.unconfirmed {
            true => {
                " Not confirmed: Apple's text of this number is not public, so its own words decide."
            }
            false => "",
        };
        format!("Blocks the release: {blocks}. Retry: {again}.{doubt}")
    }

    /// Whose words are quoted, and the words; those that nobody saw are no quotation.
    fn said(&self) -> (String, String) {
        let entry = self.entry;
        if let Some(words) = self.words() {
            return ("Your message".to_owned(), spaced(words));
        }
        let who = match entry.family.as_str() {
            _ if entry.made_up => "Example (wording made up)".to_owned(),
            "itms" | "app-store-connect" | "mail" => "Apple says".to_owned(),
            tool => format!("{tool} says"),
        };
        (who, spaced(&entry.example))
    }

    fn others(&self) -> Vec<String> {
        self.entry.names().into_iter().skip(1).collect()
    }

    fn snippet(&self) -> Option<Snippet> {
        let snippet = self.entry.snippet.as_ref()?;
        Some(Snippet {
            file: snippet.file.clone(),
            before: fill(&snippet.before, self.variables()),
            after: fill(&snippet.after, self.variables()),
            paste: snippet.paste,
        })
    }
}

/// The entry for a terminal, without colours.
pub fn explain_text(told: Told<'_>) -> String {
    let entry = told.entry;
    let names = entry.names();
    let main = names.first().unwrap_or(&entry.code);
    let mut page = format!("{main}: {}\n{}\n\nFix\n", told.title(), told.status());
    let number = |page: &mut String, steps: Vec<String>| {
        for (number, step) in steps.iter().enumerate() {
            let _ = writeln!(page, "  {}. {step}", number + 1);
        }
    };
    number(&mut page, told.fix());
    let frameworks = told.frameworks();
    if !frameworks.is_empty() {
        let _ = writeln!(page, "\nIn a project made with");
    }
    for line in frameworks {
        let _ = writeln!(page, "  {line}");
    }
    if let Some(snippet) = told.snippet() {
        for (heading, code) in parts(&snippet) {
            let _ = writeln!(page, "\n{heading}");
            for line in code.trim_matches('\n').lines() {
                let _ = writeln!(page, "    {line}");
            }
        }
    }
    for (_, case) in told.cases() {
        let _ = writeln!(page, "\nFix where {}", case.when);
        number(&mut page, filled(&case.fix, told.variables()));
    }
    let (who, words) = told.said();
    let _ = writeln!(
        page,
        "\nWhat it means\n  {}\n  {}\n\n{who}\n  {words}",
        told.filled(&entry.meaning),
        told.filled(&entry.why)
    );
    let others = told.others();
    if !others.is_empty() {
        let _ = writeln!(page, "\nAlso printed as {}", others.join(", "));
    }
    if !entry.links.is_empty() {
        let _ = writeln!(page, "\nMore");
        for link in &entry.links {
            let _ = writeln!(page, "  {link}");
        }
    }
    page
}

/// The entry as Markdown, under a heading of the third level.
pub fn explain_markdown(told: Told<'_>) -> String {
    format!("### {}\n\n{}", told.entry.code, body(told, "####"))
}

/// What stands under the heading; parts of it have headings of this level.
pub(super) fn body(told: Told<'_>, level: &str) -> String {
    let entry = told.entry;
    let mut page = String::new();
    let title = sentence(&told.title());
    let _ = writeln!(page, "**{title}.** {}\n", told.status());
    for (number, step) in told.fix().iter().enumerate() {
        let _ = writeln!(page, "{}. {step}", number + 1);
    }
    let frameworks = told.frameworks();
    if !frameworks.is_empty() {
        let _ = writeln!(page, "\nIn a project made with\n");
    }
    for line in frameworks {
        let _ = writeln!(page, "- {line}");
    }
    if let Some(snippet) = told.snippet() {
        for (heading, code) in parts(&snippet) {
            let fence = fence(code);
            let _ = writeln!(
                page,
                "\n{heading}\n\n{fence}{}\n{}\n{fence}",
                language(&snippet.file),
                code.trim_matches('\n')
            );
        }
    }
    for (_, case) in told.cases() {
        let _ = writeln!(page, "\nWhere {}:\n", case.when);
        for (number, step) in case.fix.iter().enumerate() {
            let _ = writeln!(page, "{}. {}", number + 1, told.filled(step));
        }
    }
    let (who, words) = told.said();
    let _ = writeln!(
        page,
        "\n{level} What it means\n\n{}\n\n{}\n\n{level} {who}\n\n> {}",
        told.filled(&entry.meaning),
        told.filled(&entry.why),
        quoted(&words)
    );
    let others: Vec<String> = told.others();
    if !others.is_empty() {
        let others: Vec<String> = others.iter().map(|name| format!("`{name}`")).collect();
        let _ = writeln!(page, "\nAlso printed as {}.", others.join(", "));
    }
    if !entry.links.is_empty() {
        let links: Vec<String> = entry.links.iter().map(|link| format!("<{link}>")).collect();
        let _ = writeln!(page, "\nMore: {}", links.join(" · "));
    }
    page
}

/// Text of a tool as Markdown shows it.
pub(super) fn quoted(text: &str) -> String {
    spaced(text).replace('<', "&lt;")
}

/// The entry as one JSON object.
pub fn explain_json(told: Told<'_>) -> String {
    let entry = told.entry;
    let page = Page {
        code: &entry.code,
        names: entry.names(),
        title: told.title(),
        status: told.status(),
        meaning: told.filled(&entry.meaning),
        why: told.filled(&entry.why),
        severity: told.severity().to_string(),
        retry: entry.retry,
        again: entry.again.as_deref(),
        confirmed: !entry.unconfirmed,
        only_a_wrapper: entry.wrapper,
        only_has_the_words: told.is_near,
        fix: told.fix(),
        frameworks: frameworks::lines(entry, Topic::of(entry), told.variables())
            .into_iter()
            .collect(),
        cases: told
            .cases()
            .map(|(name, case)| CasePage {
                case: name,
                when: &case.when,
                title: case.title.as_ref().map(|title| told.filled(title)),
                fix: filled(&case.fix, told.variables()),
            })
            .collect(),
        snippet: told.snippet(),
        example: spaced(&entry.example),
        example_is_made_up: entry.made_up,
        links: &entry.links,
        message: told.message.map(|found| Heard {
            text: &found.message,
            names: &found.codes,
            case: found.variables.get(CASE),
            variables: &found.variables,
        }),
    };
    serde_json::to_string_pretty(&page).expect("a page of strings is JSON")
}

/// All codes with their titles, one a line.
pub fn explain_list() -> String {
    let entries = Catalogue::get().entries();
    let width = entries
        .iter()
        .map(|entry| entry.code.len())
        .max()
        .unwrap_or(0)
        .min(48);
    let mut list = String::new();
    for entry in entries {
        let _ = writeln!(list, "{:width$}  {}", entry.code, general(&entry.title));
    }
    list
}

#[derive(Serialize)]
struct Page<'a> {
    code: &'a str,
    names: Vec<String>,
    title: String,
    status: String,
    meaning: String,
    why: String,
    severity: String,
    retry: Retry,
    #[serde(skip_serializing_if = "Option::is_none")]
    again: Option<&'a str>,
    confirmed: bool,
    only_a_wrapper: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    only_has_the_words: bool,
    fix: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    frameworks: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cases: Vec<CasePage<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Snippet>,
    example: String,
    example_is_made_up: bool,
    links: &'a [String],
    /// What was read of the message that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Heard<'a>>,
}

#[derive(Serialize)]
struct Heard<'a> {
    text: &'a str,
    names: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<&'a String>,
    variables: &'a BTreeMap<String, String>,
}

#[derive(Serialize)]
struct CasePage<'a> {
    case: &'a str,
    when: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    fix: Vec<String>,
}

/// The title of an entry, with no variables known.
pub fn title(entry: &Entry) -> String {
    general(&entry.title)
}

/// A text of the catalogue with no variables known.
pub(super) fn general(text: &str) -> String {
    fill(text.trim(), &BTreeMap::new())
}

fn parts(snippet: &Snippet) -> Vec<(String, &str)> {
    let mut parts = Vec::new();
    if snippet.before.trim().is_empty() {
        let heading = match snippet.file.as_str() {
            "terminal" => "Run".to_owned(),
            file => format!("In {file}"),
        };
        parts.push((heading, snippet.after.as_str()));
    } else {
        let place = match snippet.file.as_str() {
            "terminal" => String::new(),
            file => format!(", in {file}"),
        };
        parts.push((format!("Before{place}"), snippet.before.as_str()));
        if !snippet.after.trim().is_empty() {
            parts.push(("After".to_owned(), snippet.after.as_str()));
        }
    }
    parts
}

fn language(file: &str) -> &'static str {
    let ends = |end: &str| file.ends_with(end);
    if ends(".plist") || ends(".entitlements") || ends(".xcprivacy") {
        "xml"
    } else if ends(".yml") || ends(".yaml") {
        "yaml"
    } else if ends(".json") {
        "json"
    } else if file == "Podfile" {
        "ruby"
    } else if ends(".swift") {
        "swift"
    } else if file == "terminal" || ends(".sh") {
        "sh"
    } else {
        "text"
    }
}

fn fence(code: &str) -> &'static str {
    if code.contains("```") { "````" } else { "```" }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
