//! Of packages for the Mac.

use plist::Value;

use super::{Broken, Row, dictionary, texts};
use crate::preflight::tests::clean::macs::{self, mac};
use crate::testing::apps::{Files, Part};
use crate::testing::archives::Pkg;
use crate::testing::{certificates, profiles};

fn mac_with(change: impl FnOnce(&mut Part)) -> Broken {
    let mut parts = mac();
    let app = parts.bundles.last_mut().expect("there is an app");
    change(app);
    Broken::Pkg(Box::new(macs::pkg_of(&parts)))
}

fn pkg_with(change: impl FnOnce(&mut Pkg)) -> Broken {
    let mut made = macs::pkg_of(&mac());
    change(&mut made);
    Broken::Pkg(Box::new(made))
}

fn framework_with(change: impl FnOnce(&mut Pkg)) -> Broken {
    let mut made = macs::pkg_of(&macs::with_framework(macs::kit()));
    change(&mut made);
    Broken::Pkg(Box::new(made))
}

fn framework_of(change: impl FnOnce(&mut Part)) -> Broken {
    let mut kit = macs::kit();
    change(&mut kit);
    Broken::Pkg(Box::new(macs::pkg_of(&macs::with_framework(kit))))
}

/// A file of an app, changed after it was signed.
fn resources_with(change: impl FnOnce(&mut Files, &str)) -> Broken {
    let mut parts = mac();
    let app = parts.bundles.last_mut().expect("there is an app");
    app.files
        .insert("Resources/chart.json".into(), b"1".to_vec());
    let mut made = macs::pkg_of(&parts);
    change(&mut made.files, "Example.app/Contents/Resources/chart.json");
    Broken::Pkg(Box::new(made))
}

fn expired() -> Value {
    profiles::date(1_767_225_600)
}

#[expect(clippy::too_many_lines, reason = "a list: one package a line")]
pub(super) fn rows() -> Vec<Row> {
    vec![
        (
            "itms-91167",
            mac_with(|app| {
                app.images.pop();
            }),
        ),
        (
            "itms-90238",
            resources_with(|files, path| {
                files.insert(path.to_owned(), b"2".to_vec());
            }),
        ),
        (
            "itms-90238",
            resources_with(|files, path| {
                files.remove(path);
            }),
        ),
        (
            "itms-90238",
            resources_with(|files, path| {
                files.insert(format!("{path}.new"), b"{}".to_vec());
            }),
        ),
        (
            "itms-90296",
            mac_with(|app| {
                app.entitlements
                    .as_mut()
                    .unwrap()
                    .remove("com.apple.security.app-sandbox");
            }),
        ),
        (
            "itms-90242",
            mac_with(|app| {
                app.info.remove("LSApplicationCategoryType");
            }),
        ),
        (
            "itms-90869",
            mac_with(|app| {
                app.images.remove(0);
                app.info
                    .insert("LSMinimumSystemVersion".into(), "11.0".into());
            }),
        ),
        (
            "itms-90276",
            mac_with(|app| {
                app.info.remove("CFBundleIdentifier");
            }),
        ),
        (
            "itms-90287",
            mac_with(|app| {
                app.entitlements
                    .as_mut()
                    .unwrap()
                    .insert("com.apple.developer.siri".into(), true.into());
            }),
        ),
        (
            "itms-90283",
            mac_with(|app| {
                app.profile = app
                    .profile
                    .take()
                    .map(|one| one.with("ExpirationDate", expired()));
            }),
        ),
        (
            "itms-90284",
            mac_with(|app| {
                app.profile = app
                    .profile
                    .take()
                    .map(|one| one.signed_by(&[certificates::development("A1B2C3D4E5")]));
            }),
        ),
        ("itms-90889", mac_with(|app| app.profile = None)),
        ("itms-90237", pkg_with(|made| made.certificates.clear())),
        (
            "itms-90301",
            mac_with(|app| {
                app.info
                    .insert("BuildMachineOSBuild".into(), "26A5279m".into());
            }),
        ),
        (
            "itms-90886",
            mac_with(|app| {
                let granted = app.profile.take();
                app.profile = granted.map(|one| {
                    one.granting(
                        "com.apple.application-identifier",
                        "A1B2C3D4E5.com.example.app",
                    )
                });
                app.entitlements
                    .as_mut()
                    .unwrap()
                    .remove("com.apple.application-identifier");
            }),
        ),
        (
            "itms-90983",
            mac_with(|app| {
                app.info.remove("LSMinimumSystemVersion");
            }),
        ),
        (
            "itms-90882",
            mac_with(|app| {
                app.info
                    .insert("LSMinimumSystemVersion".into(), "13.0 ".into());
            }),
        ),
        (
            "itms-90264",
            pkg_with(|made| made.minimum = Some("12.0".into())),
        ),
        (
            "itms-90981",
            mac_with(|app| {
                app.images.remove(0);
                app.images[0].platform = 6;
                app.images[0].minimum_os = crate::testing::images::packed(12, 0);
                app.info
                    .insert("LSMinimumSystemVersion".into(), "12.0".into());
            }),
        ),
        (
            "itms-90277",
            mac_with(|app| {
                app.info
                    .insert("CFBundleIdentifier".into(), "com.example.app_one".into());
                app.profile = Some(
                    profiles::app_store("com.example.app_one").with("Platform", texts(&["OSX"])),
                );
                app.entitlements.as_mut().unwrap().insert(
                    "com.apple.application-identifier".into(),
                    "A1B2C3D4E5.com.example.app_one".into(),
                );
            }),
        ),
        (
            "itms-90286",
            mac_with(|app| {
                app.entitlements.as_mut().unwrap().insert(
                    "com.apple.application-identifier".into(),
                    "A1B2C3D4E5.com.example.other".into(),
                );
            }),
        ),
        (
            "itms-90288",
            mac_with(|app| {
                app.profile = app.profile.take().map(|one| {
                    one.granting(
                        "com.apple.developer.icloud-services",
                        texts(&["CloudDocuments"]),
                    )
                });
                app.entitlements.as_mut().unwrap().insert(
                    "com.apple.developer.icloud-services".into(),
                    texts(&["CloudKit"]),
                );
            }),
        ),
        (
            "itms-90257",
            mac_with(|app| {
                app.info.insert("CFBundleVersion".into(), "2.0.1.1".into());
            }),
        ),
        (
            "itms-90243",
            mac_with(|app| {
                let kind = dictionary(&[("LSHandlerRank", "Owner".into())]);
                app.info
                    .insert("CFBundleDocumentTypes".into(), Value::Array(vec![kind]));
            }),
        ),
        (
            "itms-90236",
            mac_with(|app| {
                app.info.remove("CFBundleIconName");
            }),
        ),
        (
            "itms-90236",
            mac_with(|app| {
                app.info.insert("CFBundleIconFile".into(), "AppIcon".into());
                let picture = crate::testing::apps::picture(512, 512);
                app.files.insert("Resources/AppIcon.icns".into(), picture);
            }),
        ),
        (
            "itms-90236",
            mac_with(|app| {
                app.info.remove("CFBundleIconName");
                app.info.insert("CFBundleIconFile".into(), "AppIcon".into());
                app.files.insert(
                    "Resources/AppIcon.icns".into(),
                    b"icns\0\0\0\x10ic09\0\0\0\x08".to_vec(),
                );
            }),
        ),
        (
            "itms-90238",
            pkg_with(|made| {
                let code = made.files.get_mut("Example.app/Contents/MacOS/Example");
                code.unwrap()[0x5800] ^= 1;
            }),
        ),
        (
            "itms-90252",
            pkg_with(|made| {
                made.files.insert("Lamp/notes.txt".into(), b"x".to_vec());
            }),
        ),
        (
            "itms-90255",
            pkg_with(|made| {
                made.modes
                    .insert("Example.app/Contents/Info.plist".into(), 0o600);
            }),
        ),
        (
            "itms-90266",
            pkg_with(|made| made.location = "/Library/Lamps".into()),
        ),
        (
            "itms-91109",
            pkg_with(|made| {
                made.files.insert(
                    "Example.app/Contents/._Info.plist".into(),
                    b"\0\x05\x16\x07\0\x02\0\0Mac OS X        ATTR com.apple.quarantine".to_vec(),
                );
            }),
        ),
        (
            "itms-90036",
            framework_with(|made| {
                let place =
                    "Example.app/Contents/Frameworks/Kit.framework/Versions/A/Resources/Info.plist";
                made.files.insert(place.into(), b"bplist00".to_vec());
            }),
        ),
        (
            "itms-90292",
            framework_with(|made| made.links.retain(|(path, _)| !path.ends_with("Current"))),
        ),
        (
            "itms-90291",
            framework_with(|made| {
                made.links
                    .retain(|(path, _)| !path.ends_with("framework/Kit"));
                let code =
                    made.files["Example.app/Contents/Frameworks/Kit.framework/Versions/A/Kit"]
                        .clone();
                made.files.insert(
                    "Example.app/Contents/Frameworks/Kit.framework/Kit".into(),
                    code,
                );
            }),
        ),
        (
            "itms-90260",
            framework_of(|kit| {
                kit.info.remove("CFBundleExecutable");
            }),
        ),
        (
            "itms-90261",
            framework_of(|kit| {
                kit.info.insert("CFBundleExecutable".into(), "Lost".into());
                kit.images.clear();
            }),
        ),
    ]
}
