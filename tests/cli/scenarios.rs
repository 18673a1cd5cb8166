//! Every scenario that the sandbox names ends as it says, and is told.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use jetway::sandbox::{Scenario, ScenarioInfo};

use crate::support::{Cli, Server, ipa_of_size};

const SIDE_BY_SIDE: usize = 8;

fn ship(scenario: &str) -> Cli {
    Cli::new()
        .ship()
        .scenario(scenario)
        .args(["--idle-timeout", "1s"])
}

/// With little patience, for scenarios in which Apple never comes to an end.
fn impatient(scenario: &str) -> Cli {
    ship(scenario).args(["--appear-timeout", "300ms", "--processing-timeout", "300ms"])
}

#[test]
fn every_scenario_ends_as_it_says() {
    let next = AtomicUsize::new(0);
    let wrong = Mutex::new(Vec::new());
    // Most of a run is waiting for the sandbox's slow answers, so many go side by side.
    thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            scope.spawn(|| {
                while let Some(scenario) = Scenario::all().get(next.fetch_add(1, Ordering::Relaxed))
                {
                    let found = judge(scenario);
                    wrong.lock().expect("no judge panics").extend(found);
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no judge panics");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Everything is plain http on loopback then.
#[test]
fn a_rehearsal_needs_no_certificates() {
    let ran = ship("succeeds")
        .env("SSL_CERT_FILE", "/dev/null")
        .env("SSL_CERT_DIR", "no-such-directory")
        .succeeds();
    assert_eq!(ran.outcome(), "processed");
}

/// What is not as the scenario says.
fn judge(scenario: &ScenarioInfo) -> Option<String> {
    let waits = ["never-appeared", "still-processing"].contains(&scenario.ends);
    let call = if waits {
        impatient(scenario.name)
    } else {
        ship(scenario.name)
    };
    let ran = scenario.asks.iter().fold(call, Cli::arg).run();
    let code = ran.report["exit_code"].as_i64();
    let ends = ran.outcome() == scenario.ends && code == ran.code.map(i64::from);
    let said = ran.stderr.contains("SANDBOX") && ran.report["sandbox"] == true;
    (!ends || !said).then(|| {
        format!(
            "{}: expected {}\n{}",
            scenario.name,
            scenario.ends,
            ran.everything()
        )
    })
}

#[test]
fn apples_errors_warnings_and_infos_are_shown_word_for_word() {
    let ran = ship("rejects-itms-90683").fails(1);
    let finding = ran.finding("itms-90683");
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["source"], "app-store-connect");
    let message = finding["message"].as_str().expect("Apple's words");
    assert!(message.contains("purpose string"), "{message}");
    assert!(
        ran.stderr.contains(message.lines().next().expect("a line")),
        "{}",
        ran.everything()
    );
    assert!(!finding["fix"].as_array().expect("steps").is_empty());
    let key = finding["variables"]["key"].as_str().expect("the key");
    assert!(key.ends_with("UsageDescription"), "{key}");
}

#[test]
fn a_build_number_in_use_is_told_before_a_byte_is_sent() {
    let server = Server::start("duplicate-build");
    let ran = server
        .ship()
        .file(
            "App.ipa",
            ipa_of_size("com.example.app", "1.0.0", "42", 20_000),
        )
        .arg("App.ipa")
        .fails(1);
    let finding = ran.finding("build-number-taken");
    let next = finding["variables"]["next_build_number"]
        .as_str()
        .expect("the next number");
    assert!(
        finding["fix"][0].as_str().expect("a step").contains(next),
        "{finding:#}"
    );
    assert_eq!(server.bytes_put(), 0);
}

#[test]
fn different_endings_have_different_names_and_codes() {
    let never = impatient("complete-without-build").fails(3);
    assert_eq!(never.outcome(), "never-appeared");
    let still = impatient("stays-processing").fails(4);
    assert_eq!(still.outcome(), "still-processing");
    assert_eq!(still.report["verdict"], "unknown");
    let invalid = ship("invalid-build").fails(1);
    assert_eq!(invalid.outcome(), "invalid");
    let failed = ship("upload-fails-without-reason").fails(1);
    assert_eq!(failed.outcome(), "failed");
}

#[test]
fn the_deadline_ends_a_run_and_undoes_it() {
    let ran = ship("slow-answers").args(["--timeout", "100ms"]).fails(3);
    assert_eq!(ran.outcome(), "deadline-passed");
}

#[test]
fn waiting_can_end_with_the_upload_or_with_its_acceptance() {
    assert_eq!(
        ship("succeeds")
            .args(["--wait", "none"])
            .succeeds()
            .outcome(),
        "uploaded"
    );
    assert_eq!(
        ship("succeeds")
            .args(["--wait", "accepted"])
            .succeeds()
            .outcome(),
        "accepted"
    );
}
