//! A pattern for the package's path, as shells have it: `*` and `?` in a name, `**` for folders.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::ipa::PackageKind;

/// No folder that a build leaves has more in it.
const MOST_ENTRIES: usize = 50_000;
const DEEPEST: usize = 16;

/// Whether the path is a pattern.
pub fn is_pattern(path: &Path) -> bool {
    path.to_str().is_some_and(|text| text.contains(['*', '?']))
}

/// The packages that fit, in order.
pub fn packages(pattern: &Path) -> Vec<PathBuf> {
    let parts: Vec<Component<'_>> = pattern.components().collect();
    let mut search = Search {
        left: MOST_ENTRIES,
        found: Vec::new(),
    };
    search.below(&PathBuf::new(), &parts, DEEPEST);
    search.found.sort();
    search.found.dedup();
    search.found
}

struct Search {
    left: usize,
    found: Vec<PathBuf>,
}

impl Search {
    fn below(&mut self, at: &Path, parts: &[Component<'_>], deep: usize) {
        let [part, rest @ ..] = parts else {
            let is_package = PackageKind::from_file_name(&at.to_string_lossy()).is_some();
            if is_package && at.is_file() {
                self.found.push(at.to_owned());
            }
            return;
        };
        let name = match part {
            Component::Normal(name) => name.to_string_lossy(),
            Component::Prefix(_)
            | Component::RootDir
            | Component::CurDir
            | Component::ParentDir => {
                return self.below(&at.join(part), rest, deep);
            }
        };
        if name == "**" {
            self.below(at, rest, deep);
            for (entry, path) in self.entries(at) {
                // A link may lead back to where it is.
                let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
                if is_folder && deep > 0 {
                    self.below(&path, parts, deep - 1);
                }
            }
        } else if name.contains(['*', '?']) {
            for (entry, path) in self.entries(at) {
                if fits(&name, &entry.file_name().to_string_lossy()) {
                    self.below(&path, rest, deep);
                }
            }
        } else {
            self.below(&at.join(part), rest, deep);
        }
    }

    fn entries(&mut self, folder: &Path) -> Vec<(fs::DirEntry, PathBuf)> {
        let here = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        let Ok(entries) = fs::read_dir(here) else {
            return Vec::new();
        };
        let entries: Vec<(fs::DirEntry, PathBuf)> = entries
            .take(self.left)
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let path = folder.join(entry.file_name());
                Some((entry, path))
            })
            .collect();
        self.left -= entries.len();
        entries
    }
}

/// Whether the name fits the pattern. What is hidden is named or not meant.
fn fits(pattern: &str, name: &str) -> bool {
    if name.starts_with('.') && !pattern.starts_with('.') {
        return false;
    }
    let (pattern, name): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), name.chars().collect());
    // The last star, and how much of the name it holds so far.
    let (mut at, mut of, mut star) = (0, 0, None);
    while of < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, of));
                at += 1;
            }
            Some(char) if *char == '?' || *char == name[of] => {
                at += 1;
                of += 1;
            }
            Some(_) | None => match star {
                Some((begin, held)) => {
                    star = Some((begin, held + 1));
                    at = begin + 1;
                    of = held + 1;
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|char| *char == '*')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn stars_and_question_marks_stand_for_parts_of_a_name() {
        for (pattern, name) in [
            ("*.ipa", "App.ipa"),
            ("My*-?.ipa", "MyApp-1.2-3.ipa"),
            ("*", "x"),
            ("a*b*c", "aXbYbZc"),
        ] {
            assert!(fits(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [
            ("*.ipa", "App.pkg"),
            ("?", ""),
            ("*.ipa", ".ipa"),
            ("a*b", "ab."),
        ] {
            assert!(!fits(pattern, name), "{pattern} {name}");
        }
    }

    #[test]
    fn packages_are_found_below_folders_and_nothing_else_is() {
        let place = tempfile::tempdir().unwrap();
        for path in [
            "build/a/One.ipa",
            "build/b/c/Two.pkg",
            "build/One.txt",
            "build/.hidden/No.ipa",
        ] {
            let path = place.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        fs::create_dir_all(place.path().join("build/Folder.ipa")).unwrap();
        let found = |pattern: &str| -> Vec<String> {
            let names = packages(&place.path().join(pattern)).into_iter();
            names
                .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
                .collect()
        };
        assert_eq!(found("build/*/*.ipa"), ["One.ipa"]);
        assert_eq!(found("build/**/Two.pkg"), ["Two.pkg"]);
        assert_eq!(found("build/*"), Vec::<String>::new());
        assert_eq!(found("nowhere/*.ipa"), Vec::<String>::new());
        assert!(is_pattern(Path::new("build/*.ipa")));
        assert!(!is_pattern(Path::new("build/App.ipa")));
    }

    proptest! {
        #[test]
        fn a_name_fits_itself_with_any_part_starred(name in "[a-z.]{1,12}", from in 0usize..12, to in 0usize..12) {
            prop_assume!(!name.starts_with('.'));
            let (from, to) = (from.min(name.len()), to.min(name.len()));
            let (from, to) = (from.min(to), from.max(to));
            let pattern = format!("{}*{}", &name[..from], &name[to..]);
            prop_assert!(fits(&pattern, &name), "{} {}", pattern, name);
        }
    }
}
