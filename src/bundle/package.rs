//! A package as a whole, and the bundles in it.

use std::collections::BTreeMap;
use std::io;

use plist::{Dictionary, Value};

use crate::bundle::asset_catalogue::Catalogue;
use crate::bundle::image::{Binary, Version};
use crate::bundle::picture::Picture;
use crate::bundle::seal::Seal;
use crate::bundle::signature::Signature;
use crate::diagnostic::Diagnostic;
use crate::ipa::diagnostics::{PACKAGE_LAYOUT, PACKAGE_UNREADABLE};
use crate::ipa::{self, Installation};
use crate::profiles::{self, Certificate, Profile};
use crate::property_list;

/// Why the inside of a package can't be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The disk failed.
    #[error("the package could not be read from disk")]
    Io(#[source] io::Error),
    /// A file in it does not unpack.
    #[error("the package is damaged: `{path}` does not unpack")]
    Damaged {
        /// The file.
        path: String,
    },
    /// The container is wrong.
    #[error(transparent)]
    Package(#[from] ipa::Error),
    /// There is no app in it.
    #[error("there is no app in it")]
    NoApp,
}

impl Error {
    /// The error as a finding; `None` where the disk failed, which says nothing of the package.
    pub fn finding(&self) -> Option<Diagnostic> {
        match self {
            Self::Io(_) => None,
            Self::Package(error) => error.finding(),
            Self::Damaged { .. } => Some(Diagnostic::error(PACKAGE_UNREADABLE, self.to_string())),
            Self::NoApp => Some(Diagnostic::error(PACKAGE_LAYOUT, self.to_string())),
        }
    }
}

/// What a package is packed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A zip.
    Ipa,
    /// An installer package.
    Pkg,
    /// Xcode's folder, before it is exported.
    Archive,
}

/// The operating systems, as far as Apple's rules differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// iPhone and iPad.
    Ios,
    /// Apple TV.
    TvOs,
    /// Vision Pro.
    VisionOs,
    /// Apple Watch.
    WatchOs,
    /// Mac, and iPad apps on it.
    MacOs,
}

/// A file of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its path; a folder's ends with `/`.
    pub path: String,
    /// Its length in bytes.
    pub size: u64,
    /// Whether it is a symbolic link.
    pub is_link: bool,
    /// Where the link leads to; known in payloads and folders.
    pub target: Option<String>,
    /// Who may read, write and run it; known in payloads.
    pub mode: Option<u32>,
    /// Its hash, where the package is small enough for every file to be hashed.
    pub sha256: Option<[u8; 32]>,
}

/// A package.
#[derive(Debug)]
pub struct Package {
    /// What it is packed as.
    pub form: Form,
    /// Every file.
    pub members: Vec<Member>,
    /// Every bundle, the app first and the others by path.
    pub bundles: Vec<Bundle>,
    /// The place of each among them, by path.
    pub(super) places: BTreeMap<String, usize>,
    /// Every file with code in it.
    pub binaries: Vec<Binary>,
    /// Other property lists, by path: entitlements, origin signatures of frameworks.
    pub lists: BTreeMap<String, Dictionary>,
    /// Who signed the package itself, where it is a `.pkg`.
    pub installer: Vec<Certificate>,
    /// Whether part of it is packed in a way that is not read here.
    pub is_partly_read: bool,
    /// What a `.pkg` says of where and how it installs.
    pub installation: Installation,
    /// The first file of a `.pkg` that bears the mark of a download.
    pub quarantined: Option<String>,
    /// Files named `Assets.car` that are no asset catalogue.
    pub no_catalogues: Vec<String>,
    /// The images in each `.icns`, by path; none where it is no such file.
    pub icons: BTreeMap<String, Vec<[u8; 4]>>,
}

/// What a bundle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BundleKind {
    /// The app.
    App,
    /// An app extension.
    Extension,
    /// The app for the watch.
    WatchApp,
    /// An App Clip.
    Clip,
    /// A framework.
    Framework,
    /// A folder of resources.
    Resources,
    /// Another program in a Mac app: a helper, a service.
    Helper,
    /// What is loaded at run time: a plug-in.
    PlugIn,
}

/// The Info.plist of a bundle.
#[derive(Debug)]
pub enum Info {
    /// There is none.
    Missing,
    /// There is one that can't be read, and why.
    Unreadable(property_list::Error),
    /// It says this.
    Read(Dictionary),
}

/// A bundle.
#[derive(Debug)]
pub struct Bundle {
    /// Its path in the package, such as `Payload/App.app/PlugIns/Share.appex`.
    pub path: String,
    /// What it is.
    pub kind: BundleKind,
    /// Whether its parts lie in `Contents` or `Versions`, as on the Mac.
    pub is_deep: bool,
    /// The bundle that it lies in.
    pub host: Option<usize>,
    /// Its Info.plist.
    pub info: Info,
    /// The hash of that file.
    pub info_sha256: Option<[u8; 32]>,
    /// Its code, by its place among the binaries.
    pub executable: Option<usize>,
    /// Its profile.
    pub profile: Option<Result<Profile, profiles::Error>>,
    /// Its privacy manifest.
    pub privacy: Option<Result<Dictionary, property_list::Error>>,
    /// The list of files that its signature covers.
    pub seal: Option<Seal>,
    /// The hash of that list's file.
    pub seal_sha256: Option<[u8; 32]>,
    /// The folder below the bundle that the seal's paths begin in: `Contents/` on the Mac, else none.
    pub seal_home: String,
    /// The pictures at its top, by name.
    pub pictures: BTreeMap<String, Picture>,
    /// Its asset catalogue, where that can be read.
    pub catalogue: Option<Catalogue>,
}

impl Bundle {
    /// Its name without its folder, such as `Share.appex`.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// What its Info.plist says, where that can be read.
    pub fn list(&self) -> Option<&Dictionary> {
        match &self.info {
            Info::Read(list) => Some(list),
            Info::Missing | Info::Unreadable(_) => None,
        }
    }

    /// A value of its Info.plist.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.list()?.get(key)
    }

    /// A text of its Info.plist.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_string()
    }

    /// The texts of an array of its Info.plist.
    pub fn texts(&self, key: &str) -> Vec<&str> {
        let values = self.get(key).and_then(Value::as_array);
        let texts = values.into_iter().flatten();
        texts.filter_map(Value::as_string).collect()
    }

    /// Whether a key of its Info.plist says yes.
    pub fn says(&self, key: &str) -> bool {
        self.get(key).and_then(Value::as_boolean) == Some(true)
    }

    /// Its bundle identifier.
    pub fn identifier(&self) -> Option<&str> {
        self.text("CFBundleIdentifier")
    }

    /// The lowest OS that its Info.plist promises.
    pub fn minimum_os(&self) -> Option<Version> {
        Version::parse(self.text("MinimumOSVersion")?)
    }

    /// Its profile, where it has one that can be read.
    pub fn readable_profile(&self) -> Option<&Profile> {
        self.profile.as_ref()?.as_ref().ok()
    }

    /// Whether it is a program of its own, with entitlements: app, extension, App Clip, watch app, helper.
    pub fn is_program(&self) -> bool {
        match self.kind {
            BundleKind::App
            | BundleKind::Extension
            | BundleKind::WatchApp
            | BundleKind::Clip
            | BundleKind::Helper => true,
            BundleKind::Framework | BundleKind::Resources | BundleKind::PlugIn => false,
        }
    }
}

impl Package {
    /// The app.
    pub fn app(&self) -> &Bundle {
        &self.bundles[0]
    }

    /// The code of a bundle.
    pub fn code(&self, bundle: &Bundle) -> Option<&Binary> {
        self.binaries.get(bundle.executable?)
    }

    /// The signature of a bundle's code.
    pub fn signature(&self, bundle: &Bundle) -> Option<&Signature> {
        self.code(bundle)?.signature()
    }

    /// The innermost bundle that holds the path.
    pub fn owner(&self, path: &str) -> Option<&Bundle> {
        let (index, _) = owner(&self.places, path)?;
        Some(&self.bundles[index])
    }

    /// The bundles in the bundle, at any depth.
    pub fn inside<'a>(&'a self, bundle: &'a Bundle) -> impl Iterator<Item = &'a Bundle> {
        let folder = format!("{}/", bundle.path);
        let rest = self.bundles.get(1..).unwrap_or_default();
        let start = rest.partition_point(|one| one.path.as_str() < folder.as_str());
        let inside = rest[start..].iter();
        inside.take_while(move |one| one.path.starts_with(&folder))
    }

    /// The file of this path.
    pub fn member(&self, path: &str) -> Option<&Member> {
        let members = &self.members;
        let place = members.binary_search_by(|member| member.path.as_str().cmp(path));
        Some(&members[place.ok()?])
    }

    /// Whether the package has this file.
    pub fn has(&self, path: &str) -> bool {
        self.member(path).is_some()
    }

    /// The files below a folder whose path ends with `/`.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a Member> {
        let start = self
            .members
            .partition_point(|member| member.path.as_str() < folder);
        let members = self.members[start..].iter();
        members.take_while(move |member| member.path.starts_with(folder))
    }

    /// The operating system that a bundle is for, by its code, else by its Info.plist.
    pub fn family(&self, bundle: &Bundle) -> Option<Family> {
        let code = self.code(bundle);
        let platform = code.and_then(|code| code.slices.iter().find_map(|slice| slice.build));
        match platform.map(|build| build.platform) {
            Some(1 | 6) => return Some(Family::MacOs),
            Some(2 | 7) => return Some(Family::Ios),
            Some(3 | 8) => return Some(Family::TvOs),
            Some(4 | 9) => return Some(Family::WatchOs),
            Some(11 | 12) => return Some(Family::VisionOs),
            Some(_) | None => {}
        }
        let named = bundle.text("DTPlatformName").map(str::to_owned);
        let supported = bundle.texts("CFBundleSupportedPlatforms");
        let named = named.or_else(|| supported.first().map(|name| (*name).to_owned()))?;
        match named.to_ascii_lowercase().trim_end_matches("simulator") {
            "iphoneos" | "iphone" => Some(Family::Ios),
            "appletvos" | "appletv" => Some(Family::TvOs),
            "watchos" | "watch" => Some(Family::WatchOs),
            "xros" | "xr" => Some(Family::VisionOs),
            "macosx" => Some(Family::MacOs),
            _ => None,
        }
    }
}

/// Deepest folders of a path that are asked whether they are a bundle; real ones have some twenty.
const DEEPEST: usize = 256;

/// The innermost bundle that the path lies in, and the rest of the path.
pub(super) fn owner<'a>(
    places: &BTreeMap<String, usize>,
    path: &'a str,
) -> Option<(usize, &'a str)> {
    path.rmatch_indices('/').take(DEEPEST).find_map(|(at, _)| {
        let index = places.get(&path[..at])?;
        Some((*index, &path[at + 1..]))
    })
}
