//! Provisioning profiles and the certificates in them, from bytes to typed values.
//!
//! The room says what a document says of itself. It verifies no signature, asks no clock and opens no file: whether
//! a profile has expired, or fits an app, is for whoever reads it to say. The documents are strangers' bytes; what they
//! claim is bounded before it is believed.
//!
//! Words: Apple's TN3125 "Inside code signing: provisioning profiles"
//! (<https://developer.apple.com/documentation/technotes/tn3125-inside-code-signing-provisioning-profiles>), RFC 5652
//! for the envelope (CMS), RFC 5280 for certificates.

mod certificate;
pub mod cms;
mod identifier;
mod moment;
mod profile;
mod rights;
#[cfg(test)]
mod tests;

pub use certificate::{Certificate, CertificateKind, Mark};
pub use identifier::allows;
pub use profile::{Error, Kind, Profile};
pub use rights::is_restricted;
