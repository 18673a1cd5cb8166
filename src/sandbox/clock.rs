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
    let (year, month, day, second) = civil(unix_seconds - 7 * 3_600);
    let fraction = milliseconds.map_or_else(String::new, |ms| format!(".{ms:03}"));
    let (hours, minutes, seconds) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}{fraction}-07:00")
}

/// As a presigned address writes its date: `20251016T091142Z`.
pub(super) fn amz_date(unix_seconds: i64) -> String {
    let (year, month, day, second) = civil(unix_seconds);
    let (hours, minutes, seconds) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}{month:02}{day:02}T{hours:02}{minutes:02}{seconds:02}Z")
}

/// Year, month, day and second of the day, after
/// <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>.
fn civil(unix_seconds: i64) -> (i64, i64, i64, i64) {
    let days = unix_seconds.div_euclid(86_400) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day, unix_seconds.rem_euclid(86_400))
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
