//! Whether a part is tried again, and when: the verdict of all clients, and before it what is the
//! storage's own.

use std::time::Duration;

use crate::http::fault::Fault;
use crate::http::method::Method;
use crate::http::retry::{Heard, Policy, Verdict, judge};
use crate::upload::error::Cause;

/// A storage that asks for more is asked again after this time: long, because it holds all the parts
/// that were sent before, and giving up would lose them.
const LONGEST_WISH: Duration = Duration::from_secs(15 * 60);

/// How a part is gone on with.
pub(super) fn policy(attempts: u32, first_pause: Duration) -> Policy {
    Policy {
        attempts,
        first_pause,
        longest_told: LONGEST_WISH,
        patch_is_idempotent: false,
    }
}

/// Judges attempt number `attempt` (from 1). A part can be sent again without harm whatever Apple calls
/// its method, because it always writes the same bytes to the same place: that is a PUT.
pub(super) fn verdict(cause: &Cause, attempt: u32, policy: Policy) -> Verdict {
    judge(Method::Put, heard(cause), attempt, policy)
}

fn heard(cause: &Cause) -> Heard {
    match cause {
        Cause::Transport(error) | Cause::Certificate(error) => Heard::Broken(Fault::of(error)),
        Cause::Stalled(_) => Heard::Broken(Fault::Silent),
        // The storage said yes, and has not the part: its bytes got lost, whatever the status says.
        Cause::WrongTag { .. } | Cause::TooEarly { .. } => Heard::Broken(Fault::Lost),
        Cause::Redirect { status, .. } => Heard::Answer {
            status: *status,
            retry_after: None,
        },
        Cause::Refused {
            status,
            code,
            retry_after,
            ..
        } => Heard::Answer {
            status: in_http(*status, code.as_deref()),
            retry_after: *retry_after,
        },
    }
}

/// S3 answers 400 `RequestTimeout` where a connection was too slow for it, and means 408
/// (<https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>).
fn in_http(status: u16, code: Option<&str>) -> u16 {
    match (status, code) {
        (400, Some("RequestTimeout")) => 408,
        _ => status,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::retry::Pause;
    use crate::http::test_verdicts as table;

    const SECOND: Duration = Duration::from_secs(1);

    fn up_to(attempts: u32) -> Policy {
        policy(attempts, SECOND)
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
        let table = table::draw(&[Method::Put], |_, heard| {
            table::word(match heard {
                Heard::Answer { status, .. } => verdict(&refused(status), 1, up_to(5)),
                Heard::Broken(_) => judge(Method::Put, heard, 1, up_to(5)),
            })
        });
        insta::assert_snapshot!(table, @r"
                     PUT
        100-199      no
        200-299      done
        300-407      no
        408          again
        409-424      no
        425          again
        426-428      no
        429          again
        430-499      no
        500-599      again
        600-999      no
        NotConnected again
        Untrusted    no
        Lost         again
        Silent       again
        ");
        for status in (100..=999).filter(|status| !(200..300).contains(status)) {
            let again = verdict(&refused(status), 1, up_to(5)) != Verdict::GiveUp;
            let expected = [408, 425, 429].contains(&status) || (500..600).contains(&status);
            assert_eq!(again, expected, "{status}");
        }
    }

    #[test]
    fn a_request_that_the_storage_found_too_slow_is_tried_again() {
        let coded = |status, code: &str| Cause::Refused {
            status,
            words: String::new(),
            code: Some(code.into()),
            retry_after: None,
        };
        let judged = |status, code| verdict(&coded(status, code), 1, up_to(5));
        assert_ne!(judged(400, "RequestTimeout"), Verdict::GiveUp);
        assert_eq!(judged(400, "BadDigest"), Verdict::GiveUp);
        assert_eq!(judged(403, "RequestTimeout"), Verdict::GiveUp);
    }

    #[test]
    fn the_last_attempt_is_the_last() {
        for attempt in 1..=6 {
            let again = verdict(&refused(503), attempt, up_to(5)) != Verdict::GiveUp;
            assert_eq!(again, attempt < 5, "attempt {attempt}");
        }
        assert_eq!(verdict(&refused(503), 1, up_to(0)), Verdict::GiveUp);
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
            target: None,
        };
        for cause in [
            tag,
            Cause::Stalled(Duration::ZERO),
            Cause::TooEarly { status: 200 },
        ] {
            assert_ne!(verdict(&cause, 1, up_to(2)), Verdict::GiveUp);
        }
        assert_eq!(verdict(&redirect, 1, up_to(2)), Verdict::GiveUp);
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
                verdict(&cause, 1, up_to(5)),
                Verdict::Again(Pause::Told(Duration::from_secs(waited)))
            );
        }
    }
}
