//! How parts are sent.

use std::time::Duration;

use crate::host::clock::Clock;
use crate::http::proxies::Proxies;
use crate::http::retry::FIRST_PAUSE;
use crate::http::told_waits::ToldWaits;

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
    /// The proxy on the way to the storage.
    pub proxies: Proxies,
    /// For `Retry-After` dates of a storage that tells no time.
    pub clock: Clock,
    /// The waits that were told so far in this run.
    pub waits: ToldWaits,
}

impl Settings {
    /// As users have no say in the rest: eight attempts, the system's roots and clock, no proxy.
    pub fn new(concurrency: usize, idle_timeout: Duration) -> Self {
        Self {
            concurrency,
            idle_timeout,
            attempts: 8,
            first_pause: FIRST_PAUSE,
            extra_roots: Vec::new(),
            proxies: Proxies::none(),
            clock: Clock::system(),
            waits: ToldWaits::default(),
        }
    }
}
