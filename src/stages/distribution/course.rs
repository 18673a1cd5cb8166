//! What every step of the stage works with.

use crate::asc::beta_groups::BetaGroup;
use crate::asc::{Client, Error};
use crate::event::Events;
use crate::ids::{AppId, BuildId, BuildName};
use crate::plan::Distribution;
use crate::stages::patience::Patience;
use crate::stages::position::Position;
use crate::stages::{Stop, asc_failed};

/// The app, as far as testers are concerned.
#[derive(Clone, Debug)]
pub struct Audience {
    /// The app.
    pub id: AppId,
    /// The language of notes that name none.
    pub primary_locale: String,
    /// The groups that were asked for.
    pub groups: Vec<BetaGroup>,
}

/// What the stage works with.
pub struct Course<'a> {
    /// App Store Connect.
    pub client: &'a Client,
    /// Where events go.
    pub events: &'a Events,
    /// How far the run is.
    pub position: &'a Position,
    /// Whose testers.
    pub app: &'a Audience,
    /// Which build.
    pub build: &'a BuildId,
    /// Its version and number.
    pub train: &'a BuildName,
    /// What was asked for.
    pub wish: &'a Distribution,
    /// For what shows after a moment.
    pub short: Patience,
    /// For work of Apple's that can take long.
    pub long: Patience,
}

impl Course<'_> {
    /// Tells why a call failed, and stops the run.
    pub fn failed(&self, error: &Error, doing: &str) -> Stop {
        asc_failed(self.events, error, doing)
    }
}
