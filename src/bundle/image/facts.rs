//! What is known of a Mach-O file.

use std::collections::BTreeSet;
use std::fmt;

use crate::bundle::signature::Signature;

/// A file with code in it.
#[derive(Clone, Debug, Default)]
pub struct Binary {
    /// Its path in the package.
    pub path: String,
    /// One for each architecture; empty for an archive of object files.
    pub slices: Vec<Slice>,
    /// Whether it is an `ar` archive, that is a static library.
    pub is_static_library: bool,
    /// Whether something in it could not be read, so that what is missing says nothing.
    pub is_partly_read: bool,
}

impl Binary {
    /// Whether a slice refers to the symbol.
    pub fn imports(&self, symbol: &str) -> bool {
        self.slices
            .iter()
            .any(|slice| slice.imports.contains(symbol))
    }

    /// Whether a slice names the selector.
    pub fn names_selector(&self, selector: &str) -> bool {
        let mut slices = self.slices.iter();
        slices.any(|slice| slice.selectors.contains(selector))
    }

    /// Whether a slice holds the text.
    pub fn holds_text(&self, text: &str) -> bool {
        self.slices.iter().any(|slice| slice.texts.contains(text))
    }

    /// Whether a slice loads the library.
    pub fn loads(&self, library: &str) -> bool {
        let mut dylibs = self.slices.iter().flat_map(|slice| &slice.dylibs);
        dylibs.any(|dylib| dylib.name == library)
    }

    /// The first signature in it.
    pub fn signature(&self) -> Option<&Signature> {
        self.slices
            .iter()
            .find_map(|slice| slice.signature.as_ref())
    }
}

/// The code for one architecture.
#[derive(Clone, Debug, Default)]
pub struct Slice {
    /// For which processor.
    pub architecture: Architecture,
    /// What kind of file it is.
    pub file_type: FileType,
    /// The header's flags.
    pub flags: u32,
    /// Platform, minimum OS and SDK, by `LC_BUILD_VERSION` or its older forms.
    pub build: Option<BuildPlatform>,
    /// Every platform that it states, as numbers of `LC_BUILD_VERSION`.
    pub platforms: Vec<u32>,
    /// `cryptid` of `LC_ENCRYPTION_INFO`, where that is there.
    pub encryption: Option<u32>,
    /// Its `LC_UUID`, which a symbol file names too.
    pub uuid: Option<[u8; 16]>,
    /// Its segments.
    pub segments: Vec<Segment>,
    /// The libraries that it loads.
    pub dylibs: Vec<Dylib>,
    /// Where it looks for them.
    pub rpaths: Vec<String>,
    /// The undefined symbols that were asked about.
    pub imports: BTreeSet<String>,
    /// The selectors that were asked about.
    pub selectors: BTreeSet<String>,
    /// The texts that were asked about: constants, and names of classes of its own.
    pub texts: BTreeSet<String>,
    /// Its code signature.
    pub signature: Option<Signature>,
}

/// A segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Such as `__TEXT`.
    pub name: String,
    /// Where it lies in the slice, in bytes.
    pub offset: u64,
    /// How much of the file it is, in bytes.
    pub size: u64,
    /// Its protection at first: 1 read, 2 write, 4 execute.
    pub protection: u32,
}

/// A library that is loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dylib {
    /// Its install name.
    pub name: String,
    /// Whether the program runs without it.
    pub is_weak: bool,
}

/// What `LC_BUILD_VERSION` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BuildPlatform {
    /// Its number: 1 macOS, 2 iOS, 3 tvOS, 4 watchOS, 6 Catalyst, 7 to 9 simulators, 11 visionOS, 12 its simulator.
    pub platform: u32,
    /// The lowest OS that it runs on.
    pub minimum_os: Version,
    /// The SDK that it was built with; zero where nobody said.
    pub sdk: Version,
}

/// A version of three numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub u32, pub u32, pub u32);

impl Version {
    /// From the nibbles `xxxx.yy.zz`.
    pub(in crate::bundle) fn packed(number: u32) -> Self {
        Self(number >> 16, number >> 8 & 0xff, number & 0xff)
    }

    /// From text such as `17.4`. `None` where that is no version.
    pub fn parse(text: &str) -> Option<Self> {
        let mut numbers = [0; 3];
        let parts: Vec<&str> = text.trim().split('.').collect();
        if parts.len() > 3 {
            return None;
        }
        for (number, part) in numbers.iter_mut().zip(&parts) {
            *number = part.parse().ok()?;
        }
        Some(Self(numbers[0], numbers[1], numbers[2]))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self(major, minor, 0) => write!(f, "{major}.{minor}"),
            Self(major, minor, patch) => write!(f, "{major}.{minor}.{patch}"),
        }
    }
}

/// A processor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Architecture {
    /// Every iPhone since 2013, and Apple silicon.
    Arm64,
    /// The same with signed pointers.
    Arm64e,
    /// Apple Watch since Series 4.
    Arm64With32,
    /// iPhones up to 2012.
    Armv7,
    /// iPhone 5.
    Armv7s,
    /// Apple Watch up to Series 3.
    Armv7k,
    /// Intel Macs and simulators.
    X86With64,
    /// Old Intel Macs and simulators.
    I386,
    /// Something else.
    #[default]
    Other,
}

impl Architecture {
    pub(super) fn of(cpu: u32, subtype: u32) -> Self {
        match (cpu, subtype & 0x00ff_ffff) {
            (0x0100_000c, 2) => Self::Arm64e,
            (0x0100_000c, _) => Self::Arm64,
            (0x0200_000c, _) => Self::Arm64With32,
            (12, 11) => Self::Armv7s,
            (12, 12) => Self::Armv7k,
            (12, _) => Self::Armv7,
            (0x0100_0007, _) => Self::X86With64,
            (7, _) => Self::I386,
            _ => Self::Other,
        }
    }

    /// What tools call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Arm64 => "arm64",
            Self::Arm64e => "arm64e",
            Self::Arm64With32 => "arm64_32",
            Self::Armv7 => "armv7",
            Self::Armv7s => "armv7s",
            Self::Armv7k => "armv7k",
            Self::X86With64 => "x86_64",
            Self::I386 => "i386",
            Self::Other => "another architecture",
        }
    }
}

/// The kind of a Mach-O file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FileType {
    /// `MH_OBJECT`
    Object,
    /// `MH_EXECUTE`
    Executable,
    /// `MH_DYLIB`
    Dylib,
    /// `MH_BUNDLE`: what is loaded by name.
    Loadable,
    /// Something else.
    #[default]
    Other,
}

impl FileType {
    pub(super) fn of(number: u32) -> Self {
        match number {
            1 => Self::Object,
            2 => Self::Executable,
            6 => Self::Dylib,
            8 => Self::Loadable,
            _ => Self::Other,
        }
    }
}
