//! What goes wrong between the client and Apple, or inside Apple, on the way.

use crate::sandbox::scenario::fault::{Fault, Harm, Known, When};
use crate::sandbox::scenario::script::{PLAIN, ScenarioInfo, Script, info};

const fn at(at: &'static [&'static str], times: &'static [u32], harm: Harm) -> Fault {
    Fault {
        at,
        when: When::Times(times),
        harm,
    }
}

const fn part(every: u64, rest: u64, attempts: u32, harm: Harm) -> Fault {
    Fault {
        at: &["put-part"],
        when: When::Parts {
            every,
            rest,
            attempts,
        },
        harm,
    }
}

const fn refuse(op: &'static [&'static str], times: &'static [u32], error: Known) -> Fault {
    at(op, times, Harm::Refuse(error))
}

const fn script(info: ScenarioInfo, faults: &'static [Fault]) -> Script {
    Script {
        info,
        faults,
        ..PLAIN
    }
}

pub(super) static ALL: &[Script] = &[
    script(
        info(
            "rate-limits",
            "now and then 429, parts included, with Retry-After of a second or without",
            "processed",
        ),
        &[
            at(
                &["list-apps", "reserve", "commit"],
                &[1, 3],
                Harm::RateLimited(Some(1)),
            ),
            at(&["reserve-file"], &[1], Harm::RateLimited(None)),
            part(4, 1, 1, Harm::RateLimited(Some(1))),
            at(&["read-upload"], &[2], Harm::RateLimited(Some(1))),
        ],
    ),
    script(
        info(
            "part-fails-503",
            "every part is answered 503 once or twice",
            "processed",
        ),
        &[
            part(2, 0, 2, Harm::Page(503)),
            part(2, 1, 1, Harm::Page(503)),
        ],
    ),
    script(
        info(
            "part-fails-always",
            "the second part is answered 503 for ever",
            "unfinished",
        ),
        &[part(2, 0, u32::MAX, Harm::Page(503))],
    ),
    script(
        info(
            "part-bad-etag",
            "storage keeps other bytes of each part once, and its ETag shows it",
            "processed",
        ),
        &[part(1, 0, 1, Harm::WrongBytes)],
    ),
    script(
        info(
            "part-stalls",
            "on the first part the connection goes silent halfway, once",
            "processed",
        ),
        &[part(u64::MAX, 1, 1, Harm::Stalled)],
    ),
    script(
        info(
            "part-resets",
            "each part's connection is closed halfway, once",
            "processed",
        ),
        &[part(1, 0, 1, Harm::Reset)],
    ),
    script(
        info(
            "part-answer-lost",
            "each part is stored, but its answer is lost once",
            "processed",
        ),
        &[part(1, 0, 1, Harm::LostAnswer)],
    ),
    Script {
        info: info(
            "another-run-reserves",
            "another run reserves the same build a moment before, and its file a moment later; it never sends a byte",
            "processed",
        ),
        rival: true,
        ..PLAIN
    },
    script(
        info(
            "storage-redirects",
            "storage sends every part to another host",
            "unfinished",
        ),
        &[Fault {
            at: &["put-part"],
            when: When::Always,
            harm: Harm::Redirected,
        }],
    ),
    script(
        info(
            "api-redirects",
            "the API sends the client to another host, where no token may go",
            "unfinished",
        ),
        &[Fault {
            at: &["list-apps"],
            when: When::Always,
            harm: Harm::Redirected,
        }],
    ),
    script(
        info(
            "slow-answers",
            "storage answers each part 200 ms late",
            "processed",
        ),
        &[Fault {
            at: &["put-part"],
            when: When::Always,
            harm: Harm::Slow(200),
        }],
    ),
    script(
        info(
            "commit-lost",
            "the commit is done, but its answer is lost",
            "processed",
        ),
        &[at(&["commit"], &[1], Harm::LostAnswer)],
    ),
    script(
        info(
            "commit-504",
            "the commit is done, but a gateway answers 504",
            "processed",
        ),
        &[at(&["commit"], &[1], Harm::DoneBut(504))],
    ),
    script(
        info(
            "commit-not-done",
            "a gateway answers 504 to the commit, and it was not done",
            "processed",
        ),
        &[at(&["commit"], &[1], Harm::Page(504))],
    ),
    script(
        info(
            "commit-refused",
            "Apple refuses every commit, as if bytes were missing",
            "unfinished",
        ),
        &[Fault {
            at: &["commit"],
            when: When::Always,
            harm: Harm::Refuse(Known::ContentNotUploaded),
        }],
    ),
    script(
        info(
            "commit-refused-once",
            "Apple refuses the first commit, as if bytes were missing",
            "processed",
        ),
        &[refuse(&["commit"], &[1], Known::ContentNotUploaded)],
    ),
    script(
        info(
            "commit-refused-anew",
            "Apple refuses the commit with a code that nobody has seen yet",
            "refused",
        ),
        &[at(
            &["commit"],
            &[1],
            Harm::Answer(409, "STATE_ERROR.FROBNICATED"),
        )],
    ),
    script(
        info(
            "reserve-lost",
            "the upload is reserved, but the answer is lost",
            "processed",
        ),
        &[at(&["reserve"], &[1], Harm::LostAnswer)],
    ),
    script(
        info(
            "reserve-file-lost",
            "the file is reserved, but the answer is lost",
            "processed",
        ),
        &[at(&["reserve-file"], &[1], Harm::LostAnswer)],
    ),
    script(
        info(
            "app-flickers",
            "reserving answers once that the app does not exist, though it does",
            "processed",
        ),
        &[refuse(&["reserve"], &[1], Known::NotFound)],
    ),
    script(
        info(
            "flaky-polls",
            "404, 500 and 401 come between good answers while polling",
            "processed",
        ),
        &[
            refuse(&["read-upload"], &[1, 7], Known::NotFound),
            refuse(&["read-upload"], &[3], Known::Unexpected),
            refuse(&["read-upload"], &[5], Known::NotAuthorized),
            refuse(&["read-build"], &[1], Known::NotFound),
            refuse(&["read-build", "list-builds"], &[3], Known::Unexpected),
            refuse(&["read-beta-detail"], &[1], Known::Unexpected),
            refuse(&["read-beta-detail"], &[3], Known::NotFound),
            refuse(&["read-file"], &[1], Known::Unexpected),
        ],
    ),
    script(
        info(
            "html-errors",
            "web pages of 502 and 503 come instead of answers now and then",
            "processed",
        ),
        &[
            at(
                &["list-apps", "reserve", "reserve-file", "commit"],
                &[1, 3, 5, 7],
                Harm::Page(502),
            ),
            at(&["read-upload", "read-build"], &[2, 5], Harm::Page(503)),
        ],
    ),
];
