//! One part seen through, from the first attempt to the last.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use reqwest::Client;
use tokio::time::{Instant, sleep_until};

use crate::event::Events;
use crate::upload::attempt::{Outcome, attempt};
use crate::upload::checksum::PartDigest;
use crate::upload::engine::Settings;
use crate::upload::error::{Cause, Error};
use crate::upload::file_watch::FileWatch;
use crate::upload::movement::Patience;
use crate::upload::parts::PartRequest;
use crate::upload::reader::{ChunkPool, ReadEnd, Span};
use crate::upload::retry::{self, Endurance, Verdict};
use crate::upload::tally::Tally;

/// A part that is done.
pub(super) struct Done {
    pub(super) index: usize,
    pub(super) length: u64,
    pub(super) digest: PartDigest,
    pub(super) skipped: bool,
    pub(super) confirmed: bool,
    pub(super) resent: u64,
}

/// One upload under way.
pub(super) struct Run<'a> {
    pub(super) settings: &'a Settings,
    pub(super) pool: &'a ChunkPool,
    pub(super) client: Client,
    pub(super) watch: FileWatch,
    pub(super) tally: Tally,
    pub(super) events: &'a Events,
    /// Bytes a second of the latest part that was sent whole; 0 before the first.
    pub(super) rate: AtomicU64,
    /// Until when the storage asked every lane to wait.
    pub(super) hold_until: Mutex<Instant>,
}

impl Run<'_> {
    /// Sees one part through: skips it where the storage holds it, else tries until it is stored.
    pub(super) async fn part(&self, index: usize, part: &PartRequest) -> Result<Done, Error> {
        let mut done = Done {
            index,
            length: part.length,
            digest: PartDigest([0; 16]),
            skipped: false,
            confirmed: true,
            resent: 0,
        };
        if let Some(tag) = &part.entity_tag {
            done.digest = self.hash(part).await?;
            if done.digest.matches(tag) {
                self.tally.confirm(index, part.length);
                done.skipped = true;
                return Ok(done);
            }
        }
        let mut stalls = 0;
        let mut number = 0;
        loop {
            number += 1;
            let hold = *self
                .hold_until
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            sleep_until(hold).await;
            let outcome = attempt(self, index, part, self.patience(part, stalls)).await?;
            let (cause, taken) = match outcome {
                Outcome::Stored {
                    digest,
                    confirmed,
                    rate,
                } => {
                    self.rate.store(rate, Ordering::Relaxed);
                    done.digest = digest;
                    done.confirmed = confirmed;
                    return Ok(done);
                }
                Outcome::Failed { cause, taken } => (cause, taken),
            };
            done.resent += taken;
            stalls += u32::from(matches!(cause, Cause::Stalled(_)));
            self.pause(part.number, number, cause).await?;
        }
    }

    /// Waits before the next attempt, or gives the part up.
    async fn pause(&self, part: u32, attempt: u32, cause: Cause) -> Result<(), Error> {
        let endurance = Endurance {
            attempts: self.settings.attempts,
            first_pause: self.settings.first_pause,
        };
        let jitter = getrandom::u32().unwrap_or(u32::MAX / 2);
        let pause = match retry::verdict(&cause, attempt, endurance, jitter) {
            Verdict::TryAgainIn(pause) => pause,
            Verdict::GiveUp => {
                return Err(Error::Part {
                    number: part,
                    attempts: attempt,
                    cause,
                });
            }
        };
        let until = Instant::now() + pause;
        if let Cause::Refused {
            retry_after: Some(_),
            ..
        } = cause
        {
            let mut hold = self
                .hold_until
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            *hold = until.max(*hold);
        }
        self.events.note(format!(
            "part {part}: {}; trying again in {:.1} s",
            cause.in_short(),
            pause.as_secs_f64()
        ));
        sleep_until(until).await;
        Ok(())
    }

    /// The digest of a part that the storage may hold already.
    async fn hash(&self, part: &PartRequest) -> Result<PartDigest, Error> {
        let (_wanted, reading) = self.span(part).hash(self.pool);
        let end = reading.await.unwrap_or(ReadEnd::Unwanted);
        self.watch.digest(end)?.ok_or(Error::Cancelled)
    }

    pub(super) fn span(&self, part: &PartRequest) -> Span {
        Span {
            file: self.watch.file(),
            offset: part.offset,
            length: part.length,
        }
    }

    fn patience(&self, part: &PartRequest, stalls: u32) -> Patience {
        let rate = self.rate.load(Ordering::Relaxed);
        Patience {
            idle: self.settings.idle_timeout,
            known_rate: (rate > 0).then_some(rate),
            length: part.length,
            stalls,
        }
    }
}
