//! Logs: what the output of Apple's tools says, whoever wrapped it.
//!
//! The room turns a log into findings, a verdict and a few facts, in one pass and constant memory.
//! It starts no process, opens no file, and never asks the outside. What a message means, and how
//! to mend it, is `codes`'s knowledge; here is only how the tools speak. Their words come from the tools'
//! public outputs.
//!
//! A log's way, with the file of each step:
//!
//! | step | what comes out | file |
//! |---|---|---|
//! | bytes are fed | | `reader` |
//! | lines | those with a word that matters, and those after them | `stream/lines`, `stream/trigger` |
//! | prefixes come off | the words, the level, the tool's name | `stream/prefix` |
//! | what belongs together | a paragraph, or a document | `assemble`, `stream/paragraph`, `stream/buffer` |
//! | a paragraph is split | messages | `stream/split` |
//! | a document is read | messages | `stream/document` |
//! | each is judged, as long as there is patience | a finding, or something to hold back, or nothing | `judge/interpret`, `judge/worth`, `judge/patience` |
//! | findings are collected | each fault once | `judge/collect` |
//! | how it ended | the verdict | `judge/verdict` |
//!
//! How the tools speak stands in tables, one file for each tool, in `dialects`, from where the steps take
//! their expressions; there is told, too, how a tool is added. A file names only what stands before it
//! here: `dialect` `json` `expression`, `dialects`, `stream`, `judge`, `assemble`, `reader`.

mod answers;
mod assemble;
pub mod diagnostics;
mod dialect;
mod dialects;
mod expression;
#[cfg(fuzzing)]
pub mod fuzzing;
mod json;
mod judge;
mod reader;
mod reading;
mod stream;
#[cfg(test)]
mod tests;

pub use reader::LogReader;
pub use reading::Reading;
