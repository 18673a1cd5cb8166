//! The things that a run can leave behind.

use serde::{Deserialize, Serialize};

use crate::ids::{AppId, BuildName, BuildUploadFileId, BuildUploadId};

/// One thing to undo.
#[expect(
    clippy::enum_variant_names,
    reason = "what comes next to an upload is called by its name too"
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Leftover {
    /// An upload was asked for; its id is not known yet.
    UploadAsked {
        /// For which app.
        app: AppId,
        /// Which build.
        build: BuildName,
        /// The uploads of this build that were there before, which are not ours.
        before: Vec<BuildUploadId>,
    },
    /// An upload that this run reserved waits for its bytes.
    UploadReserved {
        /// Its id.
        upload: BuildUploadId,
    },
    /// The commit is under way: Apple has the bytes, or still waits for the word.
    UploadCommitting {
        /// The upload.
        upload: BuildUploadId,
        /// Its file.
        file: BuildUploadFileId,
    },
    /// An upload that another run reserved and this one carries on with: not ours to delete, and not to
    /// be deleted by anybody while we send.
    UploadResumed {
        /// Its id.
        upload: BuildUploadId,
    },
}

impl Leftover {
    /// The upload it is about, where its id is known.
    pub fn upload(&self) -> Option<&BuildUploadId> {
        match self {
            Self::UploadAsked { .. } => None,
            Self::UploadReserved { upload }
            | Self::UploadCommitting { upload, .. }
            | Self::UploadResumed { upload } => Some(upload),
        }
    }
}
