//! How a run ended: how far it got, and why it went no further. What reports say in one word, the
//! verdict and the exit code are tables over both; sentences are `report`'s.

use serde::{Deserialize, Serialize};

/// How far the run got, by what is true at Apple when it ends. The order is the order of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reached {
    /// Nothing is known of a build.
    Nothing,
    /// The package was read; Apple has nothing of it by this run.
    Package,
    /// An upload is reserved and waits for bytes.
    Reserved,
    /// All bytes were sent and the upload was committed, or may have been.
    Sent,
    /// Apple accepted the upload and made a build of it.
    Accepted,
    /// Apple has processed the build.
    Processed,
    /// The build was given to its testers.
    Distributed,
    /// The build was submitted to review.
    Submitted,
}

#[cfg(test)]
impl Reached {
    /// All of them, in order.
    pub const ALL: [Self; 8] = [
        Self::Nothing,
        Self::Package,
        Self::Reserved,
        Self::Sent,
        Self::Accepted,
        Self::Processed,
        Self::Distributed,
        Self::Submitted,
    ];
}

impl Reached {
    /// The word in reports; it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Package => "package",
            Self::Reserved => "reserved",
            Self::Sent => "sent",
            Self::Accepted => "accepted",
            Self::Processed => "processed",
            Self::Distributed => "distributed",
            Self::Submitted => "submitted",
        }
    }

    /// Whether the bytes are with Apple, or may be.
    pub fn is_sent(self) -> bool {
        self >= Self::Sent
    }
}

/// Why the run went no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// It did all that was asked for.
    Done,
    /// A log was read.
    LogRead {
        /// What the log says of the upload.
        verdict: Verdict,
        /// Whether there are errors in it.
        errors: bool,
    },
    /// There was nothing to try, and nothing is wrong: a fork's pull request has no key.
    Skipped,
    /// The program was called wrongly.
    Usage,
    /// Something must change on the user's side: a finding of ours, a build number in use, a right
    /// that the key lacks.
    Refused,
    /// Apple refused the upload, or failed on the build.
    Failed,
    /// Apple found the build invalid (`INVALID`).
    Invalid,
    /// All was done, but testers can't get the build yet.
    Held(Hold),
    /// The build never appeared within its time.
    NeverAppeared,
    /// Apple was still processing when our patience ended.
    StillProcessing,
    /// We could not finish; trying again may help.
    Unfinished,
    /// The deadline of the whole run passed.
    DeadlinePassed,
    /// Stopped by a signal.
    Interrupted(Interruption),
}

/// What a list of stages comes to that nothing stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completed {
    /// All that was asked for was done.
    Done,
    /// So it was, but testers can't get the build yet.
    Held(Hold),
}

impl From<Completed> for Why {
    fn from(completed: Completed) -> Self {
        match completed {
            Completed::Done => Self::Done,
            Completed::Held(hold) => Self::Held(hold),
        }
    }
}

/// Why testers can't get a build that Apple has processed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hold {
    /// The question on encryption is not answered (`MISSING_EXPORT_COMPLIANCE`).
    ExportCompliance,
    /// Apple looks at the answer on encryption (`IN_EXPORT_COMPLIANCE_REVIEW`).
    ComplianceReview,
    /// Its ninety days are over (`EXPIRED`).
    Expired,
    /// Apple does not say that it can be tested, nor why not.
    Unsaid,
}

impl Hold {
    /// Apple's word for it, where it has one.
    pub fn api_word(self) -> Option<&'static str> {
        match self {
            Self::ExportCompliance => Some("MISSING_EXPORT_COMPLIANCE"),
            Self::ComplianceReview => Some("IN_EXPORT_COMPLIANCE_REVIEW"),
            Self::Expired => Some("EXPIRED"),
            Self::Unsaid => None,
        }
    }
}

/// The signal that stopped the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Interruption {
    /// SIGINT, Ctrl-C.
    Interrupt,
    /// SIGTERM.
    Terminate,
    /// SIGHUP: the terminal is gone.
    Hangup,
    /// SIGQUIT, Ctrl-\\.
    Quit,
}

impl Interruption {
    /// The signal's name.
    pub fn signal(self) -> &'static str {
        match self {
            Self::Interrupt => "SIGINT",
            Self::Terminate => "SIGTERM",
            Self::Hangup => "SIGHUP",
            Self::Quit => "SIGQUIT",
        }
    }

    /// What a shell reports of a process that this signal ended: 128 and its number.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Hangup => 129,
            Self::Interrupt => 130,
            Self::Quit => 131,
            Self::Terminate => 143,
        }
    }
}

/// Whether the upload worked, as far as can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ending {
    /// How far it got.
    pub reached: Reached,
    /// Why it went no further.
    pub why: Why,
}

/// What became of the run, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The question was answered well: a check passed, nothing was wrong.
    Passed,
    /// There are errors in the log that was read.
    ErrorsFound,
    /// The bytes are with Apple, and we were asked not to wait.
    Uploaded,
    /// Apple accepted the upload and made a build of it.
    Accepted,
    /// Apple has processed the build.
    Processed,
    /// The build was given to its testers.
    Distributed,
    /// The build was submitted to review.
    Submitted,
    /// Nothing was tried, and nothing is wrong.
    Skipped,
    /// Something must change before the bytes are sent.
    Refused,
    /// Apple has processed the build; something must change before it goes on to testers or the store.
    Withheld,
    /// Apple refused the upload, or failed on the build.
    Failed,
    /// Apple processed the build and found it invalid.
    Invalid,
    /// The build never appeared within its time.
    NeverAppeared,
    /// Apple was still at work when we stopped waiting.
    StillProcessing,
    /// The program was called wrongly; nothing was tried.
    Usage,
    /// We could not finish.
    Unfinished,
    /// The deadline of the whole run passed before the bytes were with Apple.
    DeadlinePassed,
    /// Stopped by a signal, after undoing.
    Interrupted,
}

impl Ending {
    /// The ending of a run that got nowhere.
    pub fn at_once(why: Why) -> Self {
        Self {
            reached: Reached::Nothing,
            why,
        }
    }

    /// What became of the run, in one word. A reason that contradicts what was reached is told as
    /// what it is: a run that could not be finished.
    pub fn outcome(self) -> Outcome {
        let sent = self.reached.is_sent();
        match self.why {
            Why::Done => self.done(),
            Why::Held(_) if self.reached >= Reached::Processed => self.done(),
            Why::LogRead { errors: false, .. } => Outcome::Passed,
            Why::LogRead { errors: true, .. } => Outcome::ErrorsFound,
            Why::Skipped if !sent => Outcome::Skipped,
            Why::Usage if !sent => Outcome::Usage,
            Why::Refused if !sent => Outcome::Refused,
            Why::Refused if self.reached >= Reached::Processed => Outcome::Withheld,
            Why::Failed => Outcome::Failed,
            Why::Invalid => Outcome::Invalid,
            Why::NeverAppeared if sent => Outcome::NeverAppeared,
            Why::StillProcessing | Why::DeadlinePassed if sent => Outcome::StillProcessing,
            Why::DeadlinePassed => Outcome::DeadlinePassed,
            Why::Interrupted(_) => Outcome::Interrupted,
            Why::Held(_)
            | Why::Skipped
            | Why::Usage
            | Why::Refused
            | Why::NeverAppeared
            | Why::StillProcessing
            | Why::Unfinished => Outcome::Unfinished,
        }
    }

    fn done(self) -> Outcome {
        match self.reached {
            Reached::Nothing | Reached::Package => Outcome::Passed,
            // Nobody asks for a reservation alone.
            Reached::Reserved => Outcome::Unfinished,
            Reached::Sent => Outcome::Uploaded,
            Reached::Accepted => Outcome::Accepted,
            Reached::Processed => Outcome::Processed,
            Reached::Distributed => Outcome::Distributed,
            Reached::Submitted => Outcome::Submitted,
        }
    }

    /// The process's exit code: 0 done, 1 the app or its setup must change, 2 wrong usage, 3 could
    /// not finish, 4 Apple still works and we stopped waiting, from 129 on interrupted.
    pub fn exit_code(self) -> u8 {
        match self.outcome() {
            Outcome::Passed
            | Outcome::Uploaded
            | Outcome::Accepted
            | Outcome::Processed
            | Outcome::Distributed
            | Outcome::Submitted
            | Outcome::Skipped => 0,
            Outcome::ErrorsFound
            | Outcome::Refused
            | Outcome::Withheld
            | Outcome::Failed
            | Outcome::Invalid => 1,
            Outcome::Usage => 2,
            Outcome::NeverAppeared | Outcome::Unfinished | Outcome::DeadlinePassed => 3,
            Outcome::StillProcessing => 4,
            Outcome::Interrupted => match self.why {
                Why::Interrupted(by) => by.exit_code(),
                _ => Interruption::Terminate.exit_code(),
            },
        }
    }

    /// Whether the upload worked.
    pub fn verdict(self) -> Verdict {
        match (self.outcome(), self.why) {
            (_, Why::LogRead { verdict, .. }) => verdict,
            (
                Outcome::Passed
                | Outcome::Uploaded
                | Outcome::Accepted
                | Outcome::Processed
                | Outcome::Distributed
                | Outcome::Submitted,
                _,
            ) => Verdict::Succeeded,
            (
                Outcome::ErrorsFound
                | Outcome::Refused
                | Outcome::Withheld
                | Outcome::Failed
                | Outcome::Invalid
                | Outcome::Usage,
                _,
            ) => Verdict::Failed,
            (
                Outcome::Skipped
                | Outcome::NeverAppeared
                | Outcome::StillProcessing
                | Outcome::Unfinished
                | Outcome::DeadlinePassed
                | Outcome::Interrupted,
                _,
            ) => Verdict::Unknown,
        }
    }
}

impl Outcome {
    /// The word in reports; it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::ErrorsFound => "errors-found",
            Self::Uploaded => "uploaded",
            Self::Accepted => "accepted",
            Self::Processed => "processed",
            Self::Distributed => "distributed",
            Self::Submitted => "submitted",
            Self::Skipped => "skipped",
            Self::Refused => "refused",
            Self::Withheld => "withheld",
            Self::Failed => "failed",
            Self::Invalid => "invalid",
            Self::NeverAppeared => "never-appeared",
            Self::StillProcessing => "still-processing",
            Self::Usage => "usage",
            Self::Unfinished => "unfinished",
            Self::DeadlinePassed => "deadline-passed",
            Self::Interrupted => "interrupted",
        }
    }
}

#[cfg(test)]
impl Why {
    /// All of them.
    pub fn all() -> Vec<Self> {
        let verdicts = [Verdict::Succeeded, Verdict::Failed, Verdict::Unknown];
        let logs = verdicts
            .into_iter()
            .flat_map(|verdict| [false, true].map(|errors| Self::LogRead { verdict, errors }));
        let holds = [
            Hold::ExportCompliance,
            Hold::ComplianceReview,
            Hold::Expired,
            Hold::Unsaid,
        ];
        [
            Self::Done,
            Self::Skipped,
            Self::Usage,
            Self::Refused,
            Self::Failed,
            Self::Invalid,
            Self::NeverAppeared,
            Self::StillProcessing,
            Self::Unfinished,
            Self::DeadlinePassed,
            Self::Interrupted(Interruption::Interrupt),
            Self::Interrupted(Interruption::Terminate),
            Self::Interrupted(Interruption::Hangup),
            Self::Interrupted(Interruption::Quit),
        ]
        .into_iter()
        .chain(logs)
        .chain(holds.map(Self::Held))
        .collect()
    }
}

#[cfg(test)]
impl Ending {
    /// The whole product of how far and why.
    pub fn all() -> Vec<Self> {
        Reached::ALL
            .into_iter()
            .flat_map(|reached| Why::all().into_iter().map(move |why| Self { reached, why }))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exit_code_the_verdict_and_the_word_agree() {
        for ending in Ending::all() {
            let (outcome, code) = (ending.outcome(), ending.exit_code());
            let is_log = matches!(ending.why, Why::LogRead { .. });
            match ending.verdict() {
                _ if is_log => assert!(code <= 1, "{ending:?}"),
                Verdict::Succeeded => assert_eq!(code, 0, "{ending:?}"),
                Verdict::Failed => assert!([1, 2].contains(&code), "{ending:?}"),
                Verdict::Unknown => {
                    let skipped = outcome == Outcome::Skipped;
                    assert_eq!(code == 0, skipped, "{ending:?}");
                }
            }
            assert_eq!(
                [129, 130, 131, 143].contains(&code),
                matches!(ending.why, Why::Interrupted(_)),
                "{ending:?}"
            );
        }
    }

    #[test]
    fn what_says_that_nothing_was_sent_is_never_said_of_what_was() {
        let before = [
            Outcome::Skipped,
            Outcome::Usage,
            Outcome::Refused,
            Outcome::DeadlinePassed,
        ];
        let after = [
            Outcome::Uploaded,
            Outcome::Accepted,
            Outcome::Processed,
            Outcome::Distributed,
            Outcome::Submitted,
            Outcome::Withheld,
            Outcome::NeverAppeared,
            Outcome::StillProcessing,
        ];
        for ending in Ending::all() {
            let outcome = ending.outcome();
            assert!(
                !before.contains(&outcome) || !ending.reached.is_sent(),
                "{ending:?}"
            );
            assert!(
                !after.contains(&outcome) || ending.reached.is_sent(),
                "{ending:?}"
            );
        }
    }

    #[test]
    fn a_run_that_did_not_get_what_it_was_asked_for_says_so() {
        let of = |reached, why| Ending { reached, why }.outcome();
        assert_eq!(of(Reached::Sent, Why::Refused), Outcome::Unfinished);
        assert_eq!(of(Reached::Package, Why::Refused), Outcome::Refused);
        assert_eq!(
            of(Reached::Accepted, Why::DeadlinePassed),
            Outcome::StillProcessing
        );
        assert_eq!(
            of(Reached::Reserved, Why::DeadlinePassed),
            Outcome::DeadlinePassed
        );
        assert_eq!(of(Reached::Reserved, Why::Done), Outcome::Unfinished);
    }
}
