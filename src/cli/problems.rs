//! What is wrong with a call, collected while it is read, so that it is mended in one go.

use std::error::Error;

use std::path::Path;

use crate::cli::{diagnostics, given};
use crate::diagnostic::Diagnostic;
use crate::secret::is_key;

/// The problems of a call. Whoever notes one gives back some value all the same: nothing is done with
/// what was read where there is any problem.
#[derive(Debug, Default)]
pub struct Problems(Vec<Diagnostic>);

impl Problems {
    /// Notes one, once.
    pub fn add(&mut self, problem: Diagnostic) {
        if !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }

    /// What was read, else the other value and a note of why.
    pub fn take<T>(&mut self, read: Result<T, Box<Diagnostic>>, otherwise: T) -> T {
        read.unwrap_or_else(|problem| {
            self.add(*problem);
            otherwise
        })
    }

    /// The value of an option where it was given and reads well, else the default; a bad one is noted.
    pub fn value<T, E: Error>(
        &mut self,
        option: &'static str,
        given: Option<&str>,
        default: T,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> T {
        let given = given::text(given);
        if given.is_some_and(is_key) {
            self.add(diagnostics::option_holds_key(option));
            return default;
        }
        match given.map(read) {
            None => default,
            Some(Ok(value)) => value,
            Some(Err(error)) => {
                self.add(diagnostics::option_invalid(option, &error.to_string()));
                default
            }
        }
    }

    /// A path, where one was given; a key in its place is noted, and nothing is done with it.
    pub fn path<'a>(&mut self, option: &'static str, given: Option<&'a Path>) -> Option<&'a Path> {
        let path = given::path(given)?;
        if is_key(&path.to_string_lossy()) {
            self.add(diagnostics::option_holds_key(option));
            return None;
        }
        Some(path)
    }

    /// All of them.
    pub fn into_all(self) -> Vec<Diagnostic> {
        self.0
    }
}
