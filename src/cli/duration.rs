//! Durations as people write them: `500ms`, `60s`, `15m`, `2h`.

use std::time::Duration;

use crate::cli::choices::NotTaken;
use crate::secret::typed;

/// The units by which a duration is shown, the longest first, in milliseconds.
const UNITS: [(u128, &str); 4] = [(3_600_000, "h"), (60_000, "m"), (1_000, "s"), (1, "ms")];
/// The longest that is taken for meant: a week.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 3_600);

/// Why a text is no duration.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum DurationProblem {
    /// A number without a unit.
    #[error("`{0}` has no unit: write it like 500ms, 60s, 15m or 2h")]
    NoUnit(String),
    /// Anything else.
    #[error("`{0}` is no duration: write it like 500ms, 60s, 15m or 2h")]
    Unreadable(String),
    /// Longer than a week.
    #[error("`{0}` is longer than a week")]
    TooLong(String),
}

/// Reads one duration: a whole number and its unit.
pub fn parse(text: &str) -> Result<Duration, DurationProblem> {
    let trimmed = text.trim();
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = trimmed.split_at(digits);
    let unreadable = || DurationProblem::Unreadable(typed::shown(trimmed));
    if number.is_empty() {
        return Err(unreadable());
    }
    let number: u64 = number
        .parse()
        .map_err(|_| DurationProblem::TooLong(typed::shown(trimmed)))?;
    let milliseconds = match unit.trim() {
        "" if number == 0 => 0,
        "" => return Err(DurationProblem::NoUnit(typed::shown(trimmed))),
        "ms" => 1,
        "s" => 1_000,
        "m" | "min" => 60_000,
        "h" => 3_600_000,
        _ => return Err(unreadable()),
    };
    number
        .checked_mul(milliseconds)
        .map(Duration::from_millis)
        .filter(|duration| *duration <= LONGEST)
        .ok_or_else(|| DurationProblem::TooLong(typed::shown(trimmed)))
}

/// A duration that is none is not taken.
pub fn positive(text: &str) -> Result<Duration, NotTaken> {
    match parse(text) {
        Ok(duration) if duration.is_zero() => {
            Err(NotTaken("it must be longer than nothing".to_owned()))
        }
        Ok(duration) => Ok(duration),
        Err(error) => Err(NotTaken(error.to_string())),
    }
}

/// A number of days, such as `30d` or `30`.
pub fn days(text: &str) -> Result<Duration, NotTaken> {
    let text = text.trim();
    let number = text.strip_suffix('d').unwrap_or(text).trim();
    match number.parse::<u64>() {
        Ok(days @ 0..=3_650) => Ok(Duration::from_secs(days * 86_400)),
        Ok(_) | Err(_) => Err(NotTaken(format!(
            "`{}` is no number of days: write it like 30d",
            typed::shown(text)
        ))),
    }
}

/// The duration as it would be typed, in the longest unit that divides it.
pub fn written(duration: Duration) -> String {
    let milliseconds = duration.as_millis();
    let divides = |length: u128| milliseconds >= length && milliseconds.is_multiple_of(length);
    match UNITS.iter().find(|(length, _)| divides(*length)) {
        Some((length, unit)) => format!("{}{unit}", milliseconds / length),
        None => "0s".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_whole_days() {
        assert_eq!(days(" 30d ").unwrap(), Duration::from_secs(2_592_000));
        assert_eq!(days("7").unwrap(), Duration::from_secs(604_800));
        for wrong in ["", "d", "30h", "-1d", "99999d"] {
            assert!(days(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_duration_is_typed_as_it_is_read() {
        for (milliseconds, text) in [
            (0, "0s"),
            (500, "500ms"),
            (1_500, "1500ms"),
            (60_000, "1m"),
            (90_000, "90s"),
            (900_000, "15m"),
            (7_200_000, "2h"),
        ] {
            let duration = Duration::from_millis(milliseconds);
            assert_eq!(written(duration), text);
            assert_eq!(parse(text), Ok(duration));
        }
    }

    #[test]
    fn durations_read_as_people_write_them() {
        assert_eq!(parse("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(parse("60s"), Ok(Duration::from_secs(60)));
        assert_eq!(parse(" 15m "), Ok(Duration::from_secs(900)));
        assert_eq!(parse("2h"), Ok(Duration::from_secs(7_200)));
        assert_eq!(parse("0"), Ok(Duration::ZERO));
    }

    #[test]
    fn what_is_no_duration_is_told_apart() {
        assert_eq!(parse("15"), Err(DurationProblem::NoUnit("15".into())));
        assert_eq!(
            parse("soon"),
            Err(DurationProblem::Unreadable("soon".into()))
        );
        assert_eq!(parse("-5m"), Err(DurationProblem::Unreadable("-5m".into())));
        assert_eq!(
            parse("9999h"),
            Err(DurationProblem::TooLong("9999h".into()))
        );
        assert!(parse("99999999999999999999999s").is_err());
        assert!(parse("18446744073709551615h").is_err());
    }
}
