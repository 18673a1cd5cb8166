//! What can go wrong between us and GitHub.

/// Why GitHub could not be told or asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The token would not be safe there, or it is no address.
    #[error("GITHUB_API_URL {address}: it must be https, or http on loopback")]
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
    /// No answer came; what was asked for may have been done or not.
    #[error("{call} was not answered")]
    NoAnswer {
        /// Method and path.
        call: String,
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
            Self::Refused { status, .. } => *status < 500,
            Self::Address { .. } | Self::Setup(_) => true,
            Self::RateLimited { .. }
            | Self::NoAnswer { .. }
            | Self::OutOfTime { .. }
            | Self::Decode { .. } => false,
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
        matches!(
            self,
            Self::NoAnswer { .. } | Self::Refused { status: 500.., .. }
        )
    }

    /// The error with its root cause, in one line; what lies between only repeats the call.
    pub fn chain(&self) -> String {
        let mut root = std::error::Error::source(self);
        while let Some(deeper) = root.and_then(std::error::Error::source) {
            root = Some(deeper);
        }
        match root {
            Some(root) => format!("{self}: {root}"),
            None => self.to_string(),
        }
    }
}
