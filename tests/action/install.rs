//! The first step: whose program is used, and when none is.

use std::fs;
use std::process::Command;

use crate::ran::Ran;
use crate::releases::{Answer, Releases};
use crate::runner::{Job, TOKEN};

/// A program as the release host keeps one.
pub const PROGRAM: &[u8] = b"#!/bin/sh\necho \"jetway 9.9.9\"\n";
const KEY: &str = "-----BEGIN PRIVATE KEY-----\nMIGTAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----";

/// The target of this machine, as the release names it.
pub fn target() -> &'static str {
    match (cfg!(target_os = "macos"), cfg!(target_arch = "aarch64")) {
        (true, _) => "universal2-apple-darwin",
        (false, true) => "aarch64-unknown-linux-musl",
        (false, false) => "x86_64-unknown-linux-musl",
    }
}

/// The hash of these bytes, by the tool that users have.
pub fn sha256(bytes: &[u8]) -> String {
    let file = tempfile::NamedTempFile::new().expect("a file");
    fs::write(file.path(), bytes).expect("its bytes");
    let (tool, options) = match cfg!(target_os = "macos") {
        true => ("shasum", &["-a", "256"][..]),
        false => ("sha256sum", &[][..]),
    };
    let output = Command::new(tool)
        .args(options)
        .arg(file.path())
        .output()
        .expect("the tool runs");
    String::from_utf8(output.stdout).expect("text")[..64].to_owned()
}

/// A manifest of version 9.9.9 with one program in it.
pub fn manifest(target: &str, program: &[u8]) -> String {
    let name = target.replace('-', "_");
    format!(
        "VERSION=9.9.9\nREPOSITORY=example/jetway\nSHA256_{name}={}\n",
        sha256(program)
    )
}

pub fn asset() -> String {
    format!("/v9.9.9/jetway-{}", target())
}

/// A job whose action is released, and which downloads from this host.
pub fn job(releases: &Releases) -> Job {
    Job::new()
        .released(&manifest(target(), PROGRAM))
        .input("download-base-url", &releases.url)
        .input("api-private-key", KEY)
}

pub fn host(answer: Answer) -> Releases {
    let releases = Releases::start();
    releases.give(&asset(), [answer]);
    releases
}

#[track_caller]
pub fn succeeds(ran: &Ran) {
    assert!(ran.succeeded, "{}", ran.log());
    assert_eq!(ran.left_over(), Vec::<String>::new());
}

#[test]
fn the_released_program_is_downloaded_once_checked_and_used() {
    let releases = host(Answer::File(PROGRAM.to_vec()));
    let ran = job(&releases).run();
    succeeds(&ran);
    assert_eq!(releases.asked(), [asset()]);
    assert!(
        ran.step("install").log.contains("hash checked"),
        "{}",
        ran.log()
    );
    assert!(
        ran.step("ship").log.contains("jetway 9.9.9"),
        "{}",
        ran.log()
    );
}

#[test]
fn no_secret_is_in_the_environment_of_the_steps_that_run_scripts_of_ours() {
    let ran = job(&host(Answer::File(PROGRAM.to_vec()))).run();
    for id in ["install", "Clean up"] {
        for (name, value) in &ran.step(id).env {
            assert!(
                !value.contains(TOKEN) && !value.contains("PRIVATE KEY"),
                "{id} {name}"
            );
        }
    }
    assert_eq!(ran.step("ship").env["JETWAY_API_KEY"], KEY);
    assert_eq!(ran.step("ship").env["JETWAY_GITHUB_TOKEN"], TOKEN);
}

#[test]
fn a_wrong_hash_is_refused() {
    let ran = job(&host(Answer::File(
        b"#!/bin/sh\necho jetway evil\n".to_vec(),
    )))
    .run();
    let refusal = ran.refusal();
    assert_eq!(refusal.title, "the hash of jetway is wrong");
    assert!(refusal.message.contains(&asset()), "{refusal:?}");
    assert!(refusal.message.contains(&sha256(PROGRAM)), "{refusal:?}");
}

#[test]
fn a_missing_hash_is_refused_before_anything_is_downloaded() {
    let releases = host(Answer::File(PROGRAM.to_vec()));
    for hash in [
        "",
        "SHA256_x=1",
        &format!("SHA256_{}=abc", target().replace('-', "_")),
    ] {
        let ran = job(&releases)
            .released(&format!(
                "VERSION=9.9.9\nREPOSITORY=example/jetway\n{hash}\n"
            ))
            .run();
        assert_eq!(ran.refusal().title, "the release has no hash");
    }
    assert_eq!(releases.asked(), Vec::<String>::new());
}

#[test]
fn a_program_that_is_not_there_is_asked_for_once_and_the_address_code_and_version_are_told() {
    let releases = Releases::start();
    let message = job(&releases).run().refusal().message;
    for part in [
        &format!("{}{}", releases.url, asset()),
        "HTTP 404",
        "version 9.9.9",
    ] {
        assert!(message.contains(part), "{part} is not in {message}");
    }
    assert_eq!(releases.asked().len(), 1);
}

#[test]
fn a_body_that_ends_early_is_tried_again_and_then_refused() {
    let releases = host(Answer::Truncated(PROGRAM.to_vec()));
    assert_eq!(
        job(&releases).run().refusal().title,
        "jetway could not be downloaded"
    );
    assert_eq!(releases.asked().len(), 5);
}

#[test]
fn a_host_in_trouble_is_tried_again() {
    let releases = Releases::start();
    releases.give(
        &asset(),
        [
            Answer::Status(503),
            Answer::Truncated(b"#!".to_vec()),
            Answer::File(PROGRAM.to_vec()),
        ],
    );
    succeeds(&job(&releases).run());
    assert_eq!(releases.asked().len(), 3);
}

#[test]
fn a_host_that_is_away_is_named() {
    let url = "http://127.0.0.1:1";
    let releases = Releases::start();
    let message = job(&releases)
        .input("download-base-url", url)
        .run()
        .refusal()
        .message;
    assert!(
        message.contains(url) && message.contains("no HTTP status"),
        "{message}"
    );
    assert_eq!(releases.asked(), Vec::<String>::new());
}

#[test]
fn a_mirror_is_used_as_it_is_given() {
    let releases = Releases::start();
    let path = format!("/a/b{}", asset());
    releases.give(&path, [Answer::File(PROGRAM.to_vec())]);
    let mirror = format!("{}/a/b/", releases.url);
    succeeds(&job(&releases).input("download-base-url", mirror).run());
    assert_eq!(releases.asked(), [path]);
}

#[test]
fn only_this_machine_may_be_asked_in_the_clear_and_passwords_are_not_shown() {
    for mirror in [
        "http://example.com",
        "http://127.0.0.1.example.com",
        "http://me:hunter2@127.0.0.1",
        "http://127.0.0.1:80@example.com",
        "ftp://me:hunter2@example.com",
        "file:///tmp",
        "https://",
        "https://exa mple.com",
        "-o/tmp/x",
    ] {
        let ran = job(&Releases::start())
            .input("download-base-url", mirror)
            .run();
        assert_eq!(
            ran.refusal().title,
            "download-base-url cannot be used",
            "{mirror}"
        );
        assert!(!ran.log().contains("hunter2"), "{}", ran.log());
    }
}

#[test]
fn no_curlrc_and_no_pattern_in_the_address_changes_what_is_downloaded() {
    for (variable, file) in [
        ("HOME", ".curlrc"),
        ("CURL_HOME", "curl home/.curlrc"),
        ("XDG_CONFIG_HOME", "curl home/curlrc"),
    ] {
        let elsewhere = host(Answer::File(b"another program".to_vec()));
        let releases = host(Answer::File(PROGRAM.to_vec()));
        let job = job(&releases);
        let written = job.path("planted").display().to_string();
        let url = format!("{}{}", elsewhere.url, asset());
        fs::create_dir_all(job.path("curl home")).expect("a directory");
        let curlrc = format!("url = \"{url}\"\noutput = \"{written}\"\n");
        fs::write(job.path(file), curlrc).expect("a file");
        let place = job.path("curl home").display().to_string();
        // The runner's own HOME is the job's directory.
        let ran = job.env(variable, place).run();
        succeeds(&ran);
        assert!(
            !ran.job.path("planted").exists(),
            "{variable}\n{}",
            ran.log()
        );
        assert_eq!(elsewhere.asked(), Vec::<String>::new(), "{variable}");
        assert_eq!(releases.asked(), [asset()], "{variable}");
    }
    let releases = Releases::start();
    let mirror = format!("{}/{{a,b}}[1-3]", releases.url);
    let ran = job(&releases).input("download-base-url", mirror).run();
    ran.refusal();
    assert_eq!(releases.asked().len(), 1, "{:?}", releases.asked());
}

#[test]
fn without_curl_the_message_says_so() {
    let job = job(&Releases::start());
    fs::remove_file(job.path("tools/curl")).expect("it was there");
    assert_eq!(job.run().refusal().title, "curl is missing");
}

#[test]
fn a_released_program_that_does_not_run_here_is_named() {
    let broken = b"\x7fELF\x00\x01 this is no program";
    let releases = host(Answer::File(broken.to_vec()));
    let ran = job(&releases).released(&manifest(target(), broken)).run();
    assert_eq!(ran.refusal().title, "jetway does not run on this machine");
}

#[test]
fn what_an_earlier_step_left_for_bash_is_not_read() {
    let job = job(&host(Answer::File(PROGRAM.to_vec())));
    let path = job.path("planted").display().to_string();
    let planted = format!("touch '{}'\n", path.replace('\'', "'\\''"));
    let function = format!("() {{ {planted} }}");
    let job = job.file("planted.sh", &planted);
    let ran = job
        .env("BASH_ENV", "./planted.sh")
        .env("ENV", "./planted.sh")
        .env("BASH_FUNC_curl%%", &function)
        .env("BASH_FUNC_sha256sum%%", &function)
        .env("SHELLOPTS", "xtrace")
        .run();
    succeeds(&ran);
    assert!(!ran.job.path("planted").exists(), "{}", ran.log());
}

#[test]
fn a_strange_input_is_text_and_nothing_else() {
    let evil = "a b\"; $(touch planted) `touch planted`\n::warning::planted\r##[error]planted";
    for input in ["binary", "binary-sha256", "download-base-url"] {
        let ran = job(&Releases::start()).input(input, evil).run();
        ran.refusal();
        assert!(!ran.job.path("workspace/planted").exists(), "{input}");
    }
    let ran = Job::new()
        .file("##[warning]x::y%0A", PROGRAM)
        .input("binary", "##[warning]x::y%0A")
        .run();
    assert!(
        ran.refusal().message.contains("##[warning]x::y%0A"),
        "{}",
        ran.log()
    );
}

#[test]
fn the_clean_up_removes_nothing_that_the_action_did_not_make() {
    let job = job(&host(Answer::File(PROGRAM.to_vec()))).file("precious", "1");
    let precious = job.path("workspace").display().to_string();
    let script = job.path("action/.github/action/cleanup.sh");
    let run = |directory: &str| {
        let status = Command::new(job.path("tools/bash"))
            .arg(&script)
            .env_clear()
            .env("PATH", job.path("tools"))
            .env("RUNNER_TEMP", job.path("temp"))
            .env("JETWAY_DIRECTORY", directory)
            .status()
            .expect("bash runs");
        assert!(status.success());
    };
    let ours = job.path("temp/jetway.0123456789");
    fs::create_dir_all(&ours).expect("a directory");
    fs::create_dir_all(job.path("temp/jetway.0")).expect("a directory");
    fs::create_dir_all(job.path("ww")).expect("a directory");
    let upwards = format!("{}/jetway.0/../../ww", job.path("temp").display());
    for directory in [precious.as_str(), "", "/", &upwards] {
        run(directory);
    }
    assert!(job.path("workspace/precious").exists() && job.path("ww").exists() && ours.exists());
    run(&ours.display().to_string());
    assert!(!ours.exists());
}
