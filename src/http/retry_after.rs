//! `Retry-After`: how long a server asks to be left alone
//! (<https://www.rfc-editor.org/rfc/rfc9110#field.retry-after>).

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// A server that asks for more is taken to have asked for this: an hour, after which every rate limit
/// that we meet begins anew.
pub const LONGEST: Duration = Duration::from_secs(60 * 60);

/// Reads it: seconds, or a date by the server's own clock; where the server tells no time, by `now`.
pub fn read(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wish = if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
        // A number that does not fit is a long time.
        text.parse().map_or(LONGEST, Duration::from_secs)
    } else {
        let until = httpdate::parse_http_date(text).ok()?;
        let now = date(headers).unwrap_or(now);
        until.duration_since(now).unwrap_or(Duration::ZERO)
    };
    Some(wish.min(LONGEST))
}

/// The time of day by the server's own clock.
pub fn date(headers: &HeaderMap) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn headers(pairs: &[(reqwest::header::HeaderName, &str)]) -> HeaderMap {
        let pairs = pairs.iter().cloned();
        pairs
            .map(|(name, value)| (name, value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn a_pause_is_asked_for_in_seconds_or_until_a_date() {
        let now = at(784_111_777);
        for (wish, seconds) in [
            ("7", Some(7)),
            (" 0 ", Some(0)),
            ("Sun, 06 Nov 1994 08:49:47 GMT", Some(10)),
            ("Sun, 06 Nov 1994 08:49:07 GMT", Some(0)),
            ("soon", None),
            ("", None),
            ("-1", None),
            ("1.5", None),
        ] {
            let wished = read(&headers(&[(RETRY_AFTER, wish)]), now);
            assert_eq!(wished, seconds.map(Duration::from_secs), "{wish}");
        }
        assert_eq!(read(&HeaderMap::new(), now), None);
    }

    #[test]
    fn a_date_is_by_the_servers_own_clock() {
        let (theirs, ours) = (at(1_000), at(90_000));
        let date = |seconds| httpdate::fmt_http_date(at(seconds));
        let until = |seconds| {
            let now = httpdate::fmt_http_date(theirs);
            read(
                &headers(&[(DATE, &now), (RETRY_AFTER, &date(seconds))]),
                ours,
            )
        };
        assert_eq!(until(1_090), Some(Duration::from_secs(90)));
        assert_eq!(until(10), Some(Duration::ZERO));
    }

    #[test]
    fn no_server_keeps_us_for_more_than_an_hour() {
        for wish in [
            "86400",
            "18446744073709551615",
            "99999999999999999999999999",
            "Fri, 31 Dec 9999 23:59:59 GMT",
        ] {
            let wished = read(&headers(&[(RETRY_AFTER, wish)]), at(0));
            assert_eq!(wished, Some(LONGEST), "{wish}");
        }
    }

    proptest! {
        #[test]
        fn no_header_makes_it_panic(wish in "[ -~]*", date in "[ -~]*") {
            let wished = read(&headers(&[(RETRY_AFTER, &wish), (DATE, &date)]), at(0));
            prop_assert!(wished.is_none_or(|wished| wished <= LONGEST));
        }
    }
}
