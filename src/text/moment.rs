//! A point in time as ISO 8601 writes it with a zone, such as `2026-12-01T10:00:00+01:00`.

use std::time::{Duration, SystemTime};

/// A point in time, with the parts that it was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Year, month and day in its own zone.
    pub date: [i64; 3],
    /// The hour in its own zone.
    pub hour: i64,
    /// Seconds within the hour.
    pub seconds: i64,
    /// Seconds that its zone is ahead of UTC.
    pub offset: i64,
    /// When it is.
    pub at: SystemTime,
}

/// Reads one; `None` where it is none, or has no zone.
pub fn read(text: &str) -> Option<Moment> {
    let (date, rest) = text.trim().split_once(['T', 't', ' '])?;
    let zone_at = rest.find(['Z', 'z', '+', '-'])?;
    let (time, zone) = rest.split_at(zone_at);
    let [year, month, day] = numbers::<3>(date, '-')?;
    let (hour, seconds) = match numbers::<2>(time, ':') {
        Some([hour, minute]) => (hour, minute * 60),
        None => {
            let plain = time.split('.').next().unwrap_or_default();
            let [hour, minute, second] = numbers::<3>(plain, ':')?;
            (hour, minute * 60 + second)
        }
    };
    let offset = offset(zone)?;
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || hour > 23 || seconds > 3_600
    {
        return None;
    }
    if !(1..=days_in(year, month)).contains(&day) {
        return None;
    }
    let of_day = hour * 3_600 + seconds - offset;
    let at = u64::try_from(days_from_epoch(year, month, day) * 86_400 + of_day).ok()?;
    Some(Moment {
        date: [year, month, day],
        hour,
        seconds,
        offset,
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

    #[test]
    fn apples_ways_of_writing_a_time_are_read() {
        let seconds = |text| {
            let at = read(text)?.at.duration_since(SystemTime::UNIX_EPOCH);
            Some(at.unwrap().as_secs())
        };
        assert_eq!(seconds("2026-11-28T09:55:01Z"), Some(1_795_859_701));
        assert_eq!(
            seconds("2026-11-28T09:55:01.000+00:00"),
            Some(1_795_859_701)
        );
        assert_eq!(seconds("2026-11-28T01:55:01-08:00"), Some(1_795_859_701));
        for wrong in [
            "",
            "soon",
            "2026-11-28",
            "2026-13-28T00:00:00Z",
            "2026-02-30T00:00:00Z",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
