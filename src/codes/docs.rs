//! The pages in `docs/codes`: one for each code, and their index. A test writes and checks them.

use std::fmt::Write as _;

use crate::codes::catalogue::Catalogue;
use crate::codes::entry::Entry;
use crate::codes::explain::{Told, body, general, quoted};
use crate::text::plain::spaced;

/// The entry as a page of its own. Its heading is what people search for: the name and the words that
/// the tool prints.
pub fn page(entry: &Entry) -> String {
    let names = entry.names();
    let main = names.first().unwrap_or(&entry.code);
    format!(
        "# {main}: {}\n\n{}",
        heading(entry),
        body(Told::entry(entry), "##")
    )
}

/// `docs/codes/README.md`: every code with its page, by family.
pub fn index_page() -> String {
    let mut page = String::from(
        "# Codes\n\nWhat Apple and its tools report, and how to fix it. `jetway explain CODE` shows the same offline.\nThese pages are made from the [catalogue](../../src/codes/catalogue) by `just codes`: correct them there.\n",
    );
    let mut family = "";
    for entry in Catalogue::get().entries() {
        if entry.family != family {
            family = &entry.family;
            let _ = writeln!(
                page,
                "\n## {family}\n\n| code | also printed as | what is wrong |\n|---|---|---|"
            );
        }
        let names: Vec<String> = entry
            .names()
            .into_iter()
            .filter(|name| !name.eq_ignore_ascii_case(&entry.code))
            .map(|name| format!("`{name}`"))
            .collect();
        let title = general(&entry.title).replace('|', "\\|");
        let _ = writeln!(
            page,
            "| [{0}]({0}.md) | {1} | {title} |",
            entry.code,
            names.join(", ")
        );
    }
    page
}

/// The first sentence of the example, without the code that it begins with; the title where nobody saw
/// the sentence.
fn heading(entry: &Entry) -> String {
    const LONGEST: usize = 120;
    if entry.made_up {
        return quoted(&general(&entry.title));
    }
    let example = spaced(&entry.example);
    let words = entry
        .names()
        .iter()
        .chain([&entry.code])
        .find_map(|name| example.strip_prefix(name.as_str()))
        .map(|rest| rest.trim_start_matches([':', ' ', '-', '.']).to_owned())
        .filter(|rest| !rest.is_empty())
        .unwrap_or(example);
    let first = words
        .split(". ")
        .next()
        .unwrap_or(&words)
        .trim_end_matches('.');
    let mut kept: String = first.chars().take(LONGEST).collect();
    if kept.len() < first.len() {
        kept.push('…');
    }
    quoted(&kept)
}
