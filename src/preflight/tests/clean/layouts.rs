//! Layouts that other tools make: many loose files, folders of resources, odd names.

use super::parts::{manifest, texts};
use crate::testing::apps::{self, Files, Parts};

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

/// Every layout.
pub fn layouts() -> Vec<(&'static str, Parts)> {
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
        ("flutter", flutter()),
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
