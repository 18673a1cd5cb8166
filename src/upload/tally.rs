//! How far the upload is. A part that is tried again counts anew, so nothing is counted twice.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::event::{Event, Events, Progress};
use crate::upload::movement::Movement;

/// Bytes that the storage confirmed, and those on their way.
pub(super) struct Tally {
    total: u64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    confirmed: u64,
    flying: BTreeMap<usize, Arc<Movement>>,
    told: Option<u64>,
}

/// An attempt that is counted as long as this lives.
pub(super) struct Flight<'a> {
    tally: &'a Tally,
    index: usize,
}

impl Tally {
    pub(super) fn new(total: u64) -> Self {
        Self {
            total,
            state: Mutex::default(),
        }
    }

    /// Counts an attempt at the part.
    pub(super) fn fly(&self, index: usize, movement: Arc<Movement>) -> Flight<'_> {
        self.lock().flying.insert(index, movement);
        Flight { tally: self, index }
    }

    /// Counts a part that the storage has.
    pub(super) fn confirm(&self, index: usize, length: u64) {
        let mut state = self.lock();
        state.flying.remove(&index);
        state.confirmed += length;
    }

    /// Sends an event where something has changed since the last one.
    pub(super) fn tell(&self, events: &Events) {
        let mut state = self.lock();
        let flying: u64 = state.flying.values().map(|movement| movement.taken()).sum();
        let done = (state.confirmed + flying).min(self.total);
        if state.told.replace(done) != Some(done) {
            events.send(Event::Progress(Progress {
                done,
                total: self.total,
            }));
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Flight<'_> {
    /// The part has arrived.
    pub(super) fn confirm(self, length: u64) {
        self.tally.confirm(self.index, length);
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        self.tally.lock().flying.remove(&self.index);
    }
}
