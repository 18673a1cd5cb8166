//! A room names only rooms on lower floors, and its files import each other in one direction.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Lowest floor first. Rooms on one floor do not know each other.
const FLOORS: &[&[&str]] = &[
    &["diagnostic", "secret", "ids", "sandbox"],
    &["event", "host", "http", "journal"],
    &["codes", "ipa", "credentials"],
    &["asc", "logs", "github"],
    &["upload", "locate", "report"],
    &["plan"],
    &["stages"],
    &["run"],
    &["cli"],
];

/// Rooms whose files import each other in circles. A room without circles must not be here.
const WITH_CIRCLES: &[&str] = &["report", "sandbox"];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

fn sources(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).expect("src is readable") {
        let path = entry.expect("src is readable").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn names_after_crate(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices("crate::").map(|(at, found)| {
        let rest = &line[at + found.len()..];
        let end = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        &rest[..end]
    })
}

#[test]
fn a_room_names_only_rooms_on_lower_floors() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut offences = Vec::new();
    for path in files {
        let relative = path.strip_prefix(&root).expect("below src");
        let first = relative.iter().next().expect("a file has a name");
        let room = first.to_string_lossy().trim_end_matches(".rs").to_owned();
        if room == "main" || room == "lib" {
            continue;
        }
        let Some(own) = floor(&room) else {
            offences.push(format!(
                "src/{}: {room} stands on no floor",
                relative.display()
            ));
            continue;
        };
        let text = fs::read_to_string(&path).expect("source is UTF-8");
        for (index, line) in text.lines().enumerate() {
            for named in names_after_crate(line) {
                if named != room && floor(named).is_none_or(|other| other >= own) {
                    offences.push(format!(
                        "src/{}:{}: {room} names {named}",
                        relative.display(),
                        index + 1
                    ));
                }
            }
        }
    }
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

/// What a file is called in paths: `upload::lane`, `report::pull_request`.
fn module(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).expect("below src");
    let mut path = path.with_extension("");
    if path.ends_with("mod") {
        path.pop();
    }
    let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
    names.join("::")
}

/// Every path after `crate::` in the part that is no test, brackets written out.
fn paths(text: &str) -> Vec<String> {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text);
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ':';
    let mut found = Vec::new();
    for (at, crate_is) in text.match_indices("crate::") {
        let rest = &text[at + crate_is.len()..];
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (path, after) = rest.split_at(end);
        match after.strip_prefix('{') {
            None => found.push(path.to_owned()),
            Some(list) => {
                let list = list.split(';').next().unwrap_or(list);
                let items = list.split([',', '{', '}']);
                found.extend(items.map(|item| format!("{path}{}", item.trim())));
            }
        }
    }
    found
}

/// The longest beginning of a path that is a file; a room's own door is none.
fn file_of(path: &str, modules: &BTreeSet<String>) -> Option<String> {
    let names: Vec<&str> = path.split("::").collect();
    (2..=names.len())
        .rev()
        .map(|length| names[..length].join("::"))
        .find(|name| modules.contains(name))
}

#[test]
fn inside_a_room_files_import_each_other_in_one_direction() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let modules: BTreeSet<String> = files.iter().map(|path| module(&root, path)).collect();
    let mut reached: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in files {
        let own = module(&root, &path);
        let text = fs::read_to_string(&path).expect("source is UTF-8");
        let room = own.split("::").next().unwrap_or_default().to_owned();
        let named = paths(&text)
            .into_iter()
            .filter_map(|path| file_of(&path, &modules))
            .filter(|name| *name != own && name.split("::").next() == Some(&room));
        reached.insert(own.clone(), named.collect());
    }
    // What is imported by what is imported, until nothing is added.
    loop {
        let before = reached.clone();
        for targets in reached.values_mut() {
            let further: Vec<String> = targets
                .iter()
                .filter_map(|target| before.get(target))
                .flatten()
                .cloned()
                .collect();
            targets.extend(further);
        }
        if reached == before {
            break;
        }
    }
    let circles: Vec<&String> = reached
        .iter()
        .filter(|(own, targets)| targets.contains(*own))
        .map(|(own, _)| own)
        .collect();
    let rooms: BTreeSet<&str> = circles
        .iter()
        .filter_map(|own| own.split("::").next())
        .collect();
    let known: BTreeSet<&str> = WITH_CIRCLES.iter().copied().collect();
    assert_eq!(rooms, known, "files in circles: {circles:?}");
}
