//! One stage a file: typed input, typed output, events on the way. A stage never prints, exits or
//! reads the environment. What stops a run is a [`Stop`], and only a finding that was told makes one.

pub mod altool;
pub mod app;
pub mod certificates;
mod commit;
mod completion;
pub mod course;
pub mod credentials;
pub mod diagnostics;
pub mod distribution;
pub mod earlier_uploads;
pub mod export;
pub mod hold;
pub mod package;
pub mod patience;
pub mod position;
pub mod preflight;
pub mod processing;
pub mod release;
mod rivals;
pub mod signing;
pub mod slot;
pub mod submission;
pub mod testers_claims;
pub mod trains;
pub mod upload;

use crate::asc;
use crate::event::{Events, Found, Why};

/// The run goes no further, and the person was told what stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop(Why);

impl Stop {
    /// Stops the run after a finding.
    pub fn after(_: Found, why: Why) -> Self {
        Self(why)
    }

    /// The same stop, for another reason.
    #[must_use]
    pub fn instead(self, why: Why) -> Self {
        Self(why)
    }

    /// Why the run goes no further.
    pub fn why(self) -> Why {
        self.0
    }
}

/// What a stage gives.
pub type Result<T> = std::result::Result<T, Stop>;

/// Tells why a call to App Store Connect failed, and stops the run: the setup must change where Apple
/// said no, and trying again may help where nobody said anything.
pub(crate) fn asc_failed(events: &Events, error: &asc::Error, doing: &str) -> Stop {
    let mut told = None;
    for found in error.findings() {
        told = Some(events.found(found));
    }
    match told {
        Some(told) if error.is_retryable() || !error.is_a_no() => {
            Stop::after(told, Why::Unfinished)
        }
        Some(told) => Stop::after(told, Why::Refused),
        None => Stop::after(
            events.found(diagnostics::call_failed(error, doing)),
            Why::Unfinished,
        ),
    }
}

/// The same for a call that a key may make which manages the app, and no other: a refusal tells its role, before
/// anything was done.
pub(crate) fn role_failed(events: &Events, error: &asc::Error, doing: &str, what: &str) -> Stop {
    if !error.has_code("FORBIDDEN_ERROR") {
        return asc_failed(events, error, doing);
    }
    let found = diagnostics::key_role_too_low(what, "App Manager")
        .also_known_as("FORBIDDEN_ERROR")
        .message(format!("Apple says: {error}"));
    Stop::after(events.found(found), Why::Refused)
}
