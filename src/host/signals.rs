//! Signals as values: which one asked us to stop.

use std::io;
#[cfg(unix)]
use std::os::unix::net::UnixStream;

#[cfg(unix)]
use tokio::runtime::Builder;

/// A signal that asks the program to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// SIGINT, Ctrl-C.
    Interrupt,
    /// SIGTERM.
    Terminate,
    /// SIGHUP: the terminal is gone.
    Hangup,
    /// SIGQUIT, Ctrl-\\.
    Quit,
}

/// From now on a file that may not grow any more is an error of whoever writes it, and not the end of the
/// process: the signal, once it was listened for, ends nothing. Tools that are started keep to the system's
/// ways. Where the system refuses a handler all stays as it was.
pub fn outlive_files_that_may_not_grow() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let too_large = SignalKind::from_raw(rustix::process::Signal::XFSZ.as_raw());
        // The library panics where the system has no more files to open: as many as it opens are opened here first.
        let opened: io::Result<Vec<_>> = (0..4).map(|_| UnixStream::pair()).collect();
        let may_open = opened.map(drop).is_ok();
        if may_open && let Ok(runtime) = Builder::new_current_thread().enable_io().build() {
            let _ = runtime.block_on(async { signal(too_large).map(drop) });
        }
    }
}

/// The signals that ask the program to stop, from the moment this is made.
pub struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    hangup: Option<tokio::signal::unix::Signal>,
    #[cfg(unix)]
    quit: tokio::signal::unix::Signal,
}

impl Signals {
    /// Begins to listen. Fails where the system refuses a handler.
    ///
    /// Whoever starts a run with `nohup` wants it to outlive the terminal: on Linux a SIGHUP that is ignored at
    /// the start stays so. Elsewhere it can't be seen without unsafe code, and is listened for. An ignored SIGINT or
    /// SIGQUIT is listened for everywhere: shells ignore these for all that they start in the background, a
    /// self-hosted runner among it, and a runner cancels a step with SIGINT.
    pub fn listen() -> io::Result<Self> {
        // The library panics where the system has no more files to open.
        io::pipe().map(drop)?;
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            Ok(Self {
                interrupt: signal(SignalKind::interrupt())?,
                terminate: signal(SignalKind::terminate())?,
                hangup: match is_ignored(rustix::process::Signal::HUP) {
                    true => None,
                    false => Some(signal(SignalKind::hangup())?),
                },
                quit: signal(SignalKind::quit())?,
            })
        }
        #[cfg(not(unix))]
        Ok(Self {})
    }

    /// Waits for the next one.
    pub async fn next(&mut self) -> Signal {
        #[cfg(unix)]
        tokio::select! {
            _ = self.interrupt.recv() => Signal::Interrupt,
            _ = self.terminate.recv() => Signal::Terminate,
            () = hung_up(&mut self.hangup) => Signal::Hangup,
            _ = self.quit.recv() => Signal::Quit,
        }
        #[cfg(not(unix))]
        {
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
            Signal::Interrupt
        }
    }
}

#[cfg(unix)]
async fn hung_up(hangup: &mut Option<tokio::signal::unix::Signal>) {
    match hangup {
        Some(signal) => {
            signal.recv().await;
        }
        None => std::future::pending().await,
    }
}

/// Whether the process ignores the signal, as far as the system says.
#[cfg(target_os = "linux")]
fn is_ignored(signal: rustix::process::Signal) -> bool {
    std::fs::read_to_string("/proc/self/status")
        .is_ok_and(|status| is_among_the_ignored(&status, signal.as_raw()))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn is_ignored(_signal: rustix::process::Signal) -> bool {
    false
}

/// Reads proc(5): the mask of ignored signals in hex, the lowest bit for signal 1.
#[cfg(target_os = "linux")]
fn is_among_the_ignored(status: &str, signal: i32) -> bool {
    let line = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = line.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| (mask >> (signal - 1)) & 1 == 1)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_mask_says_what_is_ignored() {
        let status =
            "SigBlk:\t0000000000000001\nSigIgn:\t0000000000001001\nSigCgt:\t0000000000000002\n";
        for (signal, expected) in [(1, true), (2, false), (13, true), (64, false)] {
            assert_eq!(is_among_the_ignored(status, signal), expected, "{signal}");
        }
        assert!(!is_among_the_ignored("", 1));
    }
}
