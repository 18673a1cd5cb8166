//! An entry of the catalogue as a page: for a terminal, as Markdown, as JSON. Text only; who prints
//! it decides where it goes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::codes::catalogue::Catalogue;
use crate::codes::entry::{Entry, Snippet};
use crate::codes::template::fill;
use crate::diagnostic::Retry;
use crate::text::plain::spaced;

/// The entry for a terminal, without colours.
pub fn explain_text(entry: &Entry) -> String {
    let mut page = format!("{}: {}\n", entry.names().join(", "), general(&entry.title));
    let _ = write!(
        page,
        "\n{}\n\n{}\n\n{}\n\nFix\n",
        general(&entry.meaning),
        general(&entry.why),
        kind(entry)
    );
    for (number, step) in steps(entry).iter().enumerate() {
        let _ = writeln!(page, "  {}. {step}", number + 1);
    }
    for case in entry.cases.values() {
        let _ = writeln!(page, "\nFix where {}", case.when);
        for (number, step) in case.fix.iter().enumerate() {
            let _ = writeln!(page, "  {}. {}", number + 1, general(step));
        }
    }
    if let Some(snippet) = &entry.snippet {
        for (heading, code) in parts(snippet) {
            let _ = writeln!(page, "\n{heading}");
            for line in code.trim_matches('\n').lines() {
                let _ = writeln!(page, "    {line}");
            }
        }
    }
    let _ = writeln!(
        page,
        "\n{}\n  {}",
        example_heading(entry),
        spaced(&entry.example)
    );
    if !entry.links.is_empty() {
        let _ = writeln!(page, "\nMore");
        for link in &entry.links {
            let _ = writeln!(page, "  {link}");
        }
    }
    page
}

/// The entry as Markdown, under a heading of the third level.
pub fn explain_markdown(entry: &Entry) -> String {
    format!("### {}\n\n{}", entry.code, body(entry, "####"))
}

/// What stands under the heading; parts of it have headings of this level.
pub(super) fn body(entry: &Entry, level: &str) -> String {
    let mut page = String::new();
    let title = sentence(&general(&entry.title));
    let _ = writeln!(page, "**{title}.** {}.\n", sentence(&kind(entry)));
    for (number, step) in steps(entry).iter().enumerate() {
        let _ = writeln!(page, "{}. {step}", number + 1);
    }
    for case in entry.cases.values() {
        let _ = writeln!(page, "\nWhere {}:\n", case.when);
        for (number, step) in case.fix.iter().enumerate() {
            let _ = writeln!(page, "{}. {}", number + 1, general(step));
        }
    }
    if let Some(snippet) = &entry.snippet {
        for (heading, code) in parts(snippet) {
            let fence = fence(code);
            let _ = writeln!(
                page,
                "\n{heading}\n\n{fence}{}\n{}\n{fence}",
                language(&snippet.file),
                code.trim_matches('\n')
            );
        }
    }
    let _ = writeln!(
        page,
        "\n{level} What it means\n\n{}\n\n{}\n\n{level} {}\n\n> {}",
        general(&entry.meaning),
        general(&entry.why),
        example_heading(entry),
        quoted(&entry.example)
    );
    let others: Vec<String> = entry
        .names()
        .iter()
        .skip(1)
        .map(|name| format!("`{name}`"))
        .collect();
    if !others.is_empty() {
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

/// Whose words the example is in; those that nobody saw are no quotation.
fn example_heading(entry: &Entry) -> String {
    if entry.made_up {
        return "Example (wording made up)".to_owned();
    }
    match entry.family.as_str() {
        "itms" | "app-store-connect" | "mail" => "Apple says".to_owned(),
        tool => format!("{tool} says"),
    }
}

/// The entry as one JSON object.
pub fn explain_json(entry: &Entry) -> String {
    let page = Page {
        code: &entry.code,
        names: entry.names(),
        title: general(&entry.title),
        meaning: general(&entry.meaning),
        why: general(&entry.why),
        severity: entry.severity.to_string(),
        retry: entry.retry,
        fix: steps(entry),
        cases: entry
            .cases
            .iter()
            .map(|(name, case)| CasePage {
                case: name,
                when: &case.when,
                fix: case.fix.iter().map(|step| general(step)).collect(),
            })
            .collect(),
        snippet: entry.snippet.as_ref(),
        example: spaced(&entry.example),
        example_is_made_up: entry.made_up,
        links: &entry.links,
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
    meaning: String,
    why: String,
    severity: String,
    retry: Retry,
    fix: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cases: Vec<CasePage<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<&'a Snippet>,
    example: String,
    example_is_made_up: bool,
    links: &'a [String],
}

#[derive(Serialize)]
struct CasePage<'a> {
    case: &'a str,
    when: &'a str,
    fix: Vec<String>,
}

/// A text of the catalogue with no variables known.
pub(super) fn general(text: &str) -> String {
    fill(text.trim(), &BTreeMap::new())
}

fn steps(entry: &Entry) -> Vec<String> {
    entry.fix.iter().map(|step| general(step)).collect()
}

fn kind(entry: &Entry) -> String {
    let again = match entry.retry {
        Retry::No => "trying again unchanged does not help",
        Retry::Later => "trying again later can help",
        Retry::Yes => "trying again can help",
    };
    format!("{}; {again}", entry.severity)
}

fn parts(snippet: &Snippet) -> Vec<(String, &str)> {
    let mut parts = Vec::new();
    if snippet.before.trim().is_empty() {
        parts.push((format!("In {}:", snippet.file), snippet.after.as_str()));
    } else {
        parts.push((
            format!("In {}, instead of:", snippet.file),
            snippet.before.as_str(),
        ));
        if !snippet.after.trim().is_empty() {
            parts.push(("write:".to_owned(), snippet.after.as_str()));
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
