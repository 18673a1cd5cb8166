//! Whether a call is made again. Pure: method, what was heard and the tries so far go in, a verdict
//! comes out.

use std::time::Duration;

/// Failures that may pass: this many in a row, about a quarter of a minute, end the call.
const TRANSIENT: u32 = 6;

/// Valid tokens are refused now and then; three new ones in a row are not.
const UNAUTHORIZED: u32 = 3;

const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// The longest `Retry-After` that is obeyed to the full.
const LONGEST_TOLD: Duration = Duration::from_secs(300);

/// The HTTP methods in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes something; two of them make two.
    Post,
    /// Changes something.
    Patch,
    /// Removes something; the second time it is gone already.
    Delete,
}

impl Method {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    fn may_be_repeated(self) -> bool {
        match self {
            Self::Get | Self::Delete => true,
            Self::Post | Self::Patch => false,
        }
    }
}

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
    /// No connection: the server surely did nothing.
    NotSent,
    /// The request went out, and no whole answer came back.
    Lost,
}

/// What went before in the same call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tries {
    /// Failures that may pass.
    pub transient: u32,
    /// Answers with 401.
    pub unauthorized: u32,
}

/// How long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// As the server said.
    Told(Duration),
    /// About this long; spread out, so that many clients do not come back at once.
    About(Duration),
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It worked.
    Accept,
    /// Ask again.
    Again(Pause),
    /// Ask again with another token.
    Renew(Pause),
    /// It did not work, and asking again now would not help or could do harm.
    Refuse,
}

/// Decides. POST and PATCH are repeated only where the server surely did nothing.
pub fn judge(method: Method, heard: Heard, tries: Tries) -> Verdict {
    let (surely_nothing, told) = match heard {
        Heard::Answer {
            status,
            retry_after,
        } => match status {
            200..=299 => return Verdict::Accept,
            401 if tries.unauthorized < UNAUTHORIZED => {
                return Verdict::Renew(Pause::About(backoff(tries.unauthorized)));
            }
            429 => (true, retry_after),
            408 | 500..=599 => (false, retry_after),
            _ => return Verdict::Refuse,
        },
        Heard::NotSent => (true, None),
        Heard::Lost => (false, None),
    };
    if tries.transient >= TRANSIENT - 1 || !(surely_nothing || method.may_be_repeated()) {
        return Verdict::Refuse;
    }
    Verdict::Again(match told {
        Some(told) => Pause::Told(told.min(LONGEST_TOLD)),
        None => Pause::About(backoff(tries.transient)),
    })
}

/// Half a second, doubled with every try, 30 s at most.
pub fn backoff(tries: u32) -> Duration {
    FIRST_PAUSE
        .saturating_mul(1 << tries.min(10))
        .min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    const METHODS: [Method; 4] = [Method::Get, Method::Post, Method::Patch, Method::Delete];

    fn answer(status: u16) -> Heard {
        Heard::Answer {
            status,
            retry_after: None,
        }
    }

    #[test]
    fn every_status_with_every_method_gets_the_right_verdict() {
        for status in 100..600 {
            for method in METHODS {
                let verdict = judge(method, answer(status), Tries::default());
                let idempotent = matches!(method, Method::Get | Method::Delete);
                let expected = match status {
                    200..=299 => Verdict::Accept,
                    401 => Verdict::Renew(Pause::About(FIRST_PAUSE)),
                    429 => Verdict::Again(Pause::About(FIRST_PAUSE)),
                    408 | 500..=599 if idempotent => Verdict::Again(Pause::About(FIRST_PAUSE)),
                    _ => Verdict::Refuse,
                };
                assert_eq!(verdict, expected, "{method:?} {status}");
            }
        }
    }

    #[test]
    fn nothing_is_tried_for_ever() {
        let worn = Tries {
            transient: 5,
            unauthorized: 3,
        };
        for method in METHODS {
            for status in 300..600 {
                assert_eq!(judge(method, answer(status), worn), Verdict::Refuse);
            }
            assert_eq!(judge(method, Heard::NotSent, worn), Verdict::Refuse);
            assert_eq!(judge(method, Heard::Lost, worn), Verdict::Refuse);
        }
    }

    #[test]
    fn a_lost_post_is_never_repeated_and_an_unsent_one_is() {
        for method in [Method::Post, Method::Patch] {
            assert_eq!(
                judge(method, Heard::Lost, Tries::default()),
                Verdict::Refuse
            );
            assert_eq!(
                judge(method, Heard::NotSent, Tries::default()),
                Verdict::Again(Pause::About(FIRST_PAUSE))
            );
        }
    }

    #[test]
    fn the_servers_own_pause_wins_up_to_five_minutes() {
        let told = |seconds| {
            let heard = Heard::Answer {
                status: 429,
                retry_after: Some(Duration::from_secs(seconds)),
            };
            judge(Method::Post, heard, Tries::default())
        };
        assert_eq!(told(7), Verdict::Again(Pause::Told(Duration::from_secs(7))));
        assert_eq!(told(9_999), Verdict::Again(Pause::Told(LONGEST_TOLD)));
    }

    #[test]
    fn pauses_double_up_to_half_a_minute() {
        let pauses: Vec<u128> = (0..9).map(|tries| backoff(tries).as_millis()).collect();
        assert_eq!(
            pauses,
            [
                500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000
            ]
        );
        assert_eq!(backoff(u32::MAX), LONGEST_PAUSE);
    }
}
