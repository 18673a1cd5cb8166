//! Requests that come to harm: which, when, and how.

/// What a request asks for. The log uses the same words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Operation {
    ListApps,
    ReadApp,
    ListUploads,
    Reserve,
    ReadUpload,
    DeleteUpload,
    ListFiles,
    ReserveFile,
    ReadFile,
    Commit,
    PutPart,
    ListBuilds,
    ReadBuild,
    ReadBetaDetail,
    ListUsers,
    ListCertificates,
    /// Not part of the protocol: the log, a path that does not exist.
    Other,
}

impl Operation {
    /// The word in the log.
    pub(in super::super) fn name(self) -> &'static str {
        match self {
            Self::ListApps => "list-apps",
            Self::ReadApp => "read-app",
            Self::ListUploads => "list-uploads",
            Self::Reserve => "reserve",
            Self::ReadUpload => "read-upload",
            Self::DeleteUpload => "delete-upload",
            Self::ListFiles => "list-files",
            Self::ReserveFile => "reserve-file",
            Self::ReadFile => "read-file",
            Self::Commit => "commit",
            Self::PutPart => "put-part",
            Self::ListBuilds => "list-builds",
            Self::ReadBuild => "read-build",
            Self::ReadBetaDetail => "read-beta-detail",
            Self::ListUsers => "list-users",
            Self::ListCertificates => "list-certificates",
            Self::Other => "other",
        }
    }
}

/// A kind of request that comes to harm. The first fault that applies is the one that happens.
pub(in super::super) struct Fault {
    /// These operations; empty means every one of the API, but no part.
    pub(in super::super) at: &'static [Operation],
    pub(in super::super) when: When,
    pub(in super::super) harm: Harm,
}

/// When a fault happens.
pub(in super::super) enum When {
    Always,
    /// At these of the requests it concerns, counted from 1 over the sandbox's life.
    Times(&'static [u32]),
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
    AgreementsMissing,
    /// `There is no resource of type …`, for one that is there.
    NotFound,
    /// The commit comes before all bytes are there.
    ContentNotUploaded,
    Unexpected,
}
