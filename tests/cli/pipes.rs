//! The runner's files as pipes that nobody reads: a run is never kept by them, and says what it could not write.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::interruptions::{ship, signal, wait_for_a_part};
use crate::support::{Cli, Ran, Server};

const FILES: [(&str, &str); 2] = [
    ("GITHUB_STEP_SUMMARY", "the job summary"),
    ("GITHUB_OUTPUT", "the step outputs"),
];

fn make_pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.expect("mkfifo runs").success());
}

/// A reader that takes nothing, of a pipe that is full: who waits for it waits for ever.
fn sleeping_reader(path: &Path) -> File {
    let mut pipe = OpenOptions::new()
        .read(true)
        .write(true)
        .custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed())
        .open(path)
        .expect("a pipe");
    while matches!(pipe.write(&[b'x'; 512]), Ok(1..)) {}
    pipe
}

#[test]
fn a_pipe_that_nobody_reads_is_told_and_keeps_no_run() {
    for is_read in [false, true] {
        for (variable, name) in FILES {
            let call = Cli::new().ship().scenario("succeeds").in_a_workflow();
            let path = call.path("pipe");
            make_pipe(&path);
            let _reader = is_read.then(|| sleeping_reader(&path));
            let began = Instant::now();
            let ran = call.env(variable, &path).succeeds();
            let took = began.elapsed();
            assert!(
                took < Duration::from_secs(8),
                "{variable} {is_read}: {took:?}"
            );
            assert_eq!(ran.outcome(), "processed");
            let is_told = |line: &str| {
                line.starts_with("::warning")
                    && line.contains(&format!("{name} could not be written"))
            };
            assert!(ran.stdout.lines().any(is_told), "{}", ran.everything());
        }
    }
}

#[test]
fn a_termination_is_heard_while_pipes_are_full() {
    let server = Server::start("slow-answers");
    let mut call = ship(&server).in_a_workflow();
    let mut readers = Vec::new();
    for (variable, _) in FILES {
        let path = call.path(variable);
        make_pipe(&path);
        readers.push(sleeping_reader(&path));
        call = call.env(variable, &path);
    }
    let (child, directory) = call.start();
    wait_for_a_part(&server);
    let began = Instant::now();
    signal(&child, "TERM");
    let ran = Ran::of(child, &directory);
    let took = began.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
    assert_eq!(ran.code, Some(143), "{}", ran.everything());
    assert_eq!(server.done("delete-upload"), 1, "{:#}", server.log());
}
