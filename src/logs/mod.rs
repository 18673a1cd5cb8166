//! Logs: what the output of Apple's tools says, whoever wrapped it.
//!
//! The room turns a log into findings, a verdict and a few facts, in one pass and constant memory.
//! It starts no process, opens no file, and never asks the outside. What a message means, and how
//! to mend it, is `codes`'s knowledge; here is only the grammar of the dialects: altool's text, JSON
//! and property lists, Transporter, xcodebuild, `security`, `codesign`, App Store Connect's
//! documents and Apple's e-mails. The words come from the tools' public outputs.

pub mod diagnostics;
mod dialects;
#[cfg(fuzzing)]
pub mod fuzzing;
mod judge;
mod reader;
mod stream;
#[cfg(test)]
mod tests;

pub use reader::{LogReader, Reading};
