//! A minder: this program again, between a run and one of its tools, so that the tool does not outlive the
//! run. Nothing can be done by a process that is killed at once, but its end of a pipe closes. The minder
//! listens to that pipe; where it closes, the tool has a moment to end what it does, and then the minder's
//! process group is ended, which is the tool with all that it started.
//!
//! What the tool reads comes over the same pipe, behind its length; after it the pipe says nothing until it
//! closes. The tool's streams are those that the minder was given, and its status becomes the minder's.
//!
//! While a tool runs, its minder holds a lock on a file beside the journals. Whoever undoes what a run left
//! waits for it first, so that no tool changes anything behind its back.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::process::{ExitCode, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Signal, getpgrp, getpid, getppid, kill_process, kill_process_group};
use zeroize::Zeroizing;

use crate::secret::typed;

/// The first argument of a minder; the directory of the locks, the tool and its arguments follow.
pub const WORD: &str = "mind-a-tool";
/// The length before what the tool reads, in bytes.
const HEAD: usize = size_of::<u64>();
/// No tool is told more.
const LONGEST_INPUT: u64 = 1024 * 1024;
/// What a shell ends with where a program can't be run.
const NOT_RUN: u8 = 126;
/// What changes a keychain or a list of them takes no longer; an export is not heard out.
const GRACE: Duration = Duration::from_secs(1);
const ENDING: &str = "tool";
/// What the names of journals end with; the id of the run begins them.
const JOURNAL: &str = "journal";

/// What a minder is sent for a tool that reads this.
pub fn letter(input: &[u8]) -> Zeroizing<Vec<u8>> {
    let length = input.len() as u64;
    Zeroizing::new([&length.to_le_bytes(), input].concat())
}

/// Waits until no tool runs any more whose run is gone, or is this one.
pub fn wait(directory: &Path) {
    let Ok(entries) = fs::read_dir(directory) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let Some(run) = run_of(&path) else { continue };
        let Ok(file) = File::open(&path) else {
            continue;
        };
        let is_over = run == std::process::id() || !has_a_journal(directory, run);
        let is_free = file.try_lock().is_ok() || (is_over && file.lock().is_ok());
        if is_free {
            // Its minder is gone, and may have had no time to remove it.
            let _ = fs::remove_file(&path);
        }
    }
}

/// Whether a run holds its journal, which it does for as long as it lives.
fn has_a_journal(directory: &Path, run: u32) -> bool {
    let Ok(entries) = fs::read_dir(directory) else {
        return false;
    };
    let begin = format!("{run}-");
    entries.flatten().any(|entry| {
        let path = entry.path();
        let is_its = entry.file_name().to_string_lossy().starts_with(&begin)
            && path.extension() == Some(OsStr::new(JOURNAL));
        is_its && File::open(&path).is_ok_and(|file| file.try_lock().is_err())
    })
}

/// Takes the lock of a minder away that this run has killed.
pub fn forget(directory: &Path, minder: u32) {
    let _ = fs::remove_file(lock(directory, std::process::id(), minder));
}

fn lock(directory: &Path, run: u32, minder: u32) -> PathBuf {
    directory.join(format!("{run}-{minder}.{ENDING}"))
}

/// The id of the run in the name of a lock.
fn run_of(path: &Path) -> Option<u32> {
    let is_lock = path.extension() == Some(OsStr::new(ENDING));
    let name = is_lock.then(|| path.file_stem()?.to_str()).flatten()?;
    name.split_once('-')?.0.parse().ok()
}

/// Minds a tool where the arguments, without the program's own name, are those of a minder.
pub fn called(arguments: &[OsString]) -> Option<ExitCode> {
    let [word, directory, path, arguments @ ..] = arguments else {
        return None;
    };
    if word != WORD {
        return None;
    }
    let lock = Lock::take(Path::new(directory));
    // Whoever sends nothing, or is gone already, wants no tool.
    let Some(input) = receive().ok().filter(|_| !is_closed()) else {
        return Some(ExitCode::from(NOT_RUN));
    };
    let mut command = Command::new(path);
    command.args(arguments).stdin(Stdio::piped());
    let ended = mind(command, input);
    drop(lock);
    Some(match ended {
        Ok(status) => end_like(status),
        Err(error) => {
            // Its words are read like the tool's own.
            let _ = writeln!(io::stderr(), "{}: {error}", typed::path(Path::new(path)));
            ExitCode::from(NOT_RUN)
        }
    })
}

/// Held while a tool runs.
struct Lock {
    path: PathBuf,
    /// Closing it gives the lock back.
    _file: File,
}

impl Lock {
    /// None where there is no such directory: what is set up is in a journal, which lies in it.
    fn take(directory: &Path) -> Option<Self> {
        let run = u32::try_from(getppid()?.as_raw_nonzero().get()).ok()?;
        let path = lock(directory, run, std::process::id());
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).ok()?;
        file.lock().ok()?;
        Some(Self { path, _file: file })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
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

/// Whether the run has closed its end of the pipe.
fn is_closed() -> bool {
    let stdin = io::stdin();
    let mut asked = [PollFd::new(&stdin, PollFlags::IN)];
    let now = Timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    poll(&mut asked, Some(&now)).is_ok() && asked[0].revents().contains(PollFlags::HUP)
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
        thread::sleep(GRACE);
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
