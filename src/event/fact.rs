//! What became known and outlives the run.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::ids::{AppId, BuildId, BuildName, BuildUploadId, BundleIdentifier};
use crate::wishes::Wishes;

/// Something that became known and outlives the run.
#[derive(Clone, Debug)]
pub enum Fact {
    /// What the package says of itself.
    Package(Package),
    /// The SHA-256 of the package's file, in hexadecimal digits.
    PackageHash(String),
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
    /// What is to be done with the build.
    Wishes(Box<Wishes>),
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

impl Package {
    /// A build that is known by its names alone, long after its file was sent.
    pub fn by_name(bundle_identifier: BundleIdentifier, build: BuildName) -> Self {
        Self {
            file_name: String::new(),
            size: 0,
            bundle_identifier,
            build,
            display_name: None,
        }
    }

    /// Whether its file is not known.
    pub fn is_by_name(&self) -> bool {
        self.file_name.is_empty()
    }
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
