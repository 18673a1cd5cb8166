//! What can go wrong between us and GitHub.

use crate::http::address::RULE;
use crate::http::fault::Fault;
use crate::http::retryable_statuses::Meaning;

/// Why GitHub could not be told or asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The token would not be safe there, or it is no address.
    #[error("GITHUB_API_URL {address}: it {RULE}")]
    Address {
        /// The address, without user name and password.
        address: String,
    },
    /// No client can be made.
    #[error("no connection to GitHub can be set up")]
    Setup(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// GitHub answered, and it was no.
    #[error("{call} was answered {status}: {message}")]
    Refused {
        /// Method and path.
        call: String,
        /// The answer's status.
        status: u16,
        /// GitHub's own sentence, plain and short.
        message: String,
    },
    /// GitHub asks for patience, and for more of it than we have.
    #[error("{call}: GitHub takes no more requests for {seconds} s (rate limit)")]
    RateLimited {
        /// Method and path.
        call: String,
        /// For how long.
        seconds: u64,
    },
    /// No whole answer came.
    #[error("{call} was not answered: {fault}")]
    NoAnswer {
        /// Method and path.
        call: String,
        /// What broke it; for some of it what was asked for may have been done.
        fault: Fault,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The time for telling GitHub is over.
    #[error("{call}: there was no time left for it")]
    OutOfTime {
        /// Method and path.
        call: String,
    },
    /// An answer that is not what the documentation says; the bytes' beginning is kept.
    #[error("{call} was answered with something else than expected: {beginning}")]
    Decode {
        /// Method and path.
        call: String,
        /// The beginning of the answer.
        beginning: String,
        /// Where it differs.
        #[source]
        source: serde_json::Error,
    },
}

impl Error {
    /// Whether the token lacks a permission: GitHub says 403 for what may not be written, and 404
    /// for what may not even be seen.
    pub fn is_forbidden(&self) -> bool {
        matches!(
            self,
            Self::Refused {
                status: 403 | 404,
                ..
            }
        )
    }

    /// Whether asking again would be answered alike.
    pub fn is_final(&self) -> bool {
        match self {
            Self::Refused { status, .. } => !Meaning::of(*status).may_pass(),
            Self::NoAnswer { fault, .. } => *fault == Fault::Untrusted,
            Self::Address { .. } | Self::Setup(_) => true,
            Self::RateLimited { .. } | Self::OutOfTime { .. } | Self::Decode { .. } => false,
        }
    }

    /// Whether the thing that was asked for is not there.
    pub fn is_not_found(&self) -> bool {
        matches!(
            self,
            Self::Refused {
                status: 404 | 410,
                ..
            }
        )
    }

    /// Whether it is not known if the server did what it was asked.
    pub fn is_unsure(&self) -> bool {
        match self {
            Self::NoAnswer { fault, .. } => !fault.is_before_sending(),
            Self::Refused { status, .. } => Meaning::of(*status) == Meaning::Trouble,
            Self::Address { .. }
            | Self::Setup(_)
            | Self::RateLimited { .. }
            | Self::OutOfTime { .. }
            | Self::Decode { .. } => false,
        }
    }
}
