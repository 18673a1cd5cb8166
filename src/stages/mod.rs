//! One stage a file: typed input, typed output, events on the way. A stage never prints, exits or
//! reads the environment; what stops it was told as a finding before it returns [`Stop`].

pub mod app;
pub mod credentials;
pub mod diagnostics;
pub mod existing;
pub mod journal;
pub mod package;
pub mod processing;
pub mod upload;

use crate::asc;
use crate::event::{Events, Outcome};

/// The run ends here, and why was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop(pub Outcome);

/// What a stage gives.
pub type Result<T> = std::result::Result<T, Stop>;

/// Tells why a call to App Store Connect failed, and ends the run: the setup must change where Apple
/// said no, and trying again may help where nobody said anything.
pub(crate) fn asc_failed(events: &Events, error: &asc::Error, doing: &str) -> Stop {
    let found = error.findings();
    let outcome = if error.is_retryable() || found.is_empty() {
        Outcome::Unfinished
    } else {
        Outcome::Refused
    };
    if found.is_empty() {
        events.found(diagnostics::call_failed(error, doing));
    }
    for diagnostic in found {
        events.found(diagnostic);
    }
    Stop(outcome)
}
