//! Archives are signed and exported by stand-ins for Apple's tools, and the machine is as it was before.

use std::fs;
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use plist::Value;

use crate::support::mac::{FOLDERS, Mac, PASSWORD, pkcs12, uuid};
use crate::support::{Cli, Ran};

/// Every call as a person sees it, without what differs from run to run.
pub fn calls(mac: &Mac) -> String {
    let calls: Vec<String> = mac
        .calls()
        .iter()
        .map(|call| {
            let words = call["arguments"].as_array().expect("words");
            let words: Vec<&str> = words.iter().filter_map(|word| word.as_str()).collect();
            let tool = call["tool"].as_str().expect("a tool");
            format!(
                "{tool} {} {}",
                words.join(" "),
                call["input"].as_str().unwrap_or_default()
            )
        })
        .collect();
    let mut text = calls.join("\n");
    for (place, name) in [("scratch", "SCRATCH"), ("home", "HOME"), ("work", "WORK")] {
        text = text.replace(&*mac.path(place).to_string_lossy(), name);
    }
    without_random(&text)
}

/// Hex digits of sixteen and more are random.
fn without_random(text: &str) -> String {
    let mut shown = String::new();
    let mut run = String::new();
    for char in text.chars().chain(['\n']) {
        if char.is_ascii_digit() || ('a'..='f').contains(&char) {
            run.push(char);
            continue;
        }
        shown.push_str(if run.len() >= 16 { "RANDOM" } else { &run });
        run.clear();
        shown.push(char);
    }
    let lines: Vec<&str> = shown
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}

#[test]
fn an_archive_is_exported_and_nothing_is_left_on_the_machine() {
    let Some(mac) = Mac::new() else { return };
    let before = mac.snapshot();
    let ran = mac.export().in_a_workflow().succeeds();
    assert_eq!(mac.snapshot(), before, "{}", ran.everything());
    assert_eq!(mac.violations(), "");
    assert!(ran.outputs.contains("package-sha256<<"), "{}", ran.outputs);
    for kept in [
        "Demo.ipa",
        "Demo.dSYMs.zip",
        "Demo-export.log",
        "ExportOptions.plist",
    ] {
        assert!(mac.path("output").join(kept).is_file(), "{kept}");
    }
    insta::assert_snapshot!(calls(&mac));
    let mut options = mac.options();
    options["signingCertificate"] = "SHA-1".into();
    insta::assert_snapshot!(options.to_string());
    assert_eq!(ran.report["summary"], "Demo.ipa is exported");
}

/// Every secret of a run, in every form that it could be met in.
fn secrets(mac: &Mac) -> Vec<String> {
    let file = fs::read(pkcs12("modern.p12")).expect("a certificate");
    let mut found = vec![PASSWORD.to_owned(), STANDARD.encode(file)];
    for call in mac.calls() {
        // What the program made up itself stands in what it whispered.
        let words = call["input"]
            .as_str()
            .unwrap_or_default()
            .split_whitespace();
        let passwords = words.filter(|word| word.len() == 64);
        found.extend(passwords.map(str::to_owned));
    }
    let forms = |text: &String| {
        let percent: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        let json = serde_json::to_string(text).expect("a text");
        [
            text.clone(),
            STANDARD.encode(text),
            percent,
            hex,
            json.trim_matches('"').to_owned(),
        ]
    };
    found.iter().flat_map(forms).collect()
}

#[test]
fn no_secret_is_in_a_command_line_an_environment_a_file_or_any_sink() {
    let Some(mac) = Mac::new() else { return };
    let inline = fs::read(pkcs12("modern.p12")).expect("a certificate");
    let ran = mac
        .export()
        .env("JETWAY_CERTIFICATE", STANDARD.encode(inline))
        .in_a_workflow()
        .succeeds();
    let secrets = secrets(&mac);
    assert!(secrets.len() > 15, "there are some: {}", secrets.len());
    // The masks are commands to the runner, which shows them to nobody.
    let lines = ran.stdout.lines().chain(ran.stderr.lines());
    let shown: Vec<&str> = lines
        .filter(|line| !line.starts_with("::add-mask::"))
        .collect();
    let mut sinks = vec![shown.join("\n"), ran.summary.clone(), ran.outputs.clone()];
    sinks.push(ran.report.to_string());
    for name in ["Demo-export.log", "ExportOptions.plist"] {
        sinks.push(fs::read_to_string(mac.path("output").join(name)).expect("a file"));
    }
    for call in mac.calls() {
        sinks.push(call["arguments"].to_string());
        sinks.push(call["environment"].to_string());
    }
    for secret in &secrets {
        for sink in &sinks {
            assert!(!sink.contains(secret.as_str()), "{secret} in {sink}");
        }
    }
}

/// Starts a run and waits until a tool hangs in this call.
pub fn hanging(mac: &Mac, call: &str, when: &str) -> (Child, tempfile::TempDir) {
    mac.fault(call, when, "hang");
    let started = mac.export().start();
    let began = Instant::now();
    while !mac.path("tools/hangs").is_file() {
        assert!(
            began.elapsed() < Duration::from_secs(30),
            "{call} {when} never came"
        );
        thread::yield_now();
    }
    started
}

/// Kills the program alone, and waits until the tool that hangs is gone too.
pub fn kill(mac: &Mac, child: &mut Child) {
    child.kill().expect("it dies");
    child.wait().expect("it is gone");
    let mut tool = String::new();
    while tool.is_empty() {
        tool = fs::read_to_string(mac.path("tools/hangs")).expect("its id");
    }
    let began = Instant::now();
    while runs(&tool) {
        let waits = began.elapsed() < Duration::from_secs(30);
        assert!(waits, "the tool {tool} outlives its run");
        thread::yield_now();
    }
    fs::remove_file(mac.path("tools/hangs")).expect("its id");
}

/// Whether a process runs. One that is dead may wait as a zombie for whoever adopted it.
fn runs(id: &str) -> bool {
    let asked = Command::new("ps").args(["-o", "stat=", "-p", id]).output();
    let stat = String::from_utf8(asked.expect("ps").stdout).expect("text");
    !(stat.trim().is_empty() || stat.trim().starts_with('Z'))
}

#[test]
fn a_run_that_was_killed_around_any_call_of_a_tool_leaves_nothing_after_the_next() {
    let Some(mac) = Mac::new() else { return };
    let before = mac.snapshot();
    let commands = [
        "create-keychain",
        "import",
        "list-keychains",
        "find-identity",
        "export",
    ];
    let pairs = commands
        .iter()
        .flat_map(|call| [(*call, "before"), (*call, "after")]);
    for (call, when) in pairs.chain([("delete-keychain", "middle")]) {
        let (mut child, _directory) = hanging(&mac, call, when);
        kill(&mac, &mut child);
        mac.no_fault(call, when);
        assert_ne!(mac.snapshot(), before, "{call} {when}: it left something");
        // Any run that ends well cleans up, and `cleanup` does nothing else.
        let next = match when {
            "before" => mac.bare().args(["verify", "--sandbox"]),
            _ => mac.bare().env("JETWAY_TOOLS_DIR", "").arg("cleanup"),
        };
        let next = next.succeeds();
        assert_eq!(
            mac.snapshot(),
            before,
            "{call} {when}\n{}",
            next.everything()
        );
    }
    assert_eq!(mac.violations(), "");
}

#[test]
fn a_cancelled_run_gives_everything_back_before_it_is_gone() {
    let Some(mac) = Mac::new() else { return };
    let before = mac.snapshot();
    for call in ["import", "export"] {
        let (child, directory) = hanging(&mac, call, "before");
        let began = Instant::now();
        let sent = Command::new("kill")
            .args(["-TERM", &child.id().to_string()])
            .status();
        assert!(sent.expect("kill runs").success());
        let ran = Ran::of(child, &directory);
        assert_eq!(ran.code, Some(143), "{}", ran.everything());
        assert!(began.elapsed() < Duration::from_secs(8), "{call}");
        assert_eq!(mac.snapshot(), before, "{call}: {}", ran.everything());
        mac.no_fault(call, "before");
        fs::remove_file(mac.path("tools/hangs")).expect("its id");
    }
}

#[test]
fn two_runs_at_once_share_a_profile_and_neither_takes_anything_from_the_other() {
    let Some(mac) = Mac::new() else { return };
    let before = mac.snapshot();
    let (first, directory) = hanging(&mac, "export", "before");
    mac.no_fault("export", "before");
    let between = mac.search_list();
    mac.export().succeeds();
    assert_eq!(
        mac.search_list(),
        between,
        "the first one's keychain is still in front"
    );
    for folder in FOLDERS {
        let profile = mac
            .path("home")
            .join(folder)
            .join(format!("{}.mobileprovision", uuid(1)));
        assert!(profile.is_file(), "the first one still needs it");
    }
    let sent = Command::new("kill")
        .args(["-TERM", &first.id().to_string()])
        .status();
    assert!(sent.expect("kill runs").success());
    let ran = Ran::of(first, &directory);
    fs::remove_file(mac.path("tools/hangs")).expect("its id");
    assert_eq!(mac.snapshot(), before, "{}", ran.everything());
}

#[test]
fn what_others_change_meanwhile_stays_changed_and_a_profile_that_was_there_stays() {
    let Some(mac) = Mac::new() else { return };
    let folder = mac.path("home").join(FOLDERS[0]);
    fs::create_dir_all(&folder).expect("a folder");
    let own = folder.join(format!("{}.mobileprovision", uuid(1)));
    fs::write(&own, "the user's own").expect("a profile");
    let (first, directory) = hanging(&mac, "export", "before");
    mac.no_fault("export", "before");
    let mut list = mac.search_list();
    let entries = list.as_array_mut().expect("a list");
    entries.push("/another/program's.keychain".into());
    mac.state("search-list", &list);
    let sent = Command::new("kill")
        .args(["-TERM", &first.id().to_string()])
        .status();
    assert!(sent.expect("kill runs").success());
    Ran::of(first, &directory);
    list.as_array_mut().expect("a list").remove(0);
    assert_eq!(mac.search_list(), list);
    assert_eq!(
        fs::read_to_string(&own).expect("it stays"),
        "the user's own"
    );
}

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
fn an_extension_is_signed_with_a_profile_of_its_own() {
    let Some(mac) = Mac::new() else { return };
    mac.archive(&[
        ("Demo.app/PlugIns/Share.appex", "com.example.demo.share"),
        ("Demo.app/Watch/Watch.app", "com.example.demo.watch"),
    ]);
    let before = mac.snapshot();
    mac.give(
        "star.mobileprovision",
        &Mac::profile("com.example.demo.*", 2),
    );
    mac.give(
        "share.mobileprovision",
        &Mac::profile("com.example.demo.share", 3),
    );
    let paths = ["demo", "star", "share"]
        .map(|name| mac.path("work").join(format!("{name}.mobileprovision")));
    let lines = paths.map(|path| path.display().to_string()).join("\n");
    mac.export()
        .env("JETWAY_PROVISIONING_PROFILE", lines)
        .succeeds();
    let profiles = mac.options()["provisioningProfiles"].clone();
    assert_eq!(profiles["com.example.demo"], uuid(1));
    assert_eq!(
        profiles["com.example.demo.share"],
        uuid(3),
        "its own before a pattern"
    );
    assert_eq!(profiles["com.example.demo.watch"], uuid(2));
    assert_eq!(mac.snapshot(), before);
}

#[test]
fn rights_that_an_unsigned_archive_loses_are_told() {
    let Some(mac) = Mac::new() else { return };
    let profile = Mac::profile("com.example.demo", 1).granting("aps-environment", "production");
    mac.give("push.mobileprovision", &profile);
    let push = mac.path("work/push.mobileprovision");
    let export = || mac.export().env("JETWAY_PROVISIONING_PROFILE", &push);
    let ran = export().succeeds();
    let told = ran.finding("archive-unsigned")["message"]
        .as_str()
        .expect("words");
    assert!(
        told.contains("aps-environment") && !told.contains("get-task"),
        "{told}"
    );
    let seal = "work/Demo.xcarchive/Products/Applications/Demo.app/_CodeSignature";
    fs::create_dir_all(mac.path(seal)).expect("a seal");
    assert!(export().succeeds().codes().is_empty());
}

#[test]
fn a_method_is_spelled_as_the_xcode_knows_it_and_the_profile_lies_where_it_looks() {
    let Some(mac) = Mac::new() else { return };
    let new = "app-store-connect";
    for (xcode, method) in [("15.2", "app-store"), ("16.4", new)] {
        mac.state("xcode", &xcode.into());
        mac.export().succeeds();
        assert_eq!(mac.options()["method"], method, "{xcode}");
    }
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

#[test]
fn a_tool_that_hangs_is_ended_and_explained_and_one_that_is_missing_too() {
    let Some(mac) = Mac::new() else { return };
    let before = mac.snapshot();
    mac.fault("set-key-partition-list", "before", "hang");
    let ran = mac.export().args(["--tool-timeout", "1s"]).fails(3);
    assert_eq!(
        ran.finding("apple-tool-hung")["variables"]["case"],
        "security"
    );
    assert_eq!(mac.snapshot(), before, "{}", ran.everything());
    let nowhere = mac
        .export()
        .env("JETWAY_TOOLS_DIR", mac.path("work"))
        .fails(1);
    nowhere.finding("apple-tool-missing");
}

#[test]
fn a_failed_export_is_told_in_xcodes_words_and_a_passing_fault_is_tried_again() {
    let Some(mac) = Mac::new() else { return };
    let before = mac.snapshot();
    let words = "70 error: exportArchive: \"Share.appex\" requires a provisioning profile.\n\n** EXPORT FAILED **";
    mac.fault("export", "before", words);
    let ran = mac.export().fails(1);
    let codes = ran.codes();
    assert!(
        codes.contains(&"export-failed") && codes.len() == 2,
        "{codes:?}"
    );
    let last = ran.finding("export-failed");
    assert_eq!(last["severity"], "notice", "what the log says is why");
    assert_eq!(mac.snapshot(), before);
    let log = fs::read_to_string(mac.path("output/Demo-export.log")).expect("it is kept");
    assert!(log.contains("requires a provisioning profile"), "{log}");
    let tries = || {
        mac.calls()
            .iter()
            .filter(|call| call["arguments"][0] == "-exportArchive")
            .count()
    };
    assert_eq!(tries(), 1);
    mac.fault(
        "export",
        "before",
        "70 error: exportArchive: The request timed out.",
    );
    mac.export().run();
    assert_eq!(tries(), 3, "once more");
}

#[test]
fn an_archive_is_shipped_and_its_package_is_kept_when_apple_refuses_it() {
    let Some(mac) = Mac::new() else { return };
    let before = mac.snapshot();
    let ship = |scenario: &str| {
        let archive = mac.path("work/Demo.xcarchive");
        mac.call()
            .ship()
            .scenario(scenario)
            .arg(archive)
            .in_a_workflow()
    };
    let ran = ship("succeeds").succeeds();
    assert_eq!(ran.outcome(), "processed", "{}", ran.everything());
    for output in [
        "package-path<<",
        "package-sha256<<",
        "dsyms-path<<",
        "export-log<<",
    ] {
        assert!(ran.outputs.contains(output), "{output}");
    }
    let ran = ship("rejects-itms-90683").fails(1);
    let kept = ran.finding("package-kept");
    assert!(mac.path("output/Demo.ipa").is_file());
    assert!(kept["title"].as_str().expect("words").contains("Demo.ipa"));
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
fn a_rehearsal_runs_every_stage_of_an_archive_on_any_machine() {
    let Some(mac) = Mac::new() else { return };
    let stages = |ran: &Ran| {
        let stages = ran.report["stages"].as_array().expect("stages");
        let names = stages
            .iter()
            .map(|stage| format!("{} {}", stage["name"], stage["end"]));
        names.collect::<Vec<_>>().join(", ").replace('"', "")
    };
    let nothing_given = Cli::new()
        .env("HOME", mac.path("home"))
        .ship()
        .args(["--sandbox", "Demo.xcarchive"]);
    let all = "credentials done, signing done, export done, package done, preflight done, app done, upload done, processing done";
    let ran = nothing_given.succeeds();
    assert_eq!(stages(&ran), all, "{}", ran.everything());
    let before = mac.snapshot();
    let archive = mac.path("work/Demo.xcarchive");
    let call = mac
        .call()
        .env("JETWAY_TOOLS_DIR", "")
        .ship()
        .arg("--sandbox")
        .arg(archive);
    let ran = call.succeeds();
    assert_eq!(stages(&ran), all, "{}", ran.everything());
    assert_eq!(mac.snapshot(), before, "{}", ran.everything());
    assert!(mac.calls().is_empty(), "no other tool is called");
}
