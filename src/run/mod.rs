//! Runs the stages of a command: each command is a short list of them, and what all lists share, from
//! the two events of a stage to the undoing, is written once in [`sequence`].

pub mod afterwards;
pub mod annotate;
pub mod cancel;
pub mod cleanup;
mod client;
pub mod diagnostics;
pub mod doctor;
mod entry;
mod expiring;
pub mod export;
mod key_role;
mod killed_runs;
mod listeners;
pub mod preflight;
pub mod release;
pub mod sequence;
pub mod session;
pub mod ship;
#[cfg(test)]
mod tests;
mod undo;
pub mod verify;
pub mod webhook;
