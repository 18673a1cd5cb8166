//! The pieces of a run, and how each one ended.

use std::fmt;
use std::time::Duration;

/// A piece of the run. GitHub owns the word "step".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// The package is opened and its Info.plist read.
    Package,
    /// What Apple would refuse is looked for in the package.
    Preflight,
    /// What an archive is signed with is checked and set up.
    Signing,
    /// Xcode makes the package of the archive.
    Export,
    /// The key is read and tried.
    Credentials,
    /// The app record is looked up, and what Apple already has of this version.
    App,
    /// The bytes go to Apple.
    Upload,
    /// Apple works on them.
    Processing,
    /// The build is given to its testers.
    Distribution,
    /// The build is submitted to the App Store.
    Submission,
    /// Something is asked or done about a build or version that is at Apple for long.
    Review,
}

impl Stage {
    /// The stage's name in reports; it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Package => "package",
            Self::Preflight => "preflight",
            Self::Signing => "signing",
            Self::Export => "export",
            Self::Credentials => "credentials",
            Self::App => "app",
            Self::Upload => "upload",
            Self::Processing => "processing",
            Self::Distribution => "distribution",
            Self::Submission => "submission",
            Self::Review => "review",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A stage began or ended.
#[derive(Clone, Debug)]
pub enum StageEvent {
    /// The stage begins.
    Started(Stage),
    /// The stage is over.
    Ended {
        /// Which one.
        stage: Stage,
        /// How long it took.
        took: Duration,
        /// How it ended.
        end: StageEnd,
    },
}

/// How a stage ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageEnd {
    /// It did its work.
    Done,
    /// There was nothing to do, because an earlier run had done it.
    Skipped,
    /// It could not finish, or found the app wanting.
    Failed,
    /// It was stopped by a signal, a deadline or the end of our patience.
    Stopped,
}

impl StageEnd {
    /// The word in reports; it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
            Self::Stopped => "stopped",
        }
    }
}
