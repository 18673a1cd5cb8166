//! Asking again where Apple needs a moment: what was just made or changed does not show at once.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::asc::Error;
use crate::plan::{Pace, Waiting};

/// What was just made shows within seconds; so long it is waited for.
const MOMENT: Duration = Duration::from_secs(5 * 60);

/// How long and how often something is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// The longest time.
    pub most: Duration,
    /// How often.
    pub pace: Pace,
}

impl Patience {
    /// For work of Apple's that can take long.
    pub fn long(waiting: Waiting) -> Self {
        Self {
            most: waiting.processing,
            pace: waiting.pace,
        }
    }

    /// For what shows after a moment.
    pub fn short(waiting: Waiting) -> Self {
        Self {
            most: waiting.processing.min(MOMENT),
            pace: waiting.pace,
        }
    }

    /// Asks until there is something; `None` where time is over. Passing faults are ridden out.
    pub async fn until<T, F>(self, ask: impl Fn() -> F) -> Result<Option<T>, Error>
    where
        F: Future<Output = Result<Option<T>, Error>>,
    {
        let began = Instant::now();
        loop {
            let heard = ask().await;
            let waited = began.elapsed();
            match heard {
                Ok(Some(found)) => return Ok(Some(found)),
                Ok(None) if waited >= self.most => return Ok(None),
                Ok(None) => {}
                Err(error) if (error.is_retryable() || settles(&error)) && waited < self.most => {}
                Err(error) => return Err(error),
            }
            sleep(self.pace.pause(waited)).await;
        }
    }

    /// Tries until Apple takes it, as long as a refusal `settles`.
    pub async fn insist<T, F>(
        self,
        settles: impl Fn(&Error) -> bool,
        act: impl Fn() -> F,
    ) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let began = Instant::now();
        loop {
            match act().await {
                Err(error) if settles(&error) && began.elapsed() < self.most => {
                    sleep(self.pace.pause(began.elapsed())).await;
                }
                result => return result,
            }
        }
    }
}

/// Whether Apple says that it is not done with a build yet, or does not find what was there a moment ago.
pub fn settles(error: &Error) -> bool {
    error.status() == Some(404)
        || error.says("cannot be found")
        || error.says("not in a valid processing state")
        || error.says("not in state for internal testing")
        || error.says("can't be modified")
}
