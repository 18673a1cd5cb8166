//! The first step: whose program is used, and when none is.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::releases::{Answer, Releases};
use crate::runner::{Job, Ran, TOKEN, write_program};

/// A program as the release host keeps one.
const PROGRAM: &[u8] = b"#!/bin/sh\necho \"jetway 9.9.9\"\n";
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
fn job(releases: &Releases) -> Job {
    Job::new()
        .released(&manifest(target(), PROGRAM))
        .input("download-base-url", &releases.url)
        .input("api-private-key", KEY)
}

fn host(answer: Answer) -> Releases {
    let releases = Releases::start();
    releases.give(&asset(), [answer]);
    releases
}

#[track_caller]
fn succeeds(ran: &Ran) {
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
fn a_given_program_is_used_without_the_network() {
    let releases = Releases::start();
    let job = job(&releases).file("bin/jetway", "");
    write_program(&job.path("workspace/bin/jetway"), PROGRAM);
    let ran = job
        .input("binary", "bin/jetway")
        .input("binary-sha256", sha256(PROGRAM).to_uppercase())
        .run();
    succeeds(&ran);
    assert_eq!(releases.asked(), Vec::<String>::new());
    assert!(
        ran.job.path("workspace/bin/jetway").exists(),
        "it was not ours to remove"
    );
}

#[test]
fn a_given_program_that_is_none_is_refused() {
    let cases: [(&str, &[u8], &str, &str); 4] = [
        ("gone", PROGRAM, "", "the input binary is not a file"),
        (
            "here",
            PROGRAM,
            "abc",
            "the input binary-sha256 is not a SHA-256",
        ),
        (
            "here",
            PROGRAM,
            &"0".repeat(64),
            "the input binary has another hash",
        ),
        (
            "here",
            b"#!/bin/sh\necho something else\n",
            "",
            "this is not jetway",
        ),
    ];
    for (path, program, hash, title) in cases {
        let job = Job::new()
            .input("binary", path)
            .input("binary-sha256", hash);
        write_program(&job.path("workspace/here"), program);
        assert_eq!(job.run().refusal().title, title);
    }
}

#[test]
fn a_given_program_that_is_not_executable_is_refused() {
    let ran = Job::new()
        .file("jetway", PROGRAM)
        .input("binary", "jetway")
        .run();
    let refusal = ran.refusal();
    assert_eq!(refusal.title, "the input binary cannot be run");
    assert!(refusal.message.contains("chmod +x"), "{refusal:?}");
}

#[test]
fn a_hash_without_a_program_is_refused() {
    let ran = Job::new().input("binary-sha256", sha256(PROGRAM)).run();
    assert_eq!(ran.refusal().title, "binary-sha256 without binary");
}

/// Fills the tool cache with a program.
fn cached(job: Job, program: &[u8]) -> Job {
    let machine = if cfg!(target_arch = "aarch64") {
        "ARM64"
    } else {
        "X64"
    };
    let directory = job.path("cache/jetway/9.9.9");
    fs::create_dir_all(directory.join(machine)).expect("a directory");
    write_program(&directory.join(machine).join("jetway"), program);
    fs::write(directory.join(format!("{machine}.complete")), "").expect("the mark");
    job
}

#[test]
fn the_tool_cache_is_used_where_its_hash_is_right() {
    let releases = Releases::start();
    succeeds(&cached(job(&releases), PROGRAM).run());
    assert_eq!(releases.asked(), Vec::<String>::new());
}

#[test]
fn a_tool_cache_that_somebody_changed_is_not_used() {
    let releases = host(Answer::File(PROGRAM.to_vec()));
    let ran = cached(job(&releases), b"#!/bin/sh\necho jetway evil\n").run();
    succeeds(&ran);
    assert_eq!(releases.asked().len(), 1);
    assert!(!ran.log().contains("evil"), "{}", ran.log());
}

#[test]
fn a_machine_of_the_users_own_keeps_the_program_for_the_next_job() {
    for (kind, kept) in [("self-hosted", true), ("github-hosted", false)] {
        let releases = host(Answer::File(PROGRAM.to_vec()));
        let ran = job(&releases).env("RUNNER_ENVIRONMENT", kind).run();
        succeeds(&ran);
        assert_eq!(ran.job.path("cache/jetway/9.9.9").exists(), kept, "{kind}");
        if kept {
            succeeds(&ran.job.run());
            assert_eq!(releases.asked().len(), 1);
        }
    }
}

#[test]
fn in_a_container_of_another_machine_the_kernel_counts() {
    let other = "aarch64-unknown-linux-musl";
    let releases = Releases::start();
    releases.give(
        &format!("/v9.9.9/jetway-{other}"),
        [Answer::File(PROGRAM.to_vec())],
    );
    let ran = job(&releases)
        .released(&manifest(other, PROGRAM))
        .env("RUNNER_OS", "Linux")
        .env("RUNNER_ARCH", "X64")
        .tool("uname", "#!/bin/sh\necho aarch64\n")
        .run();
    succeeds(&ran);
    assert!(ran.log().contains("the kernel counts"), "{}", ran.log());
}

#[test]
fn every_mac_takes_the_same_program() {
    for machine in ["arm64", "x86_64"] {
        let universal = "universal2-apple-darwin";
        let releases = Releases::start();
        releases.give(
            &format!("/v9.9.9/jetway-{universal}"),
            [Answer::File(PROGRAM.to_vec())],
        );
        let ran = job(&releases)
            .released(&manifest(universal, PROGRAM))
            .env("RUNNER_OS", "macOS")
            .tool("uname", &format!("#!/bin/sh\necho {machine}\n"))
            .run();
        succeeds(&ran);
    }
}

#[test]
fn an_unknown_platform_without_cargo_is_refused() {
    for (system, machine) in [("Windows", "x86_64"), ("Linux", "riscv64")] {
        let ran = job(&Releases::start())
            .env("RUNNER_OS", system)
            .tool("uname", &format!("#!/bin/sh\necho {machine}\n"))
            .run();
        let refusal = ran.refusal();
        assert_eq!(refusal.title, "jetway cannot be built here");
        assert!(refusal.message.contains(system), "{refusal:?}");
    }
}

#[test]
fn a_copy_that_is_not_released_needs_cargo_and_takes_no_mirror() {
    let ran = Job::new().run();
    assert_eq!(ran.refusal().title, "jetway cannot be built here");
    let ran = Job::new()
        .input("download-base-url", "https://example.com")
        .run();
    assert_eq!(ran.refusal().title, "there is no release to download");
}

/// A cargo that writes down what it was asked, and builds our program.
const CARGO: &str = r#"#!/bin/sh
echo "$PWD $* flags=$RUSTFLAGS" >>"$HOME/cargo.log"
while [ "$1" != --target-dir ]; do shift; done
mkdir -p "$2/release"
printf '#!/bin/sh\necho jetway 9.9.9\n' >"$2/release/jetway"
chmod +x "$2/release/jetway"
"#;

#[test]
fn a_copy_that_is_not_released_is_built_from_its_own_locked_source() {
    let ran = Job::new()
        .tool("cargo", CARGO)
        .env("RUSTFLAGS", "-Dwarnings")
        .run();
    assert!(ran.succeeded, "{}", ran.log());
    assert_eq!(ran.left_over(), ["jetway-build"]);
    let log = fs::read_to_string(ran.job.path("cargo.log")).expect("cargo ran");
    assert!(log.contains("build --release --locked"), "{log}");
    assert!(log.trim_end().ends_with("flags="), "{log}");
    let place = log.split(' ').next().expect("a place");
    assert!(Path::new(place).ends_with("action"), "{log}");
}

#[test]
fn a_build_that_fails_says_so() {
    let ran = Job::new()
        .tool("cargo", "#!/bin/sh\necho error: no luck >&2\nexit 101\n")
        .run();
    assert_eq!(ran.refusal().title, "jetway could not be built");
}

#[test]
fn what_an_earlier_step_left_for_bash_is_not_read() {
    let job = job(&host(Answer::File(PROGRAM.to_vec())));
    let planted = format!("touch {}\n", job.path("planted").display());
    let function = format!("() {{ {planted} }}");
    let job = job.file("planted.sh", &planted);
    let script = job.path("workspace/planted.sh").display().to_string();
    let ran = job
        .env("BASH_ENV", &script)
        .env("ENV", &script)
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
