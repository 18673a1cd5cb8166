//! Of keys of Info.plists.

use plist::{Dictionary, Value};

use super::{Row, alone, dictionary, texts, with};
use crate::testing::apps::{self, Part};

fn tablet() -> Part {
    apps::app().with("UIDeviceFamily", Value::Array(vec![2.into()]))
}

#[expect(clippy::too_many_lines, reason = "a list: one package a line")]
pub(super) fn rows() -> Vec<Row> {
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
    vec![
        (
            "itms-90360",
            with([apps::extension("Share").without("CFBundleDisplayName")]),
        ),
        (
            "itms-90738",
            alone(
                apps::app()
                    .with("NSCameraUsageDescription", "for codes")
                    .file(
                        "de.lproj/InfoPlist.strings",
                        b"/* empty */\n\"NSCameraUsageDescription\" = \"\";\n",
                    ),
            ),
        ),
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
        ("itms-90713", alone(apps::app().without("CFBundleIconName"))),
        (
            "itms-90361",
            with([apps::extension("Share").with(
                "NSExtension",
                dictionary(&[("NSExtensionPointIdentifier", 4.into())]),
            )]),
        ),
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
            "itms-90689",
            with([apps::framework("Kit").with("UIRequiredDeviceCapabilities", texts(&["arm64"]))]),
        ),
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
