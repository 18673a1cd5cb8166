//! A wrong call ends within a second with what is wrong and what to do; nothing is sent or written.

use std::time::{Duration, Instant};

use crate::support::{Cli, ipa};

/// Runs a wrong call; the words must be on the terminal.
#[track_caller]
fn refuses(cli: Cli, code: i32, words: &[&str]) {
    let began = Instant::now();
    let ran = cli.fails(code);
    assert!(
        began.elapsed() < Duration::from_secs(1),
        "took {:?}",
        began.elapsed()
    );
    for word in words {
        assert!(
            ran.everything().contains(word),
            "`{word}` is missing\n{}",
            ran.everything()
        );
    }
}

#[test]
fn no_package_at_all() {
    refuses(
        Cli::new().ship(),
        2,
        &[
            "`PATH`, `JETWAY_API_KEY` and `--api-key-id` are not given",
            "jetway ship --sandbox",
        ],
    );
}

#[test]
fn a_package_that_is_not_there() {
    let cli = Cli::new().file("Runner.ipa", "x").ship().arg("App.ipa");
    refuses(cli, 2, &["there is no file App.ipa", "Runner.ipa"]);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_to_nothing_says_where_it_leads() {
    let cli = Cli::new()
        .file("Runner.ipa", "x")
        .link("App.ipa", "Absent.ipa");
    let cli = cli.ship().arg("App.ipa");
    refuses(
        cli,
        2,
        &[
            "App.ipa is a link to Absent.ipa, which is not there",
            "Runner.ipa",
        ],
    );
}

#[test]
fn a_package_that_is_not_there_leads_to_the_workflows_line() {
    const WORKFLOW: &str = "\
jobs:
  ship:
    runs-on: ubuntu-latest
    steps:
      - uses: example/jetway@v1
        with:
          api-key-id: X
          path: App.ipa
";
    let ran = Cli::new()
        .in_a_workflow()
        .file(".github/workflows/ship.yml", WORKFLOW)
        .env(
            "GITHUB_WORKFLOW_REF",
            "example/app/.github/workflows/ship.yml@refs/heads/main",
        )
        .ship()
        .arg("App.ipa")
        .fails(2);
    let location = &ran.finding("package-not-found")["location"];
    assert_eq!(location["path"], ".github/workflows/ship.yml");
    assert_eq!(location["line"], 8);
}

#[test]
fn a_directory_in_place_of_a_package() {
    let cli = Cli::new()
        .file("App.app/Info.plist", "x")
        .ship()
        .arg("App.app");
    refuses(cli, 2, &["is a directory", "Name the .xcarchive itself"]);
}

#[test]
fn a_file_of_another_kind() {
    refuses(
        Cli::new().file("App.apk", "x").ship().arg("App.apk"),
        2,
        &["neither an .ipa nor a .pkg"],
    );
}

#[test]
fn an_empty_package() {
    refuses(
        Cli::new().file("App.ipa", "").ship().arg("App.ipa"),
        2,
        &["App.ipa is empty"],
    );
}

#[test]
fn a_package_that_is_no_archive() {
    let cli = Cli::new()
        .file("App.ipa", "<html>404</html>")
        .ship()
        .args(["App.ipa", "--sandbox"]);
    refuses(cli, 1, &["App.ipa"]);
}

#[test]
fn every_wrong_option_is_told_in_one_go() {
    let cli = Cli::new()
        .file("App.ipa", ipa("com.example.app", "1.0", "1"))
        .ship()
        .args([
            "App.ipa",
            "--appear-timeout",
            "15",
            "--wait",
            "forever",
            "--concurrency",
            "0",
        ]);
    refuses(
        cli,
        2,
        &[
            "--appear-timeout: `15` has no unit",
            "--wait",
            "--concurrency",
        ],
    );
}

#[test]
fn plain_http_to_another_machine() {
    let cli = Cli::new()
        .file("App.ipa", ipa("com.example.app", "1.0", "1"))
        .ship()
        .args(["App.ipa", "--asc-url", "http://example.com"]);
    refuses(cli, 2, &["--asc-url", "plain http to another machine"]);
}

#[test]
fn a_report_that_cannot_be_written() {
    let cli = Cli::new()
        .file("App.ipa", ipa("com.example.app", "1.0", "1"))
        .args(["ship", "App.ipa", "--report", "App.ipa/report.json"]);
    refuses(cli, 2, &["the folder App.ipa can't be made", "--report"]);
}

#[test]
fn an_unknown_scenario() {
    refuses(Cli::new().ship().scenario("suceeds"), 2, &["succeeds"]);
}

#[test]
fn a_key_file_that_is_not_there() {
    let cli = Cli::new()
        .file("App.ipa", ipa("com.example.app", "1.0", "1"))
        .ship()
        .args(["App.ipa", "--api-key-path", "AuthKey.p8"]);
    refuses(cli, 2, &["AuthKey.p8 can't be read", "JETWAY_API_KEY"]);
}

#[test]
#[cfg(unix)]
fn a_key_file_that_never_ends() {
    let cli = Cli::new()
        .args(["verify", "--api-key-path", "/dev/zero"])
        .env("SSL_CERT_FILE", "/dev/zero");
    refuses(
        cli,
        2,
        &[
            "--api-key-path: /dev/zero can't be read",
            "SSL_CERT_FILE: /dev/zero can't be read",
            "far too large",
        ],
    );
}

#[test]
#[cfg(unix)]
fn certificates_that_never_end_where_the_pull_request_is_told() {
    let cli = Cli::new()
        .args(["annotate", "/dev/null"])
        .env("SSL_CERT_FILE", "/dev/zero")
        .env("GITHUB_REPOSITORY", "example/app")
        .env("JETWAY_GITHUB_TOKEN", "ghs_0123456789abcdefghij");
    refuses(
        cli,
        2,
        &["SSL_CERT_FILE: /dev/zero can't be read", "far too large"],
    );
}

/// A pipe gives what is in it once.
#[test]
#[cfg(unix)]
fn certificates_are_read_once() {
    let cli = Cli::new()
        .file("App.ipa", "")
        .ship()
        .arg("App.ipa")
        .env("GITHUB_REPOSITORY", "example/app")
        .env("JETWAY_GITHUB_TOKEN", "ghs_0123456789abcdefghij");
    let pipe = cli.path("roots.pem");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo runs").success());
    let writer = {
        let pipe = pipe.clone();
        std::thread::spawn(move || std::fs::write(pipe, "no certificate"))
    };
    refuses(
        cli.env("SSL_CERT_FILE", &pipe),
        2,
        &["✗ App.ipa is empty (+1)\n"],
    );
    writer.join().expect("no panic").expect("it was read");
}

#[test]
fn a_poll_interval_of_nothing() {
    let cli = Cli::new()
        .file("App.ipa", ipa("com.example.app", "1.0", "1"))
        .args(["ship", "App.ipa", "--poll-interval", "0s"]);
    refuses(cli, 2, &["--poll-interval: it must be longer than nothing"]);
}

#[test]
fn a_file_of_certificates_without_one() {
    let cli = Cli::new()
        .file("roots.pem", "nothing")
        .args(["verify", "--asc-url", "https://127.0.0.1:9"])
        .args(["--api-key-id", jetway::sandbox::demo_key().key_id])
        .args(["--api-issuer-id", jetway::sandbox::demo_key().issuer_id])
        .env(
            "JETWAY_API_KEY",
            jetway::sandbox::demo_key().private_key_pem,
        )
        .env("SSL_CERT_FILE", "roots.pem");
    refuses(
        cli,
        3,
        &["holds no PEM certificates", "fix: Check SSL_CERT_FILE"],
    );
}

#[test]
fn blank_variables_count_as_not_given() {
    let ran = Cli::new()
        .ship()
        .scenario("succeeds")
        .env("JETWAY_WAIT", "")
        .env("JETWAY_TIMEOUT", "")
        .env("JETWAY_API_KEY", "")
        .env("JETWAY_PATH", "")
        .env("JETWAY_API_KEY_PATH", "")
        .succeeds();
    assert_eq!(ran.outcome(), "processed");
}

#[test]
fn nothing_is_written_over_what_was_given_nor_two_things_into_one_file() {
    const KEY: &str = "-----BEGIN PRIVATE KEY-----\nthe only copy\n-----END PRIVATE KEY-----\n";
    let package = ipa("com.example.app", "1.0", "7");
    let call = |report: &str| {
        Cli::new()
            .in_a_workflow()
            .file("App.ipa", &package)
            .file("k.p8", KEY)
            .file("notes.txt", "mine")
            .args(["ship", "App.ipa", "--api-key-path", "k.p8"])
            .args(["--asc-url", "http://127.0.0.1:9", "--report", report])
    };
    for (report, why) in [
        ("App.ipa", "the same file as the package"),
        ("./k.p8", "the same file as --api-key-path"),
        ("notes.txt", "none of jetway's"),
        ("outputs.txt", "the same file as GITHUB_OUTPUT"),
        ("SUMMARY.md", "the same file as GITHUB_STEP_SUMMARY"),
    ] {
        let (child, directory) = call(report).start();
        let ran = crate::support::Ran::of(child, &directory);
        assert_eq!(ran.code, Some(2), "{report}\n{}", ran.everything());
        assert!(ran.stdout.contains(why), "{report}\n{}", ran.everything());
        let left = |name: &str| std::fs::read(directory.path().join(name)).unwrap();
        assert_eq!(left("App.ipa"), package, "{report}");
        assert_eq!(left("k.p8"), KEY.as_bytes(), "{report}");
        assert_eq!(left("notes.txt"), b"mine", "{report}");
    }
}
