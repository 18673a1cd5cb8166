//! GitHub: which pull request and commit a run belongs to, and what is written there: one comment,
//! suggested changes, a commit status, a check run.
//!
//! This room renders nothing and decides nothing about a run. What it can't write is an [`Error`];
//! the run's result never depends on it. The words are GitHub's (<https://docs.github.com/rest>);
//! every field of an answer may be missing. Only octocrab's raw calls are used, with structs of our
//! own: its typed models refuse answers that lack a field we do not need.

mod answer;
pub mod check_runs;
mod client;
pub mod comments;
mod connect;
mod context;
pub mod diagnostics;
mod error;
pub mod pull_requests;
pub mod reviews;
pub mod statuses;
#[cfg(test)]
mod tests;
mod verdict;

pub use client::{Client, Settings};
pub use context::{Context, PullRequest};
pub use error::Error;

use std::fmt;

/// What a token may do, as `permissions:` in a workflow names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Comments on pull requests, and finding them.
    PullRequests,
    /// Commit statuses.
    Statuses,
    /// Check runs.
    Checks,
}

impl Scope {
    /// The scope's name in `permissions:`.
    pub fn name(self) -> &'static str {
        match self {
            Self::PullRequests => "pull-requests",
            Self::Statuses => "statuses",
            Self::Checks => "checks",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
