//! What every step of the stage works with.

use crate::asc::Error;
use crate::event::{Found, Why};
use crate::plan::Submission;
use crate::stages::submission::missing;
use crate::stages::{Stop, asc_failed, course};

/// What every step works with.
pub type Course<'a> = course::Course<'a, Submission>;
/// A course with a build to it.
pub type Ride<'a> = course::Ride<'a, Submission>;

impl Course<'_> {
    /// Tells why a call failed, and stops the run. What a version lacks is told by the fields' names and places.
    pub fn failed(&self, error: &Error, doing: &str) -> Stop {
        match missing::tell(self.events, error, &[]) {
            Some(told) => Self::stop(told),
            None => asc_failed(self.events, error, doing),
        }
    }

    /// Stops the run after a finding.
    pub fn stop(told: Found) -> Stop {
        Stop::after(told, Why::Refused)
    }
}
