//! One answer of the server, whatever its status.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use reqwest::header::HeaderMap;

use crate::host::clock::Clock;
use crate::http::retry_after;

/// A whole answer.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    /// The time of day by the server's own clock.
    pub fn date(&self) -> Option<SystemTime> {
        retry_after::date(&self.headers)
    }

    /// How long the server asks to be left alone.
    pub fn retry_after(&self, clock: &Clock) -> Option<Duration> {
        retry_after::read(&self.headers, clock.now())
    }
}
