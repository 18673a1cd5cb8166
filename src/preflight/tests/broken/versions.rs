//! Of versions, systems and toolchains.

use plist::{Dictionary, Value};

use super::{Row, alone, image, texts, with};
use crate::preflight::tests::clean::parts::watch;
use crate::testing::{apps, images};

#[expect(clippy::too_many_lines, reason = "a list: one package a line")]
pub(super) fn rows() -> Vec<Row> {
    vec![
        (
            "scenes-missing",
            image(|image| image.sdk = images::packed(27, 0)),
        ),
        (
            "itms-90208",
            with([apps::framework("Kit")
                .with("MinimumOSVersion", "18.0")
                .image(|image| image.minimum_os = images::packed(18, 0))]),
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
            "itms-90870",
            alone(
                apps::app()
                    .without("UILaunchScreen")
                    .with(
                        "UIApplicationSceneManifest",
                        Value::Dictionary(Dictionary::new()),
                    )
                    .image(|image| image.sdk = images::packed(27, 0)),
            ),
        ),
        (
            "itms-90725",
            image(|image| image.sdk = images::packed(18, 5)),
        ),
        (
            "itms-90725",
            alone(apps::app().with("DTPlatformVersion", "18.5")),
        ),
        ("itms-90208", alone(apps::app().without("MinimumOSVersion"))),
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
    ]
}
