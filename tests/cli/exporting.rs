//! Archives become packages: what each Xcode is told, what comes of it, and what is kept.

use std::fmt::Write as _;
use std::fs;

use crate::signing::calls;
use crate::support::mac::{Mac, uuid};
use crate::support::{Cli, Ran, Server};

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

/// The words for every Xcode that runners have, by hand and in the cloud.
#[test]
fn every_call_and_the_option_list_are_pinned_for_every_xcode() {
    let server = Server::start("succeeds");
    let mut said = String::new();
    for xcode in ["15.2", "15.4", "16.4", "26.0.1", "26.6"] {
        let Some(mac) = Mac::new() else { return };
        mac.state("xcode", &xcode.into());
        mac.export().succeeds();
        server
            .by_environment(mac.bare())
            .args(["export", "--signing", "cloud"])
            .arg(mac.path("work/Demo.xcarchive"))
            .succeeds();
        let options = fs::read_to_string(mac.path("tools/log-options")).expect("two exports");
        let calls = calls(&mac);
        let _ = writeln!(said, "# Xcode {xcode}\n{calls}\n{options}");
        assert_eq!(mac.violations(), "");
    }
    insta::assert_snapshot!(said);
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

#[test]
fn a_rehearsal_makes_an_installer_of_a_mac_app() {
    let Some(mac) = Mac::new() else { return };
    let call = mac.mac_app().env("JETWAY_TOOLS_DIR", "");
    let archive = mac.path("work/Demo.xcarchive");
    let ran = call
        .ship()
        .args(["--sandbox", "--preflight", "warn"])
        .arg(archive)
        .run();
    assert_eq!(ran.code, Some(0), "{}", ran.everything());
    assert_eq!(ran.outcome(), "processed", "{}", ran.everything());
    assert!(ran.everything().contains("/testflight/macos/"));
    assert!(mac.path("output/Demo.pkg").is_file());
    assert!(!mac.path("output/Demo.ipa").exists());
}

/// What the tools take is theirs; these take next to nothing, so that what is left is our own.
#[test]
fn signing_costs_less_than_a_second_beside_the_tools() {
    let Some(mac) = Mac::new() else { return };
    let call = mac.call().env("JETWAY_TOOLS_DIR", "");
    let archive = mac.path("work/Demo.xcarchive");
    let ran = call.ship().arg("--sandbox").arg(archive).succeeds();
    let stages = ran.report["stages"].as_array().expect("stages");
    let signing = stages.iter().find(|stage| stage["name"] == "signing");
    let seconds = signing.and_then(|stage| stage["seconds"].as_f64());
    assert!(seconds.expect("a time") < 1.0, "{seconds:?}");
}

#[test]
fn a_rehearsal_signs_in_a_directory_with_blanks_in_its_name() {
    let Some(mac) = Mac::new() else { return };
    let scratch = mac.path("scratch/of my own");
    fs::create_dir(&scratch).expect("a directory");
    let call = mac.call().env("JETWAY_TOOLS_DIR", "");
    let call = call.env("RUNNER_TEMP", &scratch).ship().arg("--sandbox");
    let before = mac.snapshot();
    let ran = call.arg(mac.path("work/Demo.xcarchive")).succeeds();
    assert_eq!(mac.snapshot(), before, "{}", ran.everything());
}

fn names(mac: &Mac) -> Vec<String> {
    let entries = fs::read_dir(mac.path("output")).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into()
        })
        .collect();
    names.sort();
    names
}

#[test]
fn a_second_export_takes_the_place_of_the_first() {
    let Some(mac) = Mac::new() else { return };
    for _ in 0..2 {
        let ran = mac.export().in_a_workflow().succeeds();
        assert!(
            ran.outputs.contains("/output/Demo.ipa\n"),
            "{}",
            ran.outputs
        );
        assert_eq!(
            names(&mac),
            [
                "Demo-export.log",
                "Demo.dSYMs.zip",
                "Demo.ipa",
                "ExportOptions.plist",
                "jetway-export.json"
            ]
        );
    }
}

/// A person's own files in the output folder, by the very names that an export writes.
#[test]
fn nothing_is_replaced_that_no_export_left() {
    let Some(mac) = Mac::new() else { return };
    let output = mac.path("output");
    fs::create_dir(&output).expect("a folder");
    let list = [("compileBitcode".to_owned(), plist::Value::from(false))];
    let list = plist::Value::Dictionary(list.into_iter().collect());
    let options = output.join("ExportOptions.plist");
    list.to_file_xml(&options).expect("a list");
    fs::create_dir(output.join("Demo.ipa")).expect("a folder");
    fs::write(output.join("Demo.ipa/kept"), "theirs").expect("a file");
    let [precious, hard] = ["precious", "hard"].map(|name| mac.path(name));
    for path in [&precious, &hard] {
        fs::write(path, "theirs").expect("a file");
    }
    std::os::unix::fs::symlink(&precious, output.join("Demo.dSYMs.zip")).expect("a link");
    fs::hard_link(&hard, output.join("Demo-export.log")).expect("a link");
    let before = fs::read(&options).expect("a list");
    for _ in 0..2 {
        let call = mac.export().in_a_workflow().arg("--export-options");
        let ran = call.arg(&options).succeeds();
        assert!(
            ran.outputs.contains("/output/Demo-2.ipa\n"),
            "{}",
            ran.outputs
        );
        assert!(
            ran.outputs.contains("/output/Demo-2.dSYMs.zip\n"),
            "{}",
            ran.outputs
        );
        assert!(
            ran.everything().contains("A Demo.ipa is there"),
            "{}",
            ran.everything()
        );
        assert_eq!(fs::read(&options).expect("a list"), before);
        for theirs in [
            "output/Demo.ipa/kept",
            "output/Demo-export.log",
            "precious",
            "hard",
        ] {
            let kept = fs::read_to_string(mac.path(theirs)).expect("it is there");
            assert_eq!(kept, "theirs", "{theirs}");
        }
        assert_eq!(
            names(&mac),
            [
                "Demo-2.dSYMs.zip",
                "Demo-2.ipa",
                "Demo-export-2.log",
                "Demo-export.log",
                "Demo.dSYMs.zip",
                "Demo.ipa",
                "ExportOptions-2.plist",
                "ExportOptions.plist",
                "jetway-export.json"
            ]
        );
    }
}

#[test]
fn an_output_folder_that_is_not_for_us_is_refused_before_xcode_starts() {
    let Some(mac) = Mac::new() else { return };
    let archive = mac.path("work/Demo.xcarchive");
    let within = archive.join("new/folder");
    let ran = mac.export().env("JETWAY_OUTPUT", &within).fails(2);
    ran.finding("option-invalid");
    assert!(!archive.join("new").exists());
    let list = mac.path("output/jetway-export.json");
    mac.call()
        .args(["export", "--report"])
        .arg(&list)
        .arg(&archive)
        .fails(2);
    fs::create_dir_all(mac.path("output")).expect("a folder");
    fs::write(&list, "theirs").expect("a file");
    let ran = mac.export().fails(2);
    ran.finding("option-invalid");
    assert_eq!(fs::read_to_string(&list).expect("it is there"), "theirs");
    assert!(mac.calls().is_empty(), "no tool is called");
}
