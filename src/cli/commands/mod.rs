//! One file a command: what was typed in, exit code out.

pub mod annotate;
pub mod cleanup;
pub mod completions;
pub mod doctor;
pub mod explain;
pub mod export;
pub mod finish;
pub mod follow_up;
pub mod on_path;
pub mod preflight;
pub mod sandbox;
pub mod ship;
pub mod verify;
pub mod webhook;
