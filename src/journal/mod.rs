//! What must be undone, as plain data: written down before it is acquired, settled entry by entry, and
//! undone in reverse by whoever made it (`run::undo`). Nothing here undoes anything.
//!
//! What outlives the process is on disk before it is acquired: one file a process, in a private
//! directory, locked for as long as the process lives. A lock that is free means that the process is
//! gone, and that its entries are left to `jetway cleanup` and to the next run. A process that acquires
//! nothing writes nothing, and one that leaves nothing leaves no file.

mod file;
mod leftover;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use file::JournalFile;

pub use leftover::{Acquired, Leftover, OpenUpload};

/// Names one entry for as long as the journal lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryId(u64);

/// An entry that this process knows, whatever the disk did.
#[derive(Debug)]
pub struct Noted {
    /// Its name.
    pub id: EntryId,
    /// Whether it would outlast a kill. Where it would not, nothing may be acquired that nobody else
    /// could find.
    pub on_disk: io::Result<()>,
}

/// Keeps other runs away while it lives.
#[derive(Debug)]
#[must_use = "others are kept away only while it lives"]
pub struct Alone(#[expect(dead_code, reason = "closing it gives the lock back")] Option<File>);

/// The list of what to undo. Clones share it.
#[derive(Clone, Debug)]
pub struct Journal(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    entries: Vec<(EntryId, Leftover)>,
    next: u64,
    file: Option<JournalFile>,
    /// Whether only what is on this machine is written down.
    is_of_rehearsal: bool,
}

impl Journal {
    /// A journal whose file will stand in the directory; `None` keeps it in memory.
    pub fn new(directory: Option<&Path>) -> Self {
        Self::from(State {
            entries: Vec::new(),
            next: 1,
            file: directory.map(JournalFile::new),
            is_of_rehearsal: false,
        })
    }

    /// The same for a rehearsal: its App Store Connect ends with the process, and only what is on this machine
    /// outlives it.
    #[must_use]
    pub fn of_rehearsal(self, is_so: bool) -> Self {
        self.lock().is_of_rehearsal = is_so;
        self
    }

    /// The journals in the directory whose processes are gone, each locked by the caller from now on.
    /// What can't be read is left alone; a directory that is not there holds none.
    pub fn left_behind(directory: &Path) -> Vec<Self> {
        file::left_behind(directory)
            .into_iter()
            .map(|(file, entries)| {
                let entries: Vec<_> = entries
                    .into_iter()
                    .map(|(id, leftover)| (EntryId(id), leftover))
                    .collect();
                Self::from(State {
                    next: entries.iter().map(|(id, _)| id.0 + 1).max().unwrap_or(1),
                    entries,
                    file: Some(file),
                    is_of_rehearsal: false,
                })
            })
            .collect()
    }

    /// The uploads that processes hold which still live, as far as it can be read, whoever holds the lock: not to
    /// be undone by anybody else.
    pub fn uploads_of_the_living(directory: &Path) -> Vec<OpenUpload> {
        let held = file::held_by_the_living(directory).into_iter();
        held.filter_map(Leftover::upload).collect()
    }

    fn from(state: State) -> Self {
        Self(Arc::new(Mutex::new(state)))
    }

    /// The directory of its file, where it has one.
    pub fn directory(&self) -> Option<PathBuf> {
        let state = self.lock();
        Some(state.file.as_ref()?.directory().to_owned())
    }

    /// Notes what is about to be acquired.
    pub fn note(&self, leftover: impl Into<Leftover>) -> Noted {
        let leftover = leftover.into();
        let mut state = self.lock();
        let id = EntryId(state.next);
        state.next += 1;
        let is_written = matches!(leftover, Leftover::Acquired(_)) || !state.is_of_rehearsal;
        let written = match &mut state.file {
            Some(file) if is_written => file.note(id.0, &leftover),
            Some(_) | None => Ok(()),
        };
        state.entries.push((id, leftover));
        Noted {
            id,
            on_disk: written,
        }
    }

    /// What was noted has become something else: the new entry is written before the old one goes.
    pub fn replace(&self, old: Option<EntryId>, leftover: impl Into<Leftover>) -> Noted {
        let new = self.note(leftover);
        if let Some(old) = old {
            self.settle(old);
        }
        new
    }

    /// Forgets one entry: it was undone, or is nobody's to undo any more. The last one takes the file
    /// with it.
    pub fn settle(&self, id: EntryId) {
        let mut state = self.lock();
        state.entries.retain(|(known, _)| *known != id);
        let is_empty = state.entries.is_empty();
        if let Some(file) = &mut state.file {
            if is_empty {
                file.remove();
            } else {
                file.settle(id.0);
            }
        }
    }

    /// What of this machine other runs hold or left, as far as it can be read.
    pub fn acquired_by_others(&self) -> Vec<Acquired> {
        let state = self.lock();
        let others = state.file.as_ref().map(JournalFile::others);
        let others = others.unwrap_or_default().into_iter();
        others.filter_map(Leftover::acquired).collect()
    }

    /// Keeps every other run of this user from what all of them share, until it is dropped: the search list
    /// of keychains, and profiles. Only a run that has noted something may ask. A journal in memory has no
    /// others beside it.
    pub async fn alone(&self) -> io::Result<Alone> {
        let directory = self
            .lock()
            .file
            .as_ref()
            .map(|file| file.directory().to_owned());
        #[cfg(unix)]
        if let Some(directory) = directory {
            // The lock may be held for as long as a tool of Apple's takes.
            let locked = tokio::task::spawn_blocking(move || file::lock(&directory));
            return locked
                .await
                .map_err(io::Error::other)?
                .map(|file| Alone(Some(file)));
        }
        #[cfg(not(unix))]
        drop(directory);
        Ok(Alone(None))
    }

    /// What is open, last first.
    pub fn open_entries(&self) -> Vec<(EntryId, Leftover)> {
        let mut entries = self.lock().entries.clone();
        entries.reverse();
        entries
    }

    /// The uploads among what is open, last first.
    pub fn open_uploads(&self) -> Vec<(EntryId, OpenUpload)> {
        let entries = self.open_entries().into_iter();
        entries
            .filter_map(|(id, leftover)| Some((id, leftover.upload()?)))
            .collect()
    }

    /// What is open of this machine, last first.
    pub fn acquired(&self) -> Vec<(EntryId, Acquired)> {
        let entries = self.open_entries().into_iter();
        entries
            .filter_map(|(id, leftover)| Some((id, leftover.acquired()?)))
            .collect()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
