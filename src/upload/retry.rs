//! Whether a part is tried again, and when. Plain functions, no clock.

use std::time::Duration;

use crate::upload::error::Cause;

/// No pause of our own is longer.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// A storage that asks for more is asked again after this time.
const LONGEST_WISH: Duration = Duration::from_secs(15 * 60);

/// How often a part is tried, and how long the first pause is; each further one is twice as long.
#[derive(Clone, Copy, Debug)]
pub(super) struct Endurance {
    pub(super) attempts: u32,
    pub(super) first_pause: Duration,
}

/// What to do after an attempt that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Try again after this pause.
    TryAgainIn(Duration),
    /// Trying again would not help, or was done often enough.
    GiveUp,
}

/// Judges attempt number `attempt` (from 1). `jitter` spreads the pauses of the lanes: 0
/// gives half the pause, `u32::MAX` all of it. PUT of a part can be repeated without harm, because it
/// always writes the same bytes to the same place.
pub(super) fn verdict(cause: &Cause, attempt: u32, endurance: Endurance, jitter: u32) -> Verdict {
    let wish = match cause {
        Cause::Transport(_)
        | Cause::Stalled(_)
        | Cause::WrongTag { .. }
        | Cause::TooEarly { .. } => None,
        Cause::Redirect { .. } | Cause::Certificate(_) => return Verdict::GiveUp,
        Cause::Refused {
            status,
            code,
            retry_after,
            ..
        } => {
            if !passes(*status, code.as_deref()) {
                return Verdict::GiveUp;
            }
            *retry_after
        }
    };
    if attempt >= endurance.attempts {
        return Verdict::GiveUp;
    }
    let own = pause(attempt, endurance.first_pause, jitter);
    Verdict::TryAgainIn(wish.map_or(own, |wish| wish.min(LONGEST_WISH)))
}

/// Whether a refusal is one that passes by itself. S3 answers 400 `RequestTimeout` where a connection
/// was too slow for it (<https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>).
fn passes(status: u16, code: Option<&str>) -> bool {
    matches!(status, 408 | 425 | 429 | 500..=599)
        || (status == 400 && code == Some("RequestTimeout"))
}

fn pause(attempt: u32, first: Duration, jitter: u32) -> Duration {
    let doublings = attempt.saturating_sub(1).min(16);
    let whole = first.saturating_mul(1 << doublings).min(LONGEST_PAUSE);
    whole / 2 + (whole / 2).mul_f64(f64::from(jitter) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn up_to(attempts: u32) -> Endurance {
        Endurance {
            attempts,
            first_pause: SECOND,
        }
    }

    fn refused(status: u16) -> Cause {
        Cause::Refused {
            status,
            words: String::new(),
            code: None,
            retry_after: None,
        }
    }

    #[test]
    fn of_all_statuses_only_those_that_pass_are_tried_again() {
        for status in 100..=999 {
            let again = verdict(&refused(status), 1, up_to(5), 0) != Verdict::GiveUp;
            let expected = [408, 425, 429].contains(&status) || (500..600).contains(&status);
            assert_eq!(again, expected, "{status}");
        }
    }

    #[test]
    fn a_request_that_the_storage_found_too_slow_is_tried_again() {
        let cause = Cause::Refused {
            status: 400,
            words: String::new(),
            code: Some("RequestTimeout".into()),
            retry_after: None,
        };
        assert_ne!(verdict(&cause, 1, up_to(5), 0), Verdict::GiveUp);
    }

    #[test]
    fn the_last_attempt_is_the_last() {
        for attempt in 1..=6 {
            let again = verdict(&refused(503), attempt, up_to(5), 0) != Verdict::GiveUp;
            assert_eq!(again, attempt < 5, "attempt {attempt}");
        }
        assert_eq!(verdict(&refused(503), 1, up_to(0), 0), Verdict::GiveUp);
    }

    #[test]
    fn what_broke_on_the_way_is_tried_again_and_a_redirect_is_not() {
        let tag = Cause::WrongTag {
            sent: String::new(),
            got: String::new(),
        };
        let redirect = Cause::Redirect {
            status: 307,
            to: "elsewhere.example".into(),
        };
        for cause in [
            tag,
            Cause::Stalled(Duration::ZERO),
            Cause::TooEarly { status: 200 },
        ] {
            assert_ne!(verdict(&cause, 1, up_to(2), 0), Verdict::GiveUp);
        }
        assert_eq!(verdict(&redirect, 1, up_to(2), 0), Verdict::GiveUp);
    }

    #[test]
    fn pauses_double_and_stay_between_half_and_whole() {
        for (attempt, whole) in [
            (1, 1_000),
            (2, 2_000),
            (3, 4_000),
            (7, 30_000),
            (u32::MAX, 30_000),
        ] {
            assert_eq!(pause(attempt, SECOND, 0), Duration::from_millis(whole / 2));
            assert_eq!(
                pause(attempt, SECOND, u32::MAX),
                Duration::from_millis(whole)
            );
        }
    }

    #[test]
    fn the_wish_of_the_storage_wins() {
        for (asked, waited) in [(0, 0), (7, 7), (86_400, 900)] {
            let cause = Cause::Refused {
                status: 503,
                words: String::new(),
                code: None,
                retry_after: Some(Duration::from_secs(asked)),
            };
            assert_eq!(
                verdict(&cause, 1, up_to(5), 9),
                Verdict::TryAgainIn(Duration::from_secs(waited))
            );
        }
    }
}
