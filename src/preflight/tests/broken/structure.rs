//! Of the structure: what lies where.

use plist::{Dictionary, Value};

use super::{Broken, Row, alone, dictionary, program_as, texts, with};
use crate::preflight::tests::clean::parts::watch;
use crate::testing::apps::{self, APP, Part, Parts};
use crate::testing::{certificates, images};

/// Swift's library at both its places: signed by the team, or the same name for two builds.
fn swift(is_resigned: bool, is_other: bool) -> Broken {
    let signing = images::Signing {
        identifier: "libswiftCore".to_owned(),
        team: apps::TEAM.to_owned(),
        entitlements: None,
        other_der: None,
        signer: Some(certificates::distribution(apps::TEAM)),
        info: None,
        seal: None,
        executable_flags: 0,
        is_stamped: false,
    };
    let library = |uuid: u8| {
        let mut image = images::library();
        image.uuid = Some([uuid; 16]);
        if is_resigned {
            image.signed(&signing)
        } else {
            image.unsigned()
        }
    };
    let app = apps::app().file("Frameworks/libswiftCore.dylib", &library(1));
    let copy = library(if is_other { 2 } else { 1 });
    Broken::Parts(Parts::new(app, []).beside("SwiftSupport/iphoneos/libswiftCore.dylib", &copy))
}

fn nested(bundle: &str) -> Part {
    let mut kit = apps::framework("Inner");
    kit.path = format!("{APP}/{bundle}/Inner.framework");
    kit
}

/// An app with the symbols of its code, and of other code.
fn symbols() -> Broken {
    let app = apps::app().image(|image| image.uuid = Some([0xab; 16]));
    let own = "ABABABAB-ABAB-ABAB-ABAB-ABABABABABAB";
    let other = "0A1B2C3D-1111-2222-3333-444455556666";
    let parts = Parts::new(app, []).beside(&format!("Symbols/{own}.symbols"), b"x");
    Broken::Parts(parts.beside(&format!("Symbols/{other}.symbols"), b"x"))
}

/// Stickers without Apple's stub.
fn stickers() -> Broken {
    let point = "com.apple.message-payload-provider";
    let point = dictionary(&[("NSExtensionPointIdentifier", point.into())]);
    let app = apps::app().with("LSApplicationLaunchProhibited", true);
    let stickers = apps::extension("Stickers").with("NSExtension", point);
    Broken::Parts(Parts::new(app, [stickers]))
}

/// An extension that takes everything.
fn takes_everything() -> Part {
    apps::extension("Share").with(
        "NSExtension",
        dictionary(&[
            (
                "NSExtensionPointIdentifier",
                "com.apple.share-services".into(),
            ),
            (
                "NSExtensionAttributes",
                dictionary(&[("NSExtensionActivationRule", "TRUEPREDICATE".into())]),
            ),
        ]),
    )
}

#[expect(clippy::too_many_lines, reason = "a list: one package a line")]
pub(super) fn rows() -> Vec<Row> {
    let library = images::library().unsigned();
    let mut stray = apps::extension("Share");
    stray.path = format!("{APP}/Share.appex");
    let modern = apps::extension("Glow").with(
        "EXAppExtensionAttributes",
        Value::Dictionary(Dictionary::new()),
    );
    let mut resources = apps::resources("Kit");
    let list = resources.get_mut("Kit.bundle/Info.plist").unwrap();
    let mut info = crate::property_list::parse(list).unwrap();
    info.insert("CFBundleExecutable".into(), "Kit".into());
    *list = apps::binary(&info);
    let mut simulated = apps::resources("Kit");
    info.remove("CFBundleExecutable");
    info.insert(
        "CFBundleSupportedPlatforms".into(),
        texts(&["iPhoneSimulator"]),
    );
    simulated.insert("Kit.bundle/Info.plist".into(), apps::binary(&info));
    vec![
        (
            "itms-90047",
            alone(apps::app().file("archived-expanded-entitlements.xcent", b"<plist/>")),
        ),
        (
            "itms-90047",
            alone(apps::app().file("iTunesMetadata.plist", b"x")),
        ),
        (
            "itms-90048",
            Broken::Parts(
                Parts::new(apps::app(), []).beside("__MACOSX/Payload/._Example.app", b"x"),
            ),
        ),
        (
            "itms-90171",
            alone(apps::app().file("Frameworks/libhelper.dylib", &library)),
        ),
        (
            "itms-90171",
            alone(
                apps::app()
                    .filled(apps::resources("Kit"))
                    .file("Kit.bundle/tool", &library),
            ),
        ),
        (
            "itms-90171",
            alone(apps::app().file("libhelper.a", b"!<arch>\nx")),
        ),
        (
            "itms-90205",
            with([nested("Frameworks/Kit.framework"), apps::framework("Kit")]),
        ),
        (
            "itms-90206",
            with([
                nested("PlugIns/Share.appex/Frameworks"),
                apps::extension("Share"),
            ]),
        ),
        (
            "itms-90685",
            with([
                apps::framework("Kit"),
                apps::framework("Other").with("CFBundleIdentifier", "com.example.kit"),
            ]),
        ),
        (
            "itms-90347",
            with([program_as(
                "PlugIns/Share.appex",
                "com.example.share",
                "Share",
            )]),
        ),
        (
            "itms-90347",
            with([program_as(
                "PlugIns/Share.appex",
                "com.example.app.a.b",
                "Share",
            )]),
        ),
        (
            "watch-app-identifier",
            with([watch().with("WKCompanionAppBundleIdentifier", "com.example.other")]),
        ),
        (
            "itms-90183",
            alone(apps::app().with("CFBundlePackageType", "FMWK")),
        ),
        (
            "itms-90426",
            alone(apps::app().file("Frameworks/libswiftCore.dylib", &library)),
        ),
        (
            "itms-90424",
            Broken::Parts(
                Parts::new(
                    apps::app().file("Frameworks/libswiftCore.dylib", &library),
                    [],
                )
                .beside("SwiftSupport/iphoneos/libswiftUIKit.dylib", &library),
            ),
        ),
        (
            "file-names-alike",
            alone(apps::app().file("Map.json", b"1").file("map.json", b"2")),
        ),
        ("itms-90433", swift(true, false)),
        ("itms-90428", swift(false, true)),
        ("itms-90381", symbols()),
        ("itms-90633", stickers()),
        (
            "itms-90206",
            with([apps::framework("Kit").file("Frameworks/notes.txt", b"x")]),
        ),
        (
            "itms-90183",
            alone(apps::app().without("CFBundlePackageType")),
        ),
        (
            "itms-90596",
            alone(apps::app().file("Assets.car", b"version https://git-lfs")),
        ),
        (
            "itms-90596",
            with([apps::framework("Kit").file("Assets.car", b"")]),
        ),
        (
            "file-left-behind",
            alone(apps::app().file("keys/AuthKey.p8", b"x")),
        ),
        (
            "itms-90207",
            alone(apps::app().file(
                "Frameworks/Empty.framework/Info.plist",
                &apps::binary(&apps::info("com.example.empty", "Empty", "FMWK")),
            )),
        ),
        (
            "itms-90121",
            with([apps::framework("Kit (Dev)").with("CFBundleIdentifier", "com.example.kit")]),
        ),
        (
            "itms-90036",
            alone(apps::app().file("Frameworks/Bare.framework/data.txt", b"x")),
        ),
        (
            "itms-90049",
            with([apps::framework("Kit").with("CFBundleIdentifier", "com.example.kit_one")]),
        ),
        ("itms-90535", alone(apps::app().filled(resources))),
        ("itms-90542", alone(apps::app().filled(simulated))),
        (
            "itms-90348",
            with([
                apps::extension("Share").with("NSExtension", Value::Dictionary(Dictionary::new()))
            ]),
        ),
        ("itms-90680", with([stray])),
        ("itms-91179", with([modern])),
        (
            "itms-90047",
            alone(apps::app().file("Entitlements.plist", b"<plist/>")),
        ),
        (
            "file-left-behind",
            alone(apps::app().file("certs/push-key.pem", b"x")),
        ),
        ("file-left-behind", alone(apps::app().file(".env", b"A=1"))),
        (
            "file-left-behind",
            alone(apps::app().file("images/.DS_Store", b"x")),
        ),
        ("itms-90071", alone(apps::app().file("CodeResources", b"x"))),
        ("itms-90362", with([takes_everything()])),
        (
            "itms-90363",
            with([apps::extension("Share").with(
                "NSExtension",
                dictionary(&[
                    (
                        "NSExtensionPointIdentifier",
                        "com.apple.share-services".into(),
                    ),
                    ("NSExtensionPointName", "share".into()),
                ]),
            )]),
        ),
        (
            "itms-90349",
            with([apps::extension("Share").with(
                "NSExtension",
                dictionary(&[("NSExtensionPointIdentifier", "com.apple.lamp".into())]),
            )]),
        ),
        (
            "itms-90640",
            alone(apps::app().with("UIApplicationShortcutWidget", "com.example.app.none")),
        ),
    ]
}
