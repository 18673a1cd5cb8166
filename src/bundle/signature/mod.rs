//! Code signatures in Mach-O files: what they claim, and whether their hashes hold.
//!
//! Layout and words: `cs_blobs.h` of Apple's xnu
//! (<https://github.com/apple-oss-distributions/xnu/blob/main/osfmk/kern/cs_blobs.h>); all numbers are big-endian.

mod blob;
mod directory;
mod entitlements;
mod whole;

#[cfg(test)]
pub use directory::Flags;
pub use directory::Pages;
pub(super) use whole::read;
pub use whole::{Signature, Slots};
