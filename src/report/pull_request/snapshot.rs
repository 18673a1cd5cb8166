//! What the task that tells GitHub is handed.

use std::sync::Arc;

use tokio::time::Instant;

use crate::diagnostic::Diagnostic;
use crate::report::story::Story;

/// How the last telling goes.
#[derive(Clone, Copy, Debug)]
pub struct LastWord {
    /// When it must be over.
    pub by: Instant,
    /// Whether the process is about to be killed: nothing is waited for, nothing tried twice.
    pub is_hurried: bool,
}

/// What is to be said about the telling.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What is wrong with it.
    pub found: Vec<Diagnostic>,
    /// Good to know.
    pub notes: Vec<String>,
}

/// The story as it stands, and whether it is over.
#[derive(Clone, Default)]
pub struct Snapshot {
    pub story: Option<Arc<Story>>,
    pub ending: Option<LastWord>,
}
