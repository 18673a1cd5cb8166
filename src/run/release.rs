//! What comes after a submission: how far it is, waiting for its end, the release and taking it back. The build
//! or version is named by hand, for these commands run long after the upload and on other machines.

use std::sync::{Mutex, PoisonError};

use crate::asc::app_store_versions::{self as versions, Version};
use crate::asc::build_beta_details::{self, BetaDetail};
use crate::asc::build_uploads::{self, UploadState};
use crate::asc::builds::{self, Build, ProcessingState};
use crate::asc::{Client, Error, beta_app_reviews, review_submissions as submissions};
use crate::event::{Completed, Ending, Fact, Package, Reached, Stage, Why};
use crate::ids::{AppId, BuildId, BuildName, BuildNumber};
use crate::plan::{FollowUp, Goal, Phase, Target, Waiting};
use crate::run::client;
use crate::run::entry::recall;
use crate::run::sequence::{Leg, Surroundings, sequence};
use crate::stages::patience::Patience;
use crate::stages::{Result, Stop, app, asc_failed, release as diagnostics};

/// Does what was asked for.
pub async fn run(plan: FollowUp, around: &Surroundings) -> Ending {
    sequence(around, |leg| follow_up(leg, plan)).await
}

async fn follow_up(leg: Leg, plan: FollowUp) -> Result<Completed> {
    if let Some(upload) = &plan.target.upload {
        recall(&leg, upload);
    }
    let client = client::of_key(&leg, &plan.account).await?;
    let found = leg
        .stage(
            Stage::App,
            app::run(&client, &plan.target.bundle_identifier, &leg.events),
        )
        .await?;
    let work = Work {
        leg: &leg,
        client: &client,
        app: found.id,
        target: &plan.target,
        waiting: plan.waiting,
    };
    let done = async {
        match &plan.goal {
            Goal::Status => work.status().await,
            Goal::InTesting => work.wait_for_testing().await,
            Goal::Approved => work.wait_for_store(false).await,
            Goal::Live => work.wait_for_store(true).await,
            Goal::Release(None) => work.release().await,
            Goal::Release(Some(phase)) => work.set_phase(*phase).await,
            Goal::Cancel => work.cancel().await,
            Goal::NextBuildNumber(told) => {
                let next = work.next_build_number().await?;
                (told.0)(next.as_str());
                leg.events.fact(Fact::NextBuildNumber(next));
                Ok(())
            }
        }
    };
    leg.stage(Stage::Review, done).await?;
    Ok(Completed::Done)
}

struct Work<'a> {
    leg: &'a Leg,
    client: &'a Client,
    app: AppId,
    target: &'a Target,
    waiting: Waiting,
}

impl Work<'_> {
    fn failed(&self, error: &Error) -> Stop {
        asc_failed(&self.leg.events, error, "asking about the app")
    }

    /// How far Apple is, in its own word.
    fn tell_state(&self, state: &str) {
        self.leg
            .events
            .fact(Fact::ProcessingState(state.to_owned()));
    }

    fn note(&self, text: impl Into<String>) {
        self.leg.events.note(text);
    }

    /// The build that is meant: the one that was named, else the newest of the version or platform.
    async fn build(&self) -> Result<Build> {
        let (version, number) = (&self.target.marketing_version, &self.target.build_number);
        let found = match (version, number) {
            (Some(version), Some(number)) => {
                let name = BuildName {
                    marketing_version: version.clone(),
                    build_number: number.clone(),
                    platform: self.target.platform,
                };
                builds::find(self.client, &self.app, &name).await
            }
            _ => {
                builds::newest(
                    self.client,
                    &self.app,
                    version.as_ref(),
                    self.target.platform,
                )
                .await
            }
        };
        match found.map_err(|error| self.failed(&error))? {
            Some(build) => {
                self.name(&build.id).await;
                Ok(build)
            }
            None => {
                let told = self.leg.events.found(diagnostics::build_not_found());
                Err(Stop::after(told, Why::Refused))
            }
        }
    }

    /// Tells which build it is about, so that comment and status are those of the run that uploaded it. A build that
    /// can't be named is asked about all the same.
    async fn name(&self, build: &BuildId) {
        if self.target.upload.is_some() {
            return;
        }
        if let Ok(Some(origin)) = builds::origin(self.client, build).await {
            let (bundle, name) = (origin.bundle_identifier, origin.name);
            self.leg
                .events
                .fact(Fact::Package(Package::by_name(bundle, name)));
        }
    }

    /// The version that is meant: the one that was named, else the one that is on its way, else the newest.
    async fn version(&self) -> Result<Version> {
        let all = versions::of_app(self.client, &self.app, self.target.platform).await;
        let all = all.map_err(|error| self.failed(&error))?;
        let found = versions::meant(all, self.target.marketing_version.as_ref());
        let found = found.ok_or_else(|| {
            let told = self.leg.events.found(diagnostics::version_not_found());
            Stop::after(told, Why::Refused)
        })?;
        if let Some(build) = &found.build {
            self.name(build).await;
        }
        Ok(found)
    }

    async fn beta(&self, build: &Build) -> Result<Option<BetaDetail>> {
        build_beta_details::of_build(self.client, &build.id)
            .await
            .map_err(|error| self.failed(&error))
    }

    /// Everything in one picture.
    async fn status(&self) -> Result<()> {
        if let Some(upload) = &self.target.upload {
            let now = build_uploads::read(self.client, &upload.id).await;
            let now = now.map_err(|error| self.failed(&error))?;
            self.note(format!("Upload {}: {}.", upload.id, now.state.api_name()));
            // Of what Apple still looks at there is no build yet.
            if now.build.is_none() && now.state != UploadState::Complete {
                self.tell_state(now.state.api_name());
                return Ok(());
            }
        }
        let build = self.build().await?;
        self.tell_state(build.processing_state.api_name());
        let number = build.build_number.as_ref().map_or("?", BuildNumber::as_str);
        self.note(format!(
            "Build {number}: {}.",
            build.processing_state.api_name()
        ));
        if let Some(beta) = self.beta(&build).await? {
            self.note(format!("Testers of the team: {}.", beta.internal));
            self.note(format!("Outside testers: {}.", beta.external));
            self.tell_state(beta.external.as_str());
        }
        let review = beta_app_reviews::state(self.client, &build.id).await;
        if let Some(state) = review.map_err(|error| self.failed(&error))? {
            self.note(format!("Beta review: {state}."));
        }
        let all = versions::of_app(self.client, &self.app, self.target.platform).await;
        let all = all.map_err(|error| self.failed(&error))?;
        for version in versions::of_today(&all, &build.id) {
            if version.build.as_ref() == Some(&build.id) {
                self.tell_state(&version.state);
            }
            self.note(format!(
                "Version {} in the App Store: {}.",
                version.name, version.state
            ));
            if let Some(phased) = &version.phased {
                self.note(format!(
                    "Phased release of {}: {}.",
                    version.name, phased.state
                ));
            }
        }
        let open = submissions::open(self.client, &self.app, self.target.platform).await;
        for submission in open.map_err(|error| self.failed(&error))? {
            self.note(format!("Review submission: {}.", submission.state));
        }
        Ok(())
    }

    async fn wait_for_testing(&self) -> Result<()> {
        let build = self.build().await?;
        self.leg.events.fact(Fact::Build {
            id: build.id.clone(),
        });
        self.leg.position.reach(match build.processing_state {
            ProcessingState::Valid => Reached::Processed,
            _ => Reached::Accepted,
        });
        let last = Mutex::new(String::new());
        let look = || async {
            let beta = build_beta_details::of_build(self.client, &build.id).await?;
            let state = beta
                .map(|beta| beta.external.as_str().to_owned())
                .unwrap_or_default();
            self.tell_state(&state);
            let verdict = verdict_of_testing(&state);
            *last.lock().unwrap_or_else(PoisonError::into_inner) = state;
            Ok(verdict)
        };
        match self.until(look).await? {
            Some(true) => {
                self.leg.position.reach(Reached::Distributed);
                Ok(())
            }
            Some(false) => {
                let told = self
                    .leg
                    .events
                    .found(crate::stages::distribution::diagnostics::rejected());
                Err(Stop::after(told, Why::Refused))
            }
            None => Err(self.late(last)),
        }
    }

    async fn wait_for_store(&self, live: bool) -> Result<()> {
        let version = self.version().await?;
        // A version takes no build that is not processed.
        if version.build.is_some() {
            self.leg.position.reach(Reached::Processed);
        }
        let last = Mutex::new(version.state);
        let look = || async {
            let now = versions::state(self.client, &version.id)
                .await?
                .unwrap_or_default();
            self.tell_state(&now);
            if was_submitted(&now) {
                self.leg.position.reach(Reached::Submitted);
            }
            let verdict = verdict_of_store(&now, live);
            *last.lock().unwrap_or_else(PoisonError::into_inner) = now;
            Ok(verdict)
        };
        match self.until(look).await? {
            Some(true) => Ok(()),
            Some(false) => {
                let state = last.into_inner().unwrap_or_default();
                let found = diagnostics::version_rejected(&version.name, &state);
                Err(Stop::after(self.leg.events.found(found), Why::Refused))
            }
            None => Err(self.late(last)),
        }
    }

    async fn until<T, F>(&self, look: impl Fn() -> F) -> Result<Option<T>>
    where
        F: Future<Output = std::result::Result<Option<T>, Error>>,
    {
        let found = Patience::long(self.waiting).until(look).await;
        found.map_err(|error| self.failed(&error))
    }

    /// Our patience ended while Apple was in this state.
    fn late(&self, last: Mutex<String>) -> Stop {
        let state = last.into_inner().unwrap_or_default();
        let found = diagnostics::still_waiting(&state, self.waiting.processing);
        Stop::after(self.leg.events.found(found), Why::StillProcessing)
    }

    /// Releases an approved version.
    async fn release(&self) -> Result<()> {
        let version = self.version().await?;
        if version.is_released() {
            self.note(format!(
                "Version {} is in the App Store already.",
                version.name
            ));
            return Ok(());
        }
        if version.is_pending() && version.state != "PENDING_DEVELOPER_RELEASE" {
            self.note(format!(
                "Version {} is on its way into the App Store already ({}).",
                version.name, version.state
            ));
            return Ok(());
        }
        if version.state != "PENDING_DEVELOPER_RELEASE" {
            let found = diagnostics::not_waiting(&version.name, &version.state);
            return Err(Stop::after(self.leg.events.found(found), Why::Refused));
        }
        versions::release(self.client, &version.id)
            .await
            .map_err(|error| self.failed(&error))?;
        self.note(format!(
            "Version {} is on its way into the App Store.",
            version.name
        ));
        Ok(())
    }

    async fn set_phase(&self, phase: Phase) -> Result<()> {
        let version = self.version().await?;
        let Some(phased) = &version.phased else {
            let found = diagnostics::not_phased(&version.name);
            return Err(Stop::after(self.leg.events.found(found), Why::Refused));
        };
        let state = phase.api_name();
        if phased.state == state {
            self.note(format!("The phased release is {state} already."));
            return Ok(());
        }
        match versions::set_phased(self.client, &phased.id, state).await {
            Err(error) if error.says("already has this value") => {}
            result => result.map_err(|error| self.failed(&error))?,
        }
        self.note(format!(
            "The phased release of {} is {state} now.",
            version.name
        ));
        Ok(())
    }

    async fn cancel(&self) -> Result<()> {
        let version = self.version().await?;
        let open = submissions::open(self.client, &self.app, self.target.platform).await;
        let open = open.map_err(|error| self.failed(&error))?;
        let Some(own) = open
            .iter()
            .find(|one| one.version.as_ref() == Some(&version.id))
        else {
            self.note(format!("Version {} is in no submission.", version.name));
            return Ok(());
        };
        if own.state == "READY_FOR_REVIEW" {
            self.note(format!(
                "Version {} is in a submission that nobody has submitted; there is nothing to take back.",
                version.name
            ));
            return Ok(());
        }
        submissions::take_back(self.client, own)
            .await
            .map_err(|error| self.failed(&error))?;
        self.note(format!(
            "The submission of {} is being taken back.",
            version.name
        ));
        Ok(())
    }

    /// The next free number: of the version, or of all versions.
    async fn next_build_number(&self) -> Result<BuildNumber> {
        let platform = self.target.platform;
        let every = builds::every_number(self.client, &self.app, platform).await;
        let every = every.map_err(|error| self.failed(&error))?;
        let highest = every.highest();
        let version = self.target.marketing_version.as_ref();
        let own = build_uploads::claimed_numbers(self.client, &self.app, version, platform).await;
        let claimed = own.map_err(|error| self.failed(&error))?;
        let own = claimed.highest();
        let own = match version {
            None => own.into_iter().chain(highest).max_by(|a, b| a.compare(b)),
            Some(_) => own,
        };
        if !claimed.is_all || (version.is_none() && !every.is_all) {
            self.note("App Store Connect lists more builds or uploads than were read: one that was not read may have this number or a higher one.".to_owned());
        }
        let next = own.map_or_else(|| Some(BuildNumber::new("1")), BuildNumber::next);
        let next = next.unwrap_or_else(|| BuildNumber::new("1"));
        if let Some(highest) = highest.filter(|highest| highest.compare(&next).is_ge()) {
            self.leg
                .events
                .found(diagnostics::lower_than_testers_have(&next, highest));
        }
        Ok(next)
    }
}

/// Whether outside testers can get a build in this state, or never will; `None` while that is open.
fn verdict_of_testing(state: &str) -> Option<bool> {
    match state {
        "IN_BETA_TESTING" | "READY_FOR_BETA_TESTING" | "BETA_APPROVED" => Some(true),
        "BETA_REJECTED" | "EXPIRED" | "PROCESSING_EXCEPTION" | "NOT_APPLICABLE" => Some(false),
        _ => None,
    }
}

/// Whether a version in this state was handed to the reviewers, whatever they said. Words of
/// <https://developer.apple.com/documentation/appstoreconnectapi/appversionstate>.
fn was_submitted(state: &str) -> bool {
    !matches!(
        state,
        "" | "PREPARE_FOR_SUBMISSION" | "READY_FOR_REVIEW" | "DEVELOPER_REJECTED"
    )
}

/// Whether a version in this state is approved, or live, or will not be; `None` while that is open.
fn verdict_of_store(state: &str, live: bool) -> Option<bool> {
    match state {
        "READY_FOR_DISTRIBUTION" => Some(true),
        "PENDING_DEVELOPER_RELEASE" | "PENDING_APPLE_RELEASE" | "PROCESSING_FOR_DISTRIBUTION" => {
            (!live).then_some(true)
        }
        "REJECTED"
        | "METADATA_REJECTED"
        | "INVALID_BINARY"
        | "DEVELOPER_REJECTED"
        | "REPLACED_WITH_NEW_VERSION" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rejection_ends_the_waiting_and_an_unknown_state_does_not() {
        assert_eq!(verdict_of_store("REJECTED", true), Some(false));
        assert_eq!(
            verdict_of_store("PENDING_DEVELOPER_RELEASE", false),
            Some(true)
        );
        assert_eq!(verdict_of_store("PENDING_DEVELOPER_RELEASE", true), None);
        assert_eq!(verdict_of_store("DREAMING", false), None);
        assert_eq!(verdict_of_testing("BETA_REJECTED"), Some(false));
        assert_eq!(verdict_of_testing("WAITING_FOR_BETA_REVIEW"), None);
        assert_eq!(verdict_of_testing("IN_BETA_TESTING"), Some(true));
    }
}
