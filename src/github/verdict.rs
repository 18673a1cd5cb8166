//! Whether a call is made again: a plain function of the method, what came back, and how often it
//! was tried.

use std::time::{Duration, SystemTime};

/// How often a call is made at most.
pub(super) const ATTEMPTS: u32 = 3;
/// GitHub asks for a minute where a secondary limit names no time
/// (<https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api>).
const SECONDARY_LIMIT: Duration = Duration::from_secs(60);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Get,
    Post,
    Patch,
    Delete,
}

impl Method {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Whether doing it twice is like doing it once.
    fn is_idempotent(self) -> bool {
        match self {
            Self::Get | Self::Patch | Self::Delete => true,
            Self::Post => false,
        }
    }
}

/// What came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// An answer, with what its headers say about waiting.
    Answer { status: u16, limits: Limits },
    /// No connection was made, so the server did nothing.
    NoConnection,
    /// The connection broke or timed out after the call was made.
    Nothing,
}

/// What an answer's headers say about waiting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Limits {
    /// `Retry-After`, in seconds.
    pub(super) retry_after: Option<Duration>,
    /// `x-ratelimit-remaining`.
    pub(super) remaining: Option<u64>,
    /// `x-ratelimit-reset`, in seconds since 1970.
    pub(super) reset: Option<u64>,
    /// Whether the answer's text speaks of a rate limit.
    pub(super) is_named: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It worked.
    Done,
    /// Make the same call again after this long.
    AgainAfter(Duration),
    /// GitHub takes no requests for this long; the call was not carried out.
    LimitedFor(Duration),
    /// It may have been done; the caller looks before it tries again.
    Unsure,
    /// The answer is no.
    Refused,
}

pub(super) fn judge(method: Method, came: Came, attempt: u32, now: SystemTime) -> Verdict {
    let pause = Duration::from_millis(500) * attempt.min(8);
    let unsure = if method.is_idempotent() && attempt < ATTEMPTS {
        Verdict::AgainAfter(pause)
    } else {
        Verdict::Unsure
    };
    match came {
        Came::NoConnection if attempt < ATTEMPTS => Verdict::AgainAfter(pause),
        Came::NoConnection => Verdict::Unsure,
        Came::Nothing => unsure,
        Came::Answer { status, limits } => match status {
            200..=299 => Verdict::Done,
            429 => Verdict::LimitedFor(wait(limits, now)),
            403 if is_limit(limits) => Verdict::LimitedFor(wait(limits, now)),
            500..=599 => match limits.retry_after {
                Some(wait) if method.is_idempotent() && attempt < ATTEMPTS => {
                    Verdict::AgainAfter(wait)
                }
                Some(_) | None => unsure,
            },
            _ => Verdict::Refused,
        },
    }
}

/// A 403 is a limit only where something says so; else a permission is missing.
fn is_limit(limits: Limits) -> bool {
    limits.retry_after.is_some() || limits.remaining == Some(0) || limits.is_named
}

fn wait(limits: Limits, now: SystemTime) -> Duration {
    let now = now
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let until_reset = limits
        .reset
        .filter(|_| limits.remaining == Some(0))
        .map(|reset| Duration::from_secs(reset).saturating_sub(now));
    limits
        .retry_after
        .or(until_reset)
        .unwrap_or(SECONDARY_LIMIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    const METHODS: [Method; 4] = [Method::Get, Method::Post, Method::Patch, Method::Delete];

    fn answer(status: u16) -> Came {
        Came::Answer {
            status,
            limits: Limits::default(),
        }
    }

    fn now() -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_000)
    }

    #[test]
    fn a_post_is_repeated_only_where_the_server_surely_did_nothing() {
        for status in 100..=599 {
            let verdict = judge(Method::Post, answer(status), 1, now());
            assert!(!matches!(verdict, Verdict::AgainAfter(_)), "{status}");
        }
        assert_eq!(
            judge(Method::Post, Came::Nothing, 1, now()),
            Verdict::Unsure
        );
        assert!(matches!(
            judge(Method::Post, Came::NoConnection, 1, now()),
            Verdict::AgainAfter(_)
        ));
    }

    #[test]
    fn nothing_is_tried_for_ever() {
        for method in METHODS {
            for came in [answer(502), Came::NoConnection, Came::Nothing] {
                assert_eq!(judge(method, came, ATTEMPTS, now()), Verdict::Unsure);
            }
        }
    }

    #[test]
    fn a_no_is_a_no() {
        for method in METHODS {
            for status in [301, 400, 401, 403, 404, 410, 422] {
                assert_eq!(judge(method, answer(status), 1, now()), Verdict::Refused);
            }
        }
    }

    #[test]
    fn limits_are_kept_as_long_as_github_says() {
        let limited =
            |status, limits| judge(Method::Post, Came::Answer { status, limits }, 1, now());
        let seconds = |seconds| Verdict::LimitedFor(Duration::from_secs(seconds));
        let none = Limits::default();
        assert_eq!(limited(429, none), seconds(60));
        let named = Limits {
            is_named: true,
            ..none
        };
        assert_eq!(limited(403, named), seconds(60));
        let reset = Limits {
            remaining: Some(0),
            reset: Some(1_007),
            ..none
        };
        assert_eq!(limited(403, reset), seconds(7));
        let both = Limits {
            retry_after: Some(Duration::from_secs(3)),
            ..reset
        };
        assert_eq!(limited(403, both), seconds(3));
        let past = Limits {
            reset: Some(10),
            ..reset
        };
        assert_eq!(limited(429, past), seconds(0));
    }
}
