//! Whole packages, made from their parts and signed inside out: `.ipa`, `.pkg`, `.xcarchive`.

use aws_lc_rs::digest::{SHA256, digest};
use plist::{Dictionary, Value};

use super::archives;
pub use super::archives::Files;
use super::certificates::{self, Certificate};
use super::images::{self, Image, Signing};
use super::profiles::{self, Profile};

/// The team of every app here.
pub const TEAM: &str = "A1B2C3D4E5";
/// The app's folder in an `.ipa`.
pub const APP: &str = "Payload/Example.app";

/// One bundle before it is signed.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its folder, such as `Payload/Example.app/PlugIns/Share.appex`.
    pub path: String,
    /// Its Info.plist.
    pub info: Dictionary,
    /// Its code, a slice each.
    pub images: Vec<Image>,
    /// Its entitlements, where it is a program.
    pub entitlements: Option<Dictionary>,
    /// Other entitlements in DER.
    pub other_der: Option<Dictionary>,
    /// Its profile.
    pub profile: Option<Profile>,
    /// Other files in it.
    pub files: Files,
    /// Who signs it; nobody where it is signed ad hoc.
    pub signer: Option<Certificate>,
    /// Whether it is signed at all.
    pub is_signed: bool,
    /// Whether it is laid out as on the Mac.
    pub is_deep: bool,
    /// Whether it is a framework of the Mac, with its versions apart.
    pub is_versioned: bool,
    /// Whether its Info.plist is text.
    pub is_xml: bool,
    /// Whether a time authority countersigned it.
    pub is_stamped: bool,
    /// The flags of its executable segment.
    pub executable_flags: u64,
    /// The identifier that it is signed as, where that is not its own.
    pub signed_as: Option<String>,
}

/// A package before it is put together; the app comes last, as it seals the others.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// The bundles, inner ones first.
    pub bundles: Vec<Part>,
    /// Files beside the app, such as `SwiftSupport/…`.
    pub files: Files,
}

/// The entitlements that a profile for the store grants this bundle.
pub fn entitlements(identifier: &str) -> Dictionary {
    let mut list = Dictionary::new();
    list.insert(
        "application-identifier".into(),
        format!("{TEAM}.{identifier}").into(),
    );
    list.insert("com.apple.developer.team-identifier".into(), TEAM.into());
    list.insert("get-task-allow".into(), false.into());
    list.insert("beta-reports-active".into(), true.into());
    let group = Value::from(format!("{TEAM}.{identifier}"));
    list.insert("keychain-access-groups".into(), Value::Array(vec![group]));
    list
}

fn texts(texts: &[&str]) -> Value {
    Value::Array(texts.iter().map(|text| (*text).into()).collect())
}

/// The Info.plist that Xcode 26 writes for an iPhone target.
pub fn info(identifier: &str, executable: &str, kind: &str) -> Dictionary {
    let mut info = Dictionary::new();
    for (key, value) in [
        ("BuildMachineOSBuild", "25A354"),
        ("CFBundleDevelopmentRegion", "en"),
        ("CFBundleDisplayName", "Example"),
        ("CFBundleExecutable", executable),
        ("CFBundleIdentifier", identifier),
        ("CFBundleInfoDictionaryVersion", "6.0"),
        ("CFBundleName", executable),
        ("CFBundlePackageType", kind),
        ("CFBundleShortVersionString", "1.4.0"),
        ("CFBundleVersion", "42"),
        ("DTCompiler", "com.apple.compilers.llvm.clang.1_0"),
        ("DTPlatformBuild", "23A339"),
        ("DTPlatformName", "iphoneos"),
        ("DTPlatformVersion", "26.0"),
        ("DTSDKBuild", "23A339"),
        ("DTSDKName", "iphoneos26.0"),
        ("DTXcode", "2600"),
        ("DTXcodeBuild", "17A324"),
        ("MinimumOSVersion", "17.0"),
    ] {
        info.insert(key.to_owned(), value.into());
    }
    info.insert("CFBundleSupportedPlatforms".into(), texts(&["iPhoneOS"]));
    info.insert("UIDeviceFamily".into(), Value::Array(vec![1.into()]));
    info
}

/// An app for the iPhone that nothing is wrong with.
pub fn app() -> Part {
    let identifier = "com.example.app";
    let mut info = info(identifier, "Example", "APPL");
    for (key, value) in [
        ("CFBundleIconName", Value::from("AppIcon")),
        ("ITSAppUsesNonExemptEncryption", false.into()),
        ("LSRequiresIPhoneOS", true.into()),
        ("UILaunchScreen", Value::Dictionary(Dictionary::new())),
        ("UIRequiredDeviceCapabilities", texts(&["arm64"])),
    ] {
        info.insert(key.to_owned(), value);
    }
    let mut part = program(APP, identifier, info);
    part.files = Files::from([
        ("Assets.car".into(), b"BOMStore a catalogue".to_vec()),
        ("PkgInfo".into(), b"APPL????".to_vec()),
        (
            "en.lproj/Localizable.strings".into(),
            b"\"a\" = \"b\";".to_vec(),
        ),
    ]);
    part
}

/// A program with a profile of its own.
pub fn program(path: &str, identifier: &str, info: Dictionary) -> Part {
    Part {
        path: path.to_owned(),
        info,
        images: vec![images::executable()],
        entitlements: Some(entitlements(identifier)),
        other_der: None,
        profile: Some(profiles::app_store(identifier)),
        files: Files::new(),
        signer: Some(certificates::distribution(TEAM)),
        is_signed: true,
        is_deep: false,
        is_versioned: false,
        is_xml: false,
        is_stamped: false,
        executable_flags: 1,
        signed_as: None,
    }
}

/// An app extension.
pub fn extension(name: &str) -> Part {
    let identifier = format!("com.example.app.{}", name.to_lowercase());
    let mut info = info(&identifier, name, "XPC!");
    let mut point = Dictionary::new();
    let kind = "com.apple.share-services";
    point.insert("NSExtensionPointIdentifier".into(), kind.into());
    info.insert("NSExtension".into(), Value::Dictionary(point));
    let path = format!("{APP}/PlugIns/{name}.appex");
    program(&path, &identifier, info)
}

/// A dynamic framework.
pub fn framework(name: &str) -> Part {
    let identifier = format!("com.example.{}", name.to_lowercase());
    let info = info(&identifier, name, "FMWK");
    let path = format!("{APP}/Frameworks/{name}.framework");
    Part {
        images: vec![images::library()],
        entitlements: None,
        profile: None,
        executable_flags: 0,
        ..program(&path, &identifier, info)
    }
}

/// A folder of resources with an Info.plist.
pub fn resources(name: &str) -> Files {
    let mut info = Dictionary::new();
    let identifier = format!("com.example.{}.resources", name.to_lowercase());
    for (key, value) in [
        ("CFBundleIdentifier", identifier.as_str()),
        ("CFBundleName", name),
        ("CFBundlePackageType", "BNDL"),
        ("CFBundleShortVersionString", "1.0"),
        ("CFBundleVersion", "1"),
    ] {
        info.insert(key.to_owned(), value.into());
    }
    info.insert("CFBundleSupportedPlatforms".into(), texts(&["iPhoneOS"]));
    Files::from([
        (format!("{name}.bundle/Info.plist"), binary(&info)),
        (format!("{name}.bundle/picture.png"), picture(10, 10)),
    ])
}

/// A binary property list.
pub fn binary(list: &Dictionary) -> Vec<u8> {
    let mut bytes = Vec::new();
    Value::Dictionary(list.clone())
        .to_writer_binary(&mut bytes)
        .expect("a list can be written");
    bytes
}

/// A property list as text.
fn text(list: &Dictionary) -> Vec<u8> {
    let mut bytes = Vec::new();
    Value::Dictionary(list.clone())
        .to_writer_xml(&mut bytes)
        .expect("a list can be written");
    bytes
}

/// The head of a PNG.
pub fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

impl Part {
    /// Sets a key of the Info.plist.
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.info.insert(key.to_owned(), value.into());
        self
    }

    /// Takes a key of the Info.plist away.
    pub fn without(mut self, key: &str) -> Self {
        self.info.remove(key);
        self
    }

    /// Changes every slice.
    pub fn image(mut self, change: impl Fn(&mut Image)) -> Self {
        self.images.iter_mut().for_each(change);
        self
    }

    /// Claims an entitlement, which the profile grants too.
    pub fn entitled(mut self, key: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        self.profile = self
            .profile
            .map(|profile| profile.granting(key, value.clone()));
        self.claiming(key, value)
    }

    /// Claims an entitlement whatever the profile says.
    pub fn claiming(mut self, key: &str, value: impl Into<Value>) -> Self {
        let list = self.entitlements.get_or_insert_with(Dictionary::new);
        list.insert(key.to_owned(), value.into());
        self
    }

    /// Adds a file.
    pub fn file(mut self, name: &str, content: &[u8]) -> Self {
        self.files.insert(name.to_owned(), content.to_vec());
        self
    }

    /// Adds files.
    pub fn filled(mut self, files: Files) -> Self {
        self.files.extend(files);
        self
    }

    fn executable(&self) -> Option<String> {
        let name = self.info.get("CFBundleExecutable")?.as_string()?;
        let folder = match (self.is_versioned, self.is_deep) {
            (true, _) => "Versions/A/",
            (false, true) => "Contents/MacOS/",
            (false, false) => "",
        };
        Some(format!("{}/{folder}{name}", self.path))
    }

    /// Writes the bundle, sealed and signed, among the files.
    fn write(&self, all: &mut Files) {
        let inside = match (self.is_versioned, self.is_deep) {
            (true, _) => "Versions/A/",
            (false, true) => "Contents/",
            (false, false) => "",
        };
        let path = |name: &str| format!("{}/{inside}{name}", self.path);
        for (name, content) in &self.files {
            all.insert(path(name), content.clone());
        }
        let info = if self.is_xml {
            text(&self.info)
        } else {
            binary(&self.info)
        };
        let place = if self.is_versioned {
            "Resources/Info.plist"
        } else {
            "Info.plist"
        };
        all.insert(path(place), info.clone());
        if let Some(profile) = &self.profile {
            let name = if self.is_deep {
                "embedded.provisionprofile"
            } else {
                "embedded.mobileprovision"
            };
            all.insert(path(name), profile.bytes());
        }
        let Some(executable) = self.executable() else {
            return;
        };
        let seal = self.is_signed.then(|| self.seal(all, &executable, inside));
        if let Some(seal) = &seal {
            all.insert(path("_CodeSignature/CodeResources"), seal.clone());
        }
        if let Some(code) = self.code(info, seal) {
            all.insert(executable, code);
        }
    }

    /// The code, signed.
    fn code(&self, info: Vec<u8>, seal: Option<Vec<u8>>) -> Option<Vec<u8>> {
        let identifier = self.info.get("CFBundleIdentifier");
        let identifier = identifier.and_then(Value::as_string).unwrap_or("none");
        let signing = Signing {
            identifier: self
                .signed_as
                .clone()
                .unwrap_or_else(|| identifier.to_owned()),
            team: TEAM.to_owned(),
            entitlements: self.entitlements.clone(),
            other_der: self.other_der.clone(),
            signer: self.signer.clone(),
            info: Some(info),
            seal,
            executable_flags: self.executable_flags,
            is_stamped: self.is_stamped,
        };
        let slices: Vec<((u32, u32), Vec<u8>)> = self
            .images
            .iter()
            .map(|image| {
                let bytes = if self.is_signed {
                    image.signed(&signing)
                } else {
                    image.unsigned()
                };
                (image.cpu, bytes)
            })
            .collect();
        Some(match slices.as_slice() {
            [] => return None,
            [(_, only)] => only.clone(),
            many => images::universal(many),
        })
    }

    /// The list of files with their hashes.
    fn seal(&self, all: &Files, executable: &str, inside: &str) -> Vec<u8> {
        let start = format!("{}/{inside}", self.path);
        let mut files = Dictionary::new();
        for (path, content) in all.range(start.clone()..) {
            let Some(name) = path.strip_prefix(&start) else {
                break;
            };
            let is_left_out = path == executable || matches!(name, "Info.plist" | "PkgInfo");
            if is_left_out || (self.is_deep && name.starts_with("Frameworks/")) {
                continue;
            }
            let mut sealed = Dictionary::new();
            let hash = digest(&SHA256, content).as_ref().to_vec();
            sealed.insert("hash2".into(), Value::Data(hash));
            files.insert(name.to_owned(), Value::Dictionary(sealed));
        }
        let mut list = Dictionary::new();
        list.insert("files".into(), Value::Dictionary(Dictionary::new()));
        list.insert("files2".into(), Value::Dictionary(files));
        let mut xml = Vec::new();
        Value::Dictionary(list)
            .to_writer_xml(&mut xml)
            .expect("a list can be written");
        xml
    }
}

impl Parts {
    /// An app with these bundles in it.
    pub fn new(app: Part, inner: impl IntoIterator<Item = Part>) -> Self {
        let mut bundles: Vec<Part> = inner.into_iter().collect();
        bundles.push(app);
        Self {
            bundles,
            files: Files::new(),
        }
    }

    /// Adds a file beside the app.
    pub fn beside(mut self, path: &str, content: &[u8]) -> Self {
        self.files.insert(path.to_owned(), content.to_vec());
        self
    }

    /// Every file of the package.
    pub fn files(&self) -> Files {
        let mut all = self.files.clone();
        self.bundles
            .iter()
            .for_each(|bundle| bundle.write(&mut all));
        all
    }

    /// The `.ipa`.
    pub fn ipa(&self) -> Vec<u8> {
        archives::zip(&self.files())
    }
}
