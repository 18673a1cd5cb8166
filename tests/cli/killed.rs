//! A run that is killed leaves a journal, and the next run leaves nothing.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{Cli, Server, ipa_of_size};

fn ship(server: &Server, home: &Path) -> Cli {
    server
        .ship()
        .env("HOME", home)
        .file(
            "App.ipa",
            ipa_of_size("com.example.app", "1.0.0", "1", 12_000_000),
        )
        .arg("App.ipa")
}

/// Every file below the directory, with its text.
fn files(directory: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(directory) else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![fs::read_to_string(&path).unwrap_or_default()]
            }
        })
        .collect()
}

/// Waits until something is so.
fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(20), "never {what}");
        thread::yield_now();
    }
}

fn journal_holds(home: &Path, kind: &str) -> bool {
    files(home).iter().any(|text| text.contains(kind))
}

/// Kills a run once something is so, or finds that it ended before.
fn kill_once(server: &Server, home: &Path, what: &str, is_so: impl Fn() -> bool) {
    let (mut child, _directory) = ship(server, home).start();
    wait_until(what, || {
        is_so() || child.try_wait().expect("it can be asked").is_some()
    });
    child.kill().expect("it dies");
    child.wait().expect("it is gone");
}

/// A server and a home in which a run was killed while its journal held an entry of this kind. A run on a
/// busy machine may get further before the kill reaches it: then another one is tried.
pub fn killed_at(kind: &str) -> (Server, tempfile::TempDir) {
    for _ in 0..10 {
        let server = Server::start("slow-answers");
        let home = tempfile::tempdir().expect("a home");
        kill_once(&server, home.path(), kind, || {
            journal_holds(home.path(), kind)
        });
        if !files(home.path()).is_empty() {
            return (server, home);
        }
    }
    panic!("no kill came in time for {kind}");
}

#[test]
fn a_run_that_was_killed_at_any_entry_is_cleaned_up_by_the_next() {
    for kind in ["upload-asked", "upload-reserved", "upload-committing"] {
        let (server, home) = killed_at(kind);
        let ran = ship(&server, home.path()).succeeds();
        assert_eq!(ran.outcome(), "processed", "{kind}");
        assert_eq!(files(home.path()), Vec::<String>::new(), "{kind}");
        assert_eq!(server.done("commit"), 1, "{kind}: {:#}", server.log());
        let committed_and_deleted = server.log()["requests"]
            .as_array()
            .expect("a list")
            .iter()
            .any(|request| request["operation"] == "delete-upload" && request["status"] == 409);
        assert!(!committed_and_deleted, "{kind}");
        assert_eq!(
            fs::read_dir(home.path()).expect("it is there").count(),
            usize::from(cfg!(target_os = "macos") || home.path().join(".local").exists()),
            "{kind}"
        );
    }
}

#[test]
fn cleanup_undoes_what_a_killed_run_left_and_says_what_it_could_not() {
    let (server, home) = killed_at("upload-reserved");
    let keyless = Cli::new()
        .args(["cleanup", "--report", "report.json"])
        .env("HOME", home.path());
    let ran = keyless.fails(3);
    assert_eq!(ran.codes(), ["left-behind"]);
    assert_eq!(server.done("delete-upload"), 0);
    let cleanup = || server.command("cleanup").env("HOME", home.path());
    cleanup().succeeds();
    assert_eq!(server.done("delete-upload"), 1);
    assert_eq!(files(home.path()), Vec::<String>::new());
    cleanup().succeeds();
    assert_eq!(server.done("delete-upload"), 1);
}

#[test]
fn an_upload_that_another_run_reserved_is_not_deleted() {
    let server = Server::start("slow-answers");
    let homes = [tempfile::tempdir(), tempfile::tempdir()].map(|home| home.expect("a home"));
    kill_once(&server, homes[0].path(), "a part", || {
        server.bytes_put() > 0
    });
    let (mut child, _directory) = ship(&server, homes[1].path()).start();
    wait_until("resumed", || {
        journal_holds(homes[1].path(), "upload-resumed")
    });
    let sent = std::process::Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status()
        .expect("kill runs");
    assert!(sent.success());
    child.wait().expect("it is gone");
    assert_eq!(server.done("delete-upload"), 0, "{:#}", server.log());
    ship(&server, homes[0].path()).succeeds();
    assert_eq!(server.done("reserve"), 1, "{:#}", server.log());
}
