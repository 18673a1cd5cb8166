//! What happened, in one stream: stages and abilities send, reporters listen. Nothing here decides,
//! prints or knows who listens.

use std::fmt;
use std::time::Duration;

use tokio::sync::mpsc;

use crate::diagnostic::Diagnostic;
use crate::ids::{
    AppId, BuildId, BuildNumber, BuildUploadId, BundleIdentifier, MarketingVersion, Platform,
};

/// Something that happened. Families keep the matches of the reporters short.
#[derive(Clone, Debug)]
pub enum Event {
    /// The run as a whole.
    Run(RunEvent),
    /// A stage began or ended.
    Stage(StageEvent),
    /// Something became known that outlives the run: an id, a version, a state.
    Fact(Fact),
    /// Bytes moved.
    Progress(Progress),
    /// A sentence for the person who watches; not a finding.
    Note(String),
    /// A finding.
    Found(Box<Diagnostic>),
    /// A call to App Store Connect was answered, or failed.
    ApiCall(ApiCall),
}

/// The run as a whole.
#[derive(Clone, Debug)]
pub enum RunEvent {
    /// The run begins.
    Started {
        /// The subcommand, such as `ship`.
        command: &'static str,
        /// The scenario's name in a sandbox run; every reporter says SANDBOX then.
        sandbox: Option<String>,
    },
    /// The run is over, and this became of it.
    Ended(Outcome),
}

/// A piece of the run. GitHub owns the word "step".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// The key is read and tried.
    Credentials,
    /// The package is opened and its Info.plist read.
    Package,
    /// The app record is looked up, and what Apple already has of this version.
    App,
    /// The bytes go to Apple.
    Upload,
    /// Apple works on them.
    Processing,
}

impl Stage {
    /// The stage's name in reports; it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Credentials => "credentials",
            Self::Package => "package",
            Self::App => "app",
            Self::Upload => "upload",
            Self::Processing => "processing",
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
    /// It was stopped by a signal or the deadline.
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

/// Something that became known and outlives the run.
#[derive(Clone, Debug)]
pub enum Fact {
    /// What the package says of itself.
    Package {
        /// The file's name, without its directory.
        file_name: String,
        /// The file's size in bytes.
        size: u64,
        /// `CFBundleIdentifier`.
        bundle_identifier: BundleIdentifier,
        /// `CFBundleShortVersionString`.
        marketing_version: MarketingVersion,
        /// `CFBundleVersion`.
        build_number: BuildNumber,
        /// The platform it was built for.
        platform: Platform,
        /// The name that people see, where the package has one.
        display_name: Option<String>,
    },
    /// The app record that the package belongs to.
    App {
        /// The numeric Apple ID.
        id: AppId,
        /// The name in App Store Connect.
        name: String,
    },
    /// The build upload: reserved, found again or adopted.
    BuildUpload {
        /// Its id, which altool calls the delivery UUID.
        id: BuildUploadId,
        /// Its page in App Store Connect, where the app is known.
        testflight_url: Option<String>,
    },
    /// The build that Apple made of the upload.
    Build {
        /// Its id.
        id: BuildId,
    },
    /// How far Apple is: a `buildUploads` state, a `builds` processing state or a beta state, in
    /// Apple's own word.
    ProcessingState(String),
}

/// How far the transfer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes that the storage has confirmed or that are on their way.
    pub done: u64,
    /// Bytes in all.
    pub total: u64,
}

/// One call to App Store Connect, without anything secret in it.
#[derive(Clone, Debug)]
pub struct ApiCall {
    /// `GET`, `POST`, `PATCH` or `DELETE`.
    pub method: &'static str,
    /// The path, without query.
    pub path: String,
    /// The answer's status; `None` where no answer came.
    pub status: Option<u16>,
}

/// What became of the run. One enum gives the report's words and the exit code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The question was answered well: a check passed, nothing was wrong.
    Passed,
    /// A log was read.
    LogRead {
        /// What the log says of the upload.
        verdict: Verdict,
        /// Whether there are errors in it.
        errors: bool,
    },
    /// The bytes are with Apple, and we were asked not to wait.
    Uploaded,
    /// Apple accepted the upload and made a build of it.
    Accepted,
    /// Apple has processed the build; it is ready for testing.
    Processed,
    /// Nothing was tried, and nothing is wrong: a fork's pull request has no key.
    Skipped,
    /// Something must change before Apple is asked: a finding of ours, or a build number in use.
    Refused,
    /// Apple refused the upload (`FAILED` with errors).
    Failed,
    /// Apple processed the build and found it invalid (`INVALID`).
    Invalid,
    /// The build never appeared within its time.
    NeverAppeared,
    /// Apple was still processing when our patience ended.
    StillProcessing,
    /// The program was called wrongly; nothing was tried.
    Usage,
    /// We could not finish; trying again may help.
    Unfinished,
    /// The deadline of the whole run passed.
    DeadlinePassed,
    /// Stopped by a signal, after undoing.
    Interrupted(Interruption),
}

/// The signal that stopped the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interruption {
    /// SIGINT, Ctrl-C.
    Interrupt,
    /// SIGTERM.
    Terminate,
}

/// Whether the upload worked, as far as can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It did.
    Succeeded,
    /// It did not.
    Failed,
    /// Nothing decides it.
    Unknown,
}

impl Verdict {
    /// The word in reports; it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }
}

impl Outcome {
    /// The word in reports; it never changes.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Passed | Self::LogRead { errors: false, .. } => "passed",
            Self::LogRead { errors: true, .. } => "errors-found",
            Self::Uploaded => "uploaded",
            Self::Accepted => "accepted",
            Self::Processed => "processed",
            Self::Skipped => "skipped",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Invalid => "invalid",
            Self::NeverAppeared => "never-appeared",
            Self::StillProcessing => "still-processing",
            Self::Usage => "usage",
            Self::Unfinished => "unfinished",
            Self::DeadlinePassed => "deadline-passed",
            Self::Interrupted(_) => "interrupted",
        }
    }

    /// The process's exit code: 0 done, 1 the app or its setup must change, 2 wrong usage, 3 could
    /// not finish, 4 Apple still works and we stopped waiting, 130 and 143 interrupted.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Passed | Self::Uploaded | Self::Accepted | Self::Processed | Self::Skipped => 0,
            Self::LogRead { errors, .. } => u8::from(*errors),
            Self::Refused | Self::Failed | Self::Invalid => 1,
            Self::Usage => 2,
            Self::NeverAppeared | Self::Unfinished | Self::DeadlinePassed => 3,
            Self::StillProcessing => 4,
            Self::Interrupted(Interruption::Interrupt) => 130,
            Self::Interrupted(Interruption::Terminate) => 143,
        }
    }

    /// Whether the upload worked.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::LogRead { verdict, .. } => *verdict,
            Self::Passed | Self::Uploaded | Self::Accepted | Self::Processed => Verdict::Succeeded,
            Self::Refused | Self::Failed | Self::Invalid | Self::Usage => Verdict::Failed,
            Self::Skipped
            | Self::NeverAppeared
            | Self::StillProcessing
            | Self::Unfinished
            | Self::DeadlinePassed
            | Self::Interrupted(_) => Verdict::Unknown,
        }
    }
}

/// The sending end of the stream. Clones send into the same stream; a stream that nobody listens to
/// swallows what is sent.
#[derive(Clone, Debug)]
pub struct Events(mpsc::UnboundedSender<Event>);

impl Events {
    /// A stream: the end that stages send into, and the end that reporters listen to.
    pub fn stream() -> (Self, mpsc::UnboundedReceiver<Event>) {
        let (sender, receiver) = mpsc::unbounded_channel();
        (Self(sender), receiver)
    }

    /// Sends an event.
    pub fn send(&self, event: Event) {
        // A closed stream means that the reporters are gone; there is nobody left to tell.
        let _ = self.0.send(event);
    }

    /// Sends a finding.
    pub fn found(&self, diagnostic: Diagnostic) {
        self.send(Event::Found(Box::new(diagnostic)));
    }

    /// Sends a sentence for the person who watches.
    pub fn note(&self, sentence: impl Into<String>) {
        self.send(Event::Note(sentence.into()));
    }

    /// Sends a fact.
    pub fn fact(&self, fact: Fact) {
        self.send(Event::Fact(fact));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_exit_code_is_one_that_the_readme_names() {
        let all = [
            Outcome::Passed,
            Outcome::Uploaded,
            Outcome::Accepted,
            Outcome::Processed,
            Outcome::Skipped,
            Outcome::Refused,
            Outcome::Failed,
            Outcome::Invalid,
            Outcome::NeverAppeared,
            Outcome::StillProcessing,
            Outcome::Usage,
            Outcome::Unfinished,
            Outcome::DeadlinePassed,
            Outcome::Interrupted(Interruption::Interrupt),
            Outcome::Interrupted(Interruption::Terminate),
        ];
        for outcome in all {
            assert!([0, 1, 2, 3, 4, 130, 143].contains(&outcome.exit_code()));
            if outcome.verdict() == Verdict::Succeeded {
                assert_eq!(outcome.exit_code(), 0, "{}", outcome.name());
            }
        }
    }
}
