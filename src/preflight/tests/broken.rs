use std::collections::BTreeSet;
use std::time::Duration;

use plist::{Dictionary, Value};

use super::clean::{installer, mac, manifest, watch};
use super::{ipa, pkg, said, said_at, today};
use crate::preflight::Channel;
use crate::preflight::rules::RULES;
use crate::testing::apps::{self, APP, Files, Part, Parts};
use crate::testing::images::{self, Image};
use crate::testing::{certificates, profiles};

/// What is wrong with a package, made on the spot.
pub enum Broken {
    /// A package before it is signed.
    Parts(Parts),
    /// Files that were changed after they were signed.
    Files(Files),
    /// A `.pkg`.
    Pkg(Vec<u8>),
}

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
    };
    let library = images::library().signed(&signing);
    let app = apps::app().file("Frameworks/libswiftCore.dylib", &library);
    Broken::Parts(Parts::new(app, []).beside("SwiftSupport/iphoneos/libswiftCore.dylib", &library))
}

fn texts(texts: &[&str]) -> Value {
    Value::Array(texts.iter().map(|text| (*text).into()).collect())
}

fn alone(app: Part) -> Broken {
    Broken::Parts(Parts::new(app, []))
}

fn with(inner: impl IntoIterator<Item = Part>) -> Broken {
    Broken::Parts(Parts::new(apps::app(), inner))
}

fn changed(change: impl FnOnce(&mut Files)) -> Broken {
    let mut files = Parts::new(apps::app(), [apps::framework("Kit")]).files();
    change(&mut files);
    Broken::Files(files)
}

fn image(change: impl Fn(&mut Image)) -> Broken {
    alone(apps::app().image(change))
}

fn importing(symbol: &str) -> Broken {
    image(|image| image.imports.push(symbol.to_owned()))
}

fn profile(change: impl FnOnce(profiles::Profile) -> profiles::Profile) -> Broken {
    let mut app = apps::app();
    app.profile = app.profile.map(change);
    alone(app)
}

fn tablet() -> Part {
    apps::app().with("UIDeviceFamily", Value::Array(vec![2.into()]))
}

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

fn mac_with(change: impl FnOnce(&mut Part)) -> Broken {
    let mut parts = mac();
    change(&mut parts.bundles[0]);
    Broken::Pkg(apps::pkg(&parts.files(), "com.example.app", &[installer()]))
}

fn nested(bundle: &str) -> Part {
    let mut kit = apps::framework("Inner");
    kit.path = format!("{APP}/{bundle}/Inner.framework");
    kit
}

/// Packages that are broken in one way each: of the structure and the Info.plists.
#[expect(clippy::too_many_lines, reason = "a list: one package a line")]
fn of_lists() -> Vec<(&'static str, Broken)> {
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
    ]
}

fn program_as(path: &str, identifier: &str, name: &str) -> Part {
    let mut info = apps::extension(name).info;
    info.insert("CFBundleIdentifier".into(), identifier.into());
    apps::program(&format!("{APP}/{path}"), identifier, info)
}

/// The same of code and privacy.
#[expect(clippy::too_many_lines, reason = "a list: one package a line")]
fn of_code() -> Vec<(&'static str, Broken)> {
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
        ("itms-91010", with([early])),
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
    ]
}

/// The same of signatures and profiles.
#[expect(clippy::too_many_lines, reason = "a list: one package a line")]
fn of_signatures() -> Vec<(&'static str, Broken)> {
    let development = certificates::development(apps::TEAM);
    let mut by_developer = apps::app();
    by_developer.signer = Some(development.clone());
    by_developer.profile = by_developer
        .profile
        .map(|profile| profile.signed_by(&[development]));
    let mut ad_hoc = apps::app();
    ad_hoc.signer = None;
    let mut unsigned = apps::framework("Kit");
    unsigned.is_signed = false;
    let mut by_another = apps::framework("Kit");
    by_another.signer = Some(certificates::Certificate {
        serial: 9,
        ..certificates::distribution(apps::TEAM)
    });
    let mut bare = apps::app();
    bare.profile = None;
    let mut bare_extension = apps::extension("Share");
    bare_extension.profile = None;
    let mut silent = apps::app();
    silent.entitlements = None;
    let mut named_otherwise = apps::app();
    let entitlements = named_otherwise.entitlements.as_mut().unwrap();
    entitlements.remove("application-identifier");
    let mut disagreeing = apps::app();
    disagreeing.other_der = Some(Dictionary::new());
    let mut open = apps::app();
    open.executable_flags = 0x11;
    let mut no_beta = apps::app();
    no_beta
        .entitlements
        .as_mut()
        .unwrap()
        .remove("beta-reports-active");
    let mut renamed = apps::framework("Kit");
    renamed.signed_as = Some("Kit-55554944".into());
    let mut pushing = apps::app();
    pushing.profile = pushing
        .profile
        .map(|profile| profile.granting("aps-environment", "production"));
    let mut healthy = apps::app()
        .with("NSHealthShareUsageDescription", "for the chart")
        .image(|image| image.imports.push("_OBJC_CLASS_$_HKHealthStore".into()));
    healthy.profile = healthy
        .profile
        .map(|profile| profile.granting("com.apple.developer.healthkit", true));
    let mut archived = Dictionary::new();
    archived.insert("com.apple.developer.siri".into(), true.into());
    let mut clip = apps::app();
    clip.path = format!("{APP}/AppClips/Clip.app");
    clip.info
        .insert("CFBundleIdentifier".into(), "com.example.app.Clip".into());
    clip.profile = Some(profiles::app_store("com.example.app.Clip"));
    clip.entitlements = Some(apps::entitlements("com.example.app.Clip"));
    let expired = || profiles::date(1_767_225_600);
    vec![
        ("itms-90034", alone(by_developer)),
        ("itms-90034", alone(ad_hoc)),
        (
            "itms-90035",
            changed(|files| files.get_mut(&format!("{APP}/Example")).unwrap()[0x1800] ^= 1),
        ),
        (
            "itms-90035",
            changed(|files| files.get_mut(&format!("{APP}/Assets.car")).unwrap()[3] ^= 1),
        ),
        (
            "itms-90035",
            changed(|files| {
                files.remove(&format!("{APP}/en.lproj/Localizable.strings"));
            }),
        ),
        (
            "itms-90035",
            changed(|files| {
                files.insert(format!("{APP}/added.txt"), b"x".to_vec());
            }),
        ),
        ("itms-90035", with([unsigned])),
        ("itms-90179", with([by_another])),
        ("itms-90174", alone(bare)),
        ("itms-90161", with([bare_extension])),
        (
            "itms-90161",
            profile(|one| one.with("ExpirationDate", expired())),
        ),
        ("itms-90161", profile(profiles::Profile::on_devices)),
        (
            "itms-90161",
            profile(|one| one.granting("application-identifier", "A1B2C3D4E5.com.example.other")),
        ),
        (
            "itms-90578",
            profile(|one| one.with("ProvisionsAllDevices", true)),
        ),
        (
            "itms-90545",
            profile(|one| one.with("Platform", texts(&["tvOS"]))),
        ),
        (
            "itms-90164",
            alone(apps::app().claiming("com.apple.developer.healthkit", true)),
        ),
        (
            "itms-90164",
            alone(apps::app().claiming("get-task-allow", true)),
        ),
        (
            "itms-90164",
            alone(apps::app().claiming("keychain-access-groups", texts(&["Z9Y8X7W6V5.other"]))),
        ),
        (
            "itms-90046",
            alone(apps::app().entitled("com.apple.developer.associated-domains", "*")),
        ),
        (
            "itms-90046",
            alone(apps::app().claiming("application-identifier", "A1B2C3D4E5.com.example.other")),
        ),
        ("itms-90075", alone(named_otherwise)),
        ("itms-90166", alone(silent)),
        ("entitlements-disagree", alone(disagreeing)),
        (
            "itms-90046",
            with([apps::framework("Kit").claiming("com.apple.developer.siri", true)]),
        ),
        ("itms-90078", alone(pushing)),
        (
            "itms-90078",
            image(|image| {
                image
                    .selectors
                    .push("registerForRemoteNotifications".into());
            }),
        ),
        ("entitlement-lost", alone(healthy)),
        (
            "entitlement-lost",
            alone(apps::app().file(
                "archived-expanded-entitlements.xcent",
                &apps::binary(&archived),
            )),
        ),
        ("executable-flags", alone(open)),
        ("itms-90191", alone(no_beta)),
        ("itms-90876", with([clip])),
        ("itms-90334", with([renamed])),
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
            "itms-90264",
            mac_with(|app| {
                app.info.remove("LSMinimumSystemVersion");
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
        (
            "itms-90237",
            Broken::Pkg(apps::pkg(&mac().files(), "com.example.app", &[])),
        ),
    ]
}

fn all() -> Vec<(&'static str, Broken)> {
    [of_lists(), of_code(), of_signatures()]
        .into_iter()
        .flatten()
        .collect()
}

#[test]
fn a_package_that_is_broken_in_one_way_gives_that_and_nothing_else() {
    let mut faults = Vec::new();
    for (code, broken) in all() {
        let said = match broken {
            Broken::Parts(parts) => said(&ipa(&parts.ipa())),
            Broken::Files(files) => said(&ipa(&apps::zip(&files))),
            Broken::Pkg(bytes) => said(&pkg(&bytes)),
        };
        let is_it = |line: &String| line.split([' ', ':']).nth(1) == Some(code);
        if said.len() != 1 || !said.iter().all(is_it) {
            faults.push(format!("{code}:\n  {}", said.join("\n  ")));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_code_of_a_rule_has_a_package_that_gives_it() {
    // What the builder can't make has a test of its own below.
    let all = all();
    let given = all
        .iter()
        .map(|(code, _)| *code)
        .chain(["app-too-large", "package-unreadable"]);
    let given: BTreeSet<&str> = given.collect();
    let known: BTreeSet<&str> = RULES.iter().flat_map(|rule| rule.codes).copied().collect();
    let missing: Vec<&&str> = known.difference(&given).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_beta_of_xcode_is_refused_by_the_store_alone() {
    let package = ipa(&Parts::new(apps::app().with("DTXcodeBuild", "17A5241e"), []).ipa());
    let said = |channel| said_at(&package, channel, today());
    assert!(said(Channel::AppStore)[0].starts_with("error itms-90534"));
    assert!(said(Channel::TestFlight)[0].starts_with("warning itms-90534"));
}

#[test]
fn a_coming_date_is_told_ninety_days_before() {
    let package = ipa(&Parts::new(apps::app(), []).ipa());
    let days = |days: u64| {
        said_at(
            &package,
            Channel::AppStore,
            today() + Duration::from_secs(days * 86_400),
        )
    };
    assert_eq!(days(30), Vec::<String>::new());
    // The first of April 2027 is 124 days away.
    assert!(
        days(40)[0].starts_with("warning itms-90725"),
        "{:?}",
        days(40)
    );
    assert!(
        days(130)[0].starts_with("error itms-90725"),
        "{:?}",
        days(130)
    );
}

#[test]
fn a_link_in_an_ipa_is_told() {
    let mut package = ipa(&Parts::new(apps::app(), []).ipa());
    let path = format!("{APP}/Assets.car");
    let mut members = package.members.iter_mut();
    members.find(|one| one.path == path).unwrap().is_link = true;
    let line = "error package-unreadable: `Payload/Example.app/Assets.car` is a symbolic link";
    assert_eq!(said(&package), [line]);
}

#[test]
fn an_app_beyond_apples_limits_is_told() {
    let mut package = ipa(&Parts::new(apps::app(), [watch()]).ipa());
    let path = format!("{APP}/Watch/Watch.app/Assets.car");
    let mut members = package.members.iter_mut();
    members.find(|member| member.path == path).unwrap().size = 75_000_001;
    let line =
        "error app-too-large: `Payload/Example.app/Watch/Watch.app` is larger than 75 MB unpacked";
    assert_eq!(said(&package), [line]);
}
