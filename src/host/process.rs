//! Programs that are run: each in a process group of its own, so that nothing which it started outlives
//! it, with an environment that says only what it is given, and never without a limit to its time. With a
//! minder it does not outlive this process either.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};
use tokio::time::timeout;

#[cfg(unix)]
use crate::host::minder;

/// What is still in the pipes of a program that is gone is read within this time.
const DRAINED_WITHIN: Duration = Duration::from_secs(1);
const CHUNK: usize = 16 * 1024;

/// A program with all that it is given.
#[derive(Debug)]
pub struct Program<'a> {
    /// The file, by an absolute path.
    pub path: &'a Path,
    /// Its arguments.
    pub arguments: &'a [OsString],
    /// Its whole environment.
    pub environment: &'a [(String, String)],
    /// What it reads from standard input; nothing more comes.
    pub input: &'a [u8],
    /// It is killed after this time.
    pub limit: Duration,
    /// Who ends the tool where this process is killed at once.
    pub minder: Option<Minder<'a>>,
}

/// Who minds a tool.
#[derive(Clone, Copy, Debug)]
pub struct Minder<'a> {
    /// The file of this program.
    pub program: &'a Path,
    /// Where journals are: a lock beside them says that the tool still runs.
    pub locks: &'a Path,
}

/// Where a program wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Output,
    /// Standard error.
    Errors,
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It ended with this status.
    Exited(i32),
    /// A signal that was not ours ended it; its number where the system says it.
    Killed(Option<i32>),
    /// It was killed by us: its time was over.
    TimedOut,
}

/// Whether no process has this id. One that says nothing to us is there.
pub fn is_gone(id: u32) -> bool {
    #[cfg(unix)]
    {
        use rustix::io::Errno;
        use rustix::process::{Pid, test_kill_process};
        let id = i32::try_from(id).ok().and_then(Pid::from_raw);
        id.is_some_and(|id| test_kill_process(id) == Err(Errno::SRCH))
    }
    #[cfg(not(unix))]
    {
        let _ = id;
        false
    }
}

/// Runs a program to its end, and hands on what it writes as it comes. When this is dropped, the program
/// dies with all that it started; one with a minder has a moment to end what it does.
pub async fn run(
    program: &Program<'_>,
    heard: &mut (dyn FnMut(Stream, &[u8]) + Send),
) -> io::Result<End> {
    let (mut child, input) = start(program)?;
    let group = Group::of(&child, input.is_minded());
    let talk = talk(&mut child, input, &group, heard);
    let ended = timeout(program.limit, talk).await;
    group.kill();
    #[cfg(unix)]
    if let (Err(_), Some(minder), Some(id)) = (&ended, program.minder, child.id()) {
        minder::forget(minder.locks, id);
    }
    ended.unwrap_or(Ok(End::TimedOut))
}

/// What is written to a program that has started.
enum Input<'a> {
    /// All that it reads.
    Plain(&'a [u8]),
    /// The letter to its minder, who takes the end of the pipe for the end of this process.
    #[cfg(unix)]
    Minded(zeroize::Zeroizing<Vec<u8>>),
}

impl Input<'_> {
    fn is_minded(&self) -> bool {
        match self {
            Self::Plain(_) => false,
            #[cfg(unix)]
            Self::Minded(_) => true,
        }
    }
}

#[cfg(unix)]
fn start<'a>(program: &Program<'a>) -> io::Result<(Child, Input<'a>)> {
    let Some(minder) = program.minder else {
        return bare(program);
    };
    // A minder that can't start it says so with a status that the program could have ended with too.
    if !program.path.is_file() {
        return Err(io::ErrorKind::NotFound.into());
    }
    let mut command = Command::new(minder.program);
    command
        .arg(minder::WORD)
        .arg(minder.locks)
        .arg(program.path);
    match spawn(command, program) {
        Ok(child) => Ok((child, Input::Minded(minder::letter(program.input)))),
        // The file of this program was replaced while it runs.
        Err(error) if error.kind() == io::ErrorKind::NotFound => bare(program),
        Err(error) => Err(error),
    }
}

#[cfg(not(unix))]
fn start<'a>(program: &Program<'a>) -> io::Result<(Child, Input<'a>)> {
    bare(program)
}

fn bare<'a>(program: &Program<'a>) -> io::Result<(Child, Input<'a>)> {
    let mut command = Command::new(program.path);
    command.kill_on_drop(true);
    let child = spawn(command, program)?;
    Ok((child, Input::Plain(program.input)))
}

fn spawn(mut command: Command, program: &Program<'_>) -> io::Result<Child> {
    let environment = program.environment.iter();
    command
        .args(program.arguments)
        .env_clear()
        .envs(environment.map(|(name, value)| (name, value)))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    #[cfg(unix)]
    command.process_group(0);
    command.spawn()
}

async fn talk(
    child: &mut Child,
    input: Input<'_>,
    group: &Group,
    heard: &mut (dyn FnMut(Stream, &[u8]) + Send),
) -> io::Result<End> {
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let feed = async move {
        // Whoever does not read to the end says so by how it ends.
        match (stdin, &input) {
            (Some(mut stdin), Input::Plain(bytes)) => drop(stdin.write_all(bytes).await),
            #[cfg(unix)]
            (Some(mut stdin), Input::Minded(letter)) => {
                let _ = stdin.write_all(letter).await;
                // The pipe stays open for as long as this is waited for.
                std::future::pending::<()>().await;
            }
            (None, _) => {}
        }
    };
    let listen = listen(stdout, stderr, heard);
    tokio::pin!(feed, listen);
    let (mut is_fed, mut is_read) = (false, false);
    let status = loop {
        tokio::select! {
            status = child.wait() => break status?,
            () = &mut feed, if !is_fed => is_fed = true,
            () = &mut listen, if !is_read => is_read = true,
        }
    };
    // What it left running holds the pipes open, and is nobody's any more.
    group.kill();
    if !is_read {
        let _ = timeout(DRAINED_WITHIN, listen).await;
    }
    Ok(match status.code() {
        Some(code) => End::Exited(code),
        #[cfg(unix)]
        None => End::Killed(std::os::unix::process::ExitStatusExt::signal(&status)),
        #[cfg(not(unix))]
        None => End::Killed(None),
    })
}

/// Reads both pipes until they are closed.
async fn listen(
    mut output: Option<impl AsyncRead + Unpin>,
    mut errors: Option<impl AsyncRead + Unpin>,
    heard: &mut (dyn FnMut(Stream, &[u8]) + Send),
) {
    let (mut from_output, mut from_errors) = (vec![0; CHUNK], vec![0; CHUNK]);
    while output.is_some() || errors.is_some() {
        tokio::select! {
            read = some(&mut output, &mut from_output) => match read {
                Ok(count) if count > 0 => heard(Stream::Output, &from_output[..count]),
                Ok(_) | Err(_) => output = None,
            },
            read = some(&mut errors, &mut from_errors) => match read {
                Ok(count) if count > 0 => heard(Stream::Errors, &from_errors[..count]),
                Ok(_) | Err(_) => errors = None,
            },
        }
    }
}

/// Reads from a pipe that is open; of one that is closed nothing ever comes.
async fn some(pipe: &mut Option<impl AsyncRead + Unpin>, into: &mut [u8]) -> io::Result<usize> {
    match pipe {
        Some(pipe) => pipe.read(into).await,
        None => std::future::pending().await,
    }
}

/// The process group of a program, killed once: when the program has ended, when its time is over, or when
/// this is dropped and nobody minds it.
struct Group {
    id: AtomicU32,
    is_minded: bool,
}

impl Group {
    fn of(child: &Child, is_minded: bool) -> Self {
        Self {
            id: AtomicU32::new(child.id().unwrap_or(0)),
            is_minded,
        }
    }

    fn kill(&self) {
        let id = self.id.swap(0, Ordering::Relaxed);
        #[cfg(unix)]
        {
            use rustix::process::{Pid, Signal, kill_process_group};
            if let Some(group) = i32::try_from(id).ok().and_then(Pid::from_raw) {
                // Nobody of it is left where this fails.
                let _ = kill_process_group(group, Signal::KILL);
            }
        }
        #[cfg(not(unix))]
        let _ = id;
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if !self.is_minded {
            self.kill();
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    async fn sh(script: &str, input: &str, limit: Duration) -> (End, String, String) {
        let arguments = ["-c".into(), script.into()];
        let environment = [("PATH".to_owned(), "/usr/bin:/bin".to_owned())];
        let program = Program {
            path: Path::new("/bin/sh"),
            arguments: &arguments,
            environment: &environment,
            input: input.as_bytes(),
            limit,
            minder: None,
        };
        let (mut output, mut errors) = (Vec::new(), Vec::new());
        let end = run(&program, &mut |stream, bytes| match stream {
            Stream::Output => output.extend_from_slice(bytes),
            Stream::Errors => errors.extend_from_slice(bytes),
        })
        .await
        .expect("the shell runs");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (end, text(output), text(errors))
    }

    const LONG: Duration = Duration::from_secs(30);

    #[tokio::test]
    async fn both_streams_and_the_status_are_heard_and_the_environment_is_only_what_is_given() {
        let (end, output, errors) = sh("cat; env >&2; exit 48", "typed\n", LONG).await;
        assert_eq!((end, output.as_str()), (End::Exited(48), "typed\n"));
        assert!(errors.contains("PATH=/usr/bin:/bin"), "{errors}");
        assert!(!errors.contains("CARGO"), "{errors}");
    }

    #[tokio::test]
    async fn what_it_started_dies_with_it_and_its_open_pipe_is_not_waited_for() {
        let (end, output, _) = sh("sleep 300 & echo $!; exit 0", "", LONG).await;
        assert_eq!(end, End::Exited(0));
        wait_until_gone(output.trim().parse().expect("an id")).await;
    }

    #[tokio::test]
    async fn a_program_whose_time_is_over_dies_with_its_children() {
        let limit = Duration::from_millis(300);
        let (end, output, _) = sh("sleep 300 & echo $!; wait", "", limit).await;
        assert_eq!(end, End::TimedOut);
        wait_until_gone(output.trim().parse().expect("an id")).await;
    }

    #[tokio::test]
    async fn a_program_that_reads_nothing_is_no_fault_and_a_signal_is_told() {
        let (end, ..) = sh("kill -TERM $$", &"x".repeat(1_000_000), LONG).await;
        assert_eq!(end, End::Killed(Some(15)));
    }

    /// A killed process may stay for a moment as a zombie of whoever adopts it.
    async fn wait_until_gone(id: i32) {
        let pid = rustix::process::Pid::from_raw(id).expect("an id");
        let is_zombie = || {
            let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
            stat.contains(") Z ")
        };
        let gone = async {
            while rustix::process::test_kill_process(pid).is_ok() && !is_zombie() {
                tokio::task::yield_now().await;
            }
        };
        assert!(timeout(LONG, gone).await.is_ok(), "{id} still runs");
    }
}
