//! jetway takes an iOS or macOS build to TestFlight and the App Store, and says what Apple said.
//!
//! The rooms stand on floors; a room names only rooms on lower floors (`tests/architecture.rs`).
//!
//! | floor | rooms |
//! |---|---|
//! | 8–5 | `cli` · `run` · `stages` · `plan` |
//! | 4 abilities | `upload` `locate` `report` |
//! | 3 outside parties | `asc` `logs` `github` |
//! | 2 readers | `codes` `ipa` `credentials` `receipt` |
//! | 1–0 | `event` `host` `http` `journal` · `diagnostic` `secret` `ids` `text` `sandbox` `testing` |

mod asc;
mod cli;
mod codes;
mod credentials;
mod diagnostic;
mod event;
mod github;
mod host;
mod http;
mod ids;
mod ipa;
mod journal;
mod locate;
mod logs;
mod plan;
mod receipt;
mod report;
mod run;
pub mod sandbox;
mod secret;
mod stages;
#[cfg(test)]
mod testing;
mod text;
mod upload;

use std::ffi::OsString;
use std::process::ExitCode;

/// Ways in for the fuzz targets, which are built with `--cfg fuzzing`.
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing {
    pub use crate::logs::fuzzing::read_log;
}

/// The whole program: arguments in, exit code out.
pub fn main(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    cli::main(arguments)
}
