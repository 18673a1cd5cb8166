//! Parts that clean packages are made of.

use plist::{Dictionary, Value};

use crate::testing::apps::{self, APP, Part};
use crate::testing::images::{self, Image};

pub fn texts(texts: &[&str]) -> Value {
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
pub fn clip() -> Part {
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

/// The app for another operating system.
pub fn elsewhere(name: &str, supported: &str, platform: u32, family: u32) -> Part {
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

pub fn tablet(full: bool) -> Part {
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

pub fn old_prefix() -> Part {
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

pub fn wildcard() -> Part {
    let mut app = apps::app();
    app.profile = app
        .profile
        .map(|profile| profile.granting("application-identifier", "A1B2C3D4E5.*"));
    app
}

pub fn entitled() -> Part {
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

pub fn starred() -> Part {
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
