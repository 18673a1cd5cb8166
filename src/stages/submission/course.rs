//! What every step of the stage works with.

use crate::asc::{Client, Error};
use crate::event::{Events, Found, Why};
use crate::ids::{AppId, BuildId, BuildName};
use crate::plan::Submission;
use crate::stages::patience::Patience;
use crate::stages::submission::missing;
use crate::stages::{Stop, asc_failed};

/// What every step works with.
pub struct Course<'a> {
    /// App Store Connect.
    pub client: &'a Client,
    /// Where events go.
    pub events: &'a Events,
    /// Whose store.
    pub app: &'a AppId,
    /// The language of texts that name none.
    pub primary_locale: &'a str,
    /// The build's version and number.
    pub train: &'a BuildName,
    /// What was asked for.
    pub wish: &'a Submission,
    /// For what shows after a moment.
    pub patience: Patience,
}

/// A course with a build to it.
pub struct Ride<'a> {
    /// The course.
    pub on: &'a Course<'a>,
    /// The build.
    pub build: &'a BuildId,
}

impl Course<'_> {
    /// Tells why a call failed, and stops the run. What a version lacks is told by the fields' names and places.
    pub fn failed(&self, error: &Error, doing: &str) -> Stop {
        match missing::tell(self.events, error) {
            Some(told) => Self::stop(told),
            None => asc_failed(self.events, error, doing),
        }
    }

    /// Stops the run after a finding.
    pub fn stop(told: Found) -> Stop {
        Stop::after(told, Why::Refused)
    }
}
