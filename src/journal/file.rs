//! A journal on disk: a line of JSON for each entry and each settlement, each on its way to the disk
//! before the next thing happens. A last line that was cut off was never acted on.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::journal::Leftover;

const ENDING: &str = "journal";
/// No journal of ours is longer; what is, is none.
const LONGEST: u64 = 1024 * 1024;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Line {
    Note { id: u64, leftover: Leftover },
    Settled { id: u64 },
}

/// The file of one process.
#[derive(Debug)]
pub struct JournalFile {
    directory: PathBuf,
    open: Option<(PathBuf, File)>,
    /// The directories that were made for it, the innermost first.
    made: Vec<PathBuf>,
}

impl JournalFile {
    /// A file that will be made at the first entry.
    pub fn new(directory: &Path) -> Self {
        Self {
            directory: directory.to_owned(),
            open: None,
            made: Vec::new(),
        }
    }

    /// Writes an entry down; it is on the disk when this returns.
    pub fn note(&mut self, id: u64, leftover: &Leftover) -> io::Result<()> {
        if self.open.is_none() {
            self.made = missing(&self.directory);
            self.open = Some(create(&self.directory)?);
        }
        self.append(&Line::Note {
            id,
            leftover: leftover.clone(),
        })
    }

    /// Writes that an entry is settled. One that can't be written is found open later, and looked at
    /// again then, which does no harm.
    pub fn settle(&mut self, id: u64) {
        let _ = self.append(&Line::Settled { id });
    }

    /// Takes the file away, and with it each directory that was made for it and is empty now.
    pub fn remove(&mut self) {
        if let Some((path, _)) = self.open.take() {
            let _ = fs::remove_file(path);
            for directory in &self.made {
                let _ = fs::remove_dir(directory);
            }
        }
    }

    /// The directory that the file is in, or will be.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The open entries of every other file in the directory, whether its process lives or not.
    pub fn others(&self) -> Vec<Leftover> {
        let own = self.open.as_ref().map(|(path, _)| path);
        journals(&self.directory)
            .into_iter()
            .filter(|(path, _)| Some(path) != own)
            .filter_map(|(_, file)| open_entries(&file))
            .flatten()
            .map(|(_, leftover)| leftover)
            .collect()
    }

    fn append(&mut self, line: &Line) -> io::Result<()> {
        let Some((_, file)) = &mut self.open else {
            return Ok(());
        };
        let mut text = serde_json::to_string(line)?;
        text.push('\n');
        file.write_all(text.as_bytes())?;
        file.sync_data()
    }
}

/// The directories that are not there yet, the innermost first.
fn missing(directory: &Path) -> Vec<PathBuf> {
    directory
        .ancestors()
        .filter(|ancestor| !ancestor.as_os_str().is_empty())
        .take_while(|ancestor| !ancestor.exists())
        .map(Path::to_owned)
        .collect()
}

/// Makes the directory for its owner alone, and a file in it that was not there before. It gets its
/// name once it is locked, so that nobody takes it for one whose process is gone.
fn create(directory: &Path) -> io::Result<(PathBuf, File)> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)?;
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(io::Error::other)?;
    let random = u64::from_ne_bytes(random);
    let unnamed = directory.join(format!("{}-{random:016x}.new", std::process::id()));
    let path = unnamed.with_extension(ENDING);
    let mut options = OpenOptions::new();
    options.append(true).read(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&unnamed)?;
    file.lock()?;
    fs::rename(&unnamed, &path)?;
    // The name has to outlast a crash of the machine as well as the lines do.
    File::open(directory)?.sync_all()?;
    Ok((path, file))
}

/// The files whose processes are gone, locked, with their open entries. A file without any is removed.
pub fn left_behind(directory: &Path) -> Vec<(JournalFile, Vec<(u64, Leftover)>)> {
    let mut found = Vec::new();
    for (path, file) in journals(directory) {
        if file.try_lock().is_err() {
            continue;
        }
        let Some(entries) = open_entries(&file) else {
            continue;
        };
        let is_empty = entries.is_empty();
        let mut journal = JournalFile {
            directory: directory.to_owned(),
            open: Some((path, file)),
            made: vec![directory.to_owned()],
        };
        if is_empty {
            journal.remove();
        } else {
            found.push((journal, entries));
        }
    }
    found
}

/// What living processes hold.
pub fn held_by_the_living(directory: &Path) -> Vec<Leftover> {
    journals(directory)
        .into_iter()
        .filter(|(_, file)| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
        .filter_map(|(_, file)| open_entries(&file))
        .flatten()
        .map(|(_, leftover)| leftover)
        .collect()
}

fn journals(directory: &Path) -> Vec<(PathBuf, File)> {
    let Ok(entries) = fs::read_dir(directory) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|found| found == ENDING))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .filter_map(|path| {
            let is_file = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file());
            let file = is_file.then(|| OpenOptions::new().read(true).append(true).open(&path));
            Some((path, file?.ok()?))
        })
        .collect()
}

/// The entries that no line settles. `None` where a whole line makes no sense: then the file is not
/// ours, or of another version, and stays.
fn open_entries(file: &File) -> Option<Vec<(u64, Leftover)>> {
    let mut reader = BufReader::new(file.take(LONGEST));
    let mut entries: Vec<(u64, Leftover)> = Vec::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        reader.read_until(b'\n', &mut line).ok()?;
        if line.pop() != Some(b'\n') {
            return Some(entries);
        }
        match serde_json::from_slice(&line).ok()? {
            Line::Note { id, leftover } => entries.push((id, leftover)),
            Line::Settled { id } => entries.retain(|(known, _)| *known != id),
        }
    }
}

/// Holds a lock on the directory of journals: what is common to all runs of a user is changed by one of
/// them at a time. Waits for whoever holds it. Only a run with a journal in it may ask, for then the
/// directory stays.
#[cfg(unix)]
pub fn lock(directory: &Path) -> io::Result<File> {
    let directory = File::open(directory)?;
    directory.lock()?;
    Ok(directory)
}
