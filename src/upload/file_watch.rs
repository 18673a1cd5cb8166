//! Whether the file is still the one that the parts were made for.

use std::fs::File;
use std::sync::Arc;
use std::time::SystemTime;

use crate::upload::checksum::PartDigest;
use crate::upload::error::{Change, Error};
use crate::upload::reader::ReadEnd;

/// The file as it was when the upload began.
pub(super) struct FileWatch {
    file: Arc<File>,
    size: u64,
    written: Option<SystemTime>,
}

impl FileWatch {
    /// Begins to watch. Fails where the file has not the size that the parts cover.
    pub(super) fn begin(file: Arc<File>, size: u64) -> Result<Self, Error> {
        let written = file.metadata().map_err(Error::Read)?.modified().ok();
        let watch = Self {
            file,
            size,
            written,
        };
        watch.check()?;
        Ok(watch)
    }

    pub(super) fn file(&self) -> Arc<File> {
        self.file.clone()
    }

    /// Fails where the file has changed.
    pub(super) fn check(&self) -> Result<(), Error> {
        let now = self.file.metadata().map_err(Error::Read)?;
        let (from, to) = (self.size, now.len());
        let change = if to < from {
            Change::Shrank { from, to }
        } else if to > from {
            Change::Grew { from, to }
        } else if now.modified().ok() != self.written {
            Change::Written
        } else {
            return Ok(());
        };
        Err(Error::Changed(change))
    }

    /// The digest that reading ended with; `None` where nobody wanted the rest.
    pub(super) fn digest(&self, end: ReadEnd) -> Result<Option<PartDigest>, Error> {
        match end {
            ReadEnd::Whole(digest) => Ok(Some(digest)),
            ReadEnd::Unwanted => Ok(None),
            ReadEnd::Failed(error) => Err(Error::Read(error)),
            ReadEnd::FileEnded => {
                self.check()?;
                // It ended early and is whole again: somebody writes to it.
                Err(Error::Changed(Change::Written))
            }
        }
    }
}
