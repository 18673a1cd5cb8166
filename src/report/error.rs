//! What can go wrong in a reporter.

use std::io;
use std::path::PathBuf;

/// Why something could not be reported.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The report's folder is missing and can't be made.
    #[error("the folder {} can't be made; give --report another path", folder.display())]
    NoFolder {
        /// The folder that `--report` names.
        folder: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The report's path is a folder.
    #[error("{} is a folder; give --report the path of a file", path.display())]
    IsFolder {
        /// The path that `--report` names.
        path: PathBuf,
    },
    /// The report's path is a file of something else.
    #[error("{} is a file already and no report of jetway's, so it is left as it is; give --report another path", path.display())]
    NotOurs {
        /// The path that `--report` names.
        path: PathBuf,
    },
    /// The report can't be written.
    #[error("can't write the report to {}; give --report a path that can be written", path.display())]
    Report {
        /// The path that `--report` names.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file of the runner's can't be written.
    #[error("can't write to {}", path.display())]
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
