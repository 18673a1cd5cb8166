//! One answer of the server, whatever its status.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use reqwest::header::HeaderMap;

use crate::codes::{self, ApiError};
use crate::host::clock::Clock;
use crate::http::retry_after;
use crate::text::{self, markup};

/// How much of an answer that was not understood is kept, in bytes.
const START_KEPT: usize = 300;

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

/// The errors of a body, or its first bytes where it is no error document.
pub fn errors_or_start(body: &[u8]) -> (Vec<ApiError>, Option<String>) {
    let errors = codes::errors(body);
    let start = errors.is_empty().then(|| start(body));
    (errors, start)
}

/// The first bytes as text that a terminal can show.
pub fn start(body: &[u8]) -> String {
    let kept = &body[..body.len().min(START_KEPT)];
    text::line(&markup::without(&String::from_utf8_lossy(kept)))
}
