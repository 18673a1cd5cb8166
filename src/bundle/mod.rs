//! What is inside of a package: bundles, property lists, code, signatures, profiles, privacy manifests, read once into
//! one typed value. Whether Apple likes it is not asked here.
//!
//! A package is a stranger's bytes. Nothing is unpacked to disk; of each file only what somebody asks for is read, and
//! of code only headers, the symbols in question and the signature are kept. Limits: 400,000 files, 400,000 values of
//! property lists and 32 MiB of seals in all, 2 MiB a list, 8 MiB a profile, 4 MiB of load commands and 24 MiB of
//! signature a slice. What is beyond them is left out, and a rule that would need it stays silent.
//!
//! Words: Apple's "Bundle Programming Guide", TN3126 "Inside code signing: hashes", and those of the rooms below.

mod assemble;
mod asset_catalogue;
mod blocks;
mod folder;
#[cfg(fuzzing)]
pub mod fuzzing;
mod harvest;
mod icns;
mod image;
mod package;
mod payload;
mod picture;
mod questions;
mod role;
mod seal;
#[cfg(test)]
mod seeds;
mod signature;
mod source;
mod stream;
mod strings;
#[cfg(test)]
mod tests;
mod xz;
mod zipped;

use std::path::Path;

pub use image::{Architecture, Binary, FileType, Version};
pub use package::{Bundle, BundleKind, Error, Family, Form, Info, Package};
pub use questions::Questions;
#[cfg(test)]
pub use signature::{Flags, Signature};
pub use signature::{Pages, Slots};
pub use source::ReadAt;

/// Reads an `.ipa`.
///
/// # Errors
///
/// What is wrong with it as a container.
pub fn read_ipa(source: &dyn ReadAt, questions: &Questions) -> Result<Package, Error> {
    assemble::package(Form::Ipa, zipped::read(source, questions)?)
}

/// Reads a `.pkg`.
///
/// # Errors
///
/// What is wrong with it as a container.
pub fn read_pkg(source: &dyn ReadAt, questions: &Questions) -> Result<Package, Error> {
    let unpacked = payload::read(source, questions)?;
    let mut package = assemble::package(Form::Pkg, unpacked.harvest)?;
    package.installer = unpacked.certificates;
    package.installation = unpacked.installation;
    package.is_partly_read = !unpacked.is_read;
    Ok(package)
}

/// Reads an `.xcarchive`.
///
/// # Errors
///
/// A folder that can't be read, or holds no app.
pub fn read_archive(root: &Path, questions: &Questions) -> Result<Package, Error> {
    assemble::package(Form::Archive, folder::read(root, questions)?)
}
