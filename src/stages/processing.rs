//! Follows the build at Apple: the upload until it is accepted, the build until it is processed, the
//! beta detail until it can be tested. What to do next is decided by [`next`], a plain function.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::Instant;

use crate::asc::build_beta_details::{self, BetaDetail};
use crate::asc::build_uploads::{self, BuildUpload, UploadState};
use crate::asc::builds::{self, Build, ProcessingState};
use crate::asc::{Client, Error, StateDetail, Wanted};
use crate::diagnostic::Severity;
use crate::event::{Events, Fact, Outcome};
use crate::ids::{AppId, BuildUploadId};
use crate::plan::{Until, Waiting};

use crate::stages::{Result, Stop, diagnostics};

/// So many refusals in a row are no passing fault any more.
const REFUSALS_IN_A_ROW: u32 = 6;

/// What Apple says at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observation {
    /// The upload's state.
    pub upload: UploadState,
    /// The build's state, where a build has appeared.
    pub build: Option<ProcessingState>,
    /// Whether the beta detail has left its own processing; `false` until it was seen.
    pub beta_ready: bool,
}

/// How long we have waited, and how long we are willing to.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Since the last byte was sent.
    pub since_upload: Duration,
    /// Since the build appeared.
    pub since_appearance: Duration,
    /// What was planned.
    pub waiting: Waiting,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Ask again after this pause.
    AskAgainIn(Duration),
    /// Apple accepted the upload, which is all we wait for.
    Accepted,
    /// Apple has processed the build.
    Processed,
    /// The upload is `FAILED`.
    UploadFailed,
    /// The build is `FAILED`.
    BuildFailed,
    /// The build is `INVALID`.
    BuildInvalid,
    /// No build within the time for it.
    NeverAppeared,
    /// Not processed within the time for it.
    StillProcessing,
}

/// Decides what to do next.
pub fn next(seen: Observation, patience: Patience) -> Next {
    let waiting = patience.waiting;
    let accepted_is_enough = waiting.until == Until::Accepted;
    let tired = patience.since_appearance >= waiting.processing;
    let again = |waited| Next::AskAgainIn(waiting.pace.pause(waited));
    if seen.upload == UploadState::Failed {
        return Next::UploadFailed;
    }
    match seen.build {
        Some(ProcessingState::Invalid) => Next::BuildInvalid,
        Some(ProcessingState::Failed) => Next::BuildFailed,
        Some(ProcessingState::Valid) if accepted_is_enough || seen.beta_ready => {
            match waiting.until {
                Until::Accepted | Until::Uploaded => Next::Accepted,
                Until::Processed => Next::Processed,
            }
        }
        Some(_) if accepted_is_enough && seen.upload == UploadState::Complete => Next::Accepted,
        Some(_) if tired => Next::StillProcessing,
        Some(_) => again(patience.since_appearance),
        None if patience.since_upload >= waiting.appear => Next::NeverAppeared,
        None => again(patience.since_upload),
    }
}

/// What the stage follows.
pub struct Followed<'a> {
    /// App Store Connect.
    pub client: &'a Client,
    /// Where events go.
    pub events: &'a Events,
    /// The app.
    pub app: &'a AppId,
    /// The upload.
    pub upload: &'a BuildUploadId,
    /// Version, number and platform, for finding the build where the upload does not link it yet.
    pub wanted: &'a Wanted,
}

/// Waits as planned.
pub async fn run(followed: &Followed<'_>, waiting: Waiting) -> Result<Outcome> {
    let mut watch = Watch::begin();
    loop {
        match watch.look(followed).await {
            Ok(seen) => {
                watch.seen = seen;
                watch.refusals = 0;
            }
            Err(error) => watch.ride_out(followed.events, &error)?,
        }
        let next = next(watch.seen, watch.patience(waiting));
        match next {
            Next::AskAgainIn(pause) => tokio::time::sleep(pause).await,
            Next::Accepted => return Ok(Outcome::Accepted),
            Next::Processed => return Ok(Outcome::Processed),
            Next::UploadFailed
            | Next::BuildFailed
            | Next::BuildInvalid
            | Next::NeverAppeared
            | Next::StillProcessing => return Err(watch.give_up(followed, next, waiting)),
        }
    }
}

/// What was seen so far.
struct Watch {
    began: Instant,
    appeared: Option<Instant>,
    seen: Observation,
    state: String,
    refusals: u32,
    errors_told: usize,
    told: BTreeSet<(Option<String>, String)>,
}

impl Watch {
    fn begin() -> Self {
        Self {
            began: Instant::now(),
            appeared: None,
            seen: Observation {
                upload: UploadState::Unknown,
                build: None,
                beta_ready: false,
            },
            state: String::new(),
            refusals: 0,
            errors_told: 0,
            told: BTreeSet::new(),
        }
    }

    fn patience(&self, waiting: Waiting) -> Patience {
        Patience {
            since_upload: self.began.elapsed(),
            since_appearance: self.appeared.map(|at| at.elapsed()).unwrap_or_default(),
            waiting,
        }
    }

    async fn look(&mut self, followed: &Followed<'_>) -> std::result::Result<Observation, Error> {
        let upload = build_uploads::read(followed.client, followed.upload).await?;
        self.tell_details(followed.events, &upload.details);
        let build = self.find_build(followed, &upload).await?;
        let beta = match &build {
            Some(build) if build.processing_state == ProcessingState::Valid => {
                build_beta_details::of_build(followed.client, &build.id).await?
            }
            Some(_) | None => None,
        };
        let state = diagnostics::state_word(&upload, build.as_ref(), beta.as_ref());
        self.tell_state(followed.events, state);
        if let Some(beta) = &beta {
            self.tell_beta(followed.events, beta);
        }
        Ok(Observation {
            upload: upload.state,
            build: build.map(|build| build.processing_state),
            beta_ready: beta.is_some_and(|beta| {
                !beta.internal.is_processing() && beta.external.as_str() != "PROCESSING"
            }),
        })
    }

    async fn find_build(
        &mut self,
        followed: &Followed<'_>,
        upload: &BuildUpload,
    ) -> std::result::Result<Option<Build>, Error> {
        let build = match &upload.build {
            Some(id) => Some(builds::read(followed.client, id).await?),
            None => builds::find(followed.client, followed.app, followed.wanted).await?,
        };
        if let Some(build) = &build
            && self.appeared.is_none()
        {
            self.appeared = Some(Instant::now());
            followed.events.fact(Fact::Build {
                id: build.id.clone(),
            });
        }
        Ok(build)
    }

    fn tell_details(&mut self, events: &Events, details: &[StateDetail]) {
        for detail in details {
            if self
                .told
                .insert((detail.code.clone(), detail.description.clone()))
            {
                let diagnostic = diagnostics::state_detail(detail);
                self.errors_told += usize::from(detail.severity == Severity::Error);
                events.found(diagnostic);
            }
        }
    }

    fn tell_state(&mut self, events: &Events, state: String) {
        if self.state != state {
            events.fact(Fact::ProcessingState(state.clone()));
            self.state = state;
        }
    }

    fn tell_beta(&mut self, events: &Events, beta: &BetaDetail) {
        if let Some(diagnostic) = diagnostics::beta_state(beta)
            && self.told.insert((None, diagnostic.code.to_string()))
        {
            events.found(diagnostic);
        }
    }

    /// Passing faults are ridden out; only a refusal that stays is an end.
    fn ride_out(&mut self, events: &Events, error: &Error) -> Result<()> {
        self.refusals += 1;
        if !error.is_retryable() && self.refusals >= REFUSALS_IN_A_ROW {
            return Err(super::asc_failed(events, error, "following the build"));
        }
        if self.refusals == 1 {
            events.note(format!(
                "App Store Connect did not answer as it should ({error}); asking again."
            ));
        }
        Ok(())
    }

    fn give_up(&self, followed: &Followed<'_>, next: Next, waiting: Waiting) -> Stop {
        let without_reason = self.errors_told == 0;
        let (diagnostic, outcome) = match next {
            Next::UploadFailed if without_reason => (
                Some(diagnostics::upload_failed_without_reason()),
                Outcome::Failed,
            ),
            Next::UploadFailed => (None, Outcome::Failed),
            Next::BuildInvalid if without_reason => (
                Some(diagnostics::build_invalid_without_reason()),
                Outcome::Invalid,
            ),
            Next::BuildInvalid => (None, Outcome::Invalid),
            Next::BuildFailed => (Some(diagnostics::build_failed()), Outcome::Failed),
            Next::NeverAppeared => (
                Some(diagnostics::never_appeared(waiting.appear)),
                Outcome::NeverAppeared,
            ),
            Next::AskAgainIn(_) | Next::Accepted | Next::Processed | Next::StillProcessing => (
                Some(diagnostics::still_processing(waiting.processing)),
                Outcome::StillProcessing,
            ),
        };
        if let Some(diagnostic) = diagnostic {
            followed.events.found(diagnostic);
        }
        Stop(outcome)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Pace;

    fn patience(since_upload: u64, since_appearance: u64, until: Until) -> Patience {
        Patience {
            since_upload: Duration::from_secs(since_upload),
            since_appearance: Duration::from_secs(since_appearance),
            waiting: Waiting {
                until,
                appear: Duration::from_secs(900),
                processing: Duration::from_secs(7_200),
                pace: Pace::Exact(Duration::from_secs(30)),
            },
        }
    }

    fn seen(upload: UploadState, build: Option<ProcessingState>, beta_ready: bool) -> Observation {
        Observation {
            upload,
            build,
            beta_ready,
        }
    }

    const AGAIN: Next = Next::AskAgainIn(Duration::from_secs(30));

    #[test]
    fn never_appeared_and_still_processing_are_different_endings() {
        let late = patience(900, 0, Until::Processed);
        assert_eq!(
            next(seen(UploadState::Processing, None, false), late),
            Next::NeverAppeared
        );
        let tired = patience(9_000, 7_200, Until::Processed);
        let processing = Some(ProcessingState::Processing);
        assert_eq!(
            next(seen(UploadState::Processing, processing, false), tired),
            Next::StillProcessing
        );
        let early = patience(899, 0, Until::Processed);
        assert_eq!(next(seen(UploadState::Complete, None, false), early), AGAIN);
    }

    #[test]
    fn an_unknown_state_is_waited_out() {
        let early = patience(60, 60, Until::Processed);
        let unknown = Some(ProcessingState::Unknown);
        assert_eq!(
            next(seen(UploadState::Unknown, unknown, false), early),
            AGAIN
        );
    }

    #[test]
    fn a_valid_build_is_ready_only_when_its_beta_detail_is() {
        let early = patience(60, 60, Until::Processed);
        let valid = Some(ProcessingState::Valid);
        assert_eq!(
            next(seen(UploadState::Complete, valid, false), early),
            AGAIN
        );
        assert_eq!(
            next(seen(UploadState::Complete, valid, true), early),
            Next::Processed
        );
    }

    #[test]
    fn a_failure_is_seen_at_once_whatever_else_apple_says() {
        let early = patience(1, 1, Until::Processed);
        let processing = Some(ProcessingState::Processing);
        assert_eq!(
            next(seen(UploadState::Failed, processing, false), early),
            Next::UploadFailed
        );
        let invalid = Some(ProcessingState::Invalid);
        assert_eq!(
            next(seen(UploadState::Complete, invalid, false), early),
            Next::BuildInvalid
        );
        let failed = Some(ProcessingState::Failed);
        assert_eq!(
            next(seen(UploadState::Complete, failed, false), early),
            Next::BuildFailed
        );
    }

    #[test]
    fn waiting_for_acceptance_ends_when_the_upload_is_complete_and_the_build_there() {
        let early = patience(1, 1, Until::Accepted);
        let processing = Some(ProcessingState::Processing);
        assert_eq!(
            next(seen(UploadState::Processing, processing, false), early),
            AGAIN
        );
        assert_eq!(
            next(seen(UploadState::Complete, processing, false), early),
            Next::Accepted
        );
    }
}
