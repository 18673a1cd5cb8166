//! What the steps of the stages that come after the upload work with.

use std::ops::Deref;

use crate::asc::Client;
use crate::asc::beta_groups::BetaGroup;
use crate::event::Events;
use crate::ids::{AppId, BuildId, BuildName};
use crate::stages::patience::Patience;
use crate::stages::position::Position;

/// The app, as far as testers and the store are concerned.
#[derive(Clone, Debug)]
pub struct Audience {
    /// The app.
    pub id: AppId,
    /// The language of texts that name none.
    pub primary_locale: String,
    /// The groups that were asked for.
    pub groups: Vec<BetaGroup>,
}

/// What every step works with, for a wish of some kind.
pub struct Course<'a, W> {
    /// App Store Connect.
    pub client: &'a Client,
    /// Where events go.
    pub events: &'a Events,
    /// How far the run is.
    pub position: &'a Position,
    /// Whose testers and store.
    pub app: &'a Audience,
    /// The build's version and number.
    pub train: &'a BuildName,
    /// What was asked for.
    pub wish: &'a W,
    /// For what shows after a moment.
    pub short: Patience,
    /// For work of Apple's that can take long.
    pub long: Patience,
}

/// A course with the build that is there by now.
pub struct Ride<'a, W> {
    /// The course.
    pub on: &'a Course<'a, W>,
    /// The build.
    pub build: &'a BuildId,
}

impl<'a, W> Deref for Ride<'a, W> {
    type Target = Course<'a, W>;

    fn deref(&self) -> &Self::Target {
        self.on
    }
}
