//! What a package is, and what it says of itself.

use std::fmt;

use crate::ids::{BuildName, BundleIdentifier};

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
