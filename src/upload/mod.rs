//! The parts of an upload: planned, hashed, sent and resumed.
//!
//! This room takes a file and the list of parts that App Store Connect asked for, and PUTs each part
//! to its storage URL. It must not know how the parts were reserved or what follows them, must never
//! send an `Authorization` header, and must not show a part's URL. Its words come from Apple's
//! `uploadOperations` (<https://developer.apple.com/documentation/appstoreconnectapi/uploading-assets-to-app-store-connect>)
//! and from what S3-compatible storage answers.

mod attempt;
mod body;
pub mod checksum;
mod client;
pub mod engine;
mod error;
mod file_watch;
mod kernel;
mod lane;
mod movement;
pub mod parts;
mod reader;
mod retry;
mod settings;
mod storage_words;
mod stored;
mod tally;
#[cfg(test)]
mod tests;
mod transfer;

pub use engine::{Engine, Sent};
pub use error::Error;
pub use parts::{Part, PartPlan, PlanError};
pub use settings::Settings;
