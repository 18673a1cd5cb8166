//! `jetway preflight`, and the same before an upload.

use serde_json::Value;

use crate::support::Cli;
use crate::support::testing::apps::{self, Parts};
use crate::support::testing::certificates;

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
    let place = &results[0]["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(place["uri"], "App.ipa");
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array();
    let ids: Vec<&Value> = rules
        .into_iter()
        .flatten()
        .map(|rule| &rule["id"])
        .collect();
    assert!(ids.contains(&&results[0]["ruleId"]), "{ids:?}");
    let table = call("table");
    let state = |name: &str| -> Vec<&str> {
        let mut lines = table.lines().filter(|line| line.starts_with(name));
        let line = lines.next().expect("the rule is told");
        line[name.len()..].split_whitespace().collect()
    };
    assert_eq!(state("mac-sandbox")[..3], ["not", "for", "it"]);
    assert_eq!(state("timestamp")[0], "ok");
    assert!(table.contains("purpose-not-empty"), "{table}");
    assert!(table.contains("1 found"), "{table}");
}

#[test]
fn what_is_wrong_with_the_package_itself_is_json_too() {
    let found = |ipa: Vec<u8>, more: &[&str]| -> Vec<String> {
        let call = Cli::new().file("App.ipa", ipa);
        let call = call.args(["preflight", "App.ipa", "--format", "json"]);
        let ran = more
            .iter()
            .fold(call, |call, more| call.arg(*more))
            .fails(1);
        let json: Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
        let found = json["findings"].as_array().expect("an array");
        found
            .iter()
            .map(|one| one["code"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    let clean = || Parts::new(apps::app(), []).ipa();
    let app = apps::app().without("CFBundleVersion");
    assert_eq!(found(Parts::new(app, []).ipa(), &[]), ["itms-90056"]);
    let app = apps::app().with("DTPlatformName", "iphonesimulator");
    assert_eq!(found(Parts::new(app, []).ipa(), &[]), ["itms-91169"]);
    let app = apps::app().with("CFBundleVersion", "$(CURRENT_PROJECT_VERSION)");
    assert_eq!(found(Parts::new(app, []).ipa(), &[]), ["itms-90058"]);
    let half = clean()[..500].to_vec();
    assert_eq!(found(half, &[]), ["package-unreadable"]);
    let other = "0".repeat(64);
    let more = ["--expected-sha256", other.as_str()];
    assert_eq!(found(clean(), &more), ["package-differs"]);
    let more = ["--sandbox", "--scenario", "no-app-record"];
    assert_eq!(found(clean(), &more), ["app-not-found"]);
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
fn an_archive_without_the_entitlements_that_the_project_asks_for_is_told_before_its_export() {
    let mut app = apps::app();
    app.path = "App.xcarchive/Products/Applications/Example.app".into();
    let mut cli = Cli::new()
        .in_a_workflow()
        .file("App/App.entitlements", HEALTH)
        .file("App.xcarchive/Info.plist", HEALTH);
    for (path, content) in Parts::new(app, []).files() {
        cli = cli.file(&path, content);
    }
    let ran = cli
        .args(["preflight", "App.xcarchive", "--report", "report.json"])
        .succeeds();
    let finding = ran.finding("entitlement-lost");
    assert_eq!(finding["severity"], "warning");
    assert_eq!(finding["variables"]["key"], "com.apple.developer.healthkit");
    assert_eq!(ran.codes().len(), 1);
}

#[test]
fn without_a_checkout_a_package_that_is_older_than_the_commit_is_told() {
    let call = |made: &str| {
        let event = format!(r#"{{"head_commit": {{"timestamp": "{made}"}}}}"#);
        let cli = Cli::new().in_a_workflow().file("event.json", event);
        let event = cli.path("event.json");
        cli.env("GITHUB_EVENT_PATH", event)
            .env("GITHUB_EVENT_NAME", "push")
            .env("GITHUB_REPOSITORY", "example/app")
            .file("App.ipa", Parts::new(apps::app(), []).ipa())
            .args(["preflight", "App.ipa", "--report", "report.json"])
            .succeeds()
    };
    let ran = call("2099-01-01T00:00:00+02:00");
    assert_eq!(ran.codes(), ["package-older"]);
    let title = ran.finding("package-older")["title"].to_string();
    assert!(title.contains("the commit"), "{title}");
    assert!(call("2020-01-01T00:00:00Z").codes().is_empty());
}

#[test]
fn with_a_key_a_certificate_that_the_team_no_longer_has_is_told() {
    let call = |app| {
        Cli::new()
            .in_a_workflow()
            .file("App.ipa", Parts::new(app, []).ipa())
            .args(["preflight", "App.ipa", "--report", "report.json"])
            .scenario("succeeds")
    };
    // The sandbox has another one of this team.
    let mut app = apps::app();
    app.signer = Some(certificates::Certificate {
        serial: 9,
        ..certificates::distribution("EXAMPLE")
    });
    let ran = call(app).fails(1);
    assert!(
        ran.codes().contains(&"certificate-revoked"),
        "{:?}",
        ran.codes()
    );
    // Of another team the account shows no certificate.
    let ran = call(apps::app()).succeeds();
    assert!(ran.codes().is_empty(), "{:?}", ran.codes());
    let told = ran.everything();
    assert!(
        told.contains("is still good at Apple is not known"),
        "{told}"
    );
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
    let ran = call("testers-build-claims-more").succeeds();
    assert_eq!(ran.codes(), ["entitlement-lost"]);
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
