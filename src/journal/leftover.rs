//! The things that a run can leave behind.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::ids::{AppId, BuildName, BuildUploadFileId, BuildUploadId};

/// One thing to undo.
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
    /// A private directory with all that a run signs with.
    Workspace {
        /// Where; the name is random, so nobody else's directory has it.
        path: PathBuf,
    },
    /// A keychain inside of such a directory, and its entry in the user's search list.
    Keychain {
        /// Where, as `security` was told.
        path: String,
        /// The directory of the `security` that made it.
        tools: PathBuf,
    },
    /// A provisioning profile among those of the user.
    Profile {
        /// Where Xcode looks for it.
        path: PathBuf,
        /// Where it was written first; the name is random.
        staged: PathBuf,
        /// The SHA-256 of its bytes, as hex digits.
        sha256: String,
        /// The directories that were made for it by this run or by one that still uses it, the innermost
        /// first.
        made: Vec<PathBuf>,
    },
}

impl Leftover {
    /// The upload it is about, where its id is known.
    pub fn upload(&self) -> Option<&BuildUploadId> {
        match self {
            Self::UploadAsked { .. }
            | Self::Workspace { .. }
            | Self::Keychain { .. }
            | Self::Profile { .. } => None,
            Self::UploadReserved { upload }
            | Self::UploadCommitting { upload, .. }
            | Self::UploadResumed { upload } => Some(upload),
        }
    }

    /// Whether it is on this machine, and not at Apple.
    pub fn is_on_this_machine(&self) -> bool {
        match self {
            Self::UploadAsked { .. }
            | Self::UploadReserved { .. }
            | Self::UploadCommitting { .. }
            | Self::UploadResumed { .. } => false,
            Self::Workspace { .. } | Self::Keychain { .. } | Self::Profile { .. } => true,
        }
    }
}
