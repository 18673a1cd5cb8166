//! What every step of the stage works with.

use crate::asc::Error;
use crate::plan::Distribution;
use crate::stages::course::Ride;
use crate::stages::{Stop, asc_failed};

/// What every step works with.
pub type Course<'a> = Ride<'a, Distribution>;

impl Course<'_> {
    /// Tells why a call failed, and stops the run.
    pub fn failed(&self, error: &Error, doing: &str) -> Stop {
        asc_failed(self.events, error, doing)
    }
}
