//! What a `.pkg` installs, still packed, and who signed the package.

use std::io::{Read, Seek};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::ipa::Error;
use crate::ipa::installer::{self, Installation};
use crate::ipa::xar::{Archive, Member};

/// Most payloads that are looked at: one for each component.
const MOST_PAYLOADS: usize = 32;

/// An installer package.
#[derive(Debug)]
pub struct Installer {
    archive: Archive,
    payloads: Vec<Member>,
}

impl Installer {
    /// Opens the package.
    ///
    /// # Errors
    ///
    /// Where it is no xar, or a damaged one.
    pub fn open<R: Read + Seek>(reader: &mut R) -> Result<Self, Error> {
        let archive = Archive::open(reader)?;
        let payloads = archive.named("Payload").filter(|member| member.depth <= 1);
        let payloads = payloads.take(MOST_PAYLOADS).cloned().collect();
        Ok(Self { archive, payloads })
    }

    /// The certificates of the package's own signature in DER; the signer's comes first, none where nobody signed.
    pub fn certificates(&self) -> Vec<Vec<u8>> {
        let each = self.archive.certificates().iter();
        each.filter_map(|text| STANDARD.decode(text).ok()).collect()
    }

    /// What it says of where and how it installs.
    ///
    /// # Errors
    ///
    /// Where its descriptions are not where they should be, or no XML.
    pub fn installation<R: Read + Seek>(&self, reader: &mut R) -> Result<Installation, Error> {
        installer::installation(reader, &self.archive)
    }

    /// How many components it installs.
    pub fn payloads(&self) -> usize {
        self.payloads.len()
    }

    /// The files of a component, packed.
    ///
    /// # Errors
    ///
    /// Where they are not where they should be.
    pub fn payload<'r, R: Read + Seek>(
        &self,
        reader: &'r mut R,
        index: usize,
    ) -> Result<impl Read + use<'r, R>, Error> {
        self.archive.packed(reader, &self.payloads[index])
    }
}
