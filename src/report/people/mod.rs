//! What a person reads along: a terminal, a log, plain text.

pub mod look;
pub mod plain;
pub mod progress;
pub mod screen;
pub mod sink;
pub mod terminal;
mod waiting;
