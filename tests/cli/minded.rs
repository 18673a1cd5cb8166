//! No tool outlives the run that called it, however the run ends.

use std::fs;
use std::io::Write as _;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::signing::hanging;
use crate::support::mac::Mac;

/// Waits until a process is gone, or waits as a zombie for whoever adopted it.
fn wait_until_gone(id: &str) {
    let began = Instant::now();
    let runs = || {
        let asked = Command::new("ps").args(["-o", "stat=", "-p", id]).output();
        let stat = String::from_utf8(asked.expect("ps").stdout).expect("text");
        !(stat.trim().is_empty() || stat.trim().starts_with('Z'))
    };
    while runs() {
        assert!(began.elapsed() < Duration::from_secs(30), "{id} still runs");
        thread::yield_now();
    }
}

#[test]
fn a_run_that_is_killed_at_once_leaves_no_tool_running_and_nothing_after_a_cleanup() {
    for (call, when) in [
        ("import", "after"),
        ("list-keychains", "before"),
        ("export", "before"),
    ] {
        let Some(mac) = Mac::new() else { return };
        let before = mac.snapshot();
        let (mut child, _directory) = hanging(&mac, call, when);
        let tool = fs::read_to_string(mac.path("tools/hangs")).expect("its id");
        child.kill().expect("it dies");
        child.wait().expect("it died");
        wait_until_gone(&tool);
        mac.no_fault(call, when);
        mac.bare().arg("cleanup").succeeds();
        assert_eq!(mac.snapshot(), before, "{call} {when}");
    }
}

/// A minder of a shell that is told this, whose run lives until it has ended.
fn minded(script: &str, input: &[u8]) -> Output {
    let mut minder = Command::new(env!("CARGO_BIN_EXE_jetway"))
        .args(["mind-a-tool", "/bin/sh", "-c", script])
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a minder");
    let mut run = minder.stdin.take().expect("a pipe");
    let letter = [&(input.len() as u64).to_le_bytes(), input].concat();
    run.write_all(&letter).expect("it reads");
    let ended = minder.wait_with_output().expect("it ends");
    drop(run);
    ended
}

#[test]
fn a_tool_is_given_and_says_the_same_with_a_minder() {
    let ended = minded("cat; echo no >&2; exit 48", b"typed\n");
    assert_eq!(ended.status.code(), Some(48));
    assert_eq!(
        (&*ended.stdout, &*ended.stderr),
        (&b"typed\n"[..], &b"no\n"[..])
    );
    let ended = minded("kill -TERM $$", &vec![b'x'; 1_000_000]);
    assert_eq!(ended.status.signal(), Some(15));
}
