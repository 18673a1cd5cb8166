//! Readers of packages: `.ipa` and `.pkg`. They say what a package says of itself.
//!
//! They see only the `Read + Seek` they are given: nothing is opened, unpacked to disk or run here.
//! A package is a stranger's bytes, so every claim in it is checked before it is believed, and memory
//! stays at a few MB whatever the claims. Whether Apple likes the app is `preflight`'s question.
//!
//! Words: Info.plist keys are Apple's; "central directory", "local header" and "entry" are those of
//! PKWARE's APPNOTE; "table of contents", "heap" and "member" are xar's.

mod bytes;
pub mod diagnostics;
mod ending;
mod entry;
mod error;
mod facts;
mod info_plist;
mod installer;
mod layout;
mod sniff;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod xar;
mod zip;

use std::fmt;
use std::io::{Read, Seek};

use crate::ids::{BuildName, BundleIdentifier};

pub use error::Error;

/// The two kinds of package that App Store Connect takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PackageKind {
    /// A zip with `Payload/<Name>.app`: iOS, tvOS, visionOS.
    Ipa,
    /// An installer package (xar): macOS.
    Pkg,
}

impl PackageKind {
    /// By the ending of the file's name, in any case; `None` for every other ending.
    pub fn from_file_name(name: &str) -> Option<Self> {
        let (stem, ending) = name.rsplit_once('.')?;
        if stem.is_empty() {
            return None;
        }
        match ending.to_ascii_lowercase().as_str() {
            "ipa" => Some(Self::Ipa),
            "pkg" => Some(Self::Pkg),
            _ => None,
        }
    }

    /// The uniform type identifier that App Store Connect wants for the file.
    pub fn uti(self) -> &'static str {
        match self {
            Self::Ipa => "com.apple.ipa",
            Self::Pkg => "com.apple.pkg",
        }
    }
}

impl fmt::Display for PackageKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ipa => "an .ipa",
            Self::Pkg => "a .pkg",
        })
    }
}

/// What a package says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Package {
    /// What it is packed as.
    pub kind: PackageKind,
    /// `CFBundleIdentifier` of the app.
    pub bundle_identifier: BundleIdentifier,
    /// Version, number and platform of the app. A `.pkg` is always for the Mac.
    pub build: BuildName,
    /// `MinimumOSVersion`, on the Mac `LSMinimumSystemVersion`.
    pub minimum_os: Option<String>,
    /// `DTSDKName`, such as `iphoneos26.0`; a `.pkg` does not say it.
    pub sdk: Option<String>,
    /// `DTXcode`, such as `2600`; a `.pkg` does not say it.
    pub xcode: Option<String>,
    /// `CFBundleDisplayName`, else `CFBundleName`; for a `.pkg` its title.
    pub display_name: Option<String>,
    /// Where the app lies in the package, such as `Payload/Example.app`.
    pub app_path: String,
    /// The app's whole Info.plist. For a `.pkg` only the keys that the installer's own description
    /// states, because the file itself lies deep in a compressed payload.
    pub info: plist::Dictionary,
}

/// Reads a package of the given kind.
///
/// Of an `.ipa` only the central directory and one Info.plist are read; of a `.pkg` the table of
/// contents and the installer's description. A package of 4 GB takes milliseconds.
///
/// # Errors
///
/// Whatever is wrong with the package, in one sentence with what to do; [`Error::finding`] tells the
/// user's package from a disk that could not be read.
pub fn read<R: Read + Seek>(mut reader: R, kind: PackageKind) -> Result<Package, Error> {
    match kind {
        PackageKind::Ipa => {
            let directory = zip::Directory::find(&mut reader)?;
            let place = layout::find_app(&mut reader, &directory)?;
            let bytes = entry::read(&mut reader, &directory, &place.info_plist)?;
            facts::package(kind, place.app_path, info_plist::parse(&bytes)?)
        }
        PackageKind::Pkg => {
            let archive = xar::Archive::open(&mut reader)?;
            installer::package(&mut reader, &archive)
        }
    }
}
