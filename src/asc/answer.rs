//! One answer of the server, whatever its status.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

use crate::host::clock::Clock;

/// A whole answer.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn date(&self) -> Option<SystemTime> {
        httpdate::parse_http_date(self.headers.get(DATE)?.to_str().ok()?).ok()
    }

    /// Seconds, or a date by the server's own clock.
    pub fn retry_after(&self, clock: &Clock) -> Option<Duration> {
        let text = self.headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        if let Ok(seconds) = text.parse() {
            return Some(Duration::from_secs(seconds));
        }
        let until = httpdate::parse_http_date(text).ok()?;
        let now = self.date().unwrap_or_else(|| clock.now());
        Some(until.duration_since(now).unwrap_or(Duration::ZERO))
    }
}
