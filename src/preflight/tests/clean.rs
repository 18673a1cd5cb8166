use plist::{Dictionary, Value};

use super::{ipa, pkg, said};
use crate::testing::apps::{self, APP, Files, Part, Parts};
use crate::testing::certificates::{self, Certificate};
use crate::testing::images::{self, Image};

fn texts(texts: &[&str]) -> Value {
    Value::Array(texts.iter().map(|text| (*text).into()).collect())
}

/// A privacy manifest for these categories with a reason each.
pub fn manifest(pairs: &[(&str, &str)]) -> Vec<u8> {
    let entries = pairs.iter().map(|(category, reason)| {
        let mut entry = Dictionary::new();
        let category = format!("NSPrivacyAccessedAPICategory{category}");
        entry.insert("NSPrivacyAccessedAPIType".into(), category.into());
        entry.insert("NSPrivacyAccessedAPITypeReasons".into(), texts(&[reason]));
        Value::Dictionary(entry)
    });
    let mut list = Dictionary::new();
    list.insert("NSPrivacyTracking".into(), false.into());
    list.insert("NSPrivacyTrackingDomains".into(), Value::Array(Vec::new()));
    list.insert(
        "NSPrivacyCollectedDataTypes".into(),
        Value::Array(Vec::new()),
    );
    list.insert(
        "NSPrivacyAccessedAPITypes".into(),
        Value::Array(entries.collect()),
    );
    apps::binary(&list)
}

/// A watch app.
pub fn watch() -> Part {
    let identifier = "com.example.app.watchkitapp";
    let mut info = apps::info(identifier, "Watch", "APPL");
    for (key, value) in [
        ("CFBundleIconName", Value::from("AppIcon")),
        ("DTPlatformName", "watchos".into()),
        ("DTSDKName", "watchos26.0".into()),
        ("MinimumOSVersion", "10.0".into()),
        ("WKApplication", true.into()),
        ("WKCompanionAppBundleIdentifier", "com.example.app".into()),
        ("CFBundleSupportedPlatforms", texts(&["WatchOS"])),
        ("UIDeviceFamily", Value::Array(vec![4.into()])),
    ] {
        info.insert(key.to_owned(), value);
    }
    let path = format!("{APP}/Watch/Watch.app");
    let mut part = apps::program(&path, identifier, info);
    let slice = |cpu, low| Image {
        cpu,
        platform: 4,
        minimum_os: images::packed(low, 0),
        encryption: None,
        ..images::executable()
    };
    part.images = vec![slice((0x0200_000c, 1), 10), slice((0x0100_000c, 0), 10)];
    part.file("Assets.car", b"BOMStore")
}

/// An App Clip.
fn clip() -> Part {
    let identifier = "com.example.app.Clip";
    let info = apps::app().info;
    let mut info: Dictionary = info.into_iter().collect();
    info.insert("CFBundleIdentifier".into(), identifier.into());
    info.insert("CFBundleExecutable".into(), "Clip".into());
    let path = format!("{APP}/AppClips/Clip.app");
    apps::program(&path, identifier, info)
        .entitled("com.apple.developer.on-demand-install-capable", true)
        .entitled(
            "com.apple.developer.parent-application-identifiers",
            texts(&["A1B2C3D4E5.com.example.app"]),
        )
}

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

/// The app for another operating system.
fn elsewhere(name: &str, supported: &str, platform: u32, family: u32) -> Part {
    let profile_platform = match name {
        "appletvos" => "tvOS",
        _ => "xrOS",
    };
    let mut part = apps::app()
        .with("DTPlatformName", name)
        .with("CFBundleSupportedPlatforms", texts(&[supported]))
        .with("UIDeviceFamily", Value::Array(vec![family.into()]))
        .without("CFBundleIconName")
        .image(|image| image.platform = platform);
    part.profile = part
        .profile
        .map(|profile| profile.with("Platform", texts(&[profile_platform])));
    part
}

fn flutter() -> Parts {
    let engine = apps::framework("Flutter")
        .image(|image| {
            image.imports.extend([
                "_mach_absolute_time".into(),
                "_OBJC_CLASS_$_NSUserDefaults".into(),
            ]);
            image
                .selectors
                .push("registerForRemoteNotifications".into());
        })
        .file("icudtl.dat", &[1; 5_000])
        .file(
            "PrivacyInfo.xcprivacy",
            &manifest(&[("SystemBootTime", "35F9.1"), ("UserDefaults", "CA92.1")]),
        );
    let code = apps::framework("App")
        .with("CFBundleIdentifier", "io.flutter.flutter.app")
        .file("flutter_assets/AssetManifest.bin", b"\x0d\0")
        .file("flutter_assets/.env", b"A=1");
    let app = apps::app().image(|image| {
        image.dylibs.push("@rpath/Flutter.framework/Flutter".into());
        image.dylibs.push("@rpath/App.framework/App".into());
    });
    Parts::new(app, [code, engine])
}

fn tablet(full: bool) -> Part {
    let orientations: Vec<String> = [
        "Portrait",
        "PortraitUpsideDown",
        "LandscapeLeft",
        "LandscapeRight",
    ]
    .iter()
    .map(|name| format!("UIInterfaceOrientation{name}"))
    .collect();
    let names: Vec<&str> = orientations.iter().map(String::as_str).collect();
    let app = apps::app()
        .with("UIDeviceFamily", Value::Array(vec![1.into(), 2.into()]))
        .without("UILaunchScreen")
        .with("UILaunchStoryboardName", "LaunchScreen")
        .file(
            "Base.lproj/LaunchScreen.storyboardc/Info.plist",
            &apps::binary(&Dictionary::new()),
        );
    if full {
        app.with("UIRequiresFullScreen", true)
            .with("UISupportedInterfaceOrientations", texts(&names[..1]))
    } else {
        app.with("UISupportedInterfaceOrientations", texts(&names[..1]))
            .with("UISupportedInterfaceOrientations~ipad", texts(&names))
    }
}

fn old_prefix() -> Part {
    let mut app = apps::app();
    let own = "Z9Y8X7W6V5.com.example.app";
    let groups = texts(&["Z9Y8X7W6V5.*"]);
    app.profile = app.profile.map(|profile| {
        profile
            .with("ApplicationIdentifierPrefix", texts(&["Z9Y8X7W6V5"]))
            .granting("application-identifier", own)
            .granting("keychain-access-groups", groups)
    });
    app.claiming("application-identifier", own).claiming(
        "keychain-access-groups",
        texts(&["Z9Y8X7W6V5.com.example.shared"]),
    )
}

fn wildcard() -> Part {
    let mut app = apps::app();
    app.profile = app
        .profile
        .map(|profile| profile.granting("application-identifier", "A1B2C3D4E5.*"));
    app
}

fn swift() -> Parts {
    let library = images::library().unsigned();
    let app = apps::app();
    let signed = |bytes: &[u8]| bytes.to_vec();
    let mut parts = Parts::new(app, []).beside(
        "SwiftSupport/iphoneos/libswift_Concurrency.dylib",
        &signed(&library),
    );
    parts.bundles[0]
        .files
        .insert("Frameworks/libswift_Concurrency.dylib".into(), library);
    parts
}

fn entitled() -> Part {
    apps::app()
        .entitled("aps-environment", "production")
        .entitled(
            "com.apple.developer.associated-domains",
            texts(&["applinks:example.com"]),
        )
        .entitled(
            "com.apple.security.application-groups",
            texts(&["group.com.example"]),
        )
        .image(|image| {
            image
                .selectors
                .push("registerForRemoteNotifications".into());
        })
}

fn starred() -> Part {
    let mut app = entitled();
    app.profile = app.profile.map(|profile| {
        profile
            .granting("com.apple.developer.associated-domains", "*")
            .granting("com.apple.developer.icloud-services", "*")
            .granting(
                "com.apple.developer.icloud-container-environment",
                texts(&["Production", "Development"]),
            )
    });
    app.claiming("com.apple.developer.icloud-services", texts(&["CloudKit"]))
        .claiming(
            "com.apple.developer.icloud-container-environment",
            "Production",
        )
}

fn everything() -> Parts {
    let kit = apps::framework("Kit");
    let mut own = apps::framework("Kit");
    own.path = format!("{APP}/Watch/Watch.app/Frameworks/Kit.framework");
    own.images = watch()
        .images
        .into_iter()
        .map(|image| Image {
            file_type: 6,
            ..image
        })
        .collect();
    own = own.with("MinimumOSVersion", "10.0");
    let named = "com.apple.developer.associated-appclip-app-identifiers";
    let app = apps::app().entitled(named, texts(&["A1B2C3D4E5.com.example.app.Clip"]));
    Parts::new(
        app,
        [
            kit,
            own,
            watch(),
            clip(),
            apps::extension("Share"),
            apps::extension("Widgets"),
        ],
    )
}

fn universal() -> Parts {
    let mut kit = apps::framework("Kit");
    kit.images = vec![
        images::library(),
        Image {
            cpu: (0x0100_000c, 2),
            minimum_os: images::packed(17, 4),
            ..images::library()
        },
    ];
    kit = kit.with("MinimumOSVersion", "17.4");
    Parts::new(apps::app(), [kit])
}

/// Layouts that other tools make: many loose files, resource bundles, empty folders, odd names.
fn layouts() -> Vec<(&'static str, Parts)> {
    let react = apps::app()
        .file("main.jsbundle", b"var a;")
        .file("assets/node_modules/x/icon.png", &apps::picture(3, 3))
        .filled(apps::resources("RCTI18nStrings"))
        .image(|image| image.imports.push("_stat".into()))
        .file(
            "PrivacyInfo.xcprivacy",
            &manifest(&[("FileTimestamp", "C617.1")]),
        );
    let unity = apps::app()
        .file("Data/Raw/a.bundle", b"UnityFS\0")
        .file("Data/Managed/Metadata/global-metadata.dat", &[0xaf; 100])
        .file("Data/level0", &[0; 64]);
    let godot = apps::app()
        .file("Example.pck", b"GDPC")
        .with("CFBundleVersion", "1.0.0");
    let capacitor = apps::app()
        .file("public/index.html", b"<html>")
        .file("public/cordova_plugins.js", b"")
        .file("capacitor.config.json", b"{}")
        .with("UIRequiredDeviceCapabilities", texts(&["armv7"]));
    let maui = apps::app()
        .file("System.Private.CoreLib.dll", b"MZ\x90\0")
        .file("Example.aotdata.arm64", &[1; 20])
        .file("runtimeconfig.bin", &[2; 20]);
    let odd: Files = [
        ("Größe.txt", "a"),
        ("a b/c (1).json", "{}"),
        ("noending", "text"),
        ("Java.class", "\u{ca}"),
        ("Settings.bundle/Root.plist", "<plist><dict/></plist>"),
    ]
    .into_iter()
    .map(|(name, content)| (name.to_owned(), content.as_bytes().to_vec()))
    .collect();
    vec![
        (
            "react native",
            Parts::new(
                react,
                [apps::framework("hermes").file("PrivacyInfo.xcprivacy", &manifest(&[]))],
            ),
        ),
        ("unity", Parts::new(unity, [])),
        ("godot", Parts::new(godot, [])),
        ("capacitor", Parts::new(capacitor, [])),
        ("maui", Parts::new(maui, [])),
        ("odd names", Parts::new(apps::app().filled(odd), [])),
    ]
}

/// Every clean `.ipa`.
pub fn all() -> Vec<(&'static str, Parts)> {
    let alone = |app| Parts::new(app, []);
    let mut all = vec![
        ("an app", alone(apps::app())),
        (
            "a framework and an extension",
            Parts::new(
                apps::app(),
                [apps::framework("Kit"), apps::extension("Share")],
            ),
        ),
        ("everything", everything()),
        ("a universal framework", universal()),
        ("tvOS", alone(elsewhere("appletvos", "AppleTVOS", 3, 3))),
        ("visionOS", alone(elsewhere("xros", "XROS", 11, 7))),
        ("flutter", flutter()),
        ("a tablet", alone(tablet(false))),
        ("a tablet's full screen", alone(tablet(true))),
        ("a prefix that is not the team", alone(old_prefix())),
        ("a profile for all apps", alone(wildcard())),
        ("swift's libraries", swift()),
        ("entitlements", alone(entitled())),
        ("entitlements under patterns", alone(starred())),
    ];
    all.extend(layouts());
    all
}

#[test]
fn a_package_that_nothing_is_wrong_with_gives_nothing() {
    let faults: Vec<String> = all()
        .iter()
        .flat_map(|(name, parts)| {
            let said = said(&ipa(&parts.ipa()));
            said.into_iter().map(move |line| format!("{name}: {line}"))
        })
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_pkg_that_nothing_is_wrong_with_gives_nothing() {
    let bytes = apps::pkg(&mac().files(), "com.example.app", &[installer()]);
    assert_eq!(said(&pkg(&bytes)), Vec::<String>::new());
}
