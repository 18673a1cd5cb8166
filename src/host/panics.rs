//! Panics, as the places where they happened. Nothing of them is printed: the message may hold anything.

use std::panic;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// The places of panics, as they come.
pub struct Panics(UnboundedReceiver<String>);

impl Panics {
    /// Begins to listen to the panics of every thread.
    pub fn listen() -> Self {
        let (sender, receiver) = unbounded_channel();
        panic::set_hook(Box::new(move |panicked| {
            let place = panicked
                .location()
                .map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
            // Nobody listens any more once the run is told.
            let _ = sender.send(place);
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
