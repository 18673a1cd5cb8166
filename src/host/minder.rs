//! A minder: this program again, between a run and one of its tools, so that the tool does not outlive the
//! run. Nothing can be done by a process that is killed at once, but its end of a pipe closes; the minder
//! listens to that pipe, and ends its own process group, which is the tool with all that it started.
//!
//! What the tool reads comes over the same pipe, behind its length; after it the pipe says nothing until it
//! closes. The tool's streams are those that the minder was given, and its status becomes the minder's.

use std::ffi::OsString;
use std::io::{self, Read as _, Write as _};
use std::process::Command;
use std::process::{ExitCode, ExitStatus, Stdio};
use std::thread;

use rustix::process::{Signal, getpgrp, getpid, kill_process, kill_process_group};
use zeroize::Zeroizing;

/// The first argument of a minder; the tool and its arguments follow.
pub const WORD: &str = "mind-a-tool";
/// The length before what the tool reads, in bytes.
const HEAD: usize = size_of::<u64>();
/// No tool is told more.
const LONGEST_INPUT: u64 = 1024 * 1024;
/// What a shell ends with where a program can't be run.
const NOT_RUN: u8 = 126;

/// What a minder is sent for a tool that reads this.
pub fn letter(input: &[u8]) -> Zeroizing<Vec<u8>> {
    let length = input.len() as u64;
    Zeroizing::new([&length.to_le_bytes(), input].concat())
}

/// Minds a tool where the arguments, without the program's own name, are those of a minder.
pub fn called(arguments: &[OsString]) -> Option<ExitCode> {
    let (word, tool) = arguments.split_first()?;
    let (path, arguments) = tool.split_first()?;
    if word != WORD {
        return None;
    }
    // Whoever sends nothing is gone already.
    let Ok(input) = receive() else {
        return Some(ExitCode::from(NOT_RUN));
    };
    let mut command = Command::new(path);
    command.args(arguments).stdin(Stdio::piped());
    Some(match mind(command, input) {
        Ok(status) => end_like(status),
        Err(error) => {
            // Its words are read like the tool's own.
            let _ = writeln!(io::stderr(), "{}: {error}", path.display());
            ExitCode::from(NOT_RUN)
        }
    })
}

fn receive() -> io::Result<Zeroizing<Vec<u8>>> {
    let mut head = [0; HEAD];
    let mut run = io::stdin();
    run.read_exact(&mut head)?;
    let length = u64::from_le_bytes(head);
    if length > LONGEST_INPUT {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut input = Zeroizing::new(Vec::new());
    run.take(length).read_to_end(&mut input)?;
    (input.len() as u64 == length)
        .then_some(input)
        .ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}

fn mind(mut command: Command, input: Zeroizing<Vec<u8>>) -> io::Result<ExitStatus> {
    let mut tool = command.spawn()?;
    let to_tool = tool.stdin.take();
    thread::spawn(move || {
        // It may read nothing; how it ends says that. Both pipes are attended to at once.
        thread::spawn(move || {
            let _ = to_tool.map(|mut to_tool| to_tool.write_all(&input));
        });
        // Whatever comes is for nobody; that nothing comes any more is what is waited for.
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        end_all();
    });
    tool.wait()
}

/// The run is gone. Only a group of our own is ended: whoever starts a minder by hand keeps the shell.
fn end_all() {
    if getpgrp() == getpid() {
        let _ = kill_process_group(getpgrp(), Signal::KILL);
    }
}

/// Ends with the tool's status, by the same signal where one ended it.
fn end_like(status: ExitStatus) -> ExitCode {
    if let Some(code) = status.code() {
        return ExitCode::from(u8::try_from(code).unwrap_or(u8::MAX));
    }
    let number = std::os::unix::process::ExitStatusExt::signal(&status);
    if let Some(signal) = number.and_then(Signal::from_named_raw) {
        let _ = kill_process(getpid(), signal);
    }
    ExitCode::from(u8::MAX)
}
