//! Panics, as the places where they happened. Nothing of them is printed: the message may hold anything.
//!
//! Where a panic unwinds, it goes on its way. Where it would end the process (`panic = "abort"`, the released
//! program), its thread waits in the hook instead, so that the session can undo and tell what it must; a panic
//! of the session's own thread, which nobody is left to tell, ends the process at once with the given code.

use std::time::{Duration, Instant};
use std::{panic, process, thread};

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// So long whoever undoes has to end the process; a runner kills a cancelled step after ten seconds.
const PATIENCE: Duration = Duration::from_secs(15);

/// The places of panics, as they come.
pub struct Panics(UnboundedReceiver<String>);

impl Panics {
    /// Begins to listen to the panics of every thread. The calling one is the session's.
    pub fn listen(code: i32) -> Self {
        let session = thread::current().id();
        let (sender, receiver) = unbounded_channel();
        panic::set_hook(Box::new(move |panicked| {
            let place = panicked.location().map_or_else(
                || "an unknown place".to_owned(),
                |place| format!("{}:{}", source(place.file()), place.line()),
            );
            // Nobody listens any more once the run is told.
            let _ = sender.send(place);
            if cfg!(panic = "abort") {
                wait_or_end(thread::current().id() == session, code);
            }
        }));
        Self(receiver)
    }

    /// The place of the next one.
    pub async fn next(&mut self) -> String {
        match self.0.recv().await {
            Some(place) => place,
            None => std::future::pending().await,
        }
    }
}

/// A file of ours as it is; of a library's, which stands somewhere on the machine that built this, the last names.
fn source(file: &str) -> &str {
    const NAMES: usize = 3;
    if file.starts_with("src/") {
        return file;
    }
    let slash = file.rmatch_indices('/').nth(NAMES - 1);
    slash.map_or(file, |(at, _)| &file[at + 1..])
}

/// Never comes back: what comes after the hook is the end of the process.
#[expect(
    clippy::exit,
    reason = "the process would end right after the hook, by a signal"
)]
fn wait_or_end(is_session: bool, code: i32) -> ! {
    if is_session {
        process::exit(code);
    }
    // What undoes may wait for what this thread holds, so that is not for ever.
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        thread::park_timeout(PATIENCE);
    }
    process::exit(code);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_this_was_built_is_not_told() {
        assert_eq!(
            source("src/logs/judge/interpret/build.rs"),
            "src/logs/judge/interpret/build.rs"
        );
        let library = "/rustc/59807616e1/library/std/src/thread/scoped.rs";
        assert_eq!(source(library), "src/thread/scoped.rs");
        assert_eq!(source("lib.rs"), "lib.rs");
    }
}
