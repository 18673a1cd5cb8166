//! Whether a call to GitHub is made again: the verdict of all clients, and before it what is GitHub's
//! own, its rate limits.
//!
//! GitHub limits by 403 as well as by 429, says by headers of its own when a limit ends, and punishes
//! who asks before (<https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api>). So
//! a limit is kept to the full or not waited out at all, unlike a pause between tries.

use std::time::{Duration, SystemTime};

use crate::http::fault::Fault;
use crate::http::method::Method;
use crate::http::retry::{self, FIRST_PAUSE, Heard, Policy};
use crate::http::retry_after;

/// How often a call is made at most: telling GitHub must not keep the run.
pub(super) const ATTEMPTS: u32 = 3;
/// GitHub asks for a minute where a secondary limit names no time.
const SECONDARY_LIMIT: Duration = Duration::from_secs(60);

/// What came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// An answer, with what its headers say about waiting.
    Answer { status: u16, limits: Limits },
    /// No whole answer.
    Broken(Fault),
}

/// What an answer's headers say about waiting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Limits {
    /// `Retry-After`.
    pub(super) retry_after: Option<Duration>,
    /// `x-ratelimit-remaining`.
    pub(super) remaining: Option<u64>,
    /// `x-ratelimit-reset`, in seconds since 1970.
    pub(super) reset: Option<u64>,
    /// Whether the answer's text speaks of a rate limit.
    pub(super) is_named: bool,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// As for every client.
    Common(retry::Verdict),
    /// GitHub takes no requests for this long; the call was not carried out.
    LimitedFor(Duration),
}

/// How long a call is gone on with. GitHub's PATCH sets the whole text of a comment, so that twice is
/// like once. A long pause is not cut short: the client's own end of patience comes before.
pub(super) fn policy(attempts: u32) -> Policy {
    Policy {
        attempts: attempts.min(ATTEMPTS),
        first_pause: FIRST_PAUSE,
        longest_told: retry_after::LONGEST,
        patch_is_idempotent: true,
    }
}

/// Judges try number `tries`, counted from 1.
pub(super) fn judge(
    method: Method,
    came: Came,
    tries: u32,
    policy: Policy,
    now: SystemTime,
) -> Verdict {
    let heard = match came {
        Came::Broken(fault) => Heard::Broken(fault),
        Came::Answer { status, limits } => {
            if status == 429 || (status == 403 && is_limit(limits)) {
                return Verdict::LimitedFor(wait(limits, now));
            }
            Heard::Answer {
                status,
                retry_after: limits.retry_after,
            }
        }
    };
    Verdict::Common(retry::judge(method, heard, tries, policy))
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
        .min(retry_after::LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::test_verdicts as table;

    const METHODS: [Method; 4] = [Method::Get, Method::Patch, Method::Delete, Method::Post];

    fn answer(status: u16) -> Came {
        Came::Answer {
            status,
            limits: Limits::default(),
        }
    }

    fn now() -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_000)
    }

    fn judged(method: Method, came: Came, tries: u32) -> Verdict {
        judge(method, came, tries, policy(ATTEMPTS), now())
    }

    fn is_again(verdict: Verdict) -> bool {
        matches!(verdict, Verdict::Common(retry::Verdict::Again(_)))
    }

    #[test]
    fn every_status_with_every_method_gets_the_right_verdict() {
        let table = table::draw(&METHODS, |method, heard| {
            let came = match heard {
                Heard::Answer { status, .. } => answer(status),
                Heard::Broken(fault) => Came::Broken(fault),
            };
            match judged(method, came, 1) {
                Verdict::Common(verdict) => table::word(verdict),
                Verdict::LimitedFor(_) => "limited",
            }
        });
        insta::assert_snapshot!(table, @r"
                     GET     PATCH   DELETE  POST
        100-199      no      no      no      no
        200-299      done    done    done    done
        300-407      no      no      no      no
        408          again   again   again   no
        409-424      no      no      no      no
        425          again   again   again   again
        426-428      no      no      no      no
        429          limited limited limited limited
        430-499      no      no      no      no
        500-599      again   again   again   no
        600-999      no      no      no      no
        NotConnected again   again   again   again
        Untrusted    no      no      no      no
        Lost         again   again   again   no
        Silent       again   again   again   no
        ");
    }

    #[test]
    fn a_post_is_repeated_only_where_the_server_surely_did_nothing() {
        for status in 100..=599 {
            let again = is_again(judged(Method::Post, answer(status), 1));
            assert_eq!(again, status == 425, "{status}");
        }
        for fault in Fault::ALL {
            let again = is_again(judged(Method::Post, Came::Broken(fault), 1));
            assert_eq!(again, fault == Fault::NotConnected, "{fault:?}");
        }
    }

    #[test]
    fn nothing_is_tried_for_ever() {
        let no = Verdict::Common(retry::Verdict::GiveUp);
        let faults = Fault::ALL.map(Came::Broken);
        for method in METHODS {
            for came in faults.into_iter().chain([answer(502), answer(425)]) {
                assert_eq!(judged(method, came, ATTEMPTS), no);
                assert_eq!(judge(method, came, 1, policy(1), now()), no);
            }
        }
    }

    #[test]
    fn a_no_is_a_no() {
        let no = Verdict::Common(retry::Verdict::GiveUp);
        for method in METHODS {
            for status in [301, 400, 401, 403, 404, 410, 422] {
                assert_eq!(judged(method, answer(status), 1), no);
            }
        }
    }

    #[test]
    fn limits_are_kept_as_long_as_github_says() {
        let limited = |status, limits| judged(Method::Post, Came::Answer { status, limits }, 1);
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
        let absurd = Limits {
            reset: Some(u64::MAX),
            ..reset
        };
        assert_eq!(limited(403, absurd), seconds(3_600));
    }
}
