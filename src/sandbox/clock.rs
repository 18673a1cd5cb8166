//! The sandbox's time of day, which a scenario may set wrong, and the two ways in which it is written.
//! Only tokens, part addresses and dates look at it; what Apple does next depends on polls alone.

use std::time::{Duration, SystemTime};

/// The machine's clock, off by a number of seconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    /// Seconds added to the machine's time; negative for a clock that is late.
    pub(super) off_by: i64,
}

impl Clock {
    /// Seconds since 1970.
    pub(super) fn unix_seconds(self) -> i64 {
        #[expect(
            clippy::disallowed_methods,
            reason = "the sandbox shares no clock with its client"
        )]
        let now = SystemTime::now();
        let since = now
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or(Duration::ZERO);
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX) + self.off_by
    }

    /// The `Date` header of an answer given now.
    pub(super) fn http_date(self) -> String {
        let seconds = u64::try_from(self.unix_seconds()).unwrap_or(0);
        httpdate::fmt_http_date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
    }
}

/// As the API writes dates: local time in California with its offset, with or without a fraction.
pub(super) fn api_date(unix_seconds: i64, milliseconds: Option<u32>) -> String {
    let local = rfc3339(unix_seconds - 7 * 3_600);
    let fraction = milliseconds.map_or_else(String::new, |ms| format!(".{ms:03}"));
    format!("{}{fraction}-07:00", local.trim_end_matches('Z'))
}

/// As a presigned address writes its date: `20251016T091142Z`.
pub(super) fn amz_date(unix_seconds: i64) -> String {
    rfc3339(unix_seconds).replace(['-', ':'], "")
}

fn rfc3339(unix_seconds: i64) -> String {
    let since = Duration::from_secs(u64::try_from(unix_seconds).unwrap_or_default());
    humantime::format_rfc3339_seconds(SystemTime::UNIX_EPOCH + since).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_apple_and_its_storage_write_them() {
        assert_eq!(
            api_date(1_760_606_502, Some(7)),
            "2025-10-16T02:21:42.007-07:00"
        );
        assert_eq!(api_date(1_709_251_199, None), "2024-02-29T16:59:59-07:00");
        assert_eq!(amz_date(1_760_606_502), "20251016T092142Z");
        assert_eq!(amz_date(0), "19700101T000000Z");
    }
}
