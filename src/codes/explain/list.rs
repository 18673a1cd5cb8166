//! All codes with their titles, and the title of one.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::codes::catalogue::Catalogue;
use crate::codes::entry::Entry;
use crate::codes::template::fill;

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

/// The title of an entry, with no variables known.
pub fn title(entry: &Entry) -> String {
    general(&entry.title)
}

/// A text of the catalogue with no variables known.
pub(in crate::codes) fn general(text: &str) -> String {
    fill(text.trim(), &BTreeMap::new())
}
