//! What became known and outlives the run.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::ids::{AppId, BuildId, BuildName, BuildUploadId, BundleIdentifier};

/// Something that became known and outlives the run.
#[derive(Clone, Debug)]
pub enum Fact {
    /// What the package says of itself.
    Package(Package),
    /// The app record that the package belongs to.
    App(App),
    /// The build upload: reserved, found again or adopted.
    BuildUpload {
        /// Its id, which altool calls the delivery UUID.
        id: BuildUploadId,
        /// Its page in App Store Connect, where the app is known.
        testflight_url: Option<String>,
    },
    /// The build that Apple made of the upload.
    Build {
        /// Its id.
        id: BuildId,
    },
    /// What an export wrote, and where it stays.
    Exported(Exported),
    /// How far Apple is: a `buildUploads` state, a `builds` processing state or a beta state, in
    /// Apple's own word.
    ProcessingState(String),
}

/// What the package says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// The file's name, without its directory.
    pub file_name: String,
    /// The file's size in bytes.
    pub size: u64,
    /// `CFBundleIdentifier`.
    pub bundle_identifier: BundleIdentifier,
    /// Version, number and platform.
    pub build: BuildName,
    /// The name that people see, where the package has one.
    pub display_name: Option<String>,
}

/// The app record in App Store Connect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct App {
    /// The numeric Apple ID.
    pub id: AppId,
    /// Its name.
    pub name: String,
}

/// What an export wrote, and where it stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// The `.ipa` or `.pkg`, or the `.app` where that is all there is.
    pub package: Option<PathBuf>,
    /// The debugging symbols, zipped.
    pub dsyms: Option<PathBuf>,
    /// What Xcode said, without secrets.
    pub log: Option<PathBuf>,
}
