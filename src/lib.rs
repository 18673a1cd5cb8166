//! jetway takes an iOS or macOS build to TestFlight and the App Store, and says what Apple said.
//!
//! The rooms stand on floors; a room names only rooms on lower floors (`tests/architecture.rs`).
//!
//! | floor | rooms |
//! |---|---|
//! | 8–5 | `cli` · `run` · `stages` · `plan` |
//! | 4 abilities | `signing` `upload` `locate` `report` `preflight` |
//! | 3 outside parties, and what is inside of packages | `apple` `asc` `logs` `github` · `bundle` |
//! | 2 readers | `codes` `ipa` `credentials` `profiles` `archive` `receipt` |
//! | 1–0 | `event` `host` `http` `journal` `property_list` · `der` `diagnostic` `secret` `ids` `wishes` `text` `sandbox` `testing` |

mod apple;
mod archive;
mod asc;
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "signing and export are built upon the rest")
)]
mod bundle;
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
mod preflight;
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "signing is built upon the rest")
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
mod wishes;

use std::ffi::OsString;
use std::process::ExitCode;

/// Ways in for the fuzz targets, which are built with `--cfg fuzzing`.
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing {
    pub use crate::bundle::fuzzing::*;
    pub use crate::logs::fuzzing::read_log;
    pub use crate::report::fuzzing::write_text;

    /// As a key of App Store Connect's.
    pub fn read_key(text: &str) {
        if let Err(problem) = crate::credentials::ApiKey::parse(text) {
            let told = problem.to_string();
            assert!(!told.chars().any(char::is_control), "{told:?}");
        }
    }
}

/// The whole program: arguments in, exit code out.
pub fn main(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    cli::main(arguments)
}
