//! Looking into a package, before an upload or without one.

use std::path::PathBuf;
use std::time::SystemTime;

use crate::plan::{Account, PackageFile};
use crate::preflight::Channel;

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
    /// Since when a package can be of this run, where that is known.
    pub begun: Option<Begun>,
    /// The user's repository, where there is one.
    pub repository: Option<PathBuf>,
}

/// Since when a package can be of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// The repository was checked out then.
    CheckedOut(SystemTime),
    /// Nothing is checked out here; the commit that the run is for was made then.
    Committed(SystemTime),
}

impl Begun {
    /// The time.
    pub fn at(self) -> SystemTime {
        match self {
            Self::CheckedOut(at) | Self::Committed(at) => at,
        }
    }

    /// What began then, in words that go on after "older than".
    pub fn words(self) -> &'static str {
        match self {
            Self::CheckedOut(_) => "this run's checkout",
            Self::Committed(_) => "the commit that this run is for",
        }
    }
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
