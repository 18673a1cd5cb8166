//! The whole action, from a released program to outputs, against the sandbox.

use std::fs;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::definition::Action;
use crate::install::{asset, target};
use crate::ran::{Ran, annotations};
use crate::releases::{Answer, Releases};
use crate::runner::Job;
use crate::support::{Server, ipa, ipa_of_size};

const TARGETS: [&str; 3] = [
    "universal2-apple-darwin",
    "x86_64-unknown-linux-musl",
    "aarch64-unknown-linux-musl",
];

/// The manifest of a release of this program, by the script that the release workflow runs.
pub fn manifest(version: &str, program: &[u8]) -> String {
    let assets = tempfile::tempdir().expect("a directory");
    for name in TARGETS {
        let bytes = if name == target() {
            program
        } else {
            b"another"
        };
        fs::write(assets.path().join(format!("jetway-{name}")), bytes).expect("a program");
    }
    let manifest =
        Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/scripts/release-env.sh"))
            .args([version, "example/jetway"])
            .arg(assets.path())
            .output()
            .expect("the script runs");
    assert!(manifest.status.success(), "{manifest:?}");
    String::from_utf8(manifest.stdout).expect("text")
}

/// The program under test, released.
fn released() -> (Releases, Job) {
    let program = fs::read(env!("CARGO_BIN_EXE_jetway")).expect("the program");
    let manifest = manifest("9.9.9", &program);
    let releases = Releases::start();
    releases.give(&asset(), [Answer::File(program)]);
    let job = Job::new()
        .released(&manifest)
        .input("download-base-url", &releases.url);
    (releases, job)
}

#[test]
fn a_release_that_lacks_a_program_gets_no_manifest() {
    let assets = tempfile::tempdir().expect("a directory");
    fs::write(assets.path().join(format!("jetway-{}", TARGETS[0])), "1").expect("a program");
    let ran =
        Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/scripts/release-env.sh"))
            .args(["9.9.9", "example/jetway"])
            .arg(assets.path())
            .output()
            .expect("the script runs");
    assert!(!ran.status.success());
    assert!(
        String::from_utf8_lossy(&ran.stderr).contains("no program for"),
        "{ran:?}"
    );
}

/// The program under test, given: for tests that are not about where it comes from.
fn job() -> Job {
    Job::new().input("binary", env!("CARGO_BIN_EXE_jetway"))
}

fn rehearsal(scenario: &str) -> Job {
    job()
        .input("sandbox", "true")
        .input("scenario", scenario)
        .input("poll-interval", "5ms")
}

#[track_caller]
fn outcome(ran: &Ran, outcome: &str, code: i32) {
    assert_eq!(ran.step("ship").code, Some(code), "{}", ran.log());
    assert_eq!(ran.outputs["outcome"], outcome, "{}", ran.log());
    assert_eq!(ran.step("Clean up").code, Some(0), "{}", ran.log());
    assert_eq!(ran.left_over(), Vec::<String>::new());
}

#[test]
fn a_released_program_ships_and_every_output_is_there() {
    let (releases, job) = released();
    let ran = job
        .input("sandbox", "true")
        .input("poll-interval", "5ms")
        .input("report", "report.json")
        .run();
    outcome(&ran, "processed", 0);
    assert!(ran.succeeded);
    assert_eq!(releases.asked(), [asset()]);
    // A package was given: nothing was exported, and no number was asked for.
    let of_others = [
        "package-path",
        "dsyms-path",
        "export-log",
        "next-build-number",
    ];
    let outputs = ran.outputs.iter();
    for (name, value) in outputs.filter(|(name, _)| !of_others.contains(&name.as_str())) {
        assert!(!value.is_empty(), "{name} is empty\n{}", ran.log());
    }
    assert_eq!(ran.outputs["verdict"], "succeeded");
    assert_eq!(ran.outputs["url"], ran.outputs["testflight-url"]);
    assert!(
        Path::new(&ran.outputs["report"]).is_absolute()
            || ran.job.path("workspace/report.json").exists()
    );
    assert!(ran.step("ship").summary.contains("SANDBOX"));
    assert_eq!(ran.step("install").summary, "");
}

#[test]
fn the_next_build_number_is_an_output() {
    let ran = rehearsal("already-accepted")
        .input("command", "next-build-number")
        .input("bundle-id", "com.example.jetway-demo")
        .run();
    assert_eq!(ran.step("ship").code, Some(0), "{}", ran.log());
    assert_eq!(ran.outputs["next-build-number"], "43", "{}", ran.log());
}

#[test]
fn preflight_takes_its_own_inputs() {
    let job = |strict| {
        let job = job().input("command", "preflight").input("path", "App.ipa");
        job.file("App.ipa", ipa("com.example.app", "1.0.0", "1"))
            .input("strict", strict)
    };
    let codes = |ran: &Ran| ran.step("ship").code;
    assert_eq!(codes(&job("").run()), codes(&job("false").run()));
    let wrong = job("perhaps").input("channel", "nowhere").run();
    assert_eq!(codes(&wrong), Some(2), "{}", wrong.log());
    for name in ["strict", "channel"] {
        assert!(
            wrong.log().contains(&format!("{name}: ")),
            "{}",
            wrong.log()
        );
    }
}

#[test]
fn a_refused_build_fails_the_step_with_annotations_summary_and_outputs() {
    let ran = rehearsal("rejects-itms-90683").run();
    outcome(&ran, "failed", 1);
    assert!(!ran.succeeded);
    let found = annotations(&ran.step("ship").log);
    let errors = found.iter().filter(|one| one.level == "error").count();
    assert!((1..=9).contains(&errors), "{found:?}");
    assert!(
        found.iter().any(|one| format!("{one:?}").contains("90683")),
        "{found:?}"
    );
    assert!(ran.step("ship").summary.contains("ITMS-90683"));
    for name in [
        "app-id",
        "bundle-id",
        "build-number",
        "build-upload-id",
        "url",
    ] {
        assert!(!ran.outputs[name].is_empty(), "{name}\n{}", ran.log());
    }
}

#[test]
fn inputs_that_are_not_given_are_defaults() {
    let ran = rehearsal("")
        .input("wait", "")
        .input("concurrency", "")
        .run();
    outcome(&ran, "processed", 0);
}

#[test]
fn variables_of_the_job_do_not_count() {
    let ran = rehearsal("")
        .env("JETWAY_TIMEOUT", "never")
        .env("JETWAY_ASC_URL", "ftp://nowhere")
        .env("JETWAY_TOOLS_DIR", "/nowhere")
        .env("JETWAY_API_KEY", "no key at all")
        .run();
    outcome(&ran, "processed", 0);
    assert!(!ran.log().contains("something of an earlier run stays"));
}

/// The step of somebody who comes from Apple-Actions/upload-testflight-build.
fn switched(server: &Server) -> Job {
    let key = jetway::sandbox::demo_key();
    job()
        .file("build/App.ipa", ipa("com.example.app", "1.0.0", "1"))
        .input("app-path", "build/App.ipa")
        .input("app-type", "ios")
        .input("backend", "appstore-api")
        .input("issuer-id", key.issuer_id)
        .input("api-key-id", key.key_id)
        .input("api-private-key", key.private_key_pem)
        .input("asc-url", &server.url)
        .input("poll-interval", "5ms")
}

#[test]
fn the_names_of_apple_actions_work() {
    let ran = switched(&Server::start("succeeds")).run();
    outcome(&ran, "processed", 0);
    assert_eq!(ran.outputs["bundle-id"], "com.example.app");
}

#[test]
fn the_notes_and_the_answer_on_encryption_of_apple_actions_work() {
    let server = Server::start("compliance-late");
    let ran = switched(&server)
        .input("release-notes", "Everything is faster.")
        .input("uses-non-exempt-encryption", "false")
        .input("poll-interval", "5ms")
        .run();
    outcome(&ran, "processed", 0);
    let log = ran.log();
    for said in [
        "notes for testers were written",
        "question on encryption was answered",
    ] {
        assert!(log.contains(said), "{said}\n{log}");
    }
    assert_eq!(
        (server.done("add-notes") + server.done("change-notes")).min(1),
        1
    );
    assert_eq!(server.done("change-build"), 1);
}

/// Two jobs with the action: the second has the receipt alone.
#[test]
fn a_second_job_finishes_what_the_first_one_uploaded() {
    let server = Server::start("gives-to-testers");
    let first = switched(&server)
        .input("wait", "none")
        .input("receipt", "receipt.json")
        .input("groups", "QA, Friends")
        .input("submit-beta-review", "true");
    let ran = first.run();
    outcome(&ran, "uploaded", 0);
    let receipt = fs::read(ran.job.path("workspace/receipt.json")).expect("a receipt");
    let key = jetway::sandbox::demo_key();
    let second = job()
        .file("receipt.json", receipt)
        .input("finish", "receipt.json")
        .input("api-key", key.private_key_pem)
        .input("api-key-id", key.key_id)
        .input("api-issuer-id", key.issuer_id)
        .input("asc-url", &server.url)
        .input("poll-interval", "5ms");
    outcome(&second.run(), "submitted", 0);
    assert_eq!(
        (server.done("reserve"), server.done("submit-beta-review")),
        (1, 1)
    );
}

#[test]
fn not_waiting_for_processing_is_an_upload_alone() {
    let ran = switched(&Server::start("succeeds"))
        .input("wait-for-processing", "false")
        .run();
    outcome(&ran, "uploaded", 0);
    let ran = switched(&Server::start("succeeds"))
        .input("wait-for-processing", "true")
        .run();
    outcome(&ran, "processed", 0);
}

#[test]
fn a_name_of_our_own_wins_over_its_other_name() {
    let ran = switched(&Server::start("succeeds"))
        .input("app-path", "nowhere.ipa")
        .input("path", "build/App.ipa")
        .run();
    outcome(&ran, "processed", 0);
}

#[test]
fn paths_are_relative_to_the_working_directory() {
    let ran = switched(&Server::start("succeeds"))
        .input("working-directory", "build")
        .input("path", "App.ipa")
        .run();
    outcome(&ran, "processed", 0);
}

#[test]
fn the_key_is_nowhere_in_the_log_or_the_summary() {
    let ran = switched(&Server::start("wrong-key")).run();
    assert!(!ran.succeeded, "{}", ran.log());
    let key = jetway::sandbox::demo_key().private_key_pem;
    let body: String = key.lines().filter(|line| !line.contains("---")).collect();
    let shown = ran.log() + &ran.step("ship").summary;
    // Masking commands are what the runner reads and does not show.
    let shown: String = shown
        .lines()
        .filter(|line| !line.starts_with("::add-mask::"))
        .collect();
    for line in key
        .lines()
        .filter(|line| line.len() > 20 && !line.contains("---"))
    {
        assert!(!shown.contains(line), "{}", ran.log());
    }
    assert!(!shown.contains(&body));
    assert!(!shown.contains(crate::runner::TOKEN));
}

#[test]
fn a_strange_value_of_any_input_is_text_and_nothing_else() {
    let evil =
        "a b\"; $(touch planted) `touch planted` \u{1b}[31m\n::warning::planted\r##[error]planted";
    for input in Action::read().inputs {
        if [
            "binary",
            "binary-sha256",
            "download-base-url",
            "working-directory",
        ]
        .contains(&input.name.as_str())
        {
            continue;
        }
        // In a rehearsal, so that no value of any input can make a run look for Apple.
        let ran = rehearsal("succeeds").input(&input.name, evil).run();
        assert!(
            !ran.job.path("workspace/planted").exists(),
            "{}",
            input.name
        );
        for annotation in annotations(&ran.step("ship").log) {
            assert_ne!(
                annotation.message,
                "planted",
                "{}\n{}",
                input.name,
                ran.log()
            );
        }
        assert_eq!(ran.step("Clean up").code, Some(0), "{}", ran.log());
    }
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill")
        .args([format!("-{name}"), child.id().to_string()])
        .status()
        .expect("kill runs");
    assert!(sent.success());
}

/// The runner sends signals to the process it started, which was bash.
fn cancelled_by(name: &str, code: i32) {
    let server = Server::start("slow-answers");
    let job = switched(&server)
        .file(
            "build/App.ipa",
            ipa_of_size("com.example.app", "1.0.0", "1", 30_000_000),
        )
        .input("concurrency", "1");
    let mut sent = None;
    let ran = job.run_and(|child| {
        let began = Instant::now();
        while server.bytes_put() == 0 {
            assert!(began.elapsed() < Duration::from_secs(20), "no part came");
            std::thread::yield_now();
        }
        sent = Some(Instant::now());
        signal(child, name);
    });
    let took = sent.expect("a signal").elapsed();
    assert!(took < Duration::from_secs(5), "took {took:?}");
    outcome(&ran, "interrupted", code);
    assert!(!ran.outputs["build-upload-id"].is_empty(), "{}", ran.log());
    assert!(!ran.step("ship").summary.is_empty());
    assert_eq!(server.done("commit"), 0, "{:#}", server.log());
}

#[test]
fn cancelling_the_job_reaches_the_program_and_no_build_is_committed() {
    cancelled_by("INT", 130);
}

#[test]
fn a_second_harder_signal_reaches_it_too() {
    cancelled_by("TERM", 143);
}
