//! Where else a program comes from: given, cached, for another machine, built from source.

use std::fs;
use std::path::Path;

use crate::install::{PROGRAM, host, job, manifest, sha256, succeeds};
use crate::releases::{Answer, Releases};
use crate::runner::{Job, write_program};

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
    let place = log.split(" build ").next().expect("a place");
    assert!(Path::new(place).ends_with("action"), "{log}");
}

#[test]
fn a_build_that_fails_says_so() {
    let ran = Job::new()
        .tool("cargo", "#!/bin/sh\necho error: no luck >&2\nexit 101\n")
        .run();
    assert_eq!(ran.refusal().title, "jetway could not be built");
}
