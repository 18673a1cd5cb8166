//! Of code and privacy manifests.

use plist::{Dictionary, Value};

use super::{Broken, Row, alone, dictionary, image, importing, texts, with};
use crate::preflight::tests::clean::parts::{manifest, watch};
use crate::testing::apps::{self, Part, Parts};
use crate::testing::images::{self, Image};

fn privacy(change: impl FnOnce(&mut Dictionary)) -> Vec<u8> {
    let bytes = manifest(&[("UserDefaults", "CA92.1")]);
    let mut list = crate::property_list::parse(&bytes).unwrap();
    change(&mut list);
    apps::binary(&list)
}

fn in_bundle(manifest: &[u8]) -> Part {
    apps::app()
        .filled(apps::resources("Kit"))
        .file("Kit.bundle/PrivacyInfo.xcprivacy", manifest)
}

/// A framework with code for arm64e: lowest system and SDK.
fn signed_pointers(low: u32, minor: u32, sdk: u32, sdk_minor: u32) -> Part {
    let mut kit = apps::framework("Kit").with("MinimumOSVersion", format!("{low}.{minor}"));
    kit.images = vec![Image {
        cpu: (0x0100_000c, 2),
        minimum_os: images::packed(low, minor),
        sdk: images::packed(sdk, sdk_minor),
        ..images::library()
    }];
    kit.images.insert(0, images::library());
    kit
}

/// An app for iOS 17.4.
fn later() -> Part {
    apps::app()
        .with("MinimumOSVersion", "17.4")
        .image(|image| image.minimum_os = images::packed(17, 4))
}

/// An app with code for arm64e too.
fn pointing() -> Part {
    let mut app = later();
    app.images.push(Image {
        cpu: (0x0100_000c, 2),
        minimum_os: images::packed(17, 4),
        ..images::executable()
    });
    app
}

/// An app with code for 32 bits beside the usual.
fn narrow_too() -> Part {
    let mut app = apps::app();
    app.images.push(Image {
        cpu: (12, 9),
        ..images::executable()
    });
    app
}

/// A manifest whose collected data has a type and nothing else.
fn half_collected() -> Vec<u8> {
    let kind = "NSPrivacyCollectedDataTypeName";
    let entry = dictionary(&[("NSPrivacyCollectedDataType", kind.into())]);
    let mut list = Dictionary::new();
    list.insert(
        "NSPrivacyCollectedDataTypes".into(),
        Value::Array(vec![entry]),
    );
    apps::binary(&list)
}

#[expect(clippy::too_many_lines, reason = "a list: one package a line")]
pub(super) fn rows() -> Vec<Row> {
    let mut fat = apps::framework("Kit");
    fat.images.push(Image {
        cpu: (0x0100_0007, 3),
        platform: 7,
        ..images::library()
    });
    let mut narrow = apps::framework("Kit");
    narrow.images = vec![Image {
        cpu: (12, 9),
        ..images::library()
    }];
    let mut old_watch = watch();
    old_watch.images.truncate(1);
    let mut early = apps::framework("Kit");
    early.images.push(Image {
        cpu: (0x0100_000c, 2),
        ..images::library()
    });
    let manifest = |change: fn(&mut Dictionary)| {
        alone(apps::app().file("PrivacyInfo.xcprivacy", &privacy(change)))
    };
    let bundled = |change: fn(&mut Dictionary)| alone(in_bundle(&privacy(change)));
    let api = |category: &str, reason: &str| {
        let mut entry = Dictionary::new();
        entry.insert("NSPrivacyAccessedAPIType".into(), category.into());
        entry.insert("NSPrivacyAccessedAPITypeReasons".into(), texts(&[reason]));
        Value::Array(vec![Value::Dictionary(entry)])
    };
    let key = "NSPrivacyAccessedAPITypes";
    let mut unknown = Dictionary::new();
    unknown.insert(key.into(), api("FileTimestamp", "C617.1"));
    let mut unfit = Dictionary::new();
    unfit.insert(
        key.into(),
        api("NSPrivacyAccessedAPICategoryDiskSpace", "CA92.1"),
    );
    let (unknown, unfit) = (apps::binary(&unknown), apps::binary(&unfit));
    let mut record = Dictionary::new();
    record.insert("signed".into(), false.into());
    vec![
        (
            "itms-90809",
            image(|image| image.texts.push("UIWebView".into())),
        ),
        ("itms-90683", importing("_OBJC_CLASS_$_LAContext")),
        (
            "itms-91056",
            alone(apps::app().file("PrivacyInfo.xcprivacy", &half_collected())),
        ),
        ("itms-90087", with([fat])),
        (
            "itms-91169",
            with([apps::framework("Kit").image(|image| image.platform = 7)]),
        ),
        (
            "itms-90482",
            with([apps::framework("Kit").image(|image| image.segments.push(("__LLVM".into(), 1)))]),
        ),
        (
            "itms-90124",
            with([apps::framework("Kit").image(|image| image.file_type = 2)]),
        ),
        ("itms-90125", image(|image| image.encryption = None)),
        (
            "itms-90125",
            with([apps::framework("Kit").image(|image| image.encryption = Some(1))]),
        ),
        ("itms-90080", image(|image| image.flags = 0x85)),
        (
            "itms-90999",
            with([apps::framework("Kit").image(|image| image.segments.push(("__RUST".into(), 5)))]),
        ),
        ("itms-90635", with([narrow])),
        ("itms-91010", Broken::Parts(Parts::new(pointing(), [early]))),
        ("itms-90733", with([old_watch])),
        ("itms-90809", importing("_OBJC_CLASS_$_UIWebView")),
        ("itms-90338", importing("_MGCopyAnswer")),
        (
            "itms-90338",
            image(|image| {
                image
                    .dylibs
                    .push("/System/Library/PrivateFrameworks/Lamp.framework/Lamp".into());
            }),
        ),
        (
            "itms-90562",
            image(|image| image.dylibs.push("@rpath/Lost.framework/Lost".into())),
        ),
        (
            "itms-91056",
            manifest(|list| {
                list.insert("NSPrivacyTracking".into(), "no".into());
            }),
        ),
        (
            "itms-91056",
            manifest(|list| {
                list.insert("Lamp".into(), true.into());
            }),
        ),
        (
            "itms-91054",
            alone(apps::app().file("PrivacyInfo.xcprivacy", &unknown)),
        ),
        (
            "itms-91055",
            alone(apps::app().file("PrivacyInfo.xcprivacy", &unfit)),
        ),
        (
            "itms-91064",
            manifest(|list| {
                list.insert("NSPrivacyTrackingDomains".into(), texts(&[""]));
            }),
        ),
        (
            "itms-91108",
            bundled(|list| {
                list.insert("Lamp".into(), true.into());
            }),
        ),
        ("itms-91105", alone(in_bundle(&unknown))),
        ("itms-91106", alone(in_bundle(&unfit))),
        (
            "itms-91107",
            bundled(|list| {
                list.insert("NSPrivacyTrackingDomains".into(), texts(&["a.example"]));
            }),
        ),
        ("itms-91053", importing("_mach_absolute_time")),
        (
            "itms-91053",
            with([apps::framework("Kit").image(|image| image.imports.push("_stat".into()))]),
        ),
        ("itms-91061", with([apps::framework("Alamofire")])),
        (
            "itms-91065",
            Broken::Parts(Parts::new(apps::app(), []).beside(
                "Signatures/Alamofire.xcframework-ios.signature",
                &apps::binary(&record),
            )),
        ),
        ("itms-90683", importing("_OBJC_CLASS_$_AVCaptureDevice")),
        (
            "itms-90683",
            with([apps::framework("Kit")
                .image(|image| image.imports.push("_OBJC_CLASS_$_CLLocationManager".into()))]),
        ),
        ("itms-90683", importing("_OBJC_CLASS_$_CNContactStore")),
        (
            "itms-91053",
            image(|image| image.selectors.push("activeInputModes".into())),
        ),
        (
            "itms-90683",
            image(|image| {
                let library = "/System/Library/Frameworks/CoreBluetooth.framework/CoreBluetooth";
                image.dylibs.push(library.into());
            }),
        ),
        (
            "itms-90683",
            importing("_OBJC_CLASS_$_UIImagePickerController"),
        ),
        (
            "itms-91011",
            Broken::Parts(Parts::new(pointing(), [signed_pointers(17, 4, 17, 0)])),
        ),
        (
            "itms-90830",
            Broken::Parts(Parts::new(later(), [signed_pointers(17, 4, 26, 0)])),
        ),
        ("itms-90086", image(|image| image.cpu = (12, 9))),
        ("itms-90503", Broken::Parts(Parts::new(narrow_too(), []))),
        (
            "itms-90209",
            with([apps::framework("Kit").image(|image| image.shift = 0x1000)]),
        ),
        (
            "itms-90044",
            with([apps::extension("Share").image(|image| image.platform = 3)]),
        ),
    ]
}
