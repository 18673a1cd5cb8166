//! Requests that come to harm: which, when, and how. Any operation of the table can be named, so that a
//! scenario which lets one fail is a row of data:
//!
//! ```text
//! Fault { at: &["read-build"], when: When::From(3), harm: Harm::Answer(403, "FORBIDDEN_ERROR") }
//! ```

/// The operation that takes a part, which is the storage's and not the API's.
pub(in super::super) const PUT_PART: &str = "put-part";

/// A kind of request that comes to harm. The first fault that applies is the one that happens.
pub(in super::super) struct Fault {
    /// These operations, by their names in the table; empty means every one of the API, but no part.
    pub(in super::super) at: &'static [&'static str],
    pub(in super::super) when: When,
    pub(in super::super) harm: Harm,
}

/// When a fault happens.
pub(in super::super) enum When {
    Always,
    /// At these of the requests it concerns, counted from 1 over the sandbox's life.
    Times(&'static [u32]),
    /// At this one of the requests it concerns, counted likewise, and at all after it.
    From(u32),
    /// At parts whose number leaves `rest` when divided by `every`, the first `attempts` times.
    Parts {
        every: u64,
        rest: u64,
        attempts: u32,
    },
}

/// What happens instead of a good answer.
#[derive(Clone, Copy)]
pub(in super::super) enum Harm {
    /// Nothing is done, and an error of Apple's is answered.
    Refuse(Known),
    /// Nothing is done, and an error of this status and code is answered, in words of nobody's.
    Answer(u16, &'static str),
    /// Nothing is done, and an error of this status, code and sentence is answered, as clients recorded it.
    Say(u16, &'static str, &'static str),
    /// It is done, and all the same an error of this status, code and sentence is answered.
    DoneSaying(u16, &'static str, &'static str),
    /// Nothing is done: 429, perhaps with `Retry-After` in seconds.
    RateLimited(Option<u32>),
    /// Nothing is done, and a web page of this status is answered.
    Page(u16),
    /// It is done, and the connection closes without an answer.
    LostAnswer,
    /// It is done, and a gateway answers this status.
    DoneBut(u16),
    /// A redirect to another host.
    Redirected,
    /// The part is answered this many milliseconds late.
    Slow(u64),
    /// Storage keeps other bytes than it was sent, and says so in the `ETag`.
    WrongBytes,
    /// Storage takes half of the part and then neither reads nor answers.
    Stalled,
    /// Storage takes half of the part and closes the connection.
    Reset,
}

/// Errors of Apple's that can be asked for.
#[derive(Clone, Copy)]
pub(in super::super) enum Known {
    NotAuthorized,
    /// The key may not do this.
    RoleTooLow,
    AgreementsMissing,
    /// `There is no resource of type …`, for one that is there.
    NotFound,
    /// The commit comes before all bytes are there.
    ContentNotUploaded,
    Unexpected,
}
