//! Signals, kills and dead networks: the run stops soon, undoes what it began, and says so.

use std::collections::BTreeMap;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::support::{Cli, Ran, Server, ipa_of_size};

pub(super) fn ship(server: &Server) -> Cli {
    server
        .ship()
        .file(
            "App.ipa",
            ipa_of_size("com.example.app", "1.0.0", "1", 30_000_000),
        )
        .args(["App.ipa", "--concurrency", "1"])
}

pub(super) fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill")
        .args([format!("-{name}"), child.id().to_string()])
        .status()
        .expect("kill runs");
    assert!(sent.success());
}

/// Waits until the server has stored a part: the transfer is under way.
pub(super) fn wait_for_a_part(server: &Server) {
    let began = Instant::now();
    while server.bytes_put() == 0 {
        assert!(began.elapsed() < Duration::from_secs(20), "no part came");
        std::thread::yield_now();
    }
}

fn interrupted(name: &str, code: i32) {
    let server = Server::start("slow-answers");
    let (child, directory) = ship(&server).in_a_workflow().start();
    wait_for_a_part(&server);
    let began = Instant::now();
    signal(&child, name);
    let ran = Ran::of(child, &directory);
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "took {:?}",
        began.elapsed()
    );
    assert_eq!(ran.code, Some(code), "{}", ran.everything());
    assert_eq!(ran.outcome(), "interrupted");
    assert!(ran.outputs.contains("build-upload-id"), "{}", ran.outputs);
    assert!(!ran.summary.is_empty());
    assert_eq!(server.done("delete-upload"), 1, "{:#}", server.log());
    assert_eq!(server.done("commit"), 0, "{:#}", server.log());
}

#[test]
fn an_interrupt_stops_the_upload_and_gives_the_reservation_back() {
    interrupted("INT", 130);
}

#[test]
fn a_termination_stops_the_upload_and_gives_the_reservation_back() {
    interrupted("TERM", 143);
}

#[test]
fn a_terminal_that_goes_and_a_quit_give_the_reservation_back_too() {
    interrupted("HUP", 129);
    interrupted("QUIT", 131);
}

/// Of each part, by its number, how often it was sent and whether the storage ever answered that it has it.
fn parts(server: &Server) -> BTreeMap<u64, (usize, bool)> {
    let mut parts = BTreeMap::new();
    for request in server.log()["requests"].as_array().expect("a list") {
        if request["operation"] == "put-part" {
            let number = request["part"].as_u64().expect("a number");
            let (times, is_stored) = parts.entry(number).or_insert((0, false));
            *times += 1;
            *is_stored |= request["status"] == 200;
        }
    }
    parts
}

/// What was answered is not sent again; the one part that the kill fell into may be, once.
#[test]
fn a_killed_run_is_resumed_without_sending_what_is_there() {
    let server = Server::start("slow-answers");
    let (mut child, _directory) = ship(&server).start();
    let began = Instant::now();
    while parts(&server)
        .values()
        .filter(|(_, stored)| *stored)
        .count()
        < 3
    {
        assert!(began.elapsed() < Duration::from_secs(20), "no parts came");
        std::thread::yield_now();
    }
    child.kill().expect("it dies");
    child.wait().expect("it is gone");
    let before = parts(&server);
    assert!(before.len() < 6, "the kill came too late: {before:?}");
    let ran = ship(&server).succeeds();
    assert_eq!(ran.outcome(), "processed");
    assert_eq!(server.done("reserve"), 1, "{:#}", server.log());
    let after = parts(&server);
    assert_eq!(after.len(), 6, "{after:?}");
    for (number, (times, is_stored)) in after {
        let (sent, was_stored) = before.get(&number).copied().unwrap_or((0, false));
        let most = if was_stored { sent } else { sent + 1 };
        assert!(
            is_stored && times <= most,
            "part {number} was sent {times} times, before the kill {sent}: {:#}",
            server.log()
        );
    }
}

/// A run that was started with `nohup` outlives its terminal.
#[cfg(target_os = "linux")]
#[test]
fn a_hangup_that_is_ignored_at_the_start_ends_nothing() {
    let server = Server::start("slow-answers");
    let (child, directory) = ship(&server).under_nohup().start();
    wait_for_a_part(&server);
    signal(&child, "HUP");
    let ran = Ran::of(child, &directory);
    assert_eq!(ran.code, Some(0), "{}", ran.everything());
    assert_eq!(ran.outcome(), "processed");
    assert_eq!(server.done("commit"), 1, "{:#}", server.log());
    assert_eq!(server.done("delete-upload"), 0, "{:#}", server.log());
}

#[test]
fn a_dead_network_ends_the_run_with_what_to_do() {
    let server = Server::start("succeeds");
    let cli = ship(&server).args(["--timeout", "3s"]);
    drop(server);
    let ran = cli.fails(3);
    assert!(!ran.codes().is_empty(), "{}", ran.everything());
}
