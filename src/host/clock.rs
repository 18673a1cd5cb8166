//! The time of day, through a seam: a test sets it and turns it with tokio's paused clock.

use std::time::{Duration, SystemTime};

use tokio::time::Instant;

/// Tells the time of day. Waiting is `tokio::time`'s, so that a test with a paused runtime does not wait.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    base: Option<(SystemTime, Instant)>,
}

impl Clock {
    /// The machine's own clock.
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock for tests: it reads `time` now and moves with tokio's clock from there.
    #[cfg(test)]
    pub fn starting_at(time: SystemTime) -> Self {
        Self {
            base: Some((time, Instant::now())),
        }
    }

    /// The time of day.
    pub fn now(&self) -> SystemTime {
        match self.base {
            Some((time, started)) => time + started.elapsed(),
            #[expect(clippy::disallowed_methods, reason = "this is the seam")]
            None => SystemTime::now(),
        }
    }

    /// Seconds since 1970, as a token's `iat` wants them.
    pub fn unix_seconds(&self) -> u64 {
        self.now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or(Duration::ZERO)
            .as_secs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_set_clock_moves_with_the_runtimes_clock() {
        let clock = Clock::starting_at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000));
        tokio::time::advance(Duration::from_secs(7_200)).await;
        assert_eq!(clock.unix_seconds(), 8_200);
    }
}
