//! Times as certificates write them.

use std::time::{Duration, SystemTime};

use crate::der::Element;

const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
const DAY: i64 = 86_400;

/// The time that a UTCTime or GeneralizedTime of RFC 5280 (4.1.2.5) says.
pub(super) fn read(element: Element<'_>) -> Option<SystemTime> {
    let digits = element.content.strip_suffix(b"Z")?;
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let (year, rest) = match (element.tag, digits.len()) {
        (UTC_TIME, 12) => {
            let short = number(&digits[..2]);
            (short + if short < 50 { 2000 } else { 1900 }, &digits[2..])
        }
        (GENERALIZED_TIME, 14) => (number(&digits[..4]), &digits[4..]),
        _ => return None,
    };
    let part = |at: usize| number(&rest[at..at + 2]);
    let (month, day) = (part(0), part(2));
    let (hour, minute, second) = (part(4), part(6), part(8));
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let seconds = days(year, month, day) * DAY + hour * 3_600 + minute * 60 + second;
    let distance = Duration::from_secs(seconds.unsigned_abs());
    if seconds < 0 {
        SystemTime::UNIX_EPOCH.checked_sub(distance)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(distance)
    }
}

fn number(digits: &[u8]) -> i64 {
    let each = digits.iter().map(|digit| i64::from(digit - b'0'));
    each.fold(0, |sum, digit| sum * 10 + digit)
}

/// Days since 1 January 1970 in the Gregorian calendar; a year begins in March here, so that the leap day ends it.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let month = (month + 9) % 12;
    let of_year = (153 * month + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year
        - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::der;

    fn seconds(tag: u8, text: &str) -> Option<i64> {
        let bytes = [&[tag, text.len() as u8], text.as_bytes()].concat();
        let read = read(der::element(&mut &bytes[..]).unwrap())?;
        Some(match read.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => after.as_secs() as i64,
            Err(before) => -(before.duration().as_secs() as i64),
        })
    }

    #[test]
    fn both_forms_are_read_with_their_centuries() {
        assert_eq!(seconds(0x17, "700101000000Z"), Some(0));
        assert_eq!(seconds(0x17, "000301000000Z"), Some(951_868_800));
        assert_eq!(seconds(0x18, "20261128095501Z"), Some(1_795_859_701));
        assert_eq!(seconds(0x17, "691231235959Z"), Some(-1));
        assert_eq!(seconds(0x18, "20500101000000Z"), Some(2_524_608_000));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "700101000000",
            "701301000000Z",
            "7001010000Z",
            "70010100000xZ",
        ] {
            assert_eq!(seconds(0x17, text), None, "{text}");
        }
        assert_eq!(seconds(0x04, "700101000000Z"), None);
    }
}
