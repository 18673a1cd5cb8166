//! From bytes to messages: lines, what stands in front of them, what belongs together.

pub mod buffer;
pub mod clean;
pub mod document;
pub mod lines;
pub mod paragraph;
pub mod prefix;
pub mod shown;
pub mod split;
pub mod trigger;
