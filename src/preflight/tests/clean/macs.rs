//! Packages for the Mac App Store.

use plist::{Dictionary, Value};

use super::parts::texts;
use crate::testing::apps::{self, Part, Parts};
use crate::testing::archives::Pkg;
use crate::testing::certificates::{self, Certificate};
use crate::testing::images::{self, Image};

/// An app for the Mac App Store, as files at the payload's top.
pub fn mac() -> Parts {
    let identifier = "com.example.app";
    let mut info = apps::info(identifier, "Example", "APPL");
    for key in ["MinimumOSVersion", "UIDeviceFamily"] {
        info.remove(key);
    }
    for (key, value) in [
        ("CFBundleIconName", Value::from("AppIcon")),
        ("DTPlatformName", "macosx".into()),
        (
            "LSApplicationCategoryType",
            "public.app-category.utilities".into(),
        ),
        ("LSMinimumSystemVersion", "13.0".into()),
        ("CFBundleSupportedPlatforms", texts(&["MacOSX"])),
    ] {
        info.insert(key.to_owned(), value);
    }
    let mut part = apps::program("Example.app", identifier, info);
    part.is_deep = true;
    let slice = |cpu| Image {
        cpu,
        platform: 1,
        minimum_os: images::packed(13, 0),
        encryption: None,
        ..images::executable()
    };
    part.images = vec![slice((0x0100_0007, 3)), slice((0x0100_000c, 0))];
    let mut claims = Dictionary::new();
    let own = format!("{}.{identifier}", apps::TEAM);
    claims.insert("com.apple.application-identifier".into(), own.into());
    claims.insert(
        "com.apple.developer.team-identifier".into(),
        apps::TEAM.into(),
    );
    claims.insert("com.apple.security.app-sandbox".into(), true.into());
    claims.insert("com.apple.security.network.client".into(), true.into());
    part.entitlements = Some(claims);
    part.profile = part
        .profile
        .map(|profile| profile.with("Platform", texts(&["OSX"])));
    Parts::new(part, [])
}

/// The certificate of an installer.
pub fn installer() -> Certificate {
    Certificate {
        common_name: "3rd Party Mac Developer Installer: Example Ltd (A1B2C3D4E5)".to_owned(),
        marks: vec!["1.8"],
        ..certificates::distribution(apps::TEAM)
    }
}

/// The package, signed.
pub fn pkg_of(parts: &Parts) -> Pkg {
    let mut made = Pkg::new(parts.files(), "com.example.app");
    made.certificates = vec![installer()];
    made.minimum = Some("13.0".to_owned());
    let versioned = parts.bundles.iter().filter(|part| part.is_versioned);
    for path in versioned.map(|part| part.path.clone()) {
        let stem = path.rsplit('/').next().unwrap_or_default();
        let stem = stem.trim_end_matches(".framework");
        let link = |name: &str, target: String| (format!("{path}/{name}"), target);
        made.links.push(link("Versions/Current", "A".to_owned()));
        for name in [stem, "Resources"] {
            made.links
                .push(link(name, format!("Versions/Current/{name}")));
        }
    }
    made
}

/// A program in the app.
fn inner(path: &str, identifier: &str, kind: &str) -> Part {
    let mut part = mac().bundles.remove(0);
    part.path = format!("Example.app/Contents/{path}");
    part.info
        .insert("CFBundleIdentifier".into(), identifier.into());
    part.info.insert("CFBundlePackageType".into(), kind.into());
    let claims = part.entitlements.as_mut().expect("it is a program");
    let own = format!("{}.{identifier}", apps::TEAM);
    claims.insert("com.apple.application-identifier".into(), own.into());
    let profile = crate::testing::profiles::app_store(identifier);
    part.profile = Some(profile.with("Platform", texts(&["OSX"])));
    part
}

/// A framework with its versions apart.
pub fn kit() -> Part {
    let mut kit = apps::framework("Kit");
    kit.path = "Example.app/Contents/Frameworks/Kit.framework".to_owned();
    kit.is_versioned = true;
    kit.images = mac().bundles[0]
        .images
        .iter()
        .map(|image| Image {
            file_type: 6,
            ..image.clone()
        })
        .collect();
    kit
}

/// The app with this framework.
pub fn with_framework(kit: Part) -> Parts {
    let mut parts = mac();
    parts.bundles.insert(0, kit);
    parts
}

fn with(inner: Part) -> Parts {
    let mut parts = mac();
    parts.bundles.insert(0, inner);
    parts
}

/// Every clean package for the Mac.
#[expect(clippy::too_many_lines, reason = "a list: one package a line")]
pub fn all() -> Vec<(&'static str, Pkg)> {
    let app = |change: fn(&mut Part)| {
        let mut parts = mac();
        change(&mut parts.bundles[0]);
        pkg_of(&parts)
    };
    let mut older = pkg_of(&mac());
    older.minimum = None;
    let mut below_root = pkg_of(&mac());
    below_root.location = "/".to_owned();
    below_root.files = below_root
        .files
        .into_iter()
        .map(|(path, content)| (format!("Applications/{path}"), content))
        .collect();
    let mut attributes = pkg_of(&mac());
    attributes.files.insert(
        "Example.app/Contents/._PkgInfo".into(),
        b"\0\x05\x16\x07\0\x02\0\0Mac OS X        ATTR com.apple.lastuseddate".to_vec(),
    );
    let mut blocks = pkg_of(&mac());
    blocks.is_pbzx = true;
    let extension = {
        let mut part = inner("PlugIns/Share.appex", "com.example.app.share", "XPC!");
        let mut point = Dictionary::new();
        let kind = "com.apple.share-services";
        point.insert("NSExtensionPointIdentifier".into(), kind.into());
        part.info
            .insert("NSExtension".into(), Value::Dictionary(point));
        part
    };
    vec![
        ("a Mac app", pkg_of(&mac())),
        ("without a Distribution's minimum", older),
        ("below the root", below_root),
        ("attributes beside a file", attributes),
        ("a payload of blocks", blocks),
        ("a framework of the Mac", pkg_of(&with_framework(kit()))),
        ("an extension of the Mac", pkg_of(&with(extension))),
        (
            "a service",
            pkg_of(&with(inner(
                "XPCServices/Worker.xpc",
                "com.example.app.worker",
                "XPC!",
            ))),
        ),
        (
            "a login item",
            pkg_of(&with(inner(
                "Library/LoginItems/Helper.app",
                "com.example.app.helper",
                "APPL",
            ))),
        ),
        (
            "an icon as a file",
            app(|app| {
                app.info.remove("CFBundleIconName");
                app.info.insert("CFBundleIconFile".into(), "AppIcon".into());
                app.files.insert(
                    "Resources/AppIcon.icns".into(),
                    b"icns\0\0\0\x18ic09\0\0\0\x08ic10\0\0\0\x08".to_vec(),
                );
            }),
        ),
        (
            "Catalyst",
            app(|app| {
                for image in &mut app.images {
                    image.platform = 6;
                    image.minimum_os = images::packed(16, 0);
                }
                app.info
                    .insert("UIDeviceFamily".into(), Value::Array(vec![2.into()]));
            }),
        ),
        (
            "no types of documents",
            app(|app| {
                app.info
                    .insert("CFBundleDocumentTypes".into(), Value::Array(Vec::new()));
            }),
        ),
    ]
}
