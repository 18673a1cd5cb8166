//! What comes out of a log.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::event::Verdict;
use crate::ids::BuildUploadId;

/// What a log says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Whether the upload worked, or what comes before it where there was none.
    pub verdict: Verdict,
    /// What is wrong, each fault once: the worst first, else in the order of appearance.
    pub findings: Vec<Diagnostic>,
    /// The id of the build upload, which altool calls the delivery UUID.
    pub delivery_id: Option<BuildUploadId>,
    /// What the log says of the app: `app`, `version`, `build_number`, `app_id`.
    pub facts: BTreeMap<String, String>,
}
