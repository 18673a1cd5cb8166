//! The private directory of a run: whatever it signs with is in it, and goes with it.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::journal::{Acquired, Journal};
use crate::signing::error::Error;
use crate::signing::random;

/// What the names of our directories begin with.
const NAME: &str = "jetway-signing-";

/// A directory that nobody else may look into.
#[derive(Clone, Debug)]
pub struct Workspace {
    path: PathBuf,
}

impl Workspace {
    /// Makes one below this directory, by a path without links in it: the search list names it so.
    pub fn create(below: &Path, journal: &Journal) -> Result<Self, Error> {
        let below = fs::canonicalize(below).map_err(Error::disk("finding", below))?;
        let path = below.join(format!("{NAME}{}", random::hex(&random::bytes::<8>()?)));
        let noted = journal.note(Acquired::Workspace { path: path.clone() });
        noted.on_disk.map_err(Error::disk("noting", &path))?;
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder
            .create(&path)
            .map_err(Error::disk("making", &path))?;
        Ok(Self { path })
    }

    /// Where a file of this name is, as tools are told.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Writes a file that only its owner may read.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, Error> {
        let path = self.file(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options
            .open(&path)
            .and_then(|mut file| file.write_all(bytes))
            .map_err(Error::disk("writing", &path))?;
        Ok(path)
    }
}

/// Removes a workspace with all that is in it. Whatever has not the name of one is left alone.
pub fn remove(path: &Path) -> Result<(), Error> {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let is_ours = name.is_some_and(|name| name.starts_with(NAME));
    let is_directory = fs::symlink_metadata(path).is_ok_and(|found| found.is_dir());
    if !is_ours || !is_directory {
        return Ok(());
    }
    fs::remove_dir_all(path).map_err(Error::disk("removing", path))
}
