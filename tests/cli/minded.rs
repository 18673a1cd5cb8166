//! A minder stands between a run and each of its tools. That no tool outlives a run which is killed at once is
//! seen wherever tests kill one (`signing::kill`); here is what a tool has to do with its minder.

use std::io::Write as _;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Output, Stdio};

/// A minder of a shell that is told this, whose run lives until it has ended.
fn minded(script: &str, input: &[u8]) -> Output {
    let mut minder = Command::new(env!("CARGO_BIN_EXE_jetway"))
        .args(["mind-a-tool", "/nowhere", "/bin/sh", "-c", script])
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
