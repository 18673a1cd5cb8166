use proptest::prelude::*;

use crate::bundle::*;
use crate::testing::apps::{self, APP, Parts};
use crate::testing::archives;
use crate::testing::{certificates, images};

const QUESTIONS: Questions = Questions {
    text: |_| false,
    symbol: |name| name.starts_with("_OBJC_CLASS_$_") || name == "_stat",
    selector: |name| name == "registerForRemoteNotifications",
};

fn ipa(bytes: &[u8]) -> Package {
    read_ipa(&bytes, &QUESTIONS).unwrap()
}

fn usual() -> Parts {
    let app = apps::app()
        .image(|image| {
            image.imports.push("_OBJC_CLASS_$_CLLocationManager".into());
            image
                .selectors
                .push("registerForRemoteNotifications".into());
        })
        .filled(apps::resources("Kit"));
    Parts::new(app, [apps::framework("Kit"), apps::extension("Share")])
}

#[test]
fn a_package_is_read_with_all_its_bundles() {
    let package = ipa(&usual().ipa());
    let bundles: Vec<(&str, BundleKind, Option<usize>)> = package
        .bundles
        .iter()
        .map(|bundle| (&bundle.path[APP.len()..], bundle.kind, bundle.host))
        .collect();
    assert_eq!(
        bundles,
        [
            ("", BundleKind::App, None),
            ("/Frameworks/Kit.framework", BundleKind::Framework, Some(0)),
            ("/Kit.bundle", BundleKind::Resources, Some(0)),
            ("/PlugIns/Share.appex", BundleKind::Extension, Some(0)),
        ]
    );
    let app = package.app();
    assert_eq!(app.identifier(), Some("com.example.app"));
    assert_eq!(app.minimum_os(), Some(Version(17, 0, 0)));
    assert_eq!(package.family(app), Some(Family::Ios));
    assert!(app.readable_profile().unwrap().covers("com.example.app"));
    let code = package.code(app).unwrap();
    assert!(code.imports("_OBJC_CLASS_$_CLLocationManager"));
    assert!(!code.imports("_malloc"), "nobody asked about it");
    assert!(code.names_selector("registerForRemoteNotifications"));
    let slice = &code.slices[0];
    assert_eq!(slice.architecture, Architecture::Arm64);
    assert_eq!(slice.file_type, FileType::Executable);
    let build = slice.build.unwrap();
    assert_eq!(
        (build.platform, build.sdk.to_string()),
        (2, "26.0".to_owned())
    );
    assert_eq!((slice.encryption, code.is_partly_read), (Some(0), false));
    assert!(package.has(&format!("{APP}/Assets.car")));
}

#[test]
fn a_signature_says_who_signed_what_and_whether_it_holds() {
    let package = ipa(&usual().ipa());
    for bundle in package
        .bundles
        .iter()
        .filter(|one| one.executable.is_some())
    {
        let signature = package.signature(bundle).expect(&bundle.path);
        let directory = signature.directory().unwrap();
        assert_eq!(directory.pages, Pages::Match, "{}", bundle.path);
        assert_eq!(signature.slots, Slots::Match);
        assert_eq!(Some(directory.identifier.as_str()), bundle.identifier());
        assert_eq!(directory.team.as_deref(), Some(apps::TEAM));
        assert_eq!(
            directory.special(1),
            bundle.info_sha256.as_ref().map(|hash| &hash[..])
        );
        assert_eq!(
            directory.special(3),
            bundle.seal_sha256.as_ref().map(|hash| &hash[..])
        );
        let signer = signature.signer.as_ref().unwrap();
        let leaf = signer.leaf.as_ref().unwrap();
        assert!(leaf.is_of_team(apps::TEAM));
        assert_eq!(
            (signer.signs_directory, signer.certificates.len()),
            (Some(true), 3)
        );
        assert!(!signature.is_ad_hoc() && !signer.is_timestamped);
        assert_eq!(signature.entitlements, signature.der_entitlements);
    }
    let claims = package.signature(package.app()).unwrap().claims().unwrap();
    assert_eq!(
        claims["application-identifier"].as_string(),
        Some("A1B2C3D4E5.com.example.app")
    );
}

#[test]
fn a_byte_that_changed_after_signing_is_found() {
    let mut files = usual().files();
    let code = files.get_mut(&format!("{APP}/Example")).unwrap();
    code[0x1800] ^= 1;
    let package = ipa(&archives::zip(&files));
    let signature = package.signature(package.app()).unwrap();
    assert_eq!(signature.directory().unwrap().pages, Pages::Differs(1));
}

#[test]
fn universal_and_narrow_code_is_read_slice_by_slice() {
    let mut framework = apps::framework("Kit");
    let narrow = images::Image {
        cpu: (12, 9),
        ..images::library()
    };
    framework.images = vec![narrow, images::library()];
    let package = ipa(&Parts::new(apps::app(), [framework]).ipa());
    let code = package.code(&package.bundles[1]).unwrap();
    let names: Vec<&str> = code
        .slices
        .iter()
        .map(|one| one.architecture.name())
        .collect();
    assert_eq!(names, ["armv7", "arm64"]);
    for slice in &code.slices {
        let directory = slice.signature.as_ref().unwrap().directory().unwrap();
        assert_eq!(directory.pages, Pages::Match);
        assert_eq!(slice.dylibs.len(), 2);
    }
}

#[test]
fn a_pkg_is_read_through_its_payload() {
    let mut app = apps::app();
    app.path = "Example.app".into();
    app.is_deep = true;
    let files = Parts::new(app, []).files();
    let signer = [certificates::distribution(apps::TEAM)];
    let bytes = archives::pkg(&files, "com.example.app", &signer);
    let package = read_pkg(&&bytes[..], &QUESTIONS).unwrap();
    assert_eq!(package.app().path, "Example.app");
    assert_eq!(package.app().identifier(), Some("com.example.app"));
    assert!(package.app().is_deep && package.app().readable_profile().is_some());
    assert_eq!(package.installer.len(), 1);
    let signature = package.signature(package.app()).unwrap();
    assert_eq!(signature.directory().unwrap().pages, Pages::Match);
}

#[test]
fn an_archive_is_read_from_its_folder() {
    let place = tempfile::tempdir().unwrap();
    let mut app = apps::app();
    app.path = "Products/Applications/Example.app".into();
    for (path, content) in Parts::new(app, []).files() {
        let path = place.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    let package = read_archive(place.path(), &QUESTIONS).unwrap();
    assert_eq!(package.form, Form::Archive);
    assert_eq!(package.app().identifier(), Some("com.example.app"));
    assert!(package.code(package.app()).is_some());
}

#[test]
fn what_does_not_unpack_is_the_packages_fault() {
    let mut bytes = usual().ipa();
    let at = memchr::memmem::find(&bytes, b"Example.app/Example").unwrap();
    bytes[at + 400] ^= 0xff;
    let error = read_ipa(&&bytes[..], &QUESTIONS).unwrap_err();
    assert!(matches!(error, Error::Damaged { .. }), "{error}");
    assert!(matches!(
        read_ipa(&&b"PK"[..], &QUESTIONS),
        Err(Error::Package(_))
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_change_of_code_or_seal_makes_it_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        which in 0_usize..3,
    ) {
        let mut files = Parts::new(apps::app(), []).files();
        let name = ["Example", "_CodeSignature/CodeResources", "embedded.mobileprovision"][which];
        let bytes = files.get_mut(&format!("{APP}/{name}")).unwrap();
        for (at, to) in changes {
            // Headers and signature, not the code between them.
            let length = bytes.len();
            let mut at = at.index(length.min(9_000));
            if which == 0 && at > 2_000 {
                at = length - (at - 2_000).min(length);
            }
            bytes[at.min(length - 1)] = to;
        }
        let _ = read_ipa(&&archives::zip(&files)[..], &QUESTIONS);
    }

    #[test]
    fn no_bytes_behind_a_magic_make_it_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..600), which in 0_usize..4,
    ) {
        let magic = [
            &b"\xcf\xfa\xed\xfe"[..], b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe\0\0\0\x02", b"!<arch>\n",
        ][which];
        let mut app = apps::app();
        app.images.clear();
        let code = [magic, &bytes[..]].concat();
        let package = ipa(&Parts::new(app.file("Example", &code), []).ipa());
        let _ = package.family(package.app());
    }
}
