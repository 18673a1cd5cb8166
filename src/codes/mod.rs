//! What is known of each code that Apple or its tools print, and the matcher that finds it in a text.
//!
//! The room must not read files, the environment or a clock: it turns words into findings and
//! nothing else. Splitting a log into messages is the readers' work (`asc`, `logs`); finding the
//! line of the fix is `locate`'s. The words come from Apple's messages; the explanations are ours
//! and live in `catalogue/<family>/<code>.toml`, one file for each fault.
//!
//! A new code is one entry with an example that matches it and nothing else.

mod catalogue;
mod complete;
mod diagnose;
#[cfg(test)]
mod docs;
mod entry;
mod error_document;
mod explain;
mod fold;
mod frameworks;
mod grammar;
mod matcher;
mod paste;
mod purposes;
mod search;
mod shape;
mod situation;
mod subject;
mod template;
#[cfg(test)]
mod tests;
mod topic;
mod variables;

pub use catalogue::Catalogue;
pub use complete::complete;
#[cfg(test)]
pub use diagnose::CODES;
pub use diagnose::{Message, code_of, diagnose, diagnose_known, is_known};
#[cfg(test)]
pub use entry::Case;
pub use entry::Entry;
pub use error_document::{ApiError, errors, joined};
pub use explain::{Told, explain_json, explain_list, explain_markdown, explain_text, title};
pub use fold::{Folded, straightened};
pub use frameworks::suit;
pub use matcher::{names_in, names_in_folded, recognise, recognise_folded};
pub use purposes::{draft, is_draft};
pub use search::{about, naming, search, spelled};
pub use situation::{follows, situate};
pub use variables::variables;
