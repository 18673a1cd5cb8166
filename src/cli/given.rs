//! What was typed, where a blank counts as nothing: a workflow that maps an unset input gives an empty text.

use std::path::{Path, PathBuf};

/// The path that stands for standard input.
pub const STANDARD_INPUT: &str = "-";

/// A text as it was given: a blank one counts as not given.
pub fn text(given: Option<&str>) -> Option<&str> {
    given.map(str::trim).filter(|text| !text.is_empty())
}

/// A path as it was given: a blank one counts as not given.
pub fn path(given: Option<&Path>) -> Option<&Path> {
    given.filter(|path| !path.to_string_lossy().trim().is_empty())
}

/// The path from the root; tools are told no other.
pub fn whole(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_blank_counts_as_not_given() {
        for blank in ["", " ", "\t\n"] {
            assert_eq!(text(Some(blank)), None);
            assert_eq!(path(Some(Path::new(blank))), None);
        }
        assert_eq!(text(Some(" 15m ")), Some("15m"));
        assert_eq!(path(Some(Path::new("a b"))), Some(Path::new("a b")));
    }
}
