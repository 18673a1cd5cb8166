//! What keeps an archive from being exported.

use std::path::PathBuf;

use crate::secret::typed;

/// Why an archive can't be exported.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// It is no archive.
    #[error("{} is no archive of Xcode's: {why}", typed::path(path))]
    NoArchive {
        /// Where.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// There is no app in it.
    #[error("there is no app in the archive")]
    NoApp {
        /// What is there instead, by its path in `Products`.
        found: Vec<String>,
    },
    /// There are several.
    #[error("there are {} apps in the archive", found.len())]
    SeveralApps {
        /// Their names.
        found: Vec<String>,
    },
    /// There is something beside the app, so that Xcode takes the archive for one of no app.
    #[error("there is more than an app in the archive")]
    MoreThanAnApp {
        /// What, by its path in `Products`.
        found: Vec<String>,
    },
    /// An Info.plist in it can't be read.
    #[error("{file} {why}")]
    List {
        /// Its path in the archive.
        file: String,
        /// What is wrong with it.
        why: String,
    },
}
