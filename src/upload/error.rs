//! What can keep an upload from finishing.

use std::fmt;
use std::io;
use std::time::Duration;

use reqwest::Url;
use thiserror::Error;

use crate::http::client::SetupError;
use crate::http::fault::Fault;
use crate::text::chain;

/// Why the file was not sent.
#[derive(Debug, Error)]
pub enum Error {
    /// The HTTP client could not be made: unusable root certificates.
    #[error("the connection to the storage could not be set up")]
    Setup(#[from] SetupError),
    /// The file could not be read.
    #[error("the file could not be read")]
    Read(#[source] io::Error),
    /// The file is not the one that the parts were made for.
    #[error("the file {0}; nothing was committed, so upload it again once it stays as it is")]
    Changed(Change),
    /// A part was refused, or failed as often as it may.
    #[error("part {number} was not sent ({attempts} {})", attempts_word(*attempts))]
    Part {
        /// Apple's number of the part.
        number: u32,
        /// How often it was tried.
        attempts: u32,
        /// What the last attempt ended with.
        #[source]
        cause: Cause,
    },
    /// The upload was stopped from outside.
    #[error("the upload was stopped")]
    Cancelled,
}

fn attempts_word(attempts: u32) -> &'static str {
    if attempts == 1 { "attempt" } else { "attempts" }
}

/// What became of the file under our hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It lost bytes.
    Shrank {
        /// The size in bytes that the parts were made for.
        from: u64,
        /// The size in bytes that it has.
        to: u64,
    },
    /// It got more bytes.
    Grew {
        /// The size in bytes that the parts were made for.
        from: u64,
        /// The size in bytes that it has.
        to: u64,
    },
    /// It was written to; its size is the same.
    Written,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shrank { from, to } => {
                write!(
                    f,
                    "shrank from {from} to {to} bytes before all of it was sent"
                )
            }
            Self::Grew { from, to } => {
                write!(
                    f,
                    "grew from {from} to {to} bytes before all of it was sent"
                )
            }
            Self::Written => f.write_str("was written to while it was being sent"),
        }
    }
}

/// What one attempt at a part ended with. No variant holds the part's URL.
#[derive(Debug, Error)]
pub enum Cause {
    /// The connection could not be made, or broke.
    #[error("the connection to the storage failed")]
    Transport(#[source] reqwest::Error),
    /// The storage, or a proxy on the way, showed a certificate that is not trusted.
    #[error("{}", Fault::Untrusted)]
    Certificate(#[source] reqwest::Error),
    /// Nothing moved on the connection for too long.
    #[error("nothing moved on the connection for {:.1} s", .0.as_secs_f64())]
    Stalled(Duration),
    /// The storage said no.
    #[error("the storage answered {status}: {words}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The storage's own words, without control characters.
        words: String,
        /// S3's name of the fault, such as `AccessDenied`.
        code: Option<String>,
        /// How long the storage asked to be left alone.
        retry_after: Option<Duration>,
    },
    /// The storage wants the part elsewhere: at an address that is not safe, or for a second time.
    #[error("the storage answered {status}, a redirect to {to}, which is not followed")]
    Redirect {
        /// The HTTP status.
        status: u16,
        /// The host it points to, or `nowhere`.
        to: String,
        /// Where it points to, where the part may be sent there.
        target: Option<Box<Url>>,
    },
    /// The storage holds other bytes than were sent.
    #[error("the storage holds other bytes than were sent: its MD5 is {got}, ours is {sent}")]
    WrongTag {
        /// The MD5 of what was sent.
        sent: String,
        /// The tag that came back, without control characters.
        got: String,
    },
    /// The storage said yes before it had the whole part.
    #[error("the storage answered {status} before it had the whole part")]
    TooEarly {
        /// The HTTP status.
        status: u16,
    },
}

impl Error {
    /// The status by which the storage refused a part for good, where other addresses may be taken: they
    /// run out, and there are none any more of a file that is complete or gone.
    pub fn refused_address(&self) -> Option<u16> {
        match self {
            Self::Part {
                cause: Cause::Refused { status, .. },
                ..
            } if (400..500).contains(status) => Some(*status),
            Self::Part { .. }
            | Self::Setup(_)
            | Self::Read(_)
            | Self::Changed(_)
            | Self::Cancelled => None,
        }
    }
}

impl Cause {
    /// Tells a connection that failed from one that must not be made.
    pub(super) fn of_exchange(error: reqwest::Error) -> Self {
        match Fault::of(&error) {
            Fault::Untrusted => Self::Certificate(error),
            Fault::NotConnected | Fault::Lost | Fault::Silent => Self::Transport(error),
        }
    }

    /// One line for the person who watches: the cause, and for a connection what broke it.
    pub(super) fn in_short(&self) -> String {
        match self {
            Self::Transport(_) | Self::Certificate(_) => {
                let root = chain::causes(self).last().map(ToString::to_string);
                format!("{self} ({})", root.unwrap_or_default())
            }
            Self::Stalled(_)
            | Self::Refused { .. }
            | Self::Redirect { .. }
            | Self::WrongTag { .. }
            | Self::TooEarly { .. } => self.to_string(),
        }
    }
}
