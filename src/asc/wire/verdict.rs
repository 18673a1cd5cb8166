//! Whether a call to Apple is made again: the verdict of all clients, and before it what is Apple's own.
//!
//! Apple refuses valid tokens now and then, and rightly those that a wrong clock has dated: a 401 is
//! asked again with a new token. Its 429 (3,600 calls an hour for a key) is judged like everybody's.

use std::time::Duration;

use crate::http::method::Method;
use crate::http::retry::{self, Heard, Pause, Policy, backoff};

/// Failures that may pass: this many in a row, about a quarter of a minute, end the call.
pub const ATTEMPTS: u32 = 6;

/// Valid tokens are refused now and then; three new ones in a row are not.
const UNAUTHORIZED: u32 = 3;

/// The longest `Retry-After` that is obeyed to the full. Somebody waits for the run, and Apple's limit
/// is of a rolling hour: after five minutes there are calls left again.
const LONGEST_TOLD: Duration = Duration::from_secs(300);

/// What went before in the same call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tries {
    /// Failures that may pass.
    pub failed: u32,
    /// Answers with 401.
    pub unauthorized: u32,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As for every client.
    Common(retry::Verdict),
    /// Ask again with another token.
    Renew(Pause),
}

/// How long a call is gone on with. Apple's PATCH is no second time like the first: a commit that was
/// done already is refused, so whoever is in doubt looks first.
pub fn policy(attempts: u32, first_pause: Duration) -> Policy {
    Policy {
        attempts,
        first_pause,
        longest_told: LONGEST_TOLD,
        patch_is_idempotent: false,
    }
}

/// Decides.
pub fn judge(method: Method, heard: Heard, tries: Tries, policy: Policy) -> Verdict {
    match heard {
        Heard::Answer { status: 401, .. } if tries.unauthorized < UNAUTHORIZED => {
            Verdict::Renew(backoff(policy.first_pause, tries.unauthorized))
        }
        Heard::Answer { .. } | Heard::Broken(_) => {
            Verdict::Common(retry::judge(method, heard, tries.failed + 1, policy))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::fault::Fault;
    use crate::http::retry::FIRST_PAUSE;
    use crate::http::test_verdicts as table;

    const METHODS: [Method; 4] = [Method::Get, Method::Delete, Method::Patch, Method::Post];

    fn judged(method: Method, heard: Heard, tries: Tries) -> Verdict {
        judge(method, heard, tries, policy(ATTEMPTS, FIRST_PAUSE))
    }

    fn answer(status: u16, retry_after: Option<Duration>) -> Heard {
        Heard::Answer {
            status,
            retry_after,
        }
    }

    #[test]
    fn every_status_with_every_method_gets_the_right_verdict() {
        let table = table::draw(&METHODS, |method, heard| {
            match judged(method, heard, Tries::default()) {
                Verdict::Common(verdict) => table::word(verdict),
                Verdict::Renew(_) => "renew",
            }
        });
        insta::assert_snapshot!(table, @r"
                     GET     DELETE  PATCH   POST
        100-199      no      no      no      no
        200-299      done    done    done    done
        300-400      no      no      no      no
        401          renew   renew   renew   renew
        402-407      no      no      no      no
        408          again   again   no      no
        409-424      no      no      no      no
        425          again   again   again   again
        426-428      no      no      no      no
        429          again   again   again   again
        430-499      no      no      no      no
        500-599      again   again   no      no
        600-999      no      no      no      no
        NotConnected again   again   again   again
        Untrusted    no      no      no      no
        Lost         again   again   no      no
        Silent       again   again   no      no
        ");
    }

    #[test]
    fn nothing_is_tried_for_ever() {
        let worn = Tries {
            failed: 5,
            unauthorized: 3,
        };
        let no = Verdict::Common(retry::Verdict::GiveUp);
        for method in METHODS {
            for status in 300..600 {
                assert_eq!(judged(method, answer(status, None), worn), no);
            }
            for fault in Fault::ALL {
                assert_eq!(judged(method, Heard::Broken(fault), worn), no);
            }
        }
    }

    #[test]
    fn the_servers_own_pause_wins_up_to_five_minutes() {
        let told = |seconds| {
            let heard = answer(429, Some(Duration::from_secs(seconds)));
            judged(Method::Post, heard, Tries::default())
        };
        let again = |pause| Verdict::Common(retry::Verdict::Again(Pause::Told(pause)));
        assert_eq!(told(7), again(Duration::from_secs(7)));
        assert_eq!(told(9_999), again(LONGEST_TOLD));
    }

    #[test]
    fn pauses_double_from_half_a_second() {
        for (before, millis) in [(0, 500), (1, 1_000), (2, 2_000), (4, 8_000)] {
            let pause = Pause::About(Duration::from_millis(millis));
            let tries = Tries {
                failed: before,
                unauthorized: before,
            };
            assert_eq!(
                judged(Method::Get, answer(500, None), tries),
                Verdict::Common(retry::Verdict::Again(pause))
            );
            if before < 3 {
                assert_eq!(
                    judged(Method::Get, answer(401, None), tries),
                    Verdict::Renew(pause)
                );
            }
        }
    }
}
