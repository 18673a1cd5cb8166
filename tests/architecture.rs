//! How the house is built: a room names only rooms on lower floors, no file of a room leads back to
//! itself, and the outside is touched only where it may be.

#[path = "architecture/circles.rs"]
mod circles;
#[path = "architecture/echo.rs"]
mod echo;
#[path = "architecture/source.rs"]
mod source;
#[path = "architecture/touch.rs"]
mod touch;

use std::fs;
use std::path::{Path, PathBuf};

/// Lowest floor first. Rooms on one floor do not know each other.
const FLOORS: &[&[&str]] = &[
    &["text"],
    &[
        "diagnostic",
        "secret",
        "ids",
        "wishes",
        "der",
        "sandbox",
        "testing",
    ],
    &["event", "host", "http", "journal", "property_list"],
    &[
        "codes",
        "ipa",
        "credentials",
        "profiles",
        "archive",
        "receipt",
    ],
    &["apple", "asc", "logs", "github", "bundle"],
    &["signing", "upload", "locate", "report", "preflight"],
    &["plan"],
    &["stages"],
    &["run"],
    &["cli"],
];

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

#[test]
fn every_room_on_a_floor_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for room in FLOORS.iter().copied().flatten() {
        let file = root.join(format!("{room}.rs"));
        let folder = root.join(room).join("mod.rs");
        assert!(
            file.is_file() || folder.is_file(),
            "there is no room {room}"
        );
    }
}
