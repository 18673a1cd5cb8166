//! A point in time as ISO 8601 with a zone, such as `2026-12-01T10:00:00+01:00`.

use std::time::{Duration, SystemTime};

use crate::cli::choices::NotTaken;

/// A whole hour, as the user wrote it and as a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hour {
    /// As Apple takes it, in the user's own zone.
    pub text: String,
    /// When it is.
    pub at: SystemTime,
}

/// Reads a whole hour.
pub fn hour(given: &str) -> Result<Hour, NotTaken> {
    let wrong = || {
        NotTaken(format!(
            "`{given}` is no time such as 2026-12-01T10:00:00Z or 2026-12-01T10:00:00+01:00, with a zone"
        ))
    };
    let text = given.trim();
    let (date, rest) = text.split_once(['T', 't', ' ']).ok_or_else(wrong)?;
    let zone_at = rest.find(['Z', 'z', '+', '-']).ok_or_else(wrong)?;
    let (time, zone) = rest.split_at(zone_at);
    let [year, month, day] = numbers::<3>(date, '-').ok_or_else(wrong)?;
    let (hour, minutes) = match numbers::<2>(time, ':') {
        Some([hour, minute]) => (hour, minute * 60),
        None => {
            let plain = time.split('.').next().unwrap_or_default();
            let [hour, minute, second] = numbers::<3>(plain, ':').ok_or_else(wrong)?;
            (hour, minute * 60 + second)
        }
    };
    let offset = offset(zone).ok_or_else(wrong)?;
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || hour > 23 || minutes > 3_600
    {
        return Err(wrong());
    }
    if !(1..=days_in(year, month)).contains(&day) {
        return Err(wrong());
    }
    if minutes != 0 {
        return Err(NotTaken(format!(
            "`{given}` is no whole hour, and Apple takes no other"
        )));
    }
    let seconds = days_from_epoch(year, month, day) * 86_400 + hour * 3_600 - offset;
    let at = u64::try_from(seconds).map_err(|_| wrong())?;
    let zone = match offset {
        0 => "Z".to_owned(),
        _ => {
            let (sign, size) = if offset < 0 {
                ('-', -offset)
            } else {
                ('+', offset)
            };
            format!("{sign}{:02}:{:02}", size / 3_600, size % 3_600 / 60)
        }
    };
    Ok(Hour {
        text: format!("{year:04}-{month:02}-{day:02}T{hour:02}:00:00{zone}"),
        at: SystemTime::UNIX_EPOCH + Duration::from_secs(at),
    })
}

fn numbers<const N: usize>(text: &str, between: char) -> Option<[i64; N]> {
    let parts: Vec<i64> = text
        .split(between)
        .map(|part| {
            part.bytes()
                .all(|byte| byte.is_ascii_digit())
                .then(|| part.parse().ok())?
        })
        .collect::<Option<_>>()?;
    parts.try_into().ok()
}

/// Seconds that a zone is ahead of UTC.
fn offset(zone: &str) -> Option<i64> {
    if matches!(zone, "Z" | "z") {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits: String = zone[1..].chars().filter(|letter| *letter != ':').collect();
    let number: i64 = digits.parse().ok()?;
    let (hours, minutes) = match digits.len() {
        2 => (number, 0),
        4 => (number / 100, number % 100),
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60))
}

fn days_in(year: i64, month: i64) -> i64 {
    let next = if month == 12 {
        (year + 1, 1)
    } else {
        (year, month + 1)
    };
    days_from_epoch(next.0, next.1, 1) - days_from_epoch(year, month, 1)
}

/// Days since 1970-01-01 in the Gregorian calendar: years are counted from March, so that the leap day is last.
fn days_from_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let leaps = year / 4 - year / 100 + year / 400;
    year * 365 + leaps + (month * 153 + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> u64 {
        let at = hour(text).unwrap().at;
        at.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()
    }

    #[test]
    fn a_time_is_read_in_its_zone() {
        assert_eq!(seconds("1970-01-02T00:00:00Z"), 86_400);
        assert_eq!(seconds("2024-02-29T12:00:00Z"), 1_709_208_000);
        assert_eq!(
            seconds("2026-12-01T10:00:00+01:00"),
            seconds("2026-12-01T09:00:00Z")
        );
        assert_eq!(
            seconds("2026-12-01T10:00-0800"),
            seconds("2026-12-01T18:00:00Z")
        );
        assert_eq!(
            seconds("2026-12-01T10:00:00.000+05:30"),
            seconds("2026-12-01T10:00:00+0530")
        );
        assert_eq!(
            hour("2026-12-01t10:00z").unwrap().text,
            "2026-12-01T10:00:00Z"
        );
        assert_eq!(
            hour("2026-12-01T10:00-08").unwrap().text,
            "2026-12-01T10:00:00-08:00"
        );
    }

    #[test]
    fn what_is_no_whole_hour_with_a_zone_is_refused() {
        for wrong in [
            "",
            "2026-12-01",
            "2026-12-01T10:00:00",
            "2026-13-01T10:00:00Z",
            "2026-02-29T10:00:00Z",
            "2026-12-01T24:00:00Z",
            "2026-12-01T10:00:00+25:00",
            "tomorrow",
            "T10:00Z",
            "2026-12-01T+1:00Z",
        ] {
            let refused = hour(wrong).unwrap_err().to_string();
            assert!(refused.contains("with a zone"), "{wrong}: {refused}");
        }
        for odd in ["2026-12-01T10:30:00Z", "2026-12-01T10:00:01Z"] {
            assert!(hour(odd).unwrap_err().to_string().contains("no whole hour"));
        }
    }
}
