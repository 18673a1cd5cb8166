//! What is given to sign with, and what it does not fit: said before any tool is called, or by macOS's own word.

use std::fs;
use std::process::Command;

use plist::Value;

use crate::signing::calls;
use crate::support::Cli;
use crate::support::mac::{Mac, PASSWORD, pkcs12};

/// What is wrong is said by a finding with this code and case, and before any tool is called.
#[track_caller]
fn refused(mac: &Mac, call: Cli, code: &str, case: Option<&str>) {
    let ran = call.fails(1);
    let finding = ran.finding(code);
    assert_eq!(
        finding["variables"]["case"].as_str(),
        case,
        "{}",
        ran.everything()
    );
    assert!(mac.calls().is_empty(), "a tool was called");
    assert!(!finding["fix"].as_array().expect("steps").is_empty());
}

#[test]
fn what_does_not_fit_is_said_before_any_tool_is_called() {
    let Some(mac) = Mac::new() else { return };
    let demo = Mac::profile("com.example.demo", 1);
    let team = |team: &str| Value::Array(vec![team.into()]);
    let with = |profile: &crate::support::testing::profiles::Profile| {
        mac.give("other.mobileprovision", profile);
        let other = mac.path("work/other.mobileprovision");
        mac.export().env("JETWAY_PROVISIONING_PROFILE", other)
    };
    let cases = [
        (
            demo.clone().with("TeamIdentifier", team("ZZZZZZZZZZ")),
            Some("team"),
        ),
        (demo.clone().signed_by(&[]), Some("certificate")),
        (demo.clone().on_devices(), Some("kind")),
        (
            demo.clone().with("ProvisionsAllDevices", true),
            Some("enterprise"),
        ),
        (
            demo.clone().with("Platform", team("tvOS")),
            Some("platform"),
        ),
        (
            demo.with(
                "ExpirationDate",
                crate::support::testing::profiles::date(1_000_000_000),
            ),
            Some("expired"),
        ),
        (Mac::profile("com.example.another", 1), None),
    ];
    for (profile, case) in cases {
        refused(&mac, with(&profile), "profile-missing", case);
    }
    let wrong = mac.export().env("JETWAY_CERTIFICATE_PASSWORD", "another");
    refused(&mac, wrong, "certificate-password-wrong", None);
    let alone = mac.export().env("JETWAY_CERTIFICATE", pkcs12("no-key.p12"));
    refused(&mac, alone, "certificate-without-key", None);
    let method = mac.export().args(["--export-method", "debugging"]);
    refused(&mac, method, "certificate-kind-wrong", None);
    mac.archive(&[("Demo.app/PlugIns/Share.appex", "com.example.demo.share")]);
    let ran = mac.export().fails(1);
    let said = ran.finding("profile-missing")["title"].to_string();
    assert!(said.contains("com.example.demo.share"), "{said}");
    mac.archive(&[("Second.app", "com.example.second")]);
    refused(&mac, mac.export(), "archive-unusable", Some("several-apps"));
}

#[test]
fn every_kind_of_certificate_file_is_imported_whatever_wrote_it() {
    let Some(mac) = Mac::new() else { return };
    for (file, password) in [("legacy.p12", PASSWORD), ("empty-password.p12", "")] {
        mac.export()
            .env("JETWAY_CERTIFICATE", pkcs12(file))
            .env("JETWAY_CERTIFICATE_PASSWORD", password)
            .succeeds();
    }
    assert_eq!(mac.violations(), "");
}

#[test]
fn what_macos_says_of_a_certificate_is_said_before_the_export() {
    let Some(mac) = Mac::new() else { return };
    let before = mac.snapshot();
    let sha1 = sha1();
    for (problem, case) in [
        ("CSSMERR_TP_CERT_REVOKED", Some("revoked")),
        ("not listed", None),
    ] {
        mac.state("problems", &serde_json::json!({ sha1.as_str(): problem }));
        let ran = mac.export().fails(1);
        let finding = ran.finding("certificate-not-valid");
        assert_eq!(finding["variables"]["case"].as_str(), case);
        fs::remove_file(mac.path("tools/state/problems")).expect("a state");
        assert_eq!(mac.snapshot(), before);
    }
    let exports = |call: &serde_json::Value| call["arguments"][0] == "-exportArchive";
    assert!(!mac.calls().iter().any(exports));
}

/// The fixture's certificate by its SHA-1.
fn sha1() -> String {
    let shown = Command::new("openssl")
        .args([
            "x509",
            "-inform",
            "DER",
            "-noout",
            "-fingerprint",
            "-sha1",
            "-in",
        ])
        .arg(pkcs12("certificate.der"))
        .output()
        .expect("openssl runs");
    let text = String::from_utf8_lossy(&shown.stdout).into_owned();
    let (_, print) = text.trim().split_once('=').expect("a fingerprint");
    print.replace(':', "")
}

/// Codesign of other jobs misses an authority in a keychain that goes away, so it is put there for want of
/// another alone.
#[test]
fn authorities_in_the_file_are_imported_only_where_the_machine_lacks_the_issuer() {
    let Some(mac) = Mac::new() else { return };
    let before = mac.snapshot();
    let export = || {
        mac.export()
            .env("JETWAY_CERTIFICATE", pkcs12("chain.p12"))
            .env("JETWAY_CERTIFICATE_PASSWORD", "plain-password")
    };
    export().succeeds();
    assert!(!calls(&mac).contains(".cer"), "{}", calls(&mac));
    mac.state("lacks-the-issuer", &true.into());
    let ran = export().succeeds();
    let told = "does not know who issued";
    assert!(ran.everything().contains(told), "{}", ran.everything());
    let import = "security import SCRATCH/jetway-signing-RANDOM/authority-1.cer -k SCRATCH/jetway-signing-RANDOM/jetway.keychain-db\n";
    assert!(calls(&mac).contains(import), "{}", calls(&mac));
    let ran = mac.export().fails(1);
    let found = ran.finding("certificate-not-valid");
    let words = found["message"].as_str().expect("words");
    assert!(words.contains("issued it"), "{words}");
    fs::remove_file(mac.path("tools/state/lacks-the-issuer")).expect("a state");
    assert_eq!(mac.violations(), "");
    assert_eq!(mac.snapshot(), before);
}

#[test]
fn a_certificate_of_the_users_own_keychain_is_used_where_none_is_given() {
    let Some(mac) = Mac::new() else { return };
    let login = mac.path("home/Library/Keychains/login.keychain-db");
    let identity = serde_json::json!({
        "locked": false, "timeout": null, "partition": "apple:",
        "identities": [{ "sha1": sha1(), "name": "Apple Distribution" }],
    });
    fs::write(&login, identity.to_string()).expect("a keychain");
    let before = mac.snapshot();
    mac.export().env("JETWAY_CERTIFICATE", "").succeeds();
    assert_eq!(mac.snapshot(), before);
    assert!(!calls(&mac).contains("create-keychain"));
    fs::write(&login, "{\"identities\": []}").expect("a keychain");
    let ran = mac.export().env("JETWAY_CERTIFICATE", "").fails(1);
    ran.finding("certificate-missing");
}

#[test]
fn a_file_that_macos_refuses_is_told_apart_from_a_wrong_password() {
    let Some(mac) = Mac::new() else { return };
    let before = mac.snapshot();
    let said = "1 security: SecKeychainItemImport: Unable to decode the provided data.";
    mac.fault("import", "before", said);
    let ran = mac.export().fails(1);
    let found = ran.finding("certificate-unreadable");
    assert_eq!(found["variables"]["case"], "macos", "{found}");
    let words = found["message"].as_str().expect("words");
    assert!(words.contains("Unable to decode"), "{words}");
    let said = "1 security: SecKeychainItemImport: User interaction is not allowed.";
    mac.fault("import", "before", said);
    let ran = mac.export().fails(3);
    let found = ran.finding("apple-tool-failed");
    assert_eq!(found["variables"]["case"], "nobody-there", "{found}");
    mac.no_fault("import", "before");
    assert_eq!(mac.snapshot(), before, "{}", ran.everything());
}
