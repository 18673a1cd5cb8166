//! What will happen, fully resolved: no `Option` that a stage must interpret, no default left to
//! choose. What holds where nothing was typed is in [`defaults`]. Pure; the words are those of the
//! options in the README.

mod altool;
pub mod defaults;
mod doctor;
mod export;
mod follow_up;
mod verify;
mod webhook;

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use url::Url;

use crate::ids::{BuildId, BuildUploadId};
use crate::ipa::PackageKind;
use crate::preflight::Channel;
use crate::receipt::Upload;
use crate::secret::Secret;

pub use crate::wishes::{Distribution, Notes, Release, Submission, Wishes};
pub use altool::{AltoolPlan, Person};
pub use doctor::DoctorPlan;
pub use export::{ExportPlan, Signing};
pub use follow_up::{FollowUp, Goal, Phase, Target, Telling};
pub use verify::{Purpose, VerifyPlan};
pub use webhook::{WebhookGoal, WebhookPlan};

/// Takes a package to App Store Connect.
#[derive(Clone, Debug)]
pub struct ShipPlan {
    /// The `.ipa` or `.pkg`; where an archive is exported, what comes of that takes its place.
    pub package: PackageFile,
    /// The archive that is exported first, where one was named.
    pub export: Option<Box<ExportPlan>>,
    /// What Apple's own tool uploads with, where it is asked to.
    pub altool: Option<Box<AltoolPlan>>,
    /// Whose App Store Connect.
    pub account: Account,
    /// What is looked for before.
    pub preflight: Preflight,
    /// How the bytes travel.
    pub transfer: Transfer,
    /// How long we stay.
    pub waiting: Waiting,
    /// What comes after the upload.
    pub wishes: Wishes,
}

/// Looks into a package without shipping it.
#[derive(Clone, Debug)]
pub struct PreflightPlan {
    /// The package.
    pub subject: PreflightSubject,
    /// What is done about what is found.
    pub preflight: Preflight,
    /// Whose App Store Connect is asked what it has already, where a key is at hand.
    pub account: Option<Account>,
}

/// What is looked into.
#[derive(Clone, Debug)]
pub enum PreflightSubject {
    /// A `.ipa` or `.pkg`.
    Package(PackageFile),
    /// An `.xcarchive`.
    Archive(PathBuf),
}

/// What is looked for before the upload, and what is done about it.
#[derive(Clone, Debug)]
pub struct Preflight {
    /// Whether it is done at all, and whether errors stop the run.
    pub level: PreflightLevel,
    /// Whether warnings count as errors.
    pub is_strict: bool,
    /// Where the build goes.
    pub channel: Channel,
    /// Codes that are left out.
    pub ignored: Vec<String>,
    /// The SHA-256 that the package must have, in small hexadecimal digits.
    pub sha256: Option<String>,
    /// When the repository was checked out for this run, where that is known.
    pub begun: Option<SystemTime>,
    /// The user's repository, where there is one.
    pub repository: Option<PathBuf>,
}

/// What is done about errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreflightLevel {
    /// Nothing is looked for.
    Off,
    /// They are told as warnings, and the run goes on.
    Warn,
    /// They stop the run.
    Error,
}

/// Carries on with an upload that is at Apple.
#[derive(Clone, Debug)]
pub struct FinishPlan {
    /// What is left to carry on with.
    pub left: Left,
    /// Whose App Store Connect.
    pub account: Account,
    /// How long we stay.
    pub waiting: Waiting,
    /// What comes after the upload.
    pub wishes: Wishes,
}

/// What a run left at Apple.
#[derive(Clone, Debug)]
pub enum Left {
    /// The upload that a receipt names.
    Upload(Box<Upload>),
    /// A build, by its id.
    Build(BuildId),
    /// An upload, by its id.
    UploadId(BuildUploadId),
    /// A build, by the names of its app and its own.
    Named(Target),
}

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
}

/// How the bytes travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Parts on their way at a time, at least one.
    pub concurrency: usize,
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
