//! What can go wrong in a reporter.

use std::io;
use std::path::PathBuf;

use crate::secret::typed;

/// Why something could not be reported.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file's folder is missing and can't be made.
    #[error(
        "the folder {} can't be made; give {option} another path",
        typed::path(folder)
    )]
    NoFolder {
        /// The option that names it.
        option: &'static str,
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The path is a folder.
    #[error("{} is a folder; give {option} the path of a file", typed::path(path))]
    IsFolder {
        /// The option that names it.
        option: &'static str,
        /// The path.
        path: PathBuf,
    },
    /// The path is a file of something else.
    #[error(
        "{} is a file already and none of jetway's, so it is left as it is; give {option} another path",
        typed::path(path)
    )]
    NotOurs {
        /// The option that names it.
        option: &'static str,
        /// The path.
        path: PathBuf,
    },
    /// The file can't be written.
    #[error(
        "can't write to {}; give {option} a path that can be written",
        typed::path(path)
    )]
    File {
        /// The option that names it.
        option: &'static str,
        /// The path.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file of the runner's can't be written.
    #[error("can't write to {}", typed::path(path))]
    RunnerFile {
        /// The path that the runner gave.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// An output's value holds the random delimiter that was to close it.
    #[error("the value of the output {name} holds its own delimiter and was refused")]
    Delimiter {
        /// The output's name.
        name: &'static str,
    },
    /// The system gave no random bytes.
    #[error("the system gave no random bytes for a delimiter")]
    Random(#[source] getrandom::Error),
}
