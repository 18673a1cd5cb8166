//! Carrying on with an upload that is at Apple.

use crate::ids::{BuildId, BuildUploadId};
use crate::plan::{Account, Target, Waiting, Wishes};
use crate::receipt::Upload;

/// Carries on with an upload that is at Apple.
#[derive(Clone, Debug)]
pub struct FinishPlan {
    /// What is left to carry on with.
    pub left: Left,
    /// Whose App Store Connect.
    pub account: Account,
    /// How long we stay.
    pub waiting: Waiting,
    /// What comes after the upload.
    pub wishes: Wishes,
}

/// What a run left at Apple.
#[derive(Clone, Debug)]
pub enum Left {
    /// The upload that a receipt names.
    Upload(Box<Upload>),
    /// A build, by its id.
    Build(BuildId),
    /// An upload, by its id.
    UploadId(BuildUploadId),
    /// A build, by the names of its app and its own.
    Named(Target),
}
