//! Panics, heard before they end the process. The release binary is built with `panic = "abort"`:
//! nothing is dropped after a panic, and the process is gone when the hook returns. So whoever
//! panicked waits in the hook, while the rest undoes and tells what it must and ends the process.

use std::panic;
use std::thread;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// The places of panics, as they come.
pub struct Panics(UnboundedReceiver<String>);

impl Panics {
    /// Begins to listen, on the thread that will do the undoing: a panic of its own can't wait for it.
    /// Every other thread that panics waits this long. The panic's message is not passed on, for it
    /// may hold anything.
    pub fn listen(patience: Duration) -> Self {
        let (sender, receiver) = unbounded_channel();
        let undoing = thread::current().id();
        panic::set_hook(Box::new(move |panicked| {
            let place = panicked
                .location()
                .map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
            let is_heard = sender.send(place).is_ok();
            if is_heard && thread::current().id() != undoing {
                thread::sleep(patience);
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
