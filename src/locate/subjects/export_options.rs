//! A key of the property list that tells xcodebuild how to export.

use crate::locate::files::{Files, file_name};
use crate::locate::place::{Place, agreed};
use crate::locate::readers::xml_plist;

/// The line of a key in the only list there is, or in the one that the workflow names.
pub fn place(files: &Files, workflow: Option<&str>, key: &str) -> Option<Place> {
    if !files.complete() {
        return None;
    }
    let text = workflow
        .and_then(|path| files.text(path))
        .unwrap_or_default();
    let lists: Vec<&str> = files
        .paths()
        .filter(|path| is_export_options(path))
        .collect();
    let named: Vec<&str> = lists
        .iter()
        .copied()
        .filter(|path| text.contains(path))
        .collect();
    let chosen = if named.is_empty() { lists } else { named };
    agreed(chosen.into_iter().map(|path| {
        let root = xml_plist::parse(&files.text(path)?)?;
        Some(match root.entry(key) {
            Some(entry) => Place::stated(path, entry.line),
            None => Place::to_add(path, root.line),
        })
    }))
}

fn is_export_options(path: &str) -> bool {
    let name = file_name(path).to_ascii_lowercase().replace(['-', '_'], "");
    name.ends_with(".plist") && name.contains("exportoptions")
}
