//! `jetway preflight`, and the same before an upload.

use serde_json::Value;

use crate::support::Cli;
use crate::support::testing::apps::{self, Parts};

fn broken() -> Vec<u8> {
    Parts::new(apps::app().with("NSCameraUsageDescription", ""), []).ipa()
}

const IGNORED: &str = "[[preflight.ignore]]\ncode = \"90738\"\nreason = \"a test\"\n";

#[test]
fn a_clean_package_passes_and_a_broken_one_says_what_and_why() {
    let clean = Parts::new(apps::app(), []).ipa();
    Cli::new()
        .file("App.ipa", clean)
        .args(["preflight", "App.ipa"])
        .succeeds();
    let ran = Cli::new()
        .in_a_workflow()
        .file("App.ipa", broken())
        .args(["preflight", "App.ipa", "--report", "report.json"])
        .fails(1);
    let finding = ran.finding("itms-90738");
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["variables"]["key"], "NSCameraUsageDescription");
    assert_eq!(finding["codes"][0], "ITMS-90738");
    assert!(finding["fix"][0].is_string(), "{finding:#}");
    assert_eq!(ran.codes().len(), 1);
}

#[test]
fn what_is_ignored_with_a_reason_is_left_out_and_an_ignore_too_many_is_told() {
    let call = |toml: &str| {
        Cli::new()
            .in_a_workflow()
            .file("App.ipa", broken())
            .file("jetway.toml", toml)
            .args(["preflight", "App.ipa", "--report", "report.json"])
    };
    assert!(call(IGNORED).succeeds().codes().is_empty());
    let two = format!("{IGNORED}[[preflight.ignore]]\ncode = \"90078\"\nreason = \"a test\"\n");
    assert_eq!(call(&two).succeeds().codes(), ["ignore-unneeded"]);
    let ran = call("[[preflight.ignore]]\ncode = \"90738\"\n").fails(2);
    assert_eq!(ran.codes(), ["configuration-invalid"]);
}

#[test]
fn programs_get_json_and_sarif_and_people_a_table() {
    let call = |format: &str| {
        Cli::new()
            .file("App.ipa", broken())
            .args(["preflight", "App.ipa", "--format", format])
            .fails(1)
            .stdout
    };
    let json: Value = serde_json::from_str(&call("json")).expect("it is JSON");
    assert_eq!(json["findings"][0]["code"], "itms-90738");
    let sarif: Value = serde_json::from_str(&call("sarif")).expect("it is JSON");
    assert_eq!(sarif["version"], "2.1.0");
    let results = &sarif["runs"][0]["results"];
    assert_eq!(results[0]["ruleId"], "itms-90738");
    assert_eq!(results.as_array().map(Vec::len), Some(1));
    let table = call("table");
    assert!(table.contains("purpose-not-empty"), "{table}");
    assert!(table.contains("1 found"), "{table}");
}

#[test]
fn an_upload_stops_before_the_first_byte_unless_it_is_told_otherwise() {
    let call = |level: &str| {
        let preflight = format!("--preflight={level}");
        Cli::new()
            .in_a_workflow()
            .file("App.ipa", broken())
            .ship()
            .scenario("succeeds")
            .arg("App.ipa")
            .arg(preflight)
    };
    let ran = call("error").fails(1);
    assert_eq!(ran.codes(), ["itms-90738"]);
    assert_eq!(ran.report["reached"], "package");
    for level in ["warn", "off"] {
        let ran = call(level).succeeds();
        assert_eq!(ran.codes().contains(&"itms-90738"), level == "warn");
        assert_eq!(ran.report["reached"], "processed");
    }
}

const HEALTH: &str = "<plist><dict><key>com.apple.developer.healthkit</key><true/>\
<key>com.apple.developer.siri</key><false/></dict></plist>";

fn sha256(bytes: &[u8]) -> String {
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    hash.as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn what_the_projects_entitlements_ask_for_and_the_signature_lacks_is_lost() {
    let clean = Parts::new(apps::app(), []).ipa();
    let ran = Cli::new()
        .in_a_workflow()
        .file("App.ipa", clean)
        .file("App/App.entitlements", HEALTH)
        .args(["preflight", "App.ipa", "--report", "report.json"])
        .fails(1);
    let finding = ran.finding("entitlement-lost");
    assert_eq!(finding["variables"]["key"], "com.apple.developer.healthkit");
    assert_eq!(ran.codes().len(), 1);
}

#[test]
fn a_package_with_another_hash_is_refused_before_anything_is_sent() {
    let clean = Parts::new(apps::app(), []).ipa();
    let right = sha256(&clean);
    let wrong = sha256(b"something else");
    let call = |hash: &str| {
        Cli::new()
            .in_a_workflow()
            .file("App.ipa", clean.clone())
            .env("JETWAY_EXPECTED_SHA256", hash)
            .ship()
            .scenario("succeeds")
            .arg("App.ipa")
    };
    let ran = call(&wrong).fails(1);
    assert_eq!(ran.codes(), ["package-differs"]);
    assert_eq!(ran.report["reached"], "package");
    call(&right.to_uppercase()).succeeds();
    call("abc").fails(2);
    // What one job says of a package, another one takes.
    let inspected = Cli::new().in_a_workflow().file("App.ipa", clean.clone());
    let inspected = inspected.args(["preflight", "App.ipa"]).succeeds();
    let after = inspected
        .outputs
        .split("package-sha256<<")
        .nth(1)
        .expect("an output");
    assert_eq!(after.lines().nth(1), Some(right.as_str()));
    let own = call(&right).succeeds();
    assert_eq!(own.report["build"]["sha256"], right);
    Cli::new()
        .file("App.ipa", clean.clone())
        .args(["preflight", "App.ipa", "--expected-sha256", &wrong])
        .fails(1);
}

#[test]
fn with_a_key_it_is_told_what_apple_has_already() {
    let call = |scenario: &str| {
        Cli::new()
            .in_a_workflow()
            .file("App.ipa", Parts::new(apps::app(), []).ipa())
            .args(["preflight", "App.ipa", "--report", "report.json"])
            .scenario(scenario)
    };
    assert!(call("succeeds").succeeds().codes().is_empty());
    for (scenario, code) in [
        ("no-app-record", "app-not-found"),
        ("duplicate-build", "build-number-taken"),
        ("version-in-store", "itms-90062"),
    ] {
        assert_eq!(call(scenario).fails(1).codes(), [code], "{scenario}");
    }
    let ran = call("higher-number-elsewhere").succeeds();
    assert_eq!(ran.codes(), ["build-number-lower"]);
}

#[test]
fn a_package_that_was_looked_at_is_not_called_undelivered() {
    let ran = Cli::new()
        .file("App.ipa", broken())
        .args(["preflight", "App.ipa"])
        .fails(1);
    assert!(!ran.stderr.contains("delivered"), "{}", ran.stderr);
}
