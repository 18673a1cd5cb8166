//! The one door for what somebody typed and is shown again: an option's value, a path, an argument. A key
//! gets into the wrong place easily, and an echo would publish it.

use std::path::Path;

use crate::secret::MASK;
use crate::secret::shape::{hidden, is_key};
use crate::text::{self, cut};

/// Nobody needs to see more of a value to know it again.
const LONGEST_VALUE: usize = 100;
/// Paths are longer.
const LONGEST_PATH: usize = 300;

/// The value in one plain line, cut; of a key nothing.
pub fn shown(value: &str) -> String {
    within(value, LONGEST_VALUE)
}

/// The path in one plain line, cut; of a key nothing.
pub fn path(path: &Path) -> String {
    within(&path.to_string_lossy(), LONGEST_PATH)
}

fn within(value: &str, most: usize) -> String {
    if is_key(value) {
        return MASK.to_owned();
    }
    cut::letters(&hidden(&text::line(value)), most)
}
