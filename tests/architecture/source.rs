//! The source as the tests of this house read it: by modules, without comments and test code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A file of the program.
pub struct Source {
    /// Below the checkout, for messages.
    pub shown: String,
    /// `report::words::markdown`; the file `mod.rs` is the module its folder is named after.
    pub module: Vec<String>,
    /// Its lines; comments and test code are blank, so that a number is the line's own.
    pub lines: Vec<String>,
}

/// All of `src` that becomes part of the program.
pub fn production() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    let mut found = Vec::new();
    let mut tests = BTreeSet::new();
    for path in files {
        let below = path.strip_prefix(&root).expect("below src");
        let module = module(below);
        let text = fs::read_to_string(&path).expect("source is UTF-8");
        let shown = format!("src/{}", below.display());
        let (source, of_tests) = read(&shown, &module.join("::"), &text);
        // What `lib.rs` declares has no module above it.
        let above = if module == ["lib"] { &[] } else { &module[..] };
        tests.extend(of_tests.into_iter().map(|name| [above, &[name]].concat()));
        found.push(source);
    }
    found.retain(|source| (1..=source.module.len()).all(|n| !tests.contains(&source.module[..n])));
    found
}

/// One file, and the modules that it declares for tests only.
pub fn read(shown: &str, module: &str, text: &str) -> (Source, Vec<String>) {
    let (lines, of_tests) = without_tests(text);
    let source = Source {
        shown: shown.to_owned(),
        module: module.split("::").map(str::to_owned).collect(),
        lines,
    };
    (source, of_tests)
}

fn walk(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).expect("src is readable") {
        let path = entry.expect("src is readable").path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn module(below: &Path) -> Vec<String> {
    let mut parts: Vec<String> = below
        .with_extension("")
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    parts
}

/// The lines without comments and without what is compiled for tests only, and the names of the
/// modules in files of their own that are.
fn without_tests(text: &str) -> (Vec<String>, Vec<String>) {
    let mut kept = Vec::new();
    let mut modules = Vec::new();
    let mut skipped: Option<usize> = None;
    for line in text.lines() {
        let bare = without_comment(line);
        let trimmed = bare.trim();
        let indent = bare.len() - bare.trim_start().len();
        if let Some(began) = skipped {
            if let Some(name) = trimmed.strip_suffix(';').and_then(|item| {
                let (_, name) = item.split_once("mod ")?;
                Some(name.to_owned())
            }) && indent == began
            {
                modules.push(name);
            }
            // What rustfmt has laid out ends where it began.
            let ends = trimmed.ends_with(['}', ';', ',']) && !trimmed.starts_with("#[");
            if indent == began && ends {
                skipped = None;
            }
            kept.push(String::new());
        } else if trimmed == "#[cfg(test)]" || trimmed.starts_with("#[cfg(all(test,") {
            skipped = Some(indent);
            kept.push(String::new());
        } else {
            kept.push(bare);
        }
    }
    (kept, modules)
}

fn without_comment(line: &str) -> String {
    let mut quoted = false;
    let mut escaped = false;
    let bytes = line.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            // `'"'` is a character.
            b'"' if at > 0 && bytes[at - 1] == b'\'' && bytes.get(at + 1) == Some(&b'\'') => {}
            b'"' => quoted = !quoted,
            b'/' if !quoted && bytes.get(at + 1) == Some(&b'/') => return line[..at].to_owned(),
            _ => {}
        }
    }
    line.to_owned()
}

/// A path that a file names, whole: `["crate", "report", "story", "Story"]`.
pub struct Named {
    pub line: usize,
    pub path: Vec<String>,
    /// It gives the name on to others and uses nothing of it.
    pub passed_on: bool,
}

/// Every path that the file spells, from the crate on where it is ours: `modules` are.
pub fn paths(source: &Source, modules: &BTreeSet<Vec<String>>) -> Vec<Named> {
    let whole = |path: &[String]| absolute(path, &source.module, modules);
    let mut named = Vec::new();
    let mut imported: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut rest = source.lines.iter().enumerate();
    while let Some((index, first)) = rest.next() {
        let mut statement = first.trim().to_owned();
        let Some(passed_on) = import(&statement) else {
            continue;
        };
        while !statement.contains(';') {
            let Some((_, next)) = rest.next() else { break };
            statement.push_str(next.trim());
        }
        let (_, tree) = statement.split_once("use ").expect("an import has a `use`");
        for (path, name) in leaves(tree.trim_end_matches(';')) {
            let path = whole(&path);
            imported.insert(name, path.clone());
            named.push(Named {
                line: index + 1,
                path,
                passed_on,
            });
        }
    }
    for (index, line) in source.lines.iter().enumerate() {
        if import(line.trim()).is_some() {
            continue;
        }
        for words in spelled(line) {
            let path = match imported.get(&words[0]) {
                Some(module) => [&module[..], &words[1..]].concat(),
                None => whole(&words),
            };
            named.push(Named {
                line: index + 1,
                path,
                passed_on: false,
            });
        }
    }
    named
}

/// Whether a line begins an import, and then whether others get the name from here.
fn import(line: &str) -> Option<bool> {
    let plain = line.starts_with("use ");
    let passed_on = line.starts_with("pub") && line.contains(" use ");
    (plain || passed_on).then_some(passed_on)
}

/// The paths of an import's tree, each with the name it gets here.
fn leaves(tree: &str) -> Vec<(Vec<String>, String)> {
    let tree = tree.trim();
    if let Some(at) = tree.find('{') {
        let before: Vec<String> = words(tree[..at].trim_end_matches("::"));
        let inner = tree[at + 1..].trim().trim_end_matches('}');
        let mut found = Vec::new();
        for branch in branches(inner) {
            for (path, name) in leaves(branch) {
                let mut whole = before.clone();
                whole.extend(path.into_iter().filter(|word| word != "self"));
                let name = if name == "self" {
                    before.last().cloned().unwrap_or_default()
                } else {
                    name
                };
                found.push((whole, name));
            }
        }
        return found;
    }
    let (path, alias) = match tree.split_once(" as ") {
        Some((path, alias)) => (path, Some(alias.trim().to_owned())),
        None => (tree, None),
    };
    let path = words(path);
    let name = alias.or_else(|| path.last().cloned()).unwrap_or_default();
    vec![(path, name)]
}

fn branches(inner: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut depth, mut from) = (0, 0);
    for (at, char) in inner.char_indices() {
        match char {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&inner[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push(&inner[from..]);
    found.retain(|branch| !branch.trim().is_empty());
    found
}

fn words(path: &str) -> Vec<String> {
    path.split("::")
        .map(|word| word.trim().to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

/// The paths of two words and more that a line spells.
fn spelled(line: &str) -> Vec<Vec<String>> {
    line.split(|char: char| !(char.is_ascii_alphanumeric() || char == '_' || char == ':'))
        .map(words)
        .filter(|path| path.len() > 1)
        .collect()
}

/// The path from the crate on, where it begins with `self`, `super` or a module below its file's.
fn absolute(path: &[String], module: &[String], modules: &BTreeSet<Vec<String>>) -> Vec<String> {
    let ups = path.iter().take_while(|word| *word == "super").count();
    let own = usize::from(path.first().is_some_and(|word| word == "self"));
    let below = path
        .first()
        .is_some_and(|word| modules.contains(&[module, std::slice::from_ref(word)].concat()));
    if ups + own == 0 && !below {
        return path.to_vec();
    }
    let base = module.len().saturating_sub(ups);
    let mut whole = vec!["crate".to_owned()];
    whole.extend_from_slice(&module[..base]);
    whole.extend_from_slice(&path[ups + own..]);
    whole
}
