//! What is written keeps apart from what was given, and from each other: a report in place of the package
//! or the key would destroy it.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use crate::cli::diagnostics;
use crate::cli::problems::Problems;
use crate::report::Settings;

/// A file with the name by which people know it.
pub type Named = (&'static str, PathBuf);

/// Takes away each file to write to that is one of the files given, or one that is written already, and
/// notes it: nothing is written there.
pub fn keep(settings: &mut Settings, given: &[Named], problems: &mut Problems) {
    let mut taken: Vec<Named> = given.to_vec();
    let outputs = [
        ("GITHUB_OUTPUT", &mut settings.outputs),
        ("GITHUB_STEP_SUMMARY", &mut settings.summary),
        ("--report", &mut settings.report),
        ("--receipt", &mut settings.receipt),
    ];
    for (name, output) in outputs {
        let Some(path) = output.clone() else {
            continue;
        };
        match taken.iter().find(|(_, other)| is_same(&path, other)) {
            Some((other, _)) => {
                problems.add(diagnostics::output_is_taken(name, other));
                *output = None;
            }
            None => taken.push((name, path)),
        }
    }
}

/// Whether writing to one would change the other. Devices and pipes are shared as people like.
fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => one.is_file() && other.is_file() && is_same_file(&one, &other),
        // One that is not there yet will be the other where their names are the same.
        (Err(_), Err(_)) => will_be(one) == will_be(other),
        (Ok(_), Err(_)) | (Err(_), Ok(_)) => false,
    }
}

#[cfg(unix)]
fn is_same_file(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn is_same_file(_one: &Metadata, _other: &Metadata) -> bool {
    false
}

/// The place of a file that is not there yet, as a disk sees it to which capitals are nothing.
fn will_be(path: &Path) -> Option<String> {
    let absolute = std::path::absolute(path).ok()?;
    let folder = absolute.parent()?;
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let place = folder.join(absolute.file_name()?);
    Some(place.to_string_lossy().to_lowercase())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_file_is_the_same_by_whatever_name_or_link() {
        let place = tempfile::tempdir().unwrap();
        let at = |name: &str| place.path().join(name);
        fs::write(at("key.p8"), "the key").unwrap();
        fs::write(at("other"), "the key").unwrap();
        symlink("key.p8", at("link")).unwrap();
        fs::hard_link(at("key.p8"), at("hard")).unwrap();
        fs::create_dir(at("folder")).unwrap();
        for same in ["key.p8", "link", "hard", "folder/../key.p8", "./key.p8"] {
            assert!(is_same(&at("key.p8"), &at(same)), "{same}");
        }
        assert!(!is_same(&at("key.p8"), &at("other")));
        assert!(!is_same(&at("key.p8"), &at("new")));
        assert!(is_same(&at("new.json"), &at("folder/../NEW.json")));
        assert!(!is_same(&at("new.json"), &at("newer.json")));
        let null = Path::new("/dev/null");
        assert!(!is_same(null, null));
    }
}
