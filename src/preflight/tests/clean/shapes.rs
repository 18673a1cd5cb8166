//! Packages by what they hold.

use plist::{Dictionary, Value};

use super::parts::{
    clip, elsewhere, entitled, old_prefix, starred, tablet, texts, watch, wildcard,
};
use crate::testing::apps::{self, APP, Part, Parts};
use crate::testing::catalogues::catalogue;
use crate::testing::images::{self, Image};

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

pub fn everything() -> Parts {
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
    let mut app = apps::app().with("MinimumOSVersion", "17.4");
    app.images = vec![
        images::executable(),
        Image {
            cpu: (0x0100_000c, 2),
            minimum_os: images::packed(17, 4),
            ..images::executable()
        },
    ];
    Parts::new(app, [kit])
}

/// An extension that extends this point.
fn extending(name: &str, point: &str) -> Part {
    let mut own = Dictionary::new();
    own.insert("NSExtensionPointIdentifier".into(), point.into());
    apps::extension(name).with("NSExtension", Value::Dictionary(own))
}

/// The iPhone's part of an app that is for the watch, or of stickers: it is never seen.
fn container(key: &str) -> Part {
    let mut app = apps::app()
        .with("LSApplicationLaunchProhibited", true)
        .with(key, true)
        .without("CFBundleIconName")
        .without("UILaunchScreen");
    app.files.remove("Assets.car");
    app
}

fn watch_alone() -> Parts {
    let watch = watch()
        .with("WKWatchOnly", true)
        .without("WKCompanionAppBundleIdentifier");
    Parts::new(container("ITSWatchOnlyContainer"), [watch])
}

fn old_watch() -> Parts {
    let stub = images::executable().unsigned();
    let watch = watch()
        .with("WKWatchKitApp", true)
        .without("WKApplication")
        .file("_WatchKitStub/WK", &stub);
    Parts::new(apps::app(), [watch]).beside("WatchKitSupport2/WK", &stub)
}

/// Apple's stub is for every watch there was; the extension for those that the app is for.
fn old_watch_of_all_watches() -> Parts {
    let mut parts = old_watch();
    let watch = parts.bundles.last_mut().unwrap();
    watch.images.push(Image {
        cpu: (12, 12),
        ..watch.images[0].clone()
    });
    let identifier = "com.example.app.watchkitapp.face";
    let mut info = extending("Face", "com.apple.watchkit").info;
    info.insert("CFBundleIdentifier".into(), identifier.into());
    let path = format!("{APP}/Watch/Watch.app/PlugIns/Face.appex");
    let mut face = apps::program(&path, identifier, info);
    face.images = super::parts::watch().images;
    parts.bundles.push(face);
    parts
}

fn stickers() -> Parts {
    let pack =
        extending("Stickers", "com.apple.message-payload-provider").file("Assets.car", b"BOMStore");
    let stub = images::executable().unsigned();
    Parts::new(container("MSApplicationIsStickers"), [pack])
        .beside(
            "MessagesApplicationExtensionSupport/MessagesApplicationExtensionStub",
            &stub,
        )
        .beside("MessagesApplicationSupport/MessagesApplicationStub", &stub)
}

fn extensions() -> Parts {
    let web = extending("Web", "com.apple.Safari.web-extension")
        .file("manifest.json", b"{\"manifest_version\": 3}")
        .file("_locales/en/messages.json", b"{}");
    let keyboard = extending("Keyboard", "com.apple.keyboard-service");
    let widget = extending("Widget", "com.apple.widgetkit-extension");
    let notes = extending("Notes", "com.apple.usernotifications.service");
    let mut modern = apps::extension("Modern").without("NSExtension");
    modern.path = format!("{APP}/Extensions/Modern.appex");
    let mut point = Dictionary::new();
    point.insert(
        "EXExtensionPointIdentifier".into(),
        "com.apple.appintents-extension".into(),
    );
    let modern = modern.with("EXAppExtensionAttributes", Value::Dictionary(point));
    Parts::new(apps::app(), [web, keyboard, widget, notes, modern])
}

fn top_shelf() -> Parts {
    let mut shelf = extending("Shelf", "com.apple.tv-top-shelf")
        .with("DTPlatformName", "appletvos")
        .with("CFBundleSupportedPlatforms", texts(&["AppleTVOS"]))
        .with("UIDeviceFamily", Value::Array(vec![3.into()]))
        .image(|image| image.platform = 3);
    shelf.profile = shelf
        .profile
        .map(|profile| profile.with("Platform", texts(&["tvOS"])));
    Parts::new(elsewhere("appletvos", "AppleTVOS", 3, 3), [shelf])
}

fn icons_as_files() -> Part {
    let dictionary = |pairs: &[(&str, Value)]| {
        let mut one = Dictionary::new();
        one.extend(
            pairs
                .iter()
                .map(|(key, value)| ((*key).to_owned(), value.clone())),
        );
        Value::Dictionary(one)
    };
    let icon = |name: &str| dictionary(&[("CFBundleIconFiles", texts(&[name]))]);
    let icons = dictionary(&[
        ("CFBundlePrimaryIcon", icon("AppIcon60x60")),
        (
            "CFBundleAlternateIcons",
            dictionary(&[("Night", icon("Night"))]),
        ),
    ]);
    let mut app = apps::app()
        .with("CFBundleIcons", icons)
        .file("AppIcon60x60@2x.png", &apps::picture(120, 120))
        .file("AppIcon60x60@3x.png", &apps::picture(180, 180))
        .file("Night@2x.png", &apps::picture(120, 120));
    app.files.remove("Assets.car");
    app
}

/// What Xcode leaves beside the app, and what it puts into it, apart from code.
fn beside() -> Parts {
    let strings: Vec<u8> = "\u{feff}\"a\" = \"b\";"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let app = apps::app()
        .file("de.lproj/InfoPlist.strings", &strings)
        .file("OnDemandResources.plist", &apps::binary(&Dictionary::new()))
        .file(
            "OnDemandResources/com.example.levels.assetpack/Info.plist",
            &apps::binary(&Dictionary::new()),
        )
        .file(
            "OnDemandResources/com.example.levels.assetpack/level.dat",
            &[1; 50],
        )
        .file("Metadata.appintents/extract.actionsdata", b"{}")
        .file("Model.mlmodelc/coremldata.bin", &[3; 30])
        .file("Lamp.ttf", b"\0\x01\0\0")
        .with("UIAppFonts", texts(&["Lamp.ttf"]))
        .filled(apps::resources("Kit"));
    Parts::new(app, [apps::framework("Kit")])
        .beside("Symbols/0F0E0D0C-0B0A-4908-8706-050403020100.symbols", b"x")
        .beside(
            "BCSymbolMaps/0F0E0D0C-0B0A-4908-8706-050403020100.bcsymbolmap",
            b"x",
        )
        .beside("iTunesMetadata.plist", b"x")
        .beside(
            "META-INF/com.apple.ZipMetadata.plist",
            &apps::binary(&Dictionary::new()),
        )
}

fn as_text() -> Parts {
    let mut app = apps::app();
    app.is_xml = true;
    let mut kit = apps::framework("Kit");
    kit.is_xml = true;
    Parts::new(app, [kit])
}

/// Every clean `.ipa`, by what it holds.
pub fn all() -> Vec<(&'static str, Parts)> {
    let alone = |app| Parts::new(app, []);
    let drawn = [
        ("AppIcon", 1024, true),
        ("AppIcon", 120, true),
        ("Night", 1024, true),
    ];
    vec![
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
        ("a tablet", alone(tablet(false))),
        ("a tablet's full screen", alone(tablet(true))),
        ("a prefix that is not the team", alone(old_prefix())),
        ("a profile for all apps", alone(wildcard())),
        ("swift's libraries", swift()),
        ("entitlements", alone(entitled())),
        ("entitlements under patterns", alone(starred())),
        ("a watch alone", watch_alone()),
        ("a watch of the old kind", old_watch()),
        (
            "a watch of the old kind for all",
            old_watch_of_all_watches(),
        ),
        ("stickers", stickers()),
        ("extensions", extensions()),
        ("top shelf", top_shelf()),
        ("icons as files", alone(icons_as_files())),
        (
            "icons in a catalogue",
            alone(apps::app().file("Assets.car", &catalogue(&drawn))),
        ),
        ("what lies beside", beside()),
        ("lists as text", as_text()),
    ]
}
