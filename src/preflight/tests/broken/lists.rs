//! Of the structure and the Info.plists.

use plist::{Dictionary, Value};

use super::{Broken, Row, alone, dictionary, image, program_as, texts, with};
use crate::preflight::tests::clean::parts::watch;
use crate::testing::apps::{self, APP, Part, Parts};
use crate::testing::{certificates, images};

/// Swift's library, signed by the team, at both its places.
fn resigned() -> Broken {
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
    let library = images::library().signed(&signing);
    let app = apps::app().file("Frameworks/libswiftCore.dylib", &library);
    Broken::Parts(Parts::new(app, []).beside("SwiftSupport/iphoneos/libswiftCore.dylib", &library))
}

fn nested(bundle: &str) -> Part {
    let mut kit = apps::framework("Inner");
    kit.path = format!("{APP}/{bundle}/Inner.framework");
    kit
}

fn tablet() -> Part {
    apps::app().with("UIDeviceFamily", Value::Array(vec![2.into()]))
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
    let kind = |pairs: &[(&str, Value)]| {
        let mut one = Dictionary::new();
        one.extend(
            pairs
                .iter()
                .map(|(key, value)| ((*key).to_owned(), value.clone())),
        );
        Value::Array(vec![Value::Dictionary(one)])
    };
    let document = apps::app().with(
        "CFBundleDocumentTypes",
        kind(&[("CFBundleTypeName", "Chart".into())]),
    );
    let mut icon = Dictionary::new();
    icon.insert("CFBundleIconFiles".into(), texts(&["AppIcon60x60"]));
    let mut icons = Dictionary::new();
    icons.insert("CFBundlePrimaryIcon".into(), Value::Dictionary(icon));
    let mut unlisted = apps::app().with("CFBundleIcons", Value::Dictionary(icons));
    unlisted.files.remove("Assets.car");
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
        ("itms-90433", resigned()),
        (
            "file-left-behind",
            alone(apps::app().file("keys/AuthKey.p8", b"x")),
        ),
        (
            "itms-90060",
            with([apps::framework("Kit").with("CFBundleShortVersionString", "5.0.0-beta1")]),
        ),
        (
            "itms-90060",
            alone(apps::app().with("CFBundleShortVersionString", "1.4.0.1")),
        ),
        (
            "itms-90058",
            with([apps::framework("Kit").with("CFBundleVersion", "1.0 ")]),
        ),
        (
            "itms-90058",
            alone(apps::app().with("CFBundleVersion", "1.2.3.4")),
        ),
        (
            "itms-90056",
            with([apps::framework("Kit").without("CFBundleVersion")]),
        ),
        (
            "itms-90057",
            with([apps::framework("Kit").without("CFBundleShortVersionString")]),
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
        (
            "itms-90360",
            with([apps::framework("Kit").without("MinimumOSVersion")]),
        ),
        (
            "itms-90530",
            with([apps::framework("Kit").with("MinimumOSVersion", "")]),
        ),
        (
            "itms-90208",
            with([apps::framework("Kit").with("MinimumOSVersion", "15.0")]),
        ),
        (
            "itms-90473",
            with([apps::extension("Share").with("CFBundleVersion", "41")]),
        ),
        ("itms-90379", with([watch().with("CFBundleVersion", "41")])),
        (
            "itms-90474",
            alone(tablet().with(
                "UISupportedInterfaceOrientations",
                texts(&["UIInterfaceOrientationPortrait"]),
            )),
        ),
        ("itms-90475", alone(tablet().without("UILaunchScreen"))),
        (
            "itms-90476",
            alone(
                tablet()
                    .without("UILaunchScreen")
                    .with("UILaunchStoryboardName", "LaunchScreen"),
            ),
        ),
        (
            "itms-90870",
            alone(
                apps::app()
                    .without("UILaunchScreen")
                    .image(|image| image.sdk = images::packed(27, 0)),
            ),
        ),
        ("itms-90713", alone(apps::app().without("CFBundleIconName"))),
        ("itms-90032", alone(unlisted)),
        (
            "itms-90771",
            alone(apps::app().with("UIBackgroundModes", texts(&["processing"]))),
        ),
        (
            "itms-90112",
            alone(apps::app().with("UIBackgroundModes", texts(&["lamp"]))),
        ),
        (
            "itms-90738",
            alone(apps::app().with("NSCameraUsageDescription", " ")),
        ),
        (
            "purpose-string-draft",
            alone(apps::app().with("NSCameraUsageDescription", "TODO: say why")),
        ),
        (
            "itms-90158",
            alone(apps::app().with(
                "CFBundleURLTypes",
                kind(&[("CFBundleURLSchemes", texts(&["my_app"]))]),
            )),
        ),
        (
            "itms-90737",
            alone(document.clone().with(
                "CFBundleDocumentTypes",
                kind(&[("LSHandlerRank", "Owner".into())]),
            )),
        ),
        (
            "itms-90788",
            alone(document.with("LSSupportsOpeningDocumentsInPlace", false)),
        ),
        (
            "itms-90725",
            image(|image| image.sdk = images::packed(18, 5)),
        ),
        (
            "itms-90068",
            alone(
                apps::app()
                    .with("MinimumOSVersion", "13.0")
                    .image(|image| image.minimum_os = images::packed(13, 0)),
            ),
        ),
        (
            "itms-90534",
            alone(apps::app().with("DTXcodeBuild", "17A5241e")),
        ),
        (
            "itms-90111",
            alone(apps::app().with("BuildMachineOSBuild", "25A5279m")),
        ),
        (
            "itms-90512",
            with([apps::framework("Kit").image(|image| image.sdk = images::packed(94, 0))]),
        ),
        ("itms-90535", alone(apps::app().filled(resources))),
        ("itms-90542", alone(apps::app().filled(simulated))),
        (
            "itms-90689",
            with([apps::framework("Kit").with("UIRequiredDeviceCapabilities", texts(&["arm64"]))]),
        ),
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
        (
            "itms-90039",
            alone(apps::app().with("CFBundleIcons", "AppIcon")),
        ),
        (
            "itms-90039",
            alone(apps::app().with("NSCameraUsageDescription", true)),
        ),
        (
            "itms-90361",
            with([apps::extension("Share").with("UIBackgroundModes", "audio")]),
        ),
        ("itms-90784", alone(apps::app().without("CFBundleName"))),
        ("itms-90784", alone(apps::app().with("CFBundleName", " "))),
        (
            "itms-90783",
            with([apps::extension("Share").with("CFBundleDisplayName", "")]),
        ),
        ("itms-90507", alone(apps::app().without("DTPlatformName"))),
        (
            "itms-90508",
            alone(apps::app().with("DTPlatformName", "lampos")),
        ),
        (
            "itms-91169",
            alone(apps::app().with("DTPlatformName", "iphonesimulator")),
        ),
        (
            "itms-91169",
            alone(apps::app().with("CFBundleSupportedPlatforms", texts(&["iPhoneSimulator"]))),
        ),
        (
            "itms-90100",
            alone(apps::app().with("UIDeviceFamily", Value::Array(vec![1.into(), 9.into()]))),
        ),
        (
            "itms-90098",
            alone(apps::app().with("UIRequiredDeviceCapabilities", texts(&["armv64"]))),
        ),
        (
            "itms-90098",
            alone(
                apps::app()
                    .with("MinimumOSVersion", "16.0")
                    .with(
                        "UIRequiredDeviceCapabilities",
                        texts(&["arm64", "iphone-performance-gaming-tier"]),
                    )
                    .image(|image| image.minimum_os = images::packed(16, 0)),
            ),
        ),
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
        (
            "itms-90592",
            alone(
                apps::app()
                    .with("ITSAppUsesNonExemptEncryption", true)
                    .with("ITSEncryptionExportComplianceCode", ""),
            ),
        ),
        (
            "itms-90339",
            alone(apps::app().with("CFBundleResourceSpecification", "ResourceRules.plist")),
        ),
        (
            "itms-90853",
            alone(
                apps::app()
                    .with("UIAppFonts", texts(&["Lamp.woff2"]))
                    .file("Lamp.woff2", b"wOF2"),
            ),
        ),
        ("itms-90474", alone(tablet())),
    ]
}
