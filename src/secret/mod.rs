//! What must never be shown: a type for it, a vault that remembers it so that every sink can redact it, and
//! the shapes by which key material is known that nobody told us of. What was typed is echoed by
//! [`typed::shown`] alone.
//!
//! The room shows nothing and reads nothing: whoever writes calls it.

mod bits;
mod fragments;
#[cfg(test)]
mod samples;
mod shape;
pub mod typed;
mod vault;

use std::fmt;
use std::sync::Arc;

pub use shape::{hidden, is_key};
pub use vault::Vault;

/// What stands in place of a secret.
pub const MASK: &str = "***";

/// A text that leaves the program only where it must. It has no `Display`, and `Debug` shows `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<str>);

impl Secret {
    /// Wraps the text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Arc::from(text.into()))
    }

    /// The text itself, for the one place where it leaves the program.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_never_shows_the_text() {
        let secret = Secret::new("correct horse battery staple");
        assert_eq!(format!("{secret:?}"), "***");
    }
}
