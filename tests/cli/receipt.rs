//! A receipt: written as the run goes, and enough for any machine to carry on.

use std::fs;

use serde_json::Value;

use crate::support::{Cli, Server, ipa};

fn receipt_of(call: Cli) -> (i32, String) {
    let (child, directory) = call.args(["--receipt", "receipt.json"]).start();
    let status = child.wait_with_output().expect("the program ends").status;
    let text = fs::read_to_string(directory.path().join("receipt.json")).expect("a receipt");
    (status.code().expect("a code"), text)
}

#[test]
fn another_machine_carries_on_with_nothing_but_the_receipt() {
    let server = Server::start("succeeds");
    let uploads = server
        .ship()
        .file("App.ipa", ipa("com.example.app", "1.4.0", "42"))
        .args(["App.ipa", "--wait", "none"]);
    let (code, text) = receipt_of(uploads);
    assert_eq!(code, 0);
    let receipt: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(receipt["reached"], "sent");
    let put = server.bytes_put();
    let ran = server
        .command("finish")
        .file("r.json", &text)
        .args(["r.json", "--poll-interval", "5ms"])
        .succeeds();
    assert_eq!(ran.outcome(), "processed");
    let build = &ran.report["build"];
    assert_eq!(build["build_number"], "42");
    assert_eq!(build["build_upload_id"], receipt["build_upload_id"]);
    assert_eq!(ran.report["app"]["id"], receipt["app"]["id"]);
    assert_eq!(server.bytes_put(), put);
}

#[test]
fn the_receipt_of_a_run_that_was_refused_says_how_far_it_got() {
    let rehearsal = Cli::new().ship().scenario("duplicate-unlisted");
    let (code, text) = receipt_of(rehearsal);
    assert_eq!(code, 1);
    let receipt: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(receipt["reached"], "package");
    assert_eq!(receipt["sandbox"], true);
    for (text, code) in [
        (text.as_str(), "receipt-unusable"),
        ("{}", "receipt-unusable"),
    ] {
        let call = Cli::new().args(["finish", "r.json", "--report", "report.json"]);
        assert_eq!(call.file("r.json", text).fails(2).codes(), [code]);
    }
    let missing = Cli::new().args(["finish", "--report", "report.json"]);
    assert_eq!(missing.fails(2).codes(), ["receipt-not-named"]);
}

#[test]
fn a_receipt_that_cannot_be_written_is_told_before_anything_is_sent() {
    let call = Cli::new().ship().scenario("succeeds").file("file", "");
    let ran = call.args(["--receipt", "file/r.json"]).fails(2);
    assert_eq!(ran.codes(), ["report-not-writable"]);
    assert!(
        ran.everything().contains("--receipt"),
        "{}",
        ran.everything()
    );
}

#[test]
fn what_was_wished_travels_in_the_receipt_and_an_option_stands_over_it() {
    let server = Server::start("succeeds");
    let uploads = server
        .ship()
        .file("App.ipa", ipa("com.example.app", "1.4.0", "42"))
        .args(["App.ipa", "--wait", "none", "--groups", "QA"])
        .args(["--whats-new", "Ünder the hood", "--submit-beta-review"])
        .args(["--submit-to-app-store", "--release-type", "MANUAL"]);
    let (code, text) = receipt_of(uploads);
    assert_eq!(code, 0);
    let receipt: Value = serde_json::from_str(&text).expect("JSON");
    let wishes = &receipt["wishes"];
    assert_eq!(wishes["distribution"]["groups"][0], "QA");
    assert_eq!(wishes["submission"]["release"], "MANUAL");
    let of = |command: &str, options: &[&str]| {
        let call = server.command(command).file("r.json", &text);
        let call = call.args(["r.json", "--poll-interval", "5ms"]);
        options.iter().fold(call, Cli::arg).succeeds()
    };
    let ran = of("distribute", &["--groups=Friends"]);
    assert!(ran.stderr.contains("given to Friends"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("QA"), "{}", ran.stderr);
    assert_eq!(
        (server.done("submit-beta-review"), server.done("add-item")),
        (1, 0)
    );
    let ran = of("finish", &[]);
    assert_eq!(ran.outcome(), "submitted");
    assert!(ran.stderr.contains("given to QA"), "{}", ran.stderr);
    assert_eq!(
        (server.done("submit-beta-review"), server.done("add-item")),
        (1, 1)
    );
    let status = server.command("status").file("r.json", &text);
    let status = status.arg("r.json").succeeds();
    assert!(status.stderr.contains("Build 42"), "{}", status.stderr);
    let wait = server.command("wait").file("r.json", &text);
    wait.args(["r.json", "--until", "approved", "--poll-interval", "5ms"])
        .succeeds();
}

#[test]
fn a_run_whose_time_is_over_names_the_exact_command_that_carries_on() {
    let server = Server::start("stays-processing");
    let ship = || {
        let call = server
            .ship()
            .file("App.ipa", ipa("com.example.app", "1.4.0", "42"))
            .args(["App.ipa", "--processing-timeout", "100ms"]);
        call.args(["--appear-timeout", "5s", "--groups", "QA"])
    };
    let ran = ship().args(["--receipt", "out/r.json"]).fails(4);
    let said = "`jetway finish out/r.json`";
    let finding = ran.finding("build-still-processing");
    assert!(finding["fix"][0].to_string().contains(said), "{finding:#}");
    assert!(ran.stderr.contains(said), "{}", ran.stderr);
    let ran = ship().fails(4);
    let id = ran.report["build"]["build_id"].as_str().expect("an id");
    let said = format!("`jetway finish --build-id={id} --groups=QA`");
    assert!(ran.stderr.contains(&said), "{}", ran.stderr);
    let job = ship()
        .args(["--receipt", "r.json"])
        .env("JETWAY_IN_ACTION", "true");
    let ran = job.in_a_workflow().fails(4);
    let said = "`with: { finish: r.json }`";
    assert!(
        ran.summary.contains("Carry on with a job"),
        "{}",
        ran.summary
    );
    assert!(ran.stdout.contains(said), "{}", ran.stdout);
    // By names alone, where the receipt is lost.
    let named = server.command("finish").args([
        "--bundle-id=com.example.app",
        "--marketing-version=1.4.0",
        "--build-number=42",
        "--processing-timeout=100ms",
    ]);
    let ran = named.args(["--poll-interval", "5ms"]).fails(4);
    assert_eq!(ran.codes(), ["build-still-processing"]);
}

/// A repository with these commits; one that begins with a `#` is a tag.
fn repository(call: Cli, commits: &[&str]) -> Cli {
    let git = |arguments: &[&str]| {
        let ran = std::process::Command::new("git")
            .args(["-c", "user.name=Kim", "-c", "user.email=kim@example.com"])
            .args(arguments)
            .current_dir(call.path("."))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .expect("git runs");
        assert!(ran.status.success(), "{arguments:?}: {ran:?}");
    };
    git(&["init", "-q", "-b", "main"]);
    for commit in commits {
        match commit.strip_prefix('#') {
            Some(tag) => git(&["tag", tag]),
            None => git(&["commit", "-q", "--allow-empty", "-m", commit]),
        }
    }
    call
}

#[test]
fn what_to_test_comes_from_the_commits_since_the_last_tag() {
    let server = Server::start("succeeds");
    let ship = |commits: &[&str]| {
        let call = server
            .ship()
            .file("App.ipa", ipa("com.example.app", "1.4.0", "42"));
        let call = call.args(["App.ipa", "--whats-new-from-git"]);
        repository(call, commits).env("PATH", "/usr/bin:/bin:/usr/local/bin")
    };
    let call = ship(&["One", "#v1", "Two <b>🎉", "Three\n\nIts text", "#v2"]);
    let (code, text) = receipt_of(call);
    assert_eq!(code, 0);
    let receipt: Value = serde_json::from_str(&text).expect("JSON");
    let notes = &receipt["wishes"]["distribution"]["whats_new"][0]["text"];
    assert_eq!(notes, "- Three\n- Two <b>🎉");
    let first = ship(&["One", "Two"]).succeeds();
    assert!(
        first.stderr.contains("notes for testers were written"),
        "{}",
        first.stderr
    );
    let nothing = ship(&["One", "#v1"]);
    let both = nothing.args(["--whats-new", "Text"]).fails(2);
    assert_eq!(both.codes(), ["option-invalid"]);
    let none = server
        .ship()
        .file("App.ipa", ipa("com.example.app", "1.4.0", "42"));
    let none = none
        .args(["App.ipa", "--whats-new-from-git"])
        .env("PATH", "/usr/bin:/bin");
    assert_eq!(none.fails(2).codes(), ["option-invalid"]);
}
