//! An entry as Markdown.

use std::fmt::Write as _;

use crate::codes::explain::told::{Told, parts};
use crate::text::plain::spaced;

/// The entry as Markdown, under a heading of the third level.
pub fn explain_markdown(told: Told<'_>) -> String {
    format!("### {}\n\n{}", told.entry.code, body(told, "####"))
}

/// What stands under the heading; parts of it have headings of this level.
pub(in crate::codes) fn body(told: Told<'_>, level: &str) -> String {
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
pub(in crate::codes) fn quoted(text: &str) -> String {
    spaced(text).replace('<', "&lt;")
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
