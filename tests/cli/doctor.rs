//! A look at the machine: what is wrong is said with its fix, and nothing is changed.

use std::fs;

use serde_json::Value;

use crate::support::mac::{Mac, PASSWORD, pkcs12};
use crate::support::{Cli, Ran, Server};

/// `doctor` on this Mac, as JSON.
fn doctor(mac: &Mac, code: i32) -> (Ran, Value) {
    let call = mac.call().args(["doctor", "--format", "json", "--offline"]);
    let call = call.args(["--report", "report.json"]);
    let ran = call.arg(mac.path("work/Demo.xcarchive")).fails(code);
    let told = serde_json::from_str(&ran.stdout).expect("JSON and nothing else");
    (ran, told)
}

fn state<'a>(told: &'a Value, name: &str) -> &'a str {
    let checks = told["checks"].as_array().expect("checks");
    let found = checks.iter().find(|check| check["name"] == name);
    found
        .and_then(|check| check["state"].as_str())
        .expect("a state")
}

#[test]
fn a_machine_in_order_is_said_to_be_and_stays_as_it_is() {
    let Some(mac) = Mac::new() else { return };
    mac.state(
        "search-list",
        &serde_json::json!([mac.path("home/Library/Keychains/login.keychain-db")]),
    );
    let before = mac.snapshot();
    let (_, told) = doctor(&mac, 0);
    assert_eq!(told["ok"], true, "{told:#}");
    for name in ["xcode", "altool", "keychains", "journals", "signing"] {
        assert_eq!(state(&told, name), "ok", "{told:#}");
    }
    assert_eq!(state(&told, "app-store-connect"), "skipped");
    assert_eq!(mac.snapshot(), before);
    assert_eq!(mac.violations(), "");
}

#[test]
fn an_old_xcode_a_beta_and_a_newer_one_beside_it_are_told() {
    let Some(mac) = Mac::new() else { return };
    let newer = mac.path("tools/Applications/Xcode_26.4.app/Contents");
    fs::create_dir_all(&newer).expect("a directory");
    let list = "<plist><dict><key>CFBundleShortVersionString</key><string>26.4</string><key>ProductBuildVersion</key><string>17E192</string></dict></plist>";
    fs::write(newer.join("version.plist"), list).expect("a list");
    mac.state("xcode", &"16.4".into());
    let (ran, told) = doctor(&mac, 1);
    assert_eq!(state(&told, "xcode"), "error");
    let found = ran.finding("xcode-too-old");
    assert!(
        found["message"].to_string().contains("Xcode_26.4.app"),
        "{found}"
    );
    mac.state("xcode", &"26.5".into());
    mac.state("xcode-build", &"17F5012f".into());
    let (ran, told) = doctor(&mac, 0);
    assert_eq!(state(&told, "xcode"), "warning");
    ran.finding("xcode-beta");
}

#[test]
fn a_bundle_without_a_profile_and_a_wrong_password_are_told() {
    let Some(mac) = Mac::new() else { return };
    mac.archive(&[("Demo.app/PlugIns/Share.appex", "com.example.demo.share")]);
    let (ran, told) = doctor(&mac, 1);
    assert_eq!(state(&told, "signing"), "error");
    ran.finding("profile-missing");
    let project = mac.path("work/Demo.xcodeproj");
    fs::create_dir_all(&project).expect("a directory");
    let text = "PRODUCT_BUNDLE_IDENTIFIER = com.example.demo;\nPRODUCT_BUNDLE_IDENTIFIER = com.example.clip;\n";
    fs::write(project.join("project.pbxproj"), text).expect("a project");
    let call = || {
        mac.call()
            .args(["doctor", "--offline", "--report", "report.json"])
            .arg(&project)
    };
    let ran = call().fails(1);
    let found = ran.finding("bundle-without-profile");
    assert!(
        found["title"].to_string().contains("com.example.clip"),
        "{found}"
    );
    let ran = call().env("JETWAY_PROVISIONING_PROFILE", "").succeeds();
    let found = ran.finding("bundle-without-profile");
    assert_eq!(found["variables"]["case"], "none");
    let ran = call()
        .env("JETWAY_CERTIFICATE", pkcs12("modern.p12"))
        .env("JETWAY_CERTIFICATE_PASSWORD", "no")
        .fails(1);
    ran.finding("certificate-password-wrong");
    assert!(!ran.everything().contains(PASSWORD));
}

#[test]
fn what_a_killed_run_left_is_told_and_not_undone() {
    let Some(mac) = Mac::new() else { return };
    let directory = mac.path("home/.local/state/jetway");
    let (mut child, _place) = crate::signing::hanging(&mac, "export", "before");
    crate::signing::kill(&mac, &mut child);
    mac.no_fault("export", "before");
    let before = mac.snapshot();
    let (ran, told) = doctor(&mac, 0);
    assert_eq!(
        state(&told, "journals"),
        "warning",
        "{told:#} {}",
        directory.display()
    );
    ran.finding("journals-left");
    assert_eq!(mac.snapshot(), before);
}

#[test]
fn apples_host_and_the_key_are_tried_on_any_machine() {
    let server = Server::start("succeeds");
    let ran = server.command("doctor").succeeds();
    assert!(
        ran.everything().contains("the key sees"),
        "{}",
        ran.everything()
    );
    let nobody = Cli::new().args([
        "doctor",
        "--asc-url",
        "http://127.0.0.1:1",
        "--report",
        "report.json",
    ]);
    nobody.fails(1).finding("app-store-connect-unreachable");
}

#[test]
fn certificates_of_the_keychains_are_told_by_kind_and_team() {
    let Some(mac) = Mac::new() else { return };
    let login = mac.path("home/Library/Keychains/login.keychain-db");
    for (name, case) in [
        ("Apple Development: Kim (ABCDE12345)", Some("keychain")),
        ("Apple Distribution: B (ZZZZZ12345)", Some("team")),
        ("Apple Distribution: A (ABCDE12345)", None),
    ] {
        let one = serde_json::json!({ "sha1": "0".repeat(40), "name": name });
        let identities = serde_json::json!({ "identities": [one] });
        fs::write(&login, identities.to_string()).expect("a keychain");
        let call = mac.call().env("JETWAY_CERTIFICATE", "");
        let call = call.args(["doctor", "--offline", "--report", "report.json"]);
        let ran = call.arg(mac.path("work/Demo.xcarchive")).succeeds();
        match case {
            Some(case) => {
                let found = ran.finding("certificate-kind-wrong");
                assert_eq!(found["variables"]["case"], case);
            }
            None => assert!(!ran.codes().contains(&"certificate-kind-wrong")),
        }
    }
}
