//! Runs the stages in order, stops on a signal or the deadline, and always undoes.

pub mod cancel;
pub mod ship;
mod undo;
pub mod verify;
