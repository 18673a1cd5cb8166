//! What the storage holds of a file by this run: it outlives a list of addresses, so that what was sent is not
//! sent again when the addresses must be signed anew.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::upload::checksum::PartDigest;

/// The parts that this run has stored, by where they begin and how long they are. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Stored(Arc<Mutex<Known>>);

#[derive(Debug, Default)]
struct Known {
    parts: BTreeMap<(u64, u64), PartDigest>,
    unconfirmed: usize,
    resent: u64,
}

impl Stored {
    /// How many parts are known.
    pub fn count(&self) -> usize {
        self.lock().parts.len()
    }

    /// Forgets all of it: the storage says that it has less.
    pub fn forget(&self) {
        *self.lock() = Known::default();
    }

    /// The bytes of them all.
    pub(super) fn bytes(&self) -> u64 {
        self.lock().parts.keys().map(|(_, length)| length).sum()
    }

    pub(super) fn digest(&self, offset: u64, length: u64) -> Option<PartDigest> {
        self.lock().parts.get(&(offset, length)).copied()
    }

    pub(super) fn note(&self, (offset, length): (u64, u64), digest: PartDigest, confirmed: bool) {
        let mut known = self.lock();
        known.parts.insert((offset, length), digest);
        known.unconfirmed += usize::from(!confirmed);
    }

    pub(super) fn note_resent(&self, bytes: u64) {
        self.lock().resent += bytes;
    }

    pub(super) fn unconfirmed(&self) -> usize {
        self.lock().unconfirmed
    }

    pub(super) fn resent(&self) -> u64 {
        self.lock().resent
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
