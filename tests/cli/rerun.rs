//! A second run after whatever became of the first does the right thing.

use std::thread;
use std::time::{Duration, Instant};

use crate::support::{Cli, Ran, Server, ipa_of_size};

const SIZE: usize = 12_000_000;

fn ship(server: &Server, build_number: &str) -> Cli {
    server
        .ship()
        .file(
            "App.ipa",
            ipa_of_size("com.example.app", "1.0.0", build_number, SIZE),
        )
        .args([
            "App.ipa",
            "--appear-timeout",
            "300ms",
            "--processing-timeout",
            "300ms",
        ])
        .args(["--idle-timeout", "1s"])
}

#[test]
fn the_same_bytes_are_not_sent_twice() {
    let server = Server::start("succeeds");
    let first = ship(&server, "1").succeeds();
    let after_first = server.bytes_put();
    let second = ship(&server, "1").succeeds();
    assert_eq!(server.bytes_put(), after_first);
    assert_eq!(
        first.report["build"]["build_upload_id"],
        second.report["build"]["build_upload_id"]
    );
    assert_eq!(second.outcome(), "processed");
}

#[test]
fn the_same_bytes_are_known_again_however_apple_cut_them() {
    for scenario in ["big-parts", "small-parts"] {
        let server = Server::start(scenario);
        ship(&server, "1").succeeds();
        let after_first = server.bytes_put();
        let second = ship(&server, "1").succeeds();
        assert_eq!(second.outcome(), "processed", "{scenario}");
        assert_eq!(server.bytes_put(), after_first, "{scenario}");
    }
}

#[test]
fn a_run_that_is_killed_after_the_commit_is_carried_on_with() {
    let server = Server::start("commit-settles-later");
    let (mut child, _directory) = ship(&server, "1").start();
    let began = Instant::now();
    while server.done("commit") == 0 {
        assert!(began.elapsed() < Duration::from_secs(20), "no commit came");
        thread::yield_now();
    }
    child.kill().expect("it dies");
    child.wait().expect("it is gone");
    let sent = server.bytes_put();
    assert_eq!(ship(&server, "1").succeeds().outcome(), "processed");
    assert_eq!(server.bytes_put(), sent);
}

#[test]
fn a_refused_commit_gives_the_reservation_back() {
    let server = Server::start("commit-refused-anew");
    ship(&server, "1").fails(1);
    assert_eq!(server.done("delete-upload"), 1, "{:#}", server.log());
    assert_eq!(ship(&server, "1").succeeds().outcome(), "processed");
}

#[test]
fn other_bytes_with_the_same_number_are_told_the_next_free_one() {
    let server = Server::start("succeeds");
    ship(&server, "1").succeeds();
    let ran = server
        .ship()
        .file(
            "App.ipa",
            ipa_of_size("com.example.app", "1.0.0", "1", SIZE + 1),
        )
        .arg("App.ipa")
        .fails(1);
    let finding = ran.finding("build-number-taken");
    assert_eq!(finding["variables"]["next_build_number"], "2");
}

#[test]
fn waiting_goes_on_where_it_stopped() {
    let server = Server::start("stays-processing");
    ship(&server, "1").fails(4);
    let after_first = server.bytes_put();
    ship(&server, "1").fails(4);
    assert_eq!(server.bytes_put(), after_first);
}

#[test]
fn a_rejected_build_may_be_sent_again_under_its_number() {
    let server = Server::start("rejects-itms-90683");
    ship(&server, "1").fails(1);
    let after_first = server.bytes_put();
    ship(&server, "1").fails(1);
    assert!(server.bytes_put() > after_first);
}

#[test]
fn a_commit_whose_answer_was_lost_is_settled_by_asking() {
    for scenario in [
        "commit-lost",
        "commit-504",
        "reserve-lost",
        "reserve-file-lost",
    ] {
        let server = Server::start(scenario);
        let ran = ship(&server, "1").succeeds();
        assert_eq!(ran.outcome(), "processed", "{scenario}");
        ship(&server, "1").succeeds();
        let log = server.log();
        assert_eq!(
            log["summary"]["operations"]["reserve"], 1,
            "{scenario}: {log:#}"
        );
    }
}

/// Two runs of one package, the second begun once the first has reserved the upload.
fn two_runs(server: &Server) -> [(std::process::Child, tempfile::TempDir); 2] {
    let package = ipa_of_size("com.example.app", "1.0.0", "1", 100_000_000);
    let call = || {
        let cli = server.ship().file("App.ipa", &package).arg("App.ipa");
        cli.args(["--concurrency", "1"])
    };
    let (first, second) = (call(), call());
    let first = first.start();
    let began = Instant::now();
    while server.done("put-part") == 0 {
        assert!(began.elapsed() < Duration::from_secs(20), "no part came");
        thread::yield_now();
    }
    let second = second.start();
    [first, second]
}

#[test]
fn two_runs_of_one_package_end_with_one_build_and_two_good_reports() {
    let server = Server::start("slow-answers");
    for (child, directory) in two_runs(&server) {
        let ran = Ran::of(child, &directory);
        assert_eq!(ran.code, Some(0), "{}", ran.everything());
        assert_eq!(ran.outcome(), "processed");
    }
    assert_eq!(server.done("reserve"), 1, "{:#}", server.log());
    assert_eq!(server.done("commit"), 1, "{:#}", server.log());
}

#[cfg(unix)]
#[test]
fn a_run_whose_upload_is_given_back_by_another_says_so_and_reserves_anew() {
    let server = Server::start("slow-answers");
    let [first, second] = two_runs(&server);
    let began = Instant::now();
    while server.done("read-file") == 0 {
        assert!(began.elapsed() < Duration::from_secs(20), "nobody resumed");
        thread::yield_now();
    }
    let kill = std::process::Command::new("kill")
        .args(["-TERM", &first.0.id().to_string()])
        .status()
        .expect("kill is there");
    assert!(kill.success());
    let ran = Ran::of(first.0, &first.1);
    assert_eq!(ran.code, Some(143), "{}", ran.everything());
    let ran = Ran::of(second.0, &second.1);
    assert_eq!(ran.code, Some(0), "{}", ran.everything());
    assert!(
        ran.stderr.contains("reserving anew"),
        "{}",
        ran.everything()
    );
    assert_eq!(server.done("commit"), 1, "{:#}", server.log());
    assert_eq!(server.done("reserve"), 2, "{:#}", server.log());
    assert_eq!(server.done("delete-upload"), 1, "{:#}", server.log());
}
