//! The things that a run can leave behind.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::ids::{AppId, BuildName, BuildUploadFileId, BuildUploadId};

/// One thing to undo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Leftover {
    /// At Apple.
    Upload(OpenUpload),
    /// On this machine.
    Acquired(Acquired),
}

/// An upload that may wait for bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum OpenUpload {
    /// It was asked for; its id is not known yet.
    #[serde(rename = "upload-asked")]
    Asked {
        /// For which app.
        app: AppId,
        /// Which build.
        build: BuildName,
        /// The uploads of this build that were there before, which are not ours.
        before: Vec<BuildUploadId>,
    },
    /// This run reserved it, and it waits for its bytes.
    #[serde(rename = "upload-reserved")]
    Reserved {
        /// Its id.
        upload: BuildUploadId,
    },
    /// The commit is under way: Apple has the bytes, or still waits for the word.
    #[serde(rename = "upload-committing")]
    Committing {
        /// The upload.
        upload: BuildUploadId,
        /// Its file.
        file: BuildUploadFileId,
    },
    /// Another run reserved it and this one carries on with it: not ours to delete, and not to be deleted by
    /// anybody while we send.
    #[serde(rename = "upload-resumed")]
    Resumed {
        /// Its id.
        upload: BuildUploadId,
    },
}

/// What a run signs with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Acquired {
    /// A private directory with all of it.
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
    /// The upload, where it is one.
    pub fn upload(self) -> Option<OpenUpload> {
        match self {
            Self::Upload(upload) => Some(upload),
            Self::Acquired(_) => None,
        }
    }

    /// What of this machine it is, where it is that.
    pub fn acquired(self) -> Option<Acquired> {
        match self {
            Self::Upload(_) => None,
            Self::Acquired(acquired) => Some(acquired),
        }
    }
}

impl OpenUpload {
    /// Its id, where that is known.
    pub fn id(&self) -> Option<&BuildUploadId> {
        match self {
            Self::Asked { .. } => None,
            Self::Reserved { upload }
            | Self::Committing { upload, .. }
            | Self::Resumed { upload } => Some(upload),
        }
    }
}

impl From<OpenUpload> for Leftover {
    fn from(upload: OpenUpload) -> Self {
        Self::Upload(upload)
    }
}

impl From<Acquired> for Leftover {
    fn from(acquired: Acquired) -> Self {
        Self::Acquired(acquired)
    }
}
