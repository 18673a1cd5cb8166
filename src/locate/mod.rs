//! From what a finding is about to the file and line in the user's repository: exact, or none.
//!
//! Nothing is walked or read until the first finding asks. The room reads files below the given root
//! and nothing else: no network, no process, no environment, no writing. Where two places are equally
//! good it says none, for a wrong line costs more trust than a missing one. Its words (target,
//! configuration, build setting, product) are Xcode's.

mod files;
mod place;
mod projects;
mod readers;
mod repository;
mod subjects;

#[cfg(test)]
mod tests;

pub use repository::Repository;
