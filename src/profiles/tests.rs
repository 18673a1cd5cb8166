use std::time::{Duration, SystemTime};

use proptest::prelude::*;

use crate::profiles::*;
use crate::testing::{certificates, profiles};

fn read(profile: &profiles::Profile) -> Profile {
    Profile::read(&profile.bytes()).unwrap()
}

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

#[test]
fn a_profile_says_what_it_is() {
    let profile = read(&profiles::app_store("com.example.app"));
    assert_eq!(profile.name, "Example App Store");
    assert_eq!(profile.uuid, "0f0e0d0c-0b0a-4908-8706-050403020100");
    assert_eq!(profile.teams, ["A1B2C3D4E5"]);
    assert_eq!(profile.team_name.as_deref(), Some("Example Ltd"));
    assert_eq!(profile.prefixes, ["A1B2C3D4E5"]);
    assert_eq!(
        profile.application_identifier.as_deref(),
        Some("A1B2C3D4E5.com.example.app")
    );
    assert_eq!(profile.bundle_pattern(), Some("com.example.app"));
    assert_eq!(profile.platforms, ["iOS", "xrOS", "visionOS"]);
    assert!(!profile.is_for_mac());
    assert_eq!(profile.kind, Kind::AppStore);
    assert_eq!(profile.created, Some(at(1_767_225_600)));
    assert_eq!(profile.expires, Some(at(1_830_124_800)));
    assert_eq!((profile.devices, profile.is_xcode_managed), (0, false));
    assert_eq!(
        profile.entitlements["beta-reports-active"].as_boolean(),
        Some(true)
    );
    let bare = read(&profiles::app_store("com.example.app").without("Name"));
    assert_eq!((bare.name.as_str(), bare.kind), ("", Kind::AppStore));
    let [certificate] = profile.certificates.as_slice() else {
        panic!("there is one certificate");
    };
    assert_eq!(
        certificate.common_name,
        "Apple Distribution: Example Ltd (A1B2C3D4E5)"
    );
    assert!(certificate.is_of_team("A1B2C3D4E5"));
    assert_eq!(certificate.kind, CertificateKind::AppleDistribution);
    assert!(certificate.kind.is_distribution());
    assert_eq!(profile.certificate(&certificate.sha1), Some(certificate));
    assert_eq!(profile.certificate(&[0; 20]), None);
}

#[test]
fn an_envelope_of_indefinite_lengths_and_pieces_says_the_same() {
    let mut profile = profiles::app_store("com.example.app");
    let plain = read(&profile);
    profile.is_ber = true;
    assert_eq!(&profile.bytes()[..2], [0x30, 0x80]);
    assert_eq!(read(&profile).entitlements, plain.entitlements);
}

#[test]
fn the_kind_is_decided_by_devices_and_debugger() {
    let store = || profiles::app_store("com.example.app");
    let mac = |profile: profiles::Profile| {
        profile.with("Platform", plist::Value::Array(vec!["OSX".into()]))
    };
    for (profile, kind, method) in [
        (store(), Kind::AppStore, "app-store-connect"),
        (
            profiles::development("com.example.app"),
            Kind::Development,
            "debugging",
        ),
        (store().on_devices(), Kind::AdHoc, "release-testing"),
        (
            store().with("ProvisionsAllDevices", true),
            Kind::Enterprise,
            "enterprise",
        ),
        (mac(store()), Kind::AppStore, "app-store-connect"),
        (mac(store().on_devices()), Kind::Development, "debugging"),
        (
            mac(store().with("ProvisionsAllDevices", true)),
            Kind::DeveloperId,
            "developer-id",
        ),
    ] {
        let read = read(&profile);
        assert_eq!(read.kind, kind);
        assert_eq!(read.kind.export_method(), method);
    }
}

#[test]
fn a_pattern_covers_what_it_begins() {
    for (pattern, covered, not) in [
        (
            "com.example.app",
            "com.example.app",
            "com.example.app.share",
        ),
        ("com.example.*", "com.example.app.share", "com.example"),
        ("*", "anything", ""),
    ] {
        let profile = read(&profiles::app_store(pattern));
        assert!(profile.covers(covered), "{pattern} {covered}");
        assert!(!profile.covers(not) || pattern == "*", "{pattern} {not}");
        assert_eq!(profile.is_wildcard(), pattern.ends_with('*'));
    }
    assert!(allows("A1B2C3D4E5.*", "A1B2C3D4E5.com.example.app"));
    assert!(!allows("A1B2C3D4E5.*", "Z1B2C3D4E5.com.example.app"));
}

#[test]
fn what_can_not_be_read_is_told_in_words() {
    let said = |bytes: &[u8]| {
        let error: Error = Profile::read(bytes).unwrap_err();
        error.to_string()
    };
    let whole = profiles::app_store("com.example.app").bytes();
    assert_eq!(said(&whole[..whole.len() - 9]), "is cut off");
    assert_eq!(said(b""), "is no provisioning profile");
    assert_eq!(said(b"<plist/>"), "is no provisioning profile");
    assert_eq!(
        said(&certificates::root().der()),
        "is no provisioning profile"
    );
    assert_eq!(said(&vec![0x30; (8 << 20) + 1]), "is larger than 8 MiB");
    let deep = format!("<plist>{}", "<array>".repeat(1_000));
    assert_eq!(
        said(&profiles::envelope(deep.as_bytes(), false)),
        "holds a property list that nests deeper than 64 levels"
    );
    let bare = Profile::read(&profiles::envelope(b"<plist><dict/></plist>", false)).unwrap();
    assert_eq!((bare.bundle_pattern(), bare.expires), (None, None));
    assert!(!bare.covers("com.example.app"));
}

#[test]
fn a_certificate_of_another_maker_is_read() {
    let mut params = rcgen::CertificateParams::default();
    let name = &mut params.distinguished_name;
    name.push(
        rcgen::DnType::CommonName,
        "iPhone Developer: Ada (X1Y2Z3A4B5)",
    );
    name.push(rcgen::DnType::OrganizationalUnitName, "A1B2C3D4E5");
    name.push(rcgen::DnType::OrganizationName, "Exämple");
    params.not_before = rcgen::date_time_ymd(2026, 3, 1);
    params.not_after = rcgen::date_time_ymd(2051, 3, 1);
    let mark = [1, 2, 840, 113_635, 100, 6, 1, 2];
    let mut mark = rcgen::CustomExtension::from_oid_content(&mark, vec![5, 0]);
    mark.set_criticality(true);
    params.custom_extensions.push(mark);
    let key = rcgen::KeyPair::generate().unwrap();
    let made = params.self_signed(&key).unwrap();
    let read = Certificate::read(made.der()).unwrap();
    assert_eq!(read.common_name, "iPhone Developer: Ada (X1Y2Z3A4B5)");
    assert_eq!(read.issuer, read.common_name);
    assert_eq!(read.organisation.as_deref(), Some("Exämple"));
    assert!(read.is_of_team("A1B2C3D4E5"));
    assert_eq!(read.kind, CertificateKind::IphoneDeveloper);
    assert!(read.has(Mark::DEVELOPMENT) && !read.has(Mark::SUBMISSION));
    assert_eq!(read.not_before, at(1_772_323_200));
    assert_eq!(read.not_after, at(2_561_241_600));
    let sha1 = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, made.der());
    let hex: String = sha1.as_ref().iter().map(|b| format!("{b:02X}")).collect();
    assert_eq!(read.sha1_hex(), hex);
}

#[test]
fn the_kind_of_a_certificate_is_its_name_else_its_extensions() {
    let kind = |name: &str, marks: &[&'static str]| {
        let made = certificates::Certificate {
            common_name: name.to_owned(),
            marks: marks.to_vec(),
            ..certificates::distribution("A1B2C3D4E5")
        };
        Certificate::read(&made.der()).unwrap().kind
    };
    for name in [
        "Apple Distribution",
        "iPhone Distribution",
        "Apple Development",
        "iPhone Developer",
        "Mac Developer",
        "3rd Party Mac Developer Application",
        "3rd Party Mac Developer Installer",
        "Developer ID Application",
        "Developer ID Installer",
    ] {
        let kind = kind(&format!("{name}: Example (A1B2C3D4E5)"), &[]);
        assert_eq!(kind.to_string(), name);
    }
    assert_eq!(
        kind("Example", &["1.4"]),
        CertificateKind::AppleDistribution
    );
    assert_eq!(kind("Example", &["1.2"]), CertificateKind::AppleDevelopment);
    assert_eq!(
        kind("Example", &["1.14"]),
        CertificateKind::DeveloperIdInstaller
    );
    assert_eq!(kind("Apple Root CA", &[]), CertificateKind::Other);
    let between = Certificate::read(&certificates::developer_relations().der()).unwrap();
    assert!(between.has(Mark::DEVELOPER_RELATIONS));
}

#[test]
fn a_signer_is_named_by_issuer_and_serial() {
    let bytes = profiles::app_store("com.example.app").bytes();
    let signed = cms::SignedData::read(&bytes).unwrap();
    let root = Certificate::read(signed.certificates[0]).unwrap();
    let (issuer, serial) = signed.signers[0].issuer_and_serial.unwrap();
    assert_eq!((issuer, serial), (&root.issuer_name[..], &root.serial[..]));
    assert!(signed.signers[0].signed.is_empty() && signed.signers[0].unsigned.is_empty());
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = Profile::read(&bytes);
        let _ = Certificate::read(&bytes);
        let _ = Profile::read(&profiles::envelope(&bytes, true));
    }

    #[test]
    fn no_change_of_a_profile_makes_it_panic(
        at in any::<prop::sample::Index>(), to in any::<u8>(), is_ber in any::<bool>(),
    ) {
        let mut profile = profiles::app_store("com.example.app");
        profile.is_ber = is_ber;
        let mut bytes = profile.bytes();
        let at = at.index(bytes.len().min(4_000));
        bytes[at] = to;
        let _ = Profile::read(&bytes);
        let mut certificate = certificates::distribution("A1B2C3D4E5").der();
        let at = at % certificate.len();
        certificate[at] = to;
        let _ = Certificate::read(&certificate);
    }
}
