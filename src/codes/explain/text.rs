//! An entry for a terminal.

use std::fmt::Write as _;

use crate::codes::complete::filled;
use crate::codes::explain::told::{Told, parts};

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
