//! Apple's tools: what their output says, whoever wrapped it.
//!
//! The room turns a log into findings, a verdict and a few facts, in one pass and constant memory.
//! It starts no process, opens no file, and never asks the outside. What a message means, and how
//! to mend it, is `itms`'s knowledge; here is only the grammar of the dialects: altool's text, JSON
//! and property lists, Transporter, xcodebuild, `security`, `codesign`, App Store Connect's
//! documents and Apple's e-mails. The words come from the tools' public outputs.

mod altool;
mod api;
mod assemble;
mod buffer;
mod clean;
mod collect;
pub mod diagnostics;
mod document;
#[cfg(fuzzing)]
pub mod fuzzing;
mod interpret;
mod lines;
mod mail;
mod paragraph;
mod prefix;
mod reader;
mod split;
#[cfg(test)]
mod tests;
mod trigger;
mod verdict;
mod words;
mod xcodebuild;

pub use reader::{LogReader, Reading};
