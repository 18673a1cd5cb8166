//! Why something of the machine could not be acquired.

use std::io;
use std::path::PathBuf;

use crate::apple;
use crate::secret::typed;

/// Something could not be acquired or given back.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The disk refused.
    #[error("{doing} {} failed", typed::path(path))]
    Disk {
        /// What was tried, such as `writing`.
        doing: &'static str,
        /// With what.
        path: PathBuf,
        /// Why it failed.
        #[source]
        source: io::Error,
    },
    /// A tool refused.
    #[error(transparent)]
    Tool(#[from] apple::Error),
    /// macOS refused a file of certificates that is whole, and whose password fits.
    #[error("macOS does not import {name}")]
    NotImported {
        /// How a person knows it.
        name: String,
        /// What `security` said.
        #[source]
        source: apple::Error,
    },
    /// The system gives no random bytes.
    #[error("the system gives no random bytes")]
    Random,
    /// What all runs share is not to be had alone.
    #[error("other runs can't be kept away from keychains and profiles")]
    NotAlone(#[source] io::Error),
    /// The search list lost an entry while it was changed.
    #[error("the keychain search list changes again and again under our hands")]
    SearchList,
}

impl Error {
    pub(super) fn disk(
        doing: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Disk {
            doing,
            path,
            source,
        }
    }
}
