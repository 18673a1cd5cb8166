//! A key of the entitlements with which a target is signed.

use crate::locate::files::{Files, file_name};
use crate::locate::place::Place;
use crate::locate::projects::target::Target;
use crate::locate::readers::node::{Node, Value};
use crate::locate::readers::xml_plist;

/// The line of a key. A missing key has no place: it may as well belong into the profile.
pub fn place(files: &Files, target: &Target, key: &str) -> Option<Place> {
    if let Some(manifest) = &target.entitlements
        && let Some((_, line, _)) = manifest.keys.iter().find(|(name, _, _)| name == key)
    {
        return Some(Place::stated(&manifest.path, *line));
    }
    let list = target.list(files, "CODE_SIGN_ENTITLEMENTS")?;
    let entry = list.root.as_ref()?.entry(key)?;
    Some(Place::stated(&list.path, entry.line))
}

/// The keys that a target asks for.
pub fn keys(files: &Files, target: &Target) -> Option<Vec<String>> {
    if let Some(manifest) = &target.entitlements {
        let asked = manifest
            .keys
            .iter()
            .filter(|(_, _, value)| value.as_deref() != Some("false"));
        return Some(asked.map(|(key, ..)| key.clone()).collect());
    }
    let list = target.list(files, "CODE_SIGN_ENTITLEMENTS")?;
    Some(of_list(&list.root?))
}

/// The keys of the only file of entitlements, those for debugging left aside.
pub fn loose(files: &Files) -> Option<Vec<String>> {
    let is_meant =
        |path: &&str| path.ends_with(".entitlements") && !file_name(path).contains("Debug");
    let mut paths = files.paths().filter(is_meant);
    let (Some(path), None) = (paths.next(), paths.next()) else {
        return None;
    };
    Some(of_list(&xml_plist::parse(&files.text(path)?)?))
}

/// The keys whose value is not no or nothing.
fn of_list(root: &Node) -> Vec<String> {
    let asks = |value: &Value| match value {
        Value::Text(text) => !text.is_empty() && text != "false",
        Value::List(items) => !items.is_empty(),
        Value::Map(_) => true,
    };
    let entries = root
        .entries()
        .iter()
        .filter(|entry| asks(&entry.node.value));
    entries.map(|entry| entry.key.clone()).collect()
}
