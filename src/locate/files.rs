//! The files of the repository: which there are, and their text, within limits.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ignore::{DirEntry, WalkBuilder};

/// The most entries that are walked.
const ENTRIES: usize = 50_000;
/// How deep directories are walked.
const DEPTH: usize = 24;
/// How long the walk may take, and how long reading for one finding may.
const PATIENCE: Duration = Duration::from_secs(2);
/// The largest project file that is read, in bytes; all other files may have a fifth of it.
const LARGEST: u64 = 20 * 1024 * 1024;
/// The most bytes that are read in all.
const TOTAL: u64 = 128 * 1024 * 1024;

/// Directories that hold other people's files, or what a build made.
const SKIPPED: &[&str] = &[
    ".git",
    ".build",
    ".dart_tool",
    ".symlinks",
    "build",
    "DerivedData",
    "fixtures",
    "Fixtures",
    "__fixtures__",
    "node_modules",
    "Pods",
    "SourcePackages",
    "vendor",
];

/// The files below a root, by their paths with `/` between the parts.
pub(super) struct Files {
    root: PathBuf,
    paths: BTreeSet<String>,
    complete: bool,
    read: Mutex<Texts>,
    exhausted: AtomicBool,
}

struct Texts {
    by_path: HashMap<String, Option<Arc<str>>>,
    left: u64,
    until: Instant,
}

impl Files {
    /// Walks the root. Symbolic links are neither followed nor listed.
    pub(super) fn below(root: &Path) -> Self {
        let began = Instant::now();
        let mut paths = BTreeSet::new();
        let mut complete = true;
        let walk = WalkBuilder::new(root)
            .standard_filters(false)
            .git_ignore(true)
            .git_exclude(true)
            .require_git(false)
            .max_depth(Some(DEPTH))
            .follow_links(false)
            .sort_by_file_name(Ord::cmp)
            .filter_entry(is_walked)
            .build();
        for (count, entry) in walk.enumerate() {
            if count >= ENTRIES || began.elapsed() > PATIENCE {
                complete = false;
                break;
            }
            let Ok(entry) = entry else { continue };
            if entry.file_type().is_some_and(|kind| kind.is_file())
                && let Some(path) = relative(root, entry.path())
            {
                paths.insert(path);
            }
        }
        Self {
            root: root.to_owned(),
            paths,
            complete,
            read: Mutex::new(Texts {
                by_path: HashMap::new(),
                left: TOTAL,
                until: began + PATIENCE + PATIENCE,
            }),
            exhausted: AtomicBool::new(false),
        }
    }

    /// Whether the walk came to its end, so that what is not listed does not exist.
    pub(super) fn complete(&self) -> bool {
        self.complete
    }

    /// Gives reading for the next finding its time.
    pub(super) fn begin(&self) {
        self.exhausted.store(false, Ordering::Relaxed);
        let mut texts = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        texts.until = Instant::now() + PATIENCE;
    }

    /// Whether a file was left unread because time or bytes ran out since [`Self::begin`].
    pub(super) fn exhausted(&self) -> bool {
        self.exhausted.load(Ordering::Relaxed)
    }

    /// Whether there is such a file.
    pub(super) fn has(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// All paths in order.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().map(String::as_str)
    }

    /// All paths whose last part is this name.
    pub(super) fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.paths().filter(move |path| file_name(path) == name)
    }

    /// The text of a listed file; bytes that are not UTF-8 are replaced, so that lines stay.
    pub(super) fn text(&self, path: &str) -> Option<Arc<str>> {
        if !self.has(path) {
            return None;
        }
        let mut texts = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = texts.by_path.get(path) {
            return text.clone();
        }
        let largest = if path.ends_with(".pbxproj") {
            LARGEST
        } else {
            LARGEST / 5
        };
        if texts.left == 0 || Instant::now() > texts.until {
            self.exhausted.store(true, Ordering::Relaxed);
            return None;
        }
        let text = read(&self.root.join(path), largest);
        let length = text.as_ref().map_or(0, |text| text.len() as u64);
        texts.left = texts.left.saturating_sub(length);
        texts.by_path.insert(path.to_owned(), text.clone());
        text
    }
}

fn is_walked(entry: &DirEntry) -> bool {
    let Some(name) = entry.file_name().to_str() else {
        return false;
    };
    if entry.depth() == 0 || !entry.file_type().is_some_and(|kind| kind.is_dir()) {
        return true;
    }
    let in_carthage = || {
        let parent = entry.path().parent().and_then(Path::file_name);
        parent.is_some_and(|parent| parent == "Carthage")
    };
    // A framework or archive is a product, not a source.
    let product = [".framework", ".xcframework", ".xcarchive", ".app"]
        .iter()
        .any(|ending| name.ends_with(ending));
    !product
        && !SKIPPED.contains(&name)
        && !((name == "Build" || name == "Checkouts") && in_carthage())
}

fn relative(root: &Path, path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path
        .strip_prefix(root)
        .ok()?
        .iter()
        .map(std::ffi::OsStr::to_str)
        .collect();
    parts.map(|parts| parts.join("/"))
}

fn read(path: &Path, largest: u64) -> Option<Arc<str>> {
    // The file may have become something else since the walk.
    if !path.symlink_metadata().ok()?.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    let file = File::open(path).ok()?;
    file.take(largest + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= largest).then(|| String::from_utf8_lossy(&bytes).into())
}

/// The last part of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The directory of a path; the root is the empty text.
pub(super) fn directory(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(directory, _)| directory)
}

/// A path seen from a directory of the repository. `None` where it leads out of the root.
pub(super) fn join(directory: &str, path: &str) -> Option<String> {
    if path.starts_with('/') || path.starts_with('~') {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in directory.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Whether the path is this directory or stands below it.
pub(super) fn is_within(path: &str, directory: &str) -> bool {
    directory.is_empty()
        || path
            .strip_prefix(directory)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The numbered lines of a text, without white space around them.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (u32, &str)> {
    (1..).zip(text.lines().map(str::trim))
}
