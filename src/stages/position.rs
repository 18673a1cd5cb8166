//! How far the run is, told as it changes. It outlives the stages, so that a run that is stopped in the
//! middle of one is told by what was true then.

use std::sync::{Arc, Mutex, PoisonError};

use crate::event::{Event, Events, Reached};

/// How far the run is. Clones share it.
#[derive(Clone, Debug)]
pub struct Position {
    reached: Arc<Mutex<Reached>>,
    events: Events,
}

impl Position {
    /// A run that begins.
    pub fn at_the_start(events: Events) -> Self {
        Self {
            reached: Arc::new(Mutex::new(Reached::Nothing)),
            events,
        }
    }

    /// The run is so far now.
    pub fn reach(&self, reached: Reached) {
        self.set(|now| now.max(reached));
    }

    /// The reservation is gone from Apple: nothing of this build is there by this run. What was sent
    /// stays sent.
    pub fn give_back(&self) {
        self.set(|now| match now {
            Reached::Reserved => Reached::Package,
            other => other,
        });
    }

    /// Apple did not take the word that all was sent: the reservation waits again.
    pub fn take_back_the_commit(&self) {
        self.set(|now| match now {
            Reached::Sent => Reached::Reserved,
            other => other,
        });
    }

    /// Nothing of the build is at Apple by this run after all.
    pub fn take_back(&self) {
        self.set(|now| match now {
            Reached::Reserved | Reached::Sent => Reached::Package,
            other => other,
        });
    }

    /// How far the run is.
    pub fn now(&self) -> Reached {
        *self.reached.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, change: impl FnOnce(Reached) -> Reached) {
        let mut reached = self.reached.lock().unwrap_or_else(PoisonError::into_inner);
        let new = change(*reached);
        if new != *reached {
            *reached = new;
            self.events.send(Event::Reached(new));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_reservation_is_given_back_and_only_a_commit_is_taken_back() {
        for reached in Reached::ALL {
            let (events, _stream) = Events::stream();
            let position = Position::at_the_start(events);
            position.reach(reached);
            position.give_back();
            match reached {
                Reached::Reserved => assert_eq!(position.now(), Reached::Package),
                other => assert_eq!(position.now(), other),
            }
            position.reach(reached);
            position.take_back_the_commit();
            match reached {
                Reached::Sent => assert_eq!(position.now(), Reached::Reserved),
                other => assert_eq!(position.now(), other),
            }
            position.reach(reached);
            position.take_back();
            match reached {
                Reached::Reserved | Reached::Sent => assert_eq!(position.now(), Reached::Package),
                other => assert_eq!(position.now(), other),
            }
        }
    }

    #[test]
    fn a_run_does_not_fall_back_by_reaching_less() {
        let (events, mut stream) = Events::stream();
        let position = Position::at_the_start(events);
        position.reach(Reached::Accepted);
        position.reach(Reached::Sent);
        assert_eq!(position.now(), Reached::Accepted);
        drop(position);
        assert!(stream.try_recv().is_ok());
        assert!(stream.try_recv().is_err());
    }
}
