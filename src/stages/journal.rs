//! What a run that ends early would leave at Apple, noted before it is acquired and undone in
//! reverse. The journal lives outside the stages, so that it outlasts a panic in one of them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::asc::build_uploads::Reservation;
use crate::ids::BuildUploadId;

/// One thing to undo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leftover {
    /// A reservation that was asked for; its id is not known yet.
    Asked {
        /// What was asked for.
        reservation: Reservation,
        /// The uploads of this build that were there before, which are not ours.
        before: Vec<BuildUploadId>,
    },
    /// A reservation that waits for its bytes.
    Reserved(BuildUploadId),
}

/// The list of what to undo. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    entries: Arc<Mutex<Vec<Leftover>>>,
    committed: Arc<AtomicBool>,
}

impl Journal {
    /// Notes what is about to be acquired.
    pub fn note(&self, leftover: Leftover) {
        self.lock().push(leftover);
    }

    /// What was asked for has an id now: the question is replaced by it.
    pub fn note_reserved(&self, id: BuildUploadId) {
        let mut entries = self.lock();
        entries.retain(|entry| !matches!(entry, Leftover::Asked { .. }));
        entries.push(Leftover::Reserved(id));
    }

    /// The bytes are Apple's from here on: nothing of it is ours to undo any more.
    pub fn commit(&self) {
        self.lock().clear();
        self.committed.store(true, Ordering::SeqCst);
    }

    /// Apple did not take the bytes after all: the reservation is ours to undo again.
    pub fn reopen(&self, id: BuildUploadId) {
        self.note_reserved(id);
        self.committed.store(false, Ordering::SeqCst);
    }

    /// Whether the bytes are Apple's, or may be.
    pub fn is_committed(&self) -> bool {
        self.committed.load(Ordering::SeqCst)
    }

    /// Takes the entries out, last first.
    pub fn take(&self) -> Vec<Leftover> {
        let mut entries = std::mem::take(&mut *self.lock());
        entries.reverse();
        entries
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Leftover>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_undone_in_reverse_and_only_once() {
        let journal = Journal::default();
        let shared = journal.clone();
        journal.note(Leftover::Reserved(BuildUploadId::new("first")));
        shared.note(Leftover::Reserved(BuildUploadId::new("second")));
        assert_eq!(
            journal.take(),
            [
                Leftover::Reserved(BuildUploadId::new("second")),
                Leftover::Reserved(BuildUploadId::new("first")),
            ]
        );
        assert_eq!(shared.take(), []);
    }

    #[test]
    fn what_was_committed_is_never_undone() {
        let journal = Journal::default();
        journal.note(Leftover::Reserved(BuildUploadId::new("ours")));
        assert!(!journal.is_committed());
        journal.commit();
        assert!(journal.is_committed());
        assert_eq!(journal.take(), []);
        journal.reopen(BuildUploadId::new("ours"));
        assert!(!journal.is_committed());
        assert_eq!(
            journal.take(),
            [Leftover::Reserved(BuildUploadId::new("ours"))]
        );
    }
}
