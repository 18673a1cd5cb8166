//! What GitHub's runner takes: workflow commands, step outputs, the job summary.

pub mod annotations;
pub mod commands;
pub mod outputs;
pub mod summary;
