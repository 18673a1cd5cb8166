//! Text of strangers made plain, cut, joined, counted and searched: written once, for every room that does.
//!
//! The room knows no secret and no place where text is shown; what a sink needs beyond plain text
//! (escaping, redaction) is the sink's.

pub mod chain;
pub mod count;
pub mod cut;
pub mod expressions;
pub mod markup;
pub mod moment;
pub mod plain;

pub use plain::{is_hidden, line, lines};
