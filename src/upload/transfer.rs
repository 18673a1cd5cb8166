//! One upload under way: what its lanes share.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use reqwest::Client;
use tokio::time::{Instant, sleep_until};

use crate::event::Events;
use crate::upload::file_watch::FileWatch;
use crate::upload::movement::Patience;
use crate::upload::parts::PartRequest;
use crate::upload::reader::{ChunkPool, Span};
use crate::upload::settings::Settings;
use crate::upload::stored::Stored;
use crate::upload::tally::Tally;

/// One upload under way.
pub(super) struct Transfer<'a> {
    pub(super) settings: &'a Settings,
    pub(super) pool: &'a ChunkPool,
    pub(super) client: Client,
    pub(super) watch: FileWatch,
    pub(super) tally: Tally,
    pub(super) stored: Stored,
    pub(super) events: &'a Events,
    /// Bytes a second of the latest part that was sent whole; 0 before the first.
    pub(super) rate: AtomicU64,
    /// Until when the storage asked every lane to wait.
    pub(super) hold_until: Mutex<Instant>,
}

impl Transfer<'_> {
    /// The part's bytes in the file.
    pub(super) fn span(&self, part: &PartRequest) -> Span {
        Span {
            file: self.watch.file(),
            offset: part.offset,
            length: part.length,
        }
    }

    /// How long an attempt may stand still.
    pub(super) fn patience(&self, part: &PartRequest, stalls: u32) -> Patience {
        let rate = self.rate.load(Ordering::Relaxed);
        Patience {
            idle: self.settings.idle_timeout,
            known_rate: (rate > 0).then_some(rate),
            length: part.length,
            stalls,
        }
    }

    /// Keeps every lane from beginning an attempt until then.
    pub(super) fn hold(&self, until: Instant) {
        let mut hold = self
            .hold_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *hold = until.max(*hold);
    }

    /// Waits as long as the storage asked every lane to.
    pub(super) async fn held(&self) {
        let until = *self
            .hold_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        sleep_until(until).await;
    }
}
