//! `X-Rate-Limit: user-hour-lim:3600;user-hour-rem:3567;`
//! (<https://developer.apple.com/documentation/appstoreconnectapi/identifying-rate-limits>).

use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3_600);

/// How many calls this key may make in a rolling hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Calls in an hour.
    pub limit: u64,
    /// Calls left.
    pub remaining: u64,
}

impl RateLimit {
    /// Reads the header; groups may be parted by commas. The group with the fewest calls left counts.
    pub fn parse(header: &str) -> Option<Self> {
        header
            .split(',')
            .filter_map(Self::of_group)
            .min_by_key(|group| group.remaining)
    }

    fn of_group(group: &str) -> Option<Self> {
        let value = |ending: &str| {
            group.split(';').find_map(|pair| {
                let (name, value) = pair.split_once(':')?;
                name.trim().ends_with(ending).then_some(())?;
                value.trim().parse().ok()
            })
        };
        Some(Self {
            limit: value("-lim")?,
            remaining: value("-rem")?,
        })
    }

    /// The pause before each call: none, until little is left; then no more calls than the hour gives back, so that
    /// the other jobs with this key can go on too.
    pub fn pace(self) -> Duration {
        match u32::try_from(self.limit) {
            Ok(limit @ 1..) if self.is_nearly_used_up() => HOUR / limit,
            Ok(_) | Err(_) => Duration::ZERO,
        }
    }

    /// Whether less than a twentieth is left.
    pub fn is_nearly_used_up(self) -> bool {
        self.remaining < self.limit / 20
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_header_is_read_with_and_without_its_last_semicolon() {
        let expected = Some(RateLimit {
            limit: 3600,
            remaining: 3567,
        });
        for header in [
            "user-hour-lim:3600;user-hour-rem:3567;",
            "user-hour-lim:3600; user-hour-rem:3567",
            "user-hour-lim:9999;user-hour-rem:9998;, user-hour-rem:3567;user-hour-lim:3600;",
        ] {
            assert_eq!(RateLimit::parse(header), expected, "{header}");
        }
        assert_eq!(RateLimit::parse("soon"), None);
        assert_eq!(RateLimit::parse("user-hour-lim:3600;"), None);
    }

    #[test]
    fn little_is_left_below_a_twentieth() {
        let left = |remaining| {
            RateLimit {
                limit: 3600,
                remaining,
            }
            .is_nearly_used_up()
        };
        assert!(left(179));
        assert!(!left(180));
    }

    #[test]
    fn who_has_little_left_asks_no_more_than_an_hour_gives_back() {
        let pace = |limit, remaining| RateLimit { limit, remaining }.pace();
        assert_eq!(pace(3600, 2000), Duration::ZERO);
        assert_eq!(pace(3600, 10), Duration::from_secs(1));
        assert_eq!(pace(60, 0), Duration::from_secs(60));
        assert_eq!(pace(0, 0), Duration::ZERO);
    }

    proptest! {
        #[test]
        fn no_header_makes_it_panic(header in ".*") {
            let _ = RateLimit::parse(&header);
        }
    }
}
