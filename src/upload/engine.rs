//! Sends the parts: so many at a time, each tried as often as it may be, the file read once.

use std::fs::File;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::stream::{self, StreamExt as _};
use tokio::time::{Instant, MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::event::Events;
use crate::http::client::Roots;
use crate::upload::checksum;
use crate::upload::client;
use crate::upload::error::Error;
use crate::upload::file_watch::FileWatch;
use crate::upload::lane::{self, Done};
use crate::upload::parts::PartPlan;
use crate::upload::reader::ChunkPool;
use crate::upload::settings::Settings;
use crate::upload::tally::Tally;
use crate::upload::transfer::Transfer;

/// How often progress is told at most.
const TELL_EVERY: Duration = Duration::from_millis(100);

/// Each lane needs a thread to read on.
const MOST_LANES: usize = 64;

/// Sends files to storage, part by part, over connections that it keeps.
pub struct Engine {
    settings: Settings,
    roots: Roots,
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
    /// Makes an engine. Fails where the extra root certificates are none.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        let roots = Roots::read(&settings.extra_roots)?;
        Ok(Self {
            settings,
            roots,
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
        let transfer = Transfer {
            settings: &self.settings,
            pool: &self.pool,
            client: client::build(&self.settings, &self.roots, plan)?,
            watch: FileWatch::begin(file, plan.file_size())?,
            tally: Tally::new(plan.file_size()),
            stored: plan.stored().clone(),
            events,
            rate: AtomicU64::new(0),
            hold_until: Mutex::new(started),
        };
        let mut digests = vec![None; plan.count()];
        let mut sent = Sent::nothing();
        let lanes = stream::iter(0..plan.count())
            .map(|index| lane::part(&transfer, index, &plan.requests()[index]))
            .buffer_unordered(self.settings.concurrency.clamp(1, MOST_LANES));
        tokio::pin!(lanes);
        let mut clock = interval(TELL_EVERY);
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                () = cancel.cancelled() => return Err(Error::Cancelled),
                _ = clock.tick() => transfer.tally.tell(events),
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
        transfer.watch.check()?;
        transfer.tally.tell(events);
        sent.parts_unconfirmed = plan.stored().unconfirmed();
        sent.parts_sent = plan.stored().count();
        if sent.parts_unconfirmed > 0 {
            events.note(format!(
                "the storage named no MD5 for {} of {} parts, so their bytes were not compared",
                sent.parts_unconfirmed, sent.parts_sent
            ));
        }
        sent.bytes_sent = plan.stored().bytes();
        sent.resent_bytes = plan.stored().resent();
        sent.composite = checksum::composite(digests.into_iter().flatten());
        sent.took = started.elapsed();
        Ok(sent)
    }
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
        self.parts_skipped += usize::from(part.skipped);
    }
}
