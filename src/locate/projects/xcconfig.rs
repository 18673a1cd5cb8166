//! `.xcconfig` files with what they include.

use std::sync::Arc;

use crate::locate::files::{Files, directory, file_name, join, lines};
use crate::locate::projects::flutter;
use crate::locate::projects::settings::{Layer, Setting};

/// How deep files may include one another.
const DEPTH: usize = 16;
/// How many files one configuration may be made of.
const FILES: usize = 64;

/// The assignments of a file and of those it includes; a later one replaces an earlier one.
pub fn layer(files: &Files, path: &str) -> Layer {
    let mut layer = Layer::new();
    let mut left = FILES;
    include(files, path, DEPTH, &mut left, &mut layer);
    layer
}

fn include(files: &Files, path: &str, depth: usize, left: &mut usize, layer: &mut Layer) {
    let (Some(depth), Some(fewer)) = (depth.checked_sub(1), left.checked_sub(1)) else {
        return;
    };
    *left = fewer;
    if flutter::GENERATED.contains(&file_name(path)) {
        return;
    }
    let Some(text) = files.text(path) else { return };
    let shared: Arc<str> = path.into();
    for (number, line) in lines(&text) {
        if let Some(rest) = line.strip_prefix("#include") {
            let quoted = rest.trim_start_matches('?').trim().strip_prefix('"');
            let included = quoted.and_then(|rest| rest.split_once('"'));
            if let Some(path) = included.and_then(|(name, _)| join(directory(path), name)) {
                include(files, &path, depth, left, layer);
            }
            continue;
        }
        if let Some((name, value)) = assignment(line) {
            let setting = Setting {
                value: value.to_owned(),
                path: Arc::clone(&shared),
                line: number,
            };
            layer.insert(name.to_owned(), setting);
        }
    }
}

fn assignment(line: &str) -> Option<(&str, &str)> {
    let line = line.split_once("//").map_or(line, |(before, _)| before);
    // A condition such as `[sdk=iphoneos*]` holds an equals sign of its own.
    let from = match (line.find('['), line.find('=')) {
        (Some(open), Some(equals)) if open < equals => open + line[open..].find(']')?,
        _ => 0,
    };
    let equals = from + line[from..].find('=')?;
    let name = line[..equals].trim();
    let value = line[equals + 1..].trim().trim_end_matches(';').trim_end();
    (!name.is_empty()).then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_comments_and_stray_semicolons_are_no_part_of_the_value() {
        assert_eq!(assignment("A = 1 // one"), Some(("A", "1")));
        assert_eq!(
            assignment("A[sdk=iphoneos*] = x;"),
            Some(("A[sdk=iphoneos*]", "x"))
        );
        assert_eq!(assignment("// A = 1"), None);
        assert_eq!(assignment("A[sdk = 1"), None);
    }
}
