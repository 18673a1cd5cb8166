//! A file that a compiler or a tool names, with the line in it. The path may be one of another machine.

use crate::diagnostic::Diagnostic;
use crate::locate::files::{Files, file_name};
use crate::locate::place::{Place, only};

/// Folders of what was fetched or made: a file in them is none of the repository's.
const FOREIGN: [&str; 6] = [
    "/Pods/",
    "/SourcePackages/",
    "/node_modules/",
    "/.pub-cache/",
    "/DerivedData/",
    "/Carthage/",
];

/// The one file of the repository that a path of another machine can be: the longest that the path ends
/// with. Where only the name agrees, it must be the only file of that name.
pub fn own_file<'a>(files: &'a Files, foreign: &'a str) -> Option<&'a str> {
    let absolute = foreign.starts_with('/');
    if !absolute || !files.complete() || FOREIGN.iter().any(|part| foreign.contains(part)) {
        return None;
    }
    let name = file_name(foreign);
    let is_end = |path: &&str| {
        foreign
            .strip_suffix(path)
            .is_some_and(|before| before.ends_with('/'))
    };
    let longest = files
        .named(name)
        .filter(is_end)
        .max_by_key(|path| path.len())?;
    if longest.contains('/') {
        return Some(longest);
    }
    only(files.named(name)).filter(|path| *path == longest)
}

/// The line and column that the finding names, where the file has so many lines.
pub fn at_line(files: &Files, path: &str, diagnostic: &Diagnostic) -> Place {
    let number = |name: &str| {
        let text = diagnostic.variables.get(name)?;
        text.parse::<u32>().ok().filter(|number| *number > 0)
    };
    let line = number("source_line");
    let has = |line: &u32| {
        let lines = files.text(path).map_or(0, |text| text.lines().count());
        u32::try_from(lines).is_ok_and(|lines| *line <= lines)
    };
    match line.filter(has) {
        Some(line) => Place::stated_at(path, line, number("source_column")),
        None => Place::file(path),
    }
}
