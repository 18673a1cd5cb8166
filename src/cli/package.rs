//! The package of a call: the one that was named, or a demo of our own for a rehearsal.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::cli::choices::NotTaken;
use crate::cli::problems::Problems;
use crate::cli::rehearsal::Rehearsal;
use crate::cli::{diagnostics, given, pattern};
use crate::diagnostic::Diagnostic;
use crate::ipa::PackageKind;
use crate::plan::PackageFile;
use crate::sandbox;

/// What the name of the directory with a demo begins with; the process follows that made it.
pub const DEMO: &str = "jetway-demo-";

/// A package, and the directory that goes away with it where it is a demo.
pub struct Package {
    /// The file.
    pub file: PackageFile,
    /// What was named and is not there, where a demo takes its place.
    pub stands_in_for: Option<PathBuf>,
    _demo: Option<TempDir>,
}

/// Chooses the package. A rehearsal makes one where none was named, and where it takes the place of a
/// run without secrets and the named one is not there: nothing could have been signed.
pub fn choose(
    typed: Option<&Path>,
    rehearsal: Option<&Rehearsal>,
    problems: &mut Problems,
) -> Package {
    let named = given::path(typed);
    let is_demo = rehearsal.is_some_and(|rehearsal| match named {
        Some(path) => rehearsal.instead.is_some() && !is_there(path),
        None => true,
    });
    let nothing = || Package {
        file: ipa(PathBuf::new()),
        stands_in_for: None,
        _demo: None,
    };
    match named {
        _ if is_demo => Package {
            stands_in_for: named.map(Path::to_owned),
            ..problems.take(demo(), nothing())
        },
        Some(path) => Package {
            file: file(path, problems),
            stands_in_for: None,
            _demo: None,
        },
        // That it is missing is told with all else that is.
        None => nothing(),
    }
}

/// The package that was named, or the only one that a pattern fits.
pub fn named(path: &Path, problems: &mut Problems) -> PackageFile {
    file(path, problems)
}

/// Whether a named package, or one that its pattern fits, is there.
pub fn is_there(path: &Path) -> bool {
    path.exists() || (pattern::is_pattern(path) && !pattern::packages(path).is_empty())
}

/// In place of a package: an archive, of which one is made on the way.
pub fn of_archive(path: &Path) -> Package {
    Package {
        file: ipa(path.to_owned()),
        stands_in_for: None,
        _demo: None,
    }
}

fn ipa(path: PathBuf) -> PackageFile {
    PackageFile {
        path,
        kind: PackageKind::Ipa,
    }
}

fn file(path: &Path, problems: &mut Problems) -> PackageFile {
    if problems.path("path", Some(path)).is_none() {
        return ipa(PathBuf::new());
    }
    if !pattern::is_pattern(path) || path.exists() {
        return file_at(path, problems);
    }
    match pattern::packages(path).as_slice() {
        [only] => file_at(only, problems),
        found => {
            problems.add(diagnostics::package_unclear(path, found));
            ipa(path.to_owned())
        }
    }
}

fn file_at(path: &Path, problems: &mut Problems) -> PackageFile {
    let kind = PackageKind::from_file_name(&path.to_string_lossy());
    match (fs::metadata(path), kind) {
        (Err(error), _) => {
            let beside = neighbours(path.parent().unwrap_or(Path::new("")));
            problems.add(match fs::read_link(path) {
                Ok(target) => diagnostics::package_link_is_dangling(path, &target, &beside),
                Err(_) => diagnostics::package_unopened(path, &error, &beside),
            });
        }
        (Ok(metadata), _) if metadata.is_dir() => {
            problems.add(diagnostics::package_is_directory(path, &neighbours(path)));
        }
        (Ok(_), None) => problems.add(diagnostics::package_of_no_known_kind(path)),
        (Ok(metadata), _) if metadata.len() == 0 => problems.add(diagnostics::package_empty(path)),
        (Ok(_), Some(_)) => {}
    }
    PackageFile {
        path: path.to_owned(),
        kind: kind.unwrap_or(PackageKind::Ipa),
    }
}

/// Packages in the directory, one of which may be the one that was meant.
fn neighbours(directory: &Path) -> Vec<String> {
    let here = directory.as_os_str().is_empty();
    let Ok(entries) = fs::read_dir(if here { Path::new(".") } else { directory }) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        // A link may lead to nothing.
        .filter(|entry| entry.path().exists())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| PackageKind::from_file_name(name).is_some())
        .take(20)
        .collect();
    names.sort();
    names
}

/// The SHA-256 that the package must have.
pub fn sha256(typed: Option<&str>, problems: &mut Problems) -> Option<String> {
    problems.value("--expected-sha256", typed, None, |text| {
        let text = text.trim().to_ascii_lowercase();
        let is_hash = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hash
            .then_some(Some(text))
            .ok_or_else(|| NotTaken("it is no SHA-256, which has 64 hexadecimal digits".to_owned()))
    })
}

/// Writes the demo package into a directory of its own.
fn demo() -> Result<Package, Box<Diagnostic>> {
    let unavailable =
        |error: std::io::Error| Box::new(diagnostics::sandbox_unavailable(&error.to_string()));
    let directory = tempfile::Builder::new()
        .prefix(&format!("{DEMO}{}-", std::process::id()))
        .tempdir()
        .map_err(unavailable)?;
    let path = directory.path().join("Demo.ipa");
    fs::write(&path, sandbox::demo_ipa()).map_err(unavailable)?;
    Ok(Package {
        file: ipa(path),
        stands_in_for: None,
        _demo: Some(directory),
    })
}
