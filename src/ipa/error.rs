//! Why a package could not be read, one sentence each. What to do about it is in the catalogue.

use std::io::{self, Read, Seek};

use crate::ipa::package::PackageKind;
use crate::ipa::sniff::Found;
use crate::property_list;

/// Why a package could not be read. Names and values in it come from the package; they are cut and
/// freed of control characters.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The reader failed. The only variant that is not the package's fault.
    #[error("the package could not be read from disk")]
    Io(#[source] io::Error),

    /// The file is something else.
    #[error("the file is not {wanted} but {found}")]
    NotAPackage {
        /// What the file's name promises.
        wanted: PackageKind,
        /// What its first bytes look like.
        found: Found,
    },
    /// The start of a zip, without its end.
    #[error("the zip's directory is missing: the file is cut off")]
    Truncated,
    /// A zip with nothing in it.
    #[error("the zip is empty")]
    EmptyZip,
    /// One volume of several.
    #[error("the zip is one part of a split archive")]
    SplitZip,
    /// The zip contradicts itself.
    #[error("the zip is damaged: {0}")]
    Damaged(&'static str),
    /// The number of entries is a lie.
    #[error("the zip is damaged: it claims {claimed} entries and holds {found}")]
    WrongCount {
        /// What the end of the file says.
        claimed: u64,
        /// What the directory has room for, or holds.
        found: u64,
    },
    /// More entries than any app has.
    #[error("the zip holds more than {limit} entries")]
    TooManyEntries {
        /// How many are read.
        limit: u64,
    },
    /// A password was set.
    #[error("`{name}` is encrypted")]
    Encrypted {
        /// The entry.
        name: String,
    },
    /// A name that would be written outside the place where the zip is unpacked, or not everywhere
    /// at the same place.
    #[error("the zip holds the name `{name}`, which {why}")]
    UnsafeName {
        /// The entry.
        name: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// Two entries of one name: readers disagree which one counts.
    #[error("the zip holds `{name}` twice")]
    Duplicate {
        /// The entry.
        name: String,
    },
    /// The directory and the entry itself disagree about its name.
    #[error("the zip lists `{listed}`, but the entry calls itself `{actual}`")]
    NameMismatch {
        /// In the central directory.
        listed: String,
        /// In the local header.
        actual: String,
    },
    /// A link where a file is needed.
    #[error("`{name}` is a symbolic link")]
    Symlink {
        /// The entry.
        name: String,
    },
    /// Neither stored nor deflated.
    #[error("`{name}` is compressed by method {method}, which is not used in an .ipa")]
    Method {
        /// The entry.
        name: String,
        /// The number in PKWARE's APPNOTE, 4.4.5.
        method: u16,
    },
    /// Bigger than it can honestly be.
    #[error("`{name}` is larger than {limit} bytes once unpacked")]
    TooLarge {
        /// The entry or member.
        name: String,
        /// How much is read, in bytes.
        limit: u64,
    },

    /// No `Payload/<Name>.app`, and nothing else that explains it.
    #[error("the zip holds no `Payload/<Name>.app`")]
    NoApp,
    /// A bare app in a zip.
    #[error("the zip holds `{app}` outside `Payload/`")]
    AppOutsidePayload {
        /// Such as `Runner.app`.
        app: String,
    },
    /// An archive in a zip.
    #[error("the zip is an Xcode archive, not an .ipa")]
    Archive,
    /// A package in a zip, as artifact stores make it.
    #[error("the zip holds the package `{name}`")]
    Nested {
        /// The entry.
        name: String,
    },
    /// `Payload` lies in a folder.
    #[error("`Payload/` lies inside the folder `{folder}`")]
    PayloadInFolder {
        /// The folder.
        folder: String,
    },
    /// A Mac app in an iOS package.
    #[error("`{app}` is a Mac app")]
    MacApp {
        /// Such as `Payload/Example.app`.
        app: String,
    },
    /// An Android package by another name.
    #[error("the file is an Android package")]
    Android,
    /// An app without Info.plist.
    #[error("`{app}` has no Info.plist")]
    NoInfoPlist {
        /// Such as `Payload/Example.app`.
        app: String,
    },
    /// Two apps.
    #[error("the package holds two apps, `{first}` and `{second}`")]
    ManyApps {
        /// One.
        first: String,
        /// The other.
        second: String,
    },

    /// Neither binary nor XML.
    #[error("Info.plist is neither a binary nor an XML property list")]
    PlistFormat,
    /// The property list does not parse.
    #[error("Info.plist does not parse")]
    Plist(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The property list is made to hurt.
    #[error("Info.plist {0}")]
    PlistUnreasonable(&'static str),
    /// A key is missing.
    #[error("Info.plist has no {key}")]
    MissingKey {
        /// The key.
        key: &'static str,
    },
    /// A key has no text in it.
    #[error("{key} in Info.plist is empty")]
    EmptyValue {
        /// The key.
        key: &'static str,
    },
    /// A key has a value of the wrong type.
    #[error("{key} in Info.plist is {found}, not a string")]
    WrongType {
        /// The key.
        key: &'static str,
        /// The type, with its article.
        found: &'static str,
    },
    /// A build setting that nobody replaced.
    #[error("{key} in Info.plist is still `{value}`, which the build should have replaced")]
    Unexpanded {
        /// The key.
        key: &'static str,
        /// The text.
        value: String,
    },
    /// A text that can be none of these.
    #[error("{key} in Info.plist {why}: `{value}`")]
    BadValue {
        /// The key.
        key: &'static str,
        /// What is wrong.
        why: &'static str,
        /// The text.
        value: String,
    },
    /// Built for the simulator.
    #[error("the app was built for the simulator (`{name}`)")]
    Simulator {
        /// The platform's name, such as `iphonesimulator`.
        name: String,
    },
    /// A platform that takes no uploads of its own.
    #[error("the app was built for `{name}`, which App Store Connect takes no packages for")]
    UnknownPlatform {
        /// The platform's name.
        name: String,
    },

    /// The .pkg contradicts itself.
    #[error("the .pkg is damaged: {0}")]
    DamagedPkg(&'static str),
    /// One of the .pkg's XML parts does not parse.
    #[error("{part} in the .pkg does not parse")]
    PkgXml {
        /// Such as `Distribution`.
        part: &'static str,
        /// Why.
        #[source]
        source: quick_xml::Error,
    },
    /// A member is packed in a way that installers do not use.
    #[error("`{name}` in the .pkg is compressed as `{encoding}`")]
    PkgEncoding {
        /// The member.
        name: String,
        /// The encoding's name.
        encoding: String,
    },
    /// The .pkg says too little of the app.
    #[error("the .pkg does not say {fact}: neither Distribution nor PackageInfo has it")]
    PkgSilent {
        /// What is missing.
        fact: &'static str,
    },
}

impl From<property_list::Error> for Error {
    fn from(error: property_list::Error) -> Self {
        match error {
            property_list::Error::Format => Self::PlistFormat,
            property_list::Error::Unparsed(source) => Self::Plist(source),
            property_list::Error::Unreasonable(why) => Self::PlistUnreasonable(why),
        }
    }
}

impl Error {
    /// Whether the container is sound, and only what the app says of itself is not.
    pub fn is_of_the_app(&self) -> bool {
        matches!(
            self,
            Self::MissingKey { .. }
                | Self::EmptyValue { .. }
                | Self::WrongType { .. }
                | Self::Unexpanded { .. }
                | Self::BadValue { .. }
                | Self::Simulator { .. }
                | Self::UnknownPlatform { .. }
        )
    }

    /// The error for a file that is not the package wanted.
    pub(super) fn not_a_package<R: Read + Seek>(reader: &mut R, wanted: PackageKind) -> Self {
        match (Found::look(reader), wanted) {
            (Err(source), _) => Self::Io(source),
            (Ok(Found::Zip), PackageKind::Ipa) => Self::Truncated,
            (Ok(found), wanted) => Self::NotAPackage { wanted, found },
        }
    }
}
