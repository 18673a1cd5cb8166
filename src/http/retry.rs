//! Whether a call is made again. Pure: method, what was heard, the tries so far and the client's policy
//! go in, a verdict comes out.
//!
//! Every client asks this. What a server has of its own is judged before it, in the client's room:
//! Apple's refusals of valid tokens (`asc/wire/verdict.rs`), GitHub's limits (`github/verdict.rs`), the
//! storage's S3 codes (`upload/retry.rs`).

use std::time::Duration;

use crate::http::fault::Fault;
use crate::http::method::Method;
use crate::http::retryable_statuses::Meaning;

/// The pause after the first failure of a call.
pub const FIRST_PAUSE: Duration = Duration::from_millis(500);

/// No pause of our own is longer.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// What came of one try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A whole answer.
    Answer {
        /// Its status.
        status: u16,
        /// What its `Retry-After` asks for.
        retry_after: Option<Duration>,
    },
    /// No whole answer.
    Broken(Fault),
}

/// How long a client goes on with one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// How often the call is made in all; it is made once in any case.
    pub attempts: u32,
    /// The pause after the first failure; each further one is twice as long, up to half a minute.
    pub first_pause: Duration,
    /// The longest `Retry-After` that is obeyed to the full.
    pub longest_told: Duration,
    /// Whether this server's PATCH made twice is like one made once; the standard does not say so.
    pub patch_is_idempotent: bool,
}

/// How long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// As the server said.
    Told(Duration),
    /// About this long; spread out, so that many clients do not come back at once.
    About(Duration),
}

impl Pause {
    /// How long it is, this time.
    pub fn length(self) -> Duration {
        self.length_at(getrandom::u32().unwrap_or(u32::MAX))
    }

    /// Between half of it for 0 and the whole of it for `u32::MAX`.
    fn length_at(self, random: u32) -> Duration {
        match self {
            Self::Told(length) => length,
            Self::About(whole) => {
                whole / 2 + (whole / 2).mul_f64(f64::from(random) / f64::from(u32::MAX))
            }
        }
    }
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It worked.
    Done,
    /// Make the same call again.
    Again(Pause),
    /// It did not work, and asking again now would not help, could do harm, or was done often enough.
    GiveUp,
}

/// Judges try number `tries`, counted from 1. `Retry-After` wins over a pause of our own. What can't
/// be done twice is repeated only where the server surely did nothing.
pub fn judge(method: Method, heard: Heard, tries: u32, policy: Policy) -> Verdict {
    let (surely_nothing, told) = match heard {
        Heard::Answer {
            status,
            retry_after,
        } => match Meaning::of(status) {
            Meaning::Done => return Verdict::Done,
            Meaning::No => return Verdict::GiveUp,
            Meaning::NotNow => (true, retry_after),
            Meaning::Trouble => (false, retry_after),
        },
        Heard::Broken(Fault::Untrusted) => return Verdict::GiveUp,
        Heard::Broken(fault) => (fault.is_before_sending(), None),
    };
    let is_patch = method == Method::Patch && policy.patch_is_idempotent;
    let repeats = surely_nothing || is_patch || method.is_idempotent();
    if !repeats || tries >= policy.attempts {
        return Verdict::GiveUp;
    }
    Verdict::Again(match told {
        Some(told) => Pause::Told(told.min(policy.longest_told)),
        None => backoff(policy.first_pause, tries.saturating_sub(1)),
    })
}

/// A pause that is twice as long with every doubling, half a minute at most.
pub fn backoff(first: Duration, doublings: u32) -> Pause {
    let length = first.saturating_mul(1 << doublings.min(16));
    Pause::About(length.min(LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::test_verdicts as table;

    const SECOND: Duration = Duration::from_secs(1);

    fn policy(attempts: u32) -> Policy {
        Policy {
            attempts,
            first_pause: SECOND,
            longest_told: Duration::from_secs(300),
            patch_is_idempotent: false,
        }
    }

    fn answer(status: u16) -> Heard {
        Heard::Answer {
            status,
            retry_after: None,
        }
    }

    #[test]
    fn every_status_and_fault_with_every_method_gets_its_verdict() {
        let table = table::draw(&Method::ALL, |method, heard| {
            table::word(judge(method, heard, 1, policy(2)))
        });
        insta::assert_snapshot!(table, @r"
                     GET     PUT     DELETE  PATCH   POST
        100-199      no      no      no      no      no
        200-299      done    done    done    done    done
        300-407      no      no      no      no      no
        408          again   again   again   no      no
        409-424      no      no      no      no      no
        425          again   again   again   again   again
        426-428      no      no      no      no      no
        429          again   again   again   again   again
        430-499      no      no      no      no      no
        500-599      again   again   again   no      no
        600-999      no      no      no      no      no
        NotConnected again   again   again   again   again
        Untrusted    no      no      no      no      no
        Lost         again   again   again   no      no
        Silent       again   again   again   no      no
        ");
    }

    #[test]
    fn a_server_whose_patch_can_be_done_twice_is_asked_to_patch_again() {
        let twice = Policy {
            patch_is_idempotent: true,
            ..policy(2)
        };
        for status in 100..=999 {
            let (patch, put) = [Method::Patch, Method::Put]
                .map(|method| judge(method, answer(status), 1, twice))
                .into();
            assert_eq!(patch, put, "{status}");
            assert_eq!(
                judge(Method::Post, answer(status), 1, twice),
                judge(Method::Post, answer(status), 1, policy(2)),
                "{status}"
            );
        }
    }

    #[test]
    fn the_last_try_is_the_last() {
        for attempts in 0..=6 {
            for tries in 1..=7 {
                let again = |heard| {
                    let verdict = judge(Method::Get, heard, tries, policy(attempts));
                    verdict != Verdict::GiveUp
                };
                assert_eq!(again(answer(503)), tries < attempts);
                assert_eq!(again(answer(429)), tries < attempts);
                assert_eq!(again(Heard::Broken(Fault::Silent)), tries < attempts);
                assert_eq!(again(Heard::Broken(Fault::NotConnected)), tries < attempts);
            }
        }
    }

    #[test]
    fn the_servers_own_pause_wins_as_far_as_the_policy_goes() {
        for (method, status) in [(Method::Post, 429), (Method::Post, 425), (Method::Put, 503)] {
            for (asked, waited) in [(0, 0), (7, 7), (9_999, 300)] {
                let heard = Heard::Answer {
                    status,
                    retry_after: Some(Duration::from_secs(asked)),
                };
                assert_eq!(
                    judge(method, heard, 1, policy(2)),
                    Verdict::Again(Pause::Told(Duration::from_secs(waited)))
                );
            }
        }
        let lasting = Heard::Answer {
            status: 403,
            retry_after: Some(SECOND),
        };
        assert_eq!(
            judge(Method::Get, lasting, 1, policy(2)),
            Verdict::GiveUp,
            "a no is a no, whatever it asks for"
        );
    }

    #[test]
    fn pauses_double_up_to_half_a_minute() {
        let pauses: Vec<Pause> = (0..9)
            .map(|doublings| backoff(FIRST_PAUSE, doublings))
            .collect();
        let expected = [
            500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
        ];
        assert_eq!(
            pauses,
            expected.map(|millis| Pause::About(Duration::from_millis(millis)))
        );
        assert_eq!(backoff(SECOND, u32::MAX), Pause::About(LONGEST_PAUSE));
        for (tries, seconds) in [(0, 1), (1, 1), (2, 2), (3, 4), (u32::MAX - 1, 30)] {
            assert_eq!(
                judge(Method::Get, answer(500), tries, policy(u32::MAX)),
                Verdict::Again(Pause::About(SECOND * seconds))
            );
        }
    }

    #[test]
    fn a_pause_of_our_own_is_spread_over_its_second_half() {
        let about = Pause::About(2 * SECOND);
        assert_eq!(about.length_at(0), SECOND);
        assert_eq!(about.length_at(u32::MAX), 2 * SECOND);
        assert_eq!(Pause::Told(2 * SECOND).length_at(0), 2 * SECOND);
        for _ in 0..100 {
            assert!((SECOND..=2 * SECOND).contains(&about.length()));
        }
    }
}
