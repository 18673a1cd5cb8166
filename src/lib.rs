//! jetway takes an iOS or macOS build to TestFlight and the App Store, and says what Apple said.
//!
//! The rooms stand on floors; a room names only rooms on lower floors (`tests/architecture.rs`).
//!
//! | floor | rooms |
//! |---|---|
//! | 8–5 | `cli` · `run` · `stages` · `plan` |
//! | 4 abilities | `signing` `upload` `locate` `report` |
//! | 3 outside parties | `apple` `asc` `logs` `github` |
//! | 2 readers | `codes` `ipa` `credentials` `profiles` `archive` `receipt` |
//! | 1–0 | `event` `host` `http` `journal` `property_list` · `der` `diagnostic` `secret` `ids` `text` `sandbox` `testing` |

mod apple;
mod archive;
mod asc;
mod cli;
mod codes;
mod credentials;
mod der;
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
#[expect(dead_code, reason = "preflight is built upon it")]
#[cfg_attr(
    not(test),
    expect(unused_imports, reason = "preflight is built upon it")
)]
mod profiles;
mod property_list;
mod receipt;
mod report;
mod run;
pub mod sandbox;
mod secret;
mod signing;
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
