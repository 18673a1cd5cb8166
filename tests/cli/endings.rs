//! What a run says at its end is true everywhere it says it: terminal, summary, outputs and report.

use std::process::Command;

use crate::support::{Cli, Ran, Server, ipa};

fn ship(scenario: &str) -> Cli {
    Cli::new()
        .in_a_workflow()
        .ship()
        .scenario(scenario)
        .args(["--idle-timeout", "1s"])
}

/// All that people and machines are told.
fn everywhere(ran: &Ran) -> String {
    format!(
        "{}{}{}{}{:#}",
        ran.stdout, ran.stderr, ran.summary, ran.outputs, ran.report
    )
}

#[track_caller]
fn says_nowhere(ran: &Ran, words: &[&str]) {
    let told = everywhere(ran);
    for words in words {
        assert!(!told.contains(words), "{words}\n{told}");
    }
}

#[test]
fn a_build_that_testers_can_not_get_is_never_called_ready() {
    let held = ship("beta-missing-compliance").succeeds();
    assert_eq!(held.outcome(), "processed");
    says_nowhere(&held, &["ready for testing", "can be given to testers"]);
    let summary = held.report["summary"].as_str().expect("a sentence");
    assert!(summary.contains("testers can't get it yet"), "{summary}");
    let broken = ship("beta-processing-exception").fails(1);
    assert_eq!(broken.outcome(), "failed");
    assert_eq!(broken.report["reached"], "processed");
    says_nowhere(&broken, &["ready for testing", "can be given to testers"]);
}

#[test]
fn what_was_sent_is_never_said_not_to_have_been() {
    let ran = ship("role-taken-away").fails(3);
    assert_eq!(ran.outcome(), "unfinished");
    assert_eq!(ran.report["reached"], "sent");
    assert_eq!(ran.report["verdict"], "unknown");
    let summary = ran.report["summary"].as_str().expect("a sentence");
    assert!(summary.contains("was sent to Apple"), "{summary}");
    says_nowhere(
        &ran,
        &["was not sent", "not delivered", "; nothing was sent"],
    );
}

#[test]
fn what_was_given_back_is_neither_linked_nor_carried_on_with() {
    for (scenario, code) in [("commit-refused", 3), ("storage-redirects", 3)] {
        let ran = ship(scenario).fails(code);
        assert_eq!(ran.report["reached"], "package", "{scenario}");
        assert_eq!(
            ran.report["build"]["testflight_url"],
            serde_json::Value::Null
        );
        let end = &ran.stdout[ran.stdout.rfind("was given back").expect(scenario)..];
        assert!(!end.contains("appstoreconnect.apple.com/apps"), "{end}");
        assert!(!end.contains("carries on"), "{end}");
        assert!(
            !ran.summary.contains("appstoreconnect.apple.com/apps"),
            "{}",
            ran.summary
        );
        says_nowhere(&ran, &["(42) was not sent", "; nothing was sent"]);
    }
}

#[test]
fn what_to_do_next_is_the_first_step_of_the_worst_finding() {
    for scenario in [
        "rejects-itms-90683",
        "duplicate-build",
        "invalid-build",
        "upload-fails-without-reason",
    ] {
        let ran = ship(scenario).fails(1);
        let first = &ran.report["findings"][0]["fix"][0];
        assert!(first.is_string(), "{scenario}: {:#}", ran.report);
        assert_eq!(&ran.report["next"][0], first, "{scenario}");
    }
}

#[test]
fn few_open_files_end_in_words() {
    for limit in 6..=10 {
        let directory = tempfile::tempdir().expect("a directory");
        let ran = Command::new("sh")
            .args(["-c", "ulimit -n \"$1\" && exec \"$2\" ship --sandbox", "sh"])
            .args([&limit.to_string(), env!("CARGO_BIN_EXE_jetway")])
            .current_dir(directory.path())
            .output()
            .expect("a shell runs");
        let said = String::from_utf8_lossy(&ran.stderr) + String::from_utf8_lossy(&ran.stdout);
        assert_eq!(ran.status.code(), Some(3), "{limit}: {said}");
        assert!(said.contains("limits on"), "{limit}: {said}");
        assert!(!said.contains("panicked"), "{limit}: {said}");
    }
}

/// A report that may not grow is given up, and the run goes on.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_may_not_grow_is_a_warning_and_not_the_end() {
    let server = Server::start("succeeds");
    let key = jetway::sandbox::demo_key();
    let directory = tempfile::tempdir().expect("a directory");
    let package = ipa("com.example.app", "1.0.0", "42");
    std::fs::write(directory.path().join("App.ipa"), package).expect("a file");
    let ran = Command::new("sh")
        .args([
            "-c",
            "ulimit -f 3 && exec \"$1\" ship App.ipa --report r.json",
            "sh",
        ])
        .arg(env!("CARGO_BIN_EXE_jetway"))
        .env_clear()
        .envs([
            ("JETWAY_ASC_URL", server.url.as_str()),
            ("JETWAY_POLL_INTERVAL", "5ms"),
        ])
        .envs([
            ("JETWAY_API_KEY_ID", key.key_id),
            ("JETWAY_API_ISSUER_ID", key.issuer_id),
        ])
        .env("JETWAY_API_KEY", &key.private_key_pem)
        .current_dir(directory.path())
        .output()
        .expect("a shell runs");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(0), "{:?} {said}", ran.status);
    assert!(said.contains("the report could not be written"), "{said}");
    assert!(!said.contains("  report: "), "{said}");
}

/// Nor where it is written before a run begins, as a rehearsal's package is.
#[cfg(target_os = "linux")]
#[test]
fn a_rehearsal_whose_package_may_not_grow_says_so() {
    let directory = tempfile::tempdir().expect("a directory");
    let ran = Command::new("sh")
        .args(["-c", "ulimit -f 0 && exec \"$1\" ship --sandbox", "sh"])
        .arg(env!("CARGO_BIN_EXE_jetway"))
        .env_clear()
        .current_dir(directory.path())
        .output()
        .expect("a shell runs");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(2), "{:?} {said}", ran.status);
    assert!(said.contains("File too large"), "{said}");
}
