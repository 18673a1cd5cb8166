//! Why a package could not be read. Each sentence says what is wrong, then after the last `; ` what
//! to do; [`Error::finding`] relies on that.

use std::io::{self, Read, Seek};

use crate::ipa::package::PackageKind;
use crate::ipa::sniff::Found;

/// Why a package could not be read. Names and values in it come from the package; they are cut and
/// freed of control characters.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The reader failed. The only variant that is not the package's fault.
    #[error(
        "the package could not be read from disk; check that the file is still there and readable"
    )]
    Io(#[source] io::Error),

    /// The file is something else.
    #[error("the file is not {wanted} but {found}; {}", .found.remedy(*.wanted))]
    NotAPackage {
        /// What the file's name promises.
        wanted: PackageKind,
        /// What its first bytes look like.
        found: Found,
    },
    /// The start of a zip, without its end.
    #[error(
        "the zip's directory is missing: the file is cut off; copy, download or build it again"
    )]
    Truncated,
    /// A zip with nothing in it.
    #[error("the zip is empty; look why the export wrote no files, and build it again")]
    EmptyZip,
    /// One volume of several.
    #[error("the zip is one part of a split archive; pack the app as one file")]
    SplitZip,
    /// The zip contradicts itself.
    #[error("the zip is damaged: {0}; copy, download or build it again")]
    Damaged(&'static str),
    /// The number of entries is a lie.
    #[error(
        "the zip is damaged: it claims {claimed} entries and holds {found}; copy, download or build it again"
    )]
    WrongCount {
        /// What the end of the file says.
        claimed: u64,
        /// What the directory has room for, or holds.
        found: u64,
    },
    /// More entries than any app has.
    #[error(
        "the zip holds more than {limit} entries; an app has far fewer, so check what was packed"
    )]
    TooManyEntries {
        /// How many are read.
        limit: u64,
    },
    /// A password was set.
    #[error("`{name}` is encrypted; Apple cannot open it, so pack the app without a password")]
    Encrypted {
        /// The entry.
        name: String,
    },
    /// A name that would be written outside the place where the zip is unpacked, or not everywhere
    /// at the same place.
    #[error("the zip holds the name `{name}`, which {why}; pack it again with Xcode or `ditto`")]
    UnsafeName {
        /// The entry.
        name: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// Two entries of one name: readers disagree which one counts.
    #[error("the zip holds `{name}` twice; pack the app again into a new file")]
    Duplicate {
        /// The entry.
        name: String,
    },
    /// The directory and the entry itself disagree about its name.
    #[error("the zip lists `{listed}`, but the entry calls itself `{actual}`; pack the app again")]
    NameMismatch {
        /// In the central directory.
        listed: String,
        /// In the local header.
        actual: String,
    },
    /// A link where a file is needed.
    #[error("`{name}` is a symbolic link; put what it leads to in its place")]
    Symlink {
        /// The entry.
        name: String,
    },
    /// Neither stored nor deflated.
    #[error(
        "`{name}` is compressed by method {method}, which is not used in an .ipa; pack it with deflate, as Xcode does"
    )]
    Method {
        /// The entry.
        name: String,
        /// The number in PKWARE's APPNOTE, 4.4.5.
        method: u16,
    },
    /// Bigger than it can honestly be.
    #[error(
        "`{name}` is larger than {limit} bytes once unpacked; check what was packed under that name"
    )]
    TooLarge {
        /// The entry or member.
        name: String,
        /// How much is read, in bytes.
        limit: u64,
    },

    /// No `Payload/<Name>.app`, and nothing else that explains it.
    #[error(
        "the zip holds no `Payload/<Name>.app`; export the archive with `xcodebuild -exportArchive`"
    )]
    NoApp,
    /// A bare app in a zip.
    #[error(
        "the zip holds `{app}` outside `Payload/`; export the archive as an .ipa instead of zipping the app"
    )]
    AppOutsidePayload {
        /// Such as `Runner.app`.
        app: String,
    },
    /// An archive in a zip.
    #[error("the zip is an Xcode archive, not an .ipa; export it with `xcodebuild -exportArchive`")]
    Archive,
    /// A package in a zip, as artifact stores make it.
    #[error("the zip holds the package `{name}`; unpack the zip once and hand over that file")]
    Nested {
        /// The entry.
        name: String,
    },
    /// `Payload` lies in a folder.
    #[error(
        "`Payload/` lies inside the folder `{folder}`; pack it so that `Payload` is at the top"
    )]
    PayloadInFolder {
        /// The folder.
        folder: String,
    },
    /// A Mac app in an iOS package.
    #[error(
        "`{app}` is a Mac app; hand over a .pkg made by `xcodebuild -exportArchive` or `productbuild`"
    )]
    MacApp {
        /// Such as `Payload/Example.app`.
        app: String,
    },
    /// An Android package by another name.
    #[error("the file is an Android package; hand over the .ipa of the same build")]
    Android,
    /// An app without Info.plist.
    #[error("`{app}` has no Info.plist; look why the build left it out, and export again")]
    NoInfoPlist {
        /// Such as `Payload/Example.app`.
        app: String,
    },
    /// Two apps.
    #[error("the package holds two apps, `{first}` and `{second}`; keep one")]
    ManyApps {
        /// One.
        first: String,
        /// The other.
        second: String,
    },

    /// Neither binary nor XML.
    #[error(
        "Info.plist is neither a binary nor an XML property list; look which build step wrote it"
    )]
    PlistFormat,
    /// The property list does not parse.
    #[error("Info.plist does not parse; check it with `plutil -lint`")]
    Plist(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The property list is made to hurt.
    #[error("Info.plist {0}; look which build step wrote it")]
    PlistUnreasonable(&'static str),
    /// A key is missing.
    #[error("Info.plist has no {key}; {}", remedy(.key))]
    MissingKey {
        /// The key.
        key: &'static str,
    },
    /// A key has no text in it.
    #[error("{key} in Info.plist is empty; {}", remedy(.key))]
    EmptyValue {
        /// The key.
        key: &'static str,
    },
    /// A key has a value of the wrong type.
    #[error("{key} in Info.plist is {found}, not a string; write it as `<string>`")]
    WrongType {
        /// The key.
        key: &'static str,
        /// The type, with its article.
        found: &'static str,
    },
    /// A build setting that nobody replaced.
    #[error("{key} in Info.plist is still `{value}`, which the build should have replaced; {}", remedy(.key))]
    Unexpanded {
        /// The key.
        key: &'static str,
        /// The text.
        value: String,
    },
    /// A text that can be none of these.
    #[error("{key} in Info.plist {why}: `{value}`; {}", remedy(.key))]
    BadValue {
        /// The key.
        key: &'static str,
        /// What is wrong.
        why: &'static str,
        /// The text.
        value: String,
    },
    /// Built for the simulator.
    #[error(
        "the app was built for the simulator (`{name}`); archive it for a device: `-destination generic/platform=iOS`"
    )]
    Simulator {
        /// The platform's name, such as `iphonesimulator`.
        name: String,
    },
    /// A platform that takes no uploads of its own.
    #[error(
        "the app was built for `{name}`, which App Store Connect takes no packages for; build for iOS, macOS, tvOS or visionOS"
    )]
    UnknownPlatform {
        /// The platform's name.
        name: String,
    },

    /// The .pkg contradicts itself.
    #[error("the .pkg is damaged: {0}; copy, download or build it again")]
    DamagedPkg(&'static str),
    /// One of the .pkg's XML parts does not parse.
    #[error("{part} in the .pkg does not parse; copy, download or build it again")]
    PkgXml {
        /// Such as `Distribution`.
        part: &'static str,
        /// Why.
        #[source]
        source: quick_xml::Error,
    },
    /// A member is packed in a way that installers do not use.
    #[error("`{name}` in the .pkg is compressed as `{encoding}`; build it with `productbuild`")]
    PkgEncoding {
        /// The member.
        name: String,
        /// The encoding's name.
        encoding: String,
    },
    /// The .pkg says too little of the app.
    #[error(
        "the .pkg does not say {fact}: neither Distribution nor PackageInfo has it; build it with `productbuild --component App.app /Applications App.pkg` or `xcodebuild -exportArchive`"
    )]
    PkgSilent {
        /// What is missing.
        fact: &'static str,
    },
}

impl Error {
    /// The error for a file that is not the package wanted.
    pub(super) fn not_a_package<R: Read + Seek>(reader: &mut R, wanted: PackageKind) -> Self {
        match (Found::look(reader), wanted) {
            (Err(source), _) => Self::Io(source),
            (Ok(Found::Zip), PackageKind::Ipa) => Self::Truncated,
            (Ok(found), wanted) => Self::NotAPackage { wanted, found },
        }
    }
}

fn remedy(key: &str) -> &'static str {
    match key {
        "CFBundleIdentifier" => "set PRODUCT_BUNDLE_IDENTIFIER for the app's target",
        "CFBundleShortVersionString" => "set MARKETING_VERSION for the app's target",
        "CFBundleVersion" => "set CURRENT_PROJECT_VERSION for the app's target",
        _ => "archive the app with Xcode, which writes the key",
    }
}
