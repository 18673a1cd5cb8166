//! Expressions over ASCII, each built once by its caller.

use regex::bytes::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

/// One expression.
pub fn ascii(pattern: &str) -> Regex {
    RegexBuilder::new(pattern)
        .unicode(false)
        .build()
        .expect("the room's own expressions build, a test uses each")
}

/// Several, of which one pass says which fit.
pub fn ascii_set<'a>(patterns: impl IntoIterator<Item = &'a str>) -> RegexSet {
    RegexSetBuilder::new(patterns)
        .unicode(false)
        .build()
        .expect("the room's own expressions build, a test uses each")
}
