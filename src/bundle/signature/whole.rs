//! A signature as a whole: its directories, entitlements and signer.

use aws_lc_rs::digest::{self, digest};
use plist::Dictionary;

use crate::bundle::signature::blob::{blob, number};
use crate::bundle::signature::directory::CodeDirectory;
use crate::bundle::signature::entitlements;
use crate::profiles::Certificate;
use crate::profiles::cms::{self, SignedData};
use crate::property_list;

const SUPER_BLOB: u32 = 0xfade_0cc0;
const SLOT_ENTITLEMENTS: u32 = 5;
const SLOT_DER_ENTITLEMENTS: u32 = 7;
const SLOT_ALTERNATES: std::ops::Range<u32> = 0x1000..0x1005;
const SLOT_CMS: u32 = 0x1_0000;
/// Most blobs; Apple's signatures have at most eight.
const MOST_BLOBS: usize = 32;
/// Most certificates that are kept of a signature; Apple's have three.
const MOST_CERTIFICATES: usize = 16;
/// `1.2.840.113549.1.9.4`
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04];
/// `1.2.840.113549.1.9.16.2.14`: a timestamp of RFC 3161.
const TIMESTAMP: &[u8] = &[
    0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x0e,
];

/// `1.2.840.113635.100.9.1`: the hashes of the directories, as a property list.
const DIRECTORY_HASHES: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x63, 0x64, 0x09, 0x01];
/// A directory's hash is cut to as many bytes: Apple's TN3126.
const HASH_LENGTH: usize = 20;

/// A code signature.
#[derive(Clone, Debug)]
pub struct Signature {
    /// The main directory first.
    pub directories: Vec<CodeDirectory>,
    /// The entitlements in XML, where there are any.
    pub entitlements: Option<Dictionary>,
    /// The entitlements in DER, where there are any.
    pub der_entitlements: Option<Dictionary>,
    /// Who signed it; `None` where nobody did, as in an ad hoc signature.
    pub signer: Option<Signer>,
    /// Whether the entitlements that are there are those that the directory names.
    pub slots: Slots,
}

/// Whether the parts of a signature are those that its directory names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slots {
    /// They are.
    Match,
    /// This one is not.
    Differs(&'static str),
}

/// The CMS part of a signature.
#[derive(Clone, Debug)]
pub struct Signer {
    /// The certificate that signed, where it is inside.
    pub leaf: Option<Certificate>,
    /// Every certificate inside.
    pub certificates: Vec<Certificate>,
    /// Whether a time authority countersigned it.
    pub is_timestamped: bool,
    /// Whether it signs the main directory; `None` where that could not be told.
    pub signs_directory: Option<bool>,
    /// Whether it names a directory by a hash that is not cut to its 20 bytes.
    pub has_uncut_hashes: bool,
}

impl Signature {
    /// The directory with the best hash that is not SHA-1, else the first.
    pub fn directory(&self) -> Option<&CodeDirectory> {
        let modern = self.directories.iter().find(|one| one.hash_type == 2);
        modern.or(self.directories.first())
    }

    /// Whether nobody signed it.
    pub fn is_ad_hoc(&self) -> bool {
        let flagged = self.directories.iter().any(|one| one.flags.is_ad_hoc());
        flagged || self.signer.is_none()
    }

    /// Whether the linker made it, and nobody since.
    pub fn is_of_linker(&self) -> bool {
        self.directories.iter().any(|one| one.flags.is_of_linker())
    }

    /// What it claims, by XML or, where there is none, by DER.
    pub fn claims(&self) -> Option<&Dictionary> {
        self.entitlements
            .as_ref()
            .or(self.der_entitlements.as_ref())
    }
}

/// Reads a signature. `hashes` are those of the slice's pages before it; `at` is where it lies in the slice.
pub(in crate::bundle) fn read(
    bytes: &[u8],
    hashes: Option<&[[u8; 32]]>,
    at: u64,
) -> Option<Signature> {
    if number(bytes, 0)? != SUPER_BLOB {
        return None;
    }
    let count = number(bytes, 8)? as usize;
    let blobs: Vec<(u32, &[u8])> = (0..count.min(MOST_BLOBS))
        .filter_map(|index| {
            let kind = number(bytes, 12 + index * 8)?;
            let offset = number(bytes, 16 + index * 8)? as usize;
            Some((kind, blob(bytes, offset)?))
        })
        .collect();
    let slot = |wanted: u32| {
        let mut blobs = blobs.iter();
        blobs
            .find(|(kind, _)| *kind == wanted)
            .map(|(_, blob)| *blob)
    };
    let main = slot(0)?;
    let alternates = blobs
        .iter()
        .filter(|(kind, _)| SLOT_ALTERNATES.contains(kind));
    let directories: Vec<CodeDirectory> = [main]
        .into_iter()
        .chain(alternates.map(|(_, blob)| *blob))
        .filter_map(|blob| CodeDirectory::read(blob, hashes, at))
        .collect();
    if directories.is_empty() {
        return None;
    }
    let content = |slot: Option<&'_ [u8]>| slot.and_then(|blob| blob.get(8..)).map(<[u8]>::to_vec);
    let xml = content(slot(SLOT_ENTITLEMENTS));
    let der = content(slot(SLOT_DER_ENTITLEMENTS));
    let slots = [
        (SLOT_ENTITLEMENTS, "entitlements"),
        (SLOT_DER_ENTITLEMENTS, "DER entitlements"),
        (2, "requirements"),
    ]
    .into_iter()
    .find(|(number, _)| !holds(&directories, *number, slot(*number)))
    .map_or(Slots::Match, |(_, name)| Slots::Differs(name));
    Some(Signature {
        entitlements: xml.and_then(|xml| property_list::parse(&xml).ok()),
        der_entitlements: der.and_then(|der| entitlements::read(&der)),
        signer: slot(SLOT_CMS).and_then(|blob| signer(blob.get(8..)?, main)),
        slots,
        directories,
    })
}

/// Whether every directory that names the blob names this one.
fn holds(directories: &[CodeDirectory], slot: u32, blob: Option<&[u8]>) -> bool {
    directories.iter().all(|directory| {
        let named = directory.special(slot);
        match (named, blob) {
            (Some(named), Some(blob)) => directory.is_hash_of(named, blob).unwrap_or(true),
            (Some(_), None) => false,
            (None, _) => true,
        }
    })
}

fn signer(bytes: &[u8], main: &[u8]) -> Option<Signer> {
    if bytes.is_empty() {
        return None;
    }
    let signed = SignedData::read(bytes)?;
    let certificates: Vec<Certificate> = signed
        .certificates
        .iter()
        .take(MOST_CERTIFICATES)
        .filter_map(|bytes| Certificate::read(bytes))
        .collect();
    let first = signed.signers.first()?;
    let leaf = first.issuer_and_serial.and_then(|(issuer, serial)| {
        let is_it = |one: &&Certificate| one.issuer_name == issuer && one.serial == serial;
        certificates.iter().find(is_it).cloned()
    });
    let stated = first.signed.iter().find(|one| one.kind == MESSAGE_DIGEST);
    let stated = stated.and_then(|one| one.values.first());
    let signs_directory = stated.and_then(|stated| {
        let algorithm = match stated.content.len() {
            32 => &digest::SHA256,
            20 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            _ => return None,
        };
        Some(digest(algorithm, main).as_ref() == stated.content)
    });
    Some(Signer {
        leaf,
        certificates,
        is_timestamped: first.unsigned.iter().any(|one| one.kind == TIMESTAMP),
        signs_directory,
        has_uncut_hashes: has_uncut_hashes(first),
    })
}

fn has_uncut_hashes(signer: &cms::Signer<'_>) -> bool {
    let mut attributes = signer.signed.iter();
    let named = attributes.find(|one| one.kind == DIRECTORY_HASHES);
    let list = named.and_then(|one| property_list::parse(one.values.first()?.content).ok());
    let hashes = list
        .as_ref()
        .and_then(|list| list.get("cdhashes")?.as_array());
    let mut lengths = hashes
        .into_iter()
        .flatten()
        .filter_map(plist::Value::as_data);
    lengths.any(|hash| hash.len() != HASH_LENGTH)
}
