//! The facts of an X.509 certificate that Apple issues for signing.

use std::fmt;
use std::time::SystemTime;

use aws_lc_rs::digest;

use crate::der::{self, BOOLEAN, Element, INTEGER, OBJECT, OCTET_STRING, SEQUENCE, SET, context};
use crate::profiles::moment;

const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
const ORGANISATION: &[u8] = &[0x55, 0x04, 0x0a];
const ORGANISATIONAL_UNIT: &[u8] = &[0x55, 0x04, 0x0b];
/// `1.2.840.113635.100.6`: the extensions of Apple's certificates.
const APPLE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x63, 0x64, 0x06];

/// A certificate, as far as signing asks.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The SHA-1 of the whole certificate: what the keychain and `codesign -s` call it by.
    pub sha1: [u8; 20],
    /// The subject's common name, such as `Apple Distribution: Example Ltd (A1B2C3D4E5)`.
    pub common_name: String,
    /// The subject's organisational unit: the team's id in certificates of a team.
    pub organisational_unit: Option<String>,
    /// The subject's organisation: the team's name.
    pub organisation: Option<String>,
    /// The issuer's common name.
    pub issuer: String,
    /// The issuer's name in DER; with the serial number it says who signed a document.
    pub issuer_name: Vec<u8>,
    /// The serial number's bytes.
    pub serial: Vec<u8>,
    /// It is good from this moment on.
    pub not_before: SystemTime,
    /// It is good up to this moment.
    pub not_after: SystemTime,
    /// What it may sign.
    pub kind: CertificateKind,
    /// Apple's own extensions in it.
    pub marks: Vec<Mark>,
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Certificate({:?}, {})",
            self.common_name,
            self.sha1_hex()
        )
    }
}

/// One of Apple's extensions, `1.2.840.113635.100.6.a.b`, by `a` and `b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(pub u8, pub u8);

impl Mark {
    /// May sign what is submitted to the App Store.
    pub const SUBMISSION: Self = Self(1, 4);
    /// May sign for the Mac App Store.
    pub const MAC_SUBMISSION: Self = Self(1, 7);
    /// May sign iOS apps in development.
    pub const DEVELOPMENT: Self = Self(1, 2);
    /// May sign Mac apps in development.
    pub const MAC_DEVELOPMENT: Self = Self(1, 12);
    /// May sign installers for the Mac App Store.
    pub const MAC_INSTALLER: Self = Self(1, 8);
    /// May sign apps for distribution outside of the Mac App Store.
    pub const DEVELOPER_ID: Self = Self(1, 13);
    /// May sign installers for distribution outside of the Mac App Store.
    pub const DEVELOPER_ID_INSTALLER: Self = Self(1, 14);
    /// Apple's intermediate authority for developers (WWDR).
    pub const DEVELOPER_RELATIONS: Self = Self(2, 1);
}

/// What a certificate may sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CertificateKind {
    /// `Apple Distribution`: every platform's store, and ad hoc.
    AppleDistribution,
    /// `iPhone Distribution`: its predecessor for iOS.
    IphoneDistribution,
    /// `Apple Development`: every platform's devices in development.
    AppleDevelopment,
    /// `iPhone Developer`: its predecessor for iOS.
    IphoneDeveloper,
    /// `Mac Developer`: its predecessor for the Mac.
    MacDeveloper,
    /// `3rd Party Mac Developer Application`: apps for the Mac App Store.
    MacAppDistribution,
    /// `3rd Party Mac Developer Installer`: installers for the Mac App Store.
    MacInstallerDistribution,
    /// `Developer ID Application`: Mac apps outside of the store.
    DeveloperIdApplication,
    /// `Developer ID Installer`: Mac installers outside of the store.
    DeveloperIdInstaller,
    /// None of these.
    Other,
}

/// What Apple begins the common names with, longest first where one begins another.
const NAMES: &[(&str, CertificateKind)] = &[
    ("Apple Distribution", CertificateKind::AppleDistribution),
    ("iPhone Distribution", CertificateKind::IphoneDistribution),
    ("Apple Development", CertificateKind::AppleDevelopment),
    ("iPhone Developer", CertificateKind::IphoneDeveloper),
    ("Mac Developer", CertificateKind::MacDeveloper),
    (
        "3rd Party Mac Developer Application",
        CertificateKind::MacAppDistribution,
    ),
    (
        "3rd Party Mac Developer Installer",
        CertificateKind::MacInstallerDistribution,
    ),
    (
        "Mac Installer Distribution",
        CertificateKind::MacInstallerDistribution,
    ),
    (
        "Developer ID Application",
        CertificateKind::DeveloperIdApplication,
    ),
    (
        "Developer ID Installer",
        CertificateKind::DeveloperIdInstaller,
    ),
];

impl CertificateKind {
    /// Whether Apple gives it out for what is submitted to a store or handed to testers.
    pub fn is_distribution(self) -> bool {
        match self {
            Self::AppleDistribution | Self::IphoneDistribution | Self::MacAppDistribution => true,
            Self::AppleDevelopment
            | Self::IphoneDeveloper
            | Self::MacDeveloper
            | Self::MacInstallerDistribution
            | Self::DeveloperIdApplication
            | Self::DeveloperIdInstaller
            | Self::Other => false,
        }
    }

    /// The kind by the certificate's name alone.
    pub fn named(common_name: &str) -> Self {
        Self::of(common_name, &[])
    }

    fn of(common_name: &str, marks: &[Mark]) -> Self {
        let before_the_name = common_name.split(':').next().unwrap_or_default().trim();
        if let Some((_, kind)) = NAMES.iter().find(|(name, _)| *name == before_the_name) {
            return *kind;
        }
        let has = |mark| marks.contains(&mark);
        match () {
            () if has(Mark::SUBMISSION) => Self::AppleDistribution,
            () if has(Mark::MAC_SUBMISSION) => Self::MacAppDistribution,
            () if has(Mark::MAC_INSTALLER) => Self::MacInstallerDistribution,
            () if has(Mark::DEVELOPER_ID) => Self::DeveloperIdApplication,
            () if has(Mark::DEVELOPER_ID_INSTALLER) => Self::DeveloperIdInstaller,
            () if has(Mark::DEVELOPMENT) => Self::AppleDevelopment,
            () if has(Mark::MAC_DEVELOPMENT) => Self::MacDeveloper,
            () => Self::Other,
        }
    }
}

impl fmt::Display for CertificateKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = NAMES.iter().find(|(_, kind)| kind == self);
        f.write_str(name.map_or("another certificate", |(name, _)| name))
    }
}

impl Certificate {
    /// Reads a certificate in DER. `None` where it is none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let whole = der::element(&mut { bytes }).ok()?;
        let mut outer = (whole.tag == SEQUENCE).then(|| whole.children())?;
        let mut body = outer.next_of(SEQUENCE)?.children();
        body.next_of(context(0));
        let serial = body.next_of(INTEGER)?.content.to_vec();
        body.next_of(SEQUENCE)?;
        let issuer = body.next_of(SEQUENCE)?;
        let mut validity = body.next_of(SEQUENCE)?.children();
        let not_before = moment::read(validity.next()?.ok()?)?;
        let not_after = moment::read(validity.next()?.ok()?)?;
        let subject = body.next_of(SEQUENCE)?;
        body.next_of(SEQUENCE)?;
        let extensions = body.flatten().find(|part| part.tag == context(3));
        let marks = extensions.map_or(Vec::new(), marks);
        let common_name = named(subject, COMMON_NAME).unwrap_or_default();
        let sha1 = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, whole.whole);
        Some(Self {
            sha1: sha1.as_ref().try_into().ok()?,
            kind: CertificateKind::of(&common_name, &marks),
            common_name,
            organisational_unit: named(subject, ORGANISATIONAL_UNIT),
            organisation: named(subject, ORGANISATION),
            issuer: named(issuer, COMMON_NAME).unwrap_or_default(),
            issuer_name: issuer.whole.to_vec(),
            serial,
            not_before,
            not_after,
            marks,
        })
    }

    /// Whether it was given to this team.
    pub fn is_of_team(&self, team: &str) -> bool {
        self.organisational_unit.as_deref() == Some(team)
    }

    /// The SHA-1 in capital hex digits, as `security find-identity` prints it.
    pub fn sha1_hex(&self) -> String {
        self.sha1.iter().map(|byte| format!("{byte:02X}")).collect()
    }

    /// Whether Apple's extension is in it.
    pub fn has(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }
}

/// The first value of an attribute in a name.
fn named(name: Element<'_>, attribute: &[u8]) -> Option<String> {
    let parts = name.children().flatten().filter(|part| part.tag == SET);
    let mut parts = parts.flat_map(|set| set.children().flatten());
    parts.find_map(|pair| {
        let mut pair = pair.children();
        let kind = pair.next_of(OBJECT)?;
        let value = pair.next()?.ok()?;
        (kind.content == attribute).then(|| text(value))
    })
}

/// A string of RFC 5280; of the older forms the ASCII that Apple writes in them.
fn text(value: Element<'_>) -> String {
    const BMP_STRING: u8 = 0x1e;
    if value.tag == BMP_STRING {
        let units = value.content.chunks_exact(2);
        let units = units.map(|unit| u16::from_be_bytes([unit[0], unit[1]]));
        return char::decode_utf16(units)
            .map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
    }
    String::from_utf8_lossy(value.content).into_owned()
}

fn marks(extensions: Element<'_>) -> Vec<Mark> {
    let list = extensions.children().next_of(SEQUENCE);
    let each = list.into_iter().flat_map(|list| list.children().flatten());
    each.filter_map(|extension| {
        let mut parts = extension.children();
        let kind = parts.next_of(OBJECT)?.content;
        parts.next_of(BOOLEAN);
        parts.next_of(OCTET_STRING)?;
        match kind.strip_prefix(APPLE)? {
            [first, second] => Some(Mark(*first, *second)),
            _ => None,
        }
    })
    .collect()
}
