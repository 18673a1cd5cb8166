//! What the servers of Apple's side ask a run to wait, in all.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// All waits that are told in one run. An hour is a whole window of Apple's limit on calls; a storage that refuses for
/// longer is down, and a run that waits on would only use up its job.
pub const LONGEST_WAITS: Duration = Duration::from_secs(60 * 60);

/// The waits that were told so far. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct ToldWaits(Arc<Mutex<Told>>);

#[derive(Debug, Default)]
struct Told {
    /// How long they are together.
    length: Duration,
    /// When the last of them ends.
    until: Option<Instant>,
}

impl ToldWaits {
    /// Whether a wait that begins now fits into what one run waits in all; where it does, it is counted. What is waited
    /// at the same time counts once.
    pub fn has_room_for(&self, wait: Duration) -> bool {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let until = now + wait;
        let counted_to = told.until.map_or(now, |counted| counted.max(now));
        let length = told.length + until.saturating_duration_since(counted_to);
        if length > LONGEST_WAITS {
            return false;
        }
        told.length = length;
        told.until = Some(counted_to.max(until));
        true
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    const QUARTER: Duration = Duration::from_secs(900);

    #[tokio::test(start_paused = true)]
    async fn waits_of_an_hour_fit_and_no_more() {
        let waits = ToldWaits::default();
        for _ in 0..4 {
            assert!(waits.has_room_for(QUARTER));
            advance(QUARTER).await;
        }
        assert!(!waits.clone().has_room_for(Duration::from_secs(1)));
        assert!(waits.has_room_for(Duration::ZERO));
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_waited_at_the_same_time_counts_once() {
        let waits = ToldWaits::default();
        for _ in 0..64 {
            assert!(waits.has_room_for(QUARTER));
        }
        advance(QUARTER / 2).await;
        // Half of it is new, and then a shorter one adds nothing.
        assert!(waits.has_room_for(QUARTER));
        assert!(waits.has_room_for(QUARTER / 3));
        advance(QUARTER).await;
        assert!(!waits.has_room_for(QUARTER * 3));
        assert!(waits.has_room_for(QUARTER * 5 / 2), "what is left fits");
    }
}
