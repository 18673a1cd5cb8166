//! A point in time as ISO 8601 with a zone, such as `2026-12-01T10:00:00+01:00`.

use std::time::SystemTime;

use crate::cli::choices::NotTaken;
use crate::text::moment;

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
    let read = moment::read(given).ok_or_else(|| {
        NotTaken(format!(
            "`{given}` is no time such as 2026-12-01T10:00:00Z or 2026-12-01T10:00:00+01:00, with a zone"
        ))
    })?;
    if read.seconds != 0 {
        return Err(NotTaken(format!(
            "`{given}` is no whole hour, and Apple takes no other"
        )));
    }
    let zone = match read.offset {
        0 => "Z".to_owned(),
        offset => {
            let sign = if offset < 0 { '-' } else { '+' };
            let size = offset.abs();
            format!("{sign}{:02}:{:02}", size / 3_600, size % 3_600 / 60)
        }
    };
    let ([year, month, day], hour) = (read.date, read.hour);
    Ok(Hour {
        text: format!("{year:04}-{month:02}-{day:02}T{hour:02}:00:00{zone}"),
        at: read.at,
    })
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
