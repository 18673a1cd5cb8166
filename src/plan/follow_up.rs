//! What is done long after an upload, on any machine.

use std::fmt;
use std::sync::Arc;

use crate::ids::{BuildNumber, BundleIdentifier, MarketingVersion, Platform};
use crate::plan::{Account, Waiting};
use crate::receipt::Upload;

/// What is asked or done about an app.
#[derive(Clone, Debug)]
pub struct FollowUp {
    /// Whose App Store Connect.
    pub account: Account,
    /// What it is about.
    pub target: Target,
    /// What is asked or done.
    pub goal: Goal,
    /// How long we stay.
    pub waiting: Waiting,
}

/// A build or a version, as it is named by hand or by a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The app.
    pub bundle_identifier: BundleIdentifier,
    /// The version; `None` is the newest.
    pub marketing_version: Option<MarketingVersion>,
    /// The build; `None` is the newest.
    pub build_number: Option<BuildNumber>,
    /// The platform.
    pub platform: Platform,
    /// The upload, where a receipt names it.
    pub upload: Option<Box<Upload>>,
}

/// What is asked or done.
#[derive(Clone, Debug)]
pub enum Goal {
    /// How far everything is.
    Status,
    /// Waits until outside testers can get the build.
    InTesting,
    /// Waits until Apple has approved the version.
    Approved,
    /// Waits until people can get the version from the store.
    Live,
    /// Releases an approved version, or sets the state of its phased release.
    Release(Option<Phase>),
    /// Takes the version's submission back.
    Cancel,
    /// Tells the next free build number.
    NextBuildNumber(Telling),
}

/// The states of a phased release that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// No new people get it.
    Pause,
    /// It goes on.
    Resume,
    /// Everybody gets it at once.
    Complete,
}

impl Phase {
    /// Apple's word.
    pub fn api_name(self) -> &'static str {
        match self {
            Self::Pause => "PAUSED",
            Self::Resume => "ACTIVE",
            Self::Complete => "COMPLETE",
        }
    }
}

/// Where an answer goes that is not for people alone.
#[derive(Clone)]
pub struct Telling(pub Arc<dyn Fn(&str) + Send + Sync>);

impl fmt::Debug for Telling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Telling")
    }
}
