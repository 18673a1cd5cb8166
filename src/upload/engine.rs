//! Sends the parts: so many at a time, each tried as often as it may be, the file read once.

use std::fs::File;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::stream::{self, StreamExt as _};
use reqwest::Client;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};
use tokio_util::sync::CancellationToken;

use super::attempt::{Outcome, attempt};
use super::checksum::{self, PartDigest};
use super::client;
use super::error::{Cause, Error};
use super::file_watch::FileWatch;
use super::movement::Patience;
use super::parts::{PartPlan, PartRequest};
use super::reader::{ChunkPool, ReadEnd, Span};
use super::retry::{self, Endurance, Verdict};
use super::tally::Tally;
use crate::event::Events;

/// How often progress is told at most.
const TELL_EVERY: Duration = Duration::from_millis(100);

/// Each lane needs a thread to read on.
const MOST_LANES: usize = 64;

/// How parts are sent.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Parts under way at one time, from 1 to 64.
    pub concurrency: usize,
    /// A connection on which nothing moves for so long is dropped, and its part tried again.
    pub idle_timeout: Duration,
    /// How often a part is tried in all; at least once.
    pub attempts: u32,
    /// The pause after a part's first failed attempt; each further one is twice as long, and each is
    /// shortened by chance to half of it at most.
    pub first_pause: Duration,
    /// Further root certificates, PEM, one after the other; may be empty.
    pub extra_roots: Vec<u8>,
    /// What the storage is told we are.
    pub user_agent: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            concurrency: 6,
            idle_timeout: Duration::from_secs(60),
            attempts: 8,
            first_pause: Duration::from_millis(500),
            extra_roots: Vec::new(),
            user_agent: concat!("jetway/", env!("CARGO_PKG_VERSION")).into(),
        }
    }
}

/// Sends files to storage, part by part, over connections that it keeps.
pub struct Engine {
    settings: Settings,
    client: Client,
    pool: ChunkPool,
}

/// What was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Parts that were sent.
    pub parts_sent: usize,
    /// Parts that the storage had already.
    pub parts_skipped: usize,
    /// Parts for which the storage named no MD5 of its own, so that nothing could be compared.
    pub parts_unconfirmed: usize,
    /// Bytes of the parts that were sent.
    pub bytes_sent: u64,
    /// Bytes of attempts that failed, on top of these.
    pub resent_bytes: u64,
    /// The composite MD5 of all parts, the skipped ones too, in lowercase hex.
    pub composite: String,
    /// How long it took.
    pub took: Duration,
}

impl Engine {
    /// Makes an engine. Fails where the root certificates or the proxy settings can't be read.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        let client = client::build(&settings, false).map_err(Error::Client)?;
        Ok(Self {
            settings,
            client,
            pool: ChunkPool::default(),
        })
    }

    /// Sends the parts of `file` that the storage does not hold yet, and tells `events` how far it is.
    /// Stops within moments of `cancel`. Nothing is committed here; after an error nothing must be.
    pub async fn send(
        &self,
        file: Arc<File>,
        plan: &PartPlan,
        events: &Events,
        cancel: &CancellationToken,
    ) -> Result<Sent, Error> {
        let started = Instant::now();
        let client = if plan.stays_here() {
            client::build(&self.settings, true).map_err(Error::Client)?
        } else {
            self.client.clone()
        };
        let run = Run {
            settings: &self.settings,
            pool: &self.pool,
            client,
            watch: FileWatch::begin(file, plan.file_size())?,
            tally: Tally::new(plan.file_size()),
            events,
            rate: AtomicU64::new(0),
            hold_until: Mutex::new(started),
        };
        let mut digests = vec![None; plan.count()];
        let mut sent = Sent::nothing();
        let parts = stream::iter(plan.requests().iter().enumerate());
        let lanes = parts
            .map(|(index, part)| run.part(index, part))
            .buffer_unordered(self.settings.concurrency.clamp(1, MOST_LANES));
        tokio::pin!(lanes);
        let mut clock = interval(TELL_EVERY);
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                () = cancel.cancelled() => return Err(Error::Cancelled),
                _ = clock.tick() => run.tally.tell(events),
                part = lanes.next() => match part {
                    Some(part) => {
                        let part = part?;
                        digests[part.index] = Some(part.digest);
                        sent.count(&part);
                    }
                    None => break,
                },
            }
        }
        run.watch.check()?;
        run.tally.tell(events);
        if sent.parts_unconfirmed > 0 {
            events.note(format!(
                "the storage named no MD5 for {} of {} parts, so their bytes were not compared",
                sent.parts_unconfirmed, sent.parts_sent
            ));
        }
        sent.composite = checksum::composite(digests.into_iter().flatten());
        sent.took = started.elapsed();
        Ok(sent)
    }
}

/// A part that is done.
struct Done {
    index: usize,
    length: u64,
    digest: PartDigest,
    skipped: bool,
    confirmed: bool,
    resent: u64,
}

impl Sent {
    fn nothing() -> Self {
        Self {
            parts_sent: 0,
            parts_skipped: 0,
            parts_unconfirmed: 0,
            bytes_sent: 0,
            resent_bytes: 0,
            composite: String::new(),
            took: Duration::ZERO,
        }
    }

    fn count(&mut self, part: &Done) {
        if part.skipped {
            self.parts_skipped += 1;
        } else {
            self.parts_sent += 1;
            self.bytes_sent += part.length;
        }
        self.parts_unconfirmed += usize::from(!part.confirmed);
        self.resent_bytes += part.resent;
    }
}

/// One upload under way.
pub(super) struct Run<'a> {
    pub(super) settings: &'a Settings,
    pub(super) pool: &'a ChunkPool,
    pub(super) client: Client,
    pub(super) watch: FileWatch,
    pub(super) tally: Tally,
    events: &'a Events,
    /// Bytes a second of the latest part that was sent whole; 0 before the first.
    rate: AtomicU64,
    /// Until when the storage asked every lane to wait.
    hold_until: Mutex<Instant>,
}

impl Run<'_> {
    async fn part(&self, index: usize, part: &PartRequest) -> Result<Done, Error> {
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
            let outcome = attempt(self, index, part, self.patience(stalls)).await?;
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

    fn patience(&self, stalls: u32) -> Patience {
        let rate = self.rate.load(Ordering::Relaxed);
        Patience {
            idle: self.settings.idle_timeout,
            known_rate: (rate > 0).then_some(rate),
            stalls,
        }
    }
}
