//! Signals as values: which one asked us to stop.

use std::io;

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
        // The library panics where the system has no more files to open.
        let may_open = io::pipe().is_ok();
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
    hangup: tokio::signal::unix::Signal,
    #[cfg(unix)]
    quit: tokio::signal::unix::Signal,
}

impl Signals {
    /// Begins to listen. Fails where the system refuses a handler.
    pub fn listen() -> io::Result<Self> {
        // The library panics where the system has no more files to open.
        io::pipe().map(drop)?;
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            Ok(Self {
                interrupt: signal(SignalKind::interrupt())?,
                terminate: signal(SignalKind::terminate())?,
                hangup: signal(SignalKind::hangup())?,
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
            _ = self.hangup.recv() => Signal::Hangup,
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
