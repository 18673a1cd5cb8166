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

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(retry_after: &str) -> Option<Duration> {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
        let mut headers = HeaderMap::new();
        headers.insert(DATE, httpdate::fmt_http_date(now).parse().unwrap());
        headers.insert(RETRY_AFTER, retry_after.parse().unwrap());
        let answer = Answer {
            status: 429,
            headers,
            body: Bytes::new(),
        };
        answer.retry_after(&Clock::system())
    }

    #[test]
    fn a_pause_is_asked_for_in_seconds_or_until_a_date() {
        let date = |seconds| {
            httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
        };
        assert_eq!(asked(" 7 "), Some(Duration::from_secs(7)));
        assert_eq!(asked(&date(1_090)), Some(Duration::from_secs(90)));
        assert_eq!(asked(&date(10)), Some(Duration::ZERO));
        assert_eq!(asked("soon"), None);
        assert_eq!(asked("-1"), None);
    }
}
