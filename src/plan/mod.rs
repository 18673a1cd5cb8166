//! What will happen, fully resolved: no `Option` that a stage must interpret, no default left to
//! choose. What a command will do has a file, what several share is here, and what holds where nothing
//! was typed is in [`defaults`]. Pure; the words are those of the options in the README.

mod altool;
pub mod defaults;
mod doctor;
mod export;
mod finish;
mod follow_up;
mod preflight;
mod ship;
mod verify;
mod webhook;

use std::path::PathBuf;
use std::time::Duration;

use url::Url;

use crate::http::proxies::Proxies;
use crate::ipa::PackageKind;
use crate::secret::Secret;

pub use crate::wishes::{Distribution, Notes, Release, Submission, Wishes};
pub use altool::{AltoolPlan, Person};
pub use doctor::DoctorPlan;
pub use export::{ExportPlan, Signing};
pub use finish::{FinishPlan, Left};
pub use follow_up::{FollowUp, Goal, Phase, Target, Telling};
pub use preflight::{Begun, Preflight, PreflightLevel, PreflightPlan, PreflightSubject};
pub use ship::{ShipPlan, Transfer};
pub use verify::{Purpose, VerifyPlan};
pub use webhook::{WebhookGoal, WebhookPlan};

/// The file to ship.
#[derive(Clone, Debug)]
pub struct PackageFile {
    /// Where it is.
    pub path: PathBuf,
    /// What it is, by its ending.
    pub kind: PackageKind,
}

/// An App Store Connect, and the key to it, as the user gave it.
#[derive(Clone, Debug)]
pub struct Account {
    /// The API's address.
    pub url: Url,
    /// The `.p8` in whatever form it was pasted.
    pub key: Secret,
    /// The key's id, unchecked.
    pub key_id: String,
    /// The issuer's id, unchecked; empty for an individual key.
    pub issuer_id: String,
    /// A connection on which nothing moves for this long is dropped.
    pub idle_timeout: Duration,
    /// More trust roots, as PEM; empty for the system's alone.
    pub extra_roots: Vec<u8>,
    /// The proxy on the way to other machines.
    pub proxies: Proxies,
}

/// How long we stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// What we wait for.
    pub until: Until,
    /// How long after the last byte the build may take to appear.
    pub appear: Duration,
    /// How long Apple may take to process it from then on.
    pub processing: Duration,
    /// How often we ask.
    pub pace: Pace,
}

/// What we wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// The bytes are with Apple.
    Uploaded,
    /// Apple accepted the upload.
    Accepted,
    /// Apple has processed the build.
    Processed,
}

/// How often we ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Often at first, then at most this often: most builds that fail do so within seconds.
    Easing(Duration),
    /// Exactly this often, as the user said.
    Exact(Duration),
}

/// The pause with which asking begins.
const SHORTEST_PAUSE: Duration = Duration::from_secs(5);

impl Pace {
    /// The pause after having waited this long.
    pub fn pause(self, waited: Duration) -> Duration {
        match self {
            Self::Exact(interval) => interval,
            Self::Easing(longest) => (waited / 4).clamp(SHORTEST_PAUSE.min(longest), longest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_given_by_hand_is_obeyed_as_it_is() {
        let pace = Pace::Exact(Duration::from_millis(20));
        assert_eq!(pace.pause(Duration::ZERO), Duration::from_millis(20));
        assert_eq!(
            pace.pause(Duration::from_secs(900)),
            Duration::from_millis(20)
        );
    }

    #[test]
    fn an_easing_pace_asks_often_at_first_and_never_too_rarely() {
        let pace = Pace::Easing(Duration::from_secs(30));
        assert_eq!(pace.pause(Duration::ZERO), Duration::from_secs(5));
        assert_eq!(pace.pause(Duration::from_secs(60)), Duration::from_secs(15));
        assert_eq!(
            pace.pause(Duration::from_secs(3_600)),
            Duration::from_secs(30)
        );
    }
}
