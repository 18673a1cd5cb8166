//! Readers of packages: `.ipa` and `.pkg`. They say what a package says of itself.
//!
//! They see only the `Read + Seek` they are given: nothing is opened, unpacked to disk or run here.
//! A package is a stranger's bytes, so every claim in it is checked before it is believed, and memory
//! stays at a few MB whatever the claims. Whether Apple likes the app is not asked here.
//!
//! Words: Info.plist keys are Apple's; "central directory", "local header" and "entry" are those of
//! PKWARE's APPNOTE; "table of contents", "heap" and "member" are xar's.

mod bytes;
mod contents;
pub mod diagnostics;
mod ending;
mod entry;
mod error;
mod facts;
mod installer;
mod layout;
mod package;
mod payload;
mod sniff;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod xar;
mod zip;

use std::io::{Read, Seek};

use crate::property_list;

pub use contents::Contents;
pub use error::Error;
pub use installer::Installation;
pub use package::{Package, PackageKind};
pub use payload::Installer;
pub use zip::Entry;

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
            facts::package(kind, place.app_path, property_list::parse(&bytes)?)
        }
        PackageKind::Pkg => {
            let archive = xar::Archive::open(&mut reader)?;
            installer::package(&mut reader, &archive)
        }
    }
}
