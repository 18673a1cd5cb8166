//! Follows the build at Apple: the upload until it is accepted, the build until it is processed, the
//! beta detail until it can be tested. What to do next is decided by [`next`], a plain function.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::Instant;

use crate::asc::build_beta_details::{self, BetaDetail, Testing};
use crate::asc::build_uploads::{self, BuildUpload, UploadState};
use crate::asc::builds::{self, Build, ProcessingState};
use crate::asc::{Client, Error, StateDetail};
use crate::diagnostic::{Diagnostic, Severity};
use crate::event::{Event, Events, Fact, Found, Hold, Reached, Why};
use crate::ids::{AppId, BuildId, BuildName, BuildUploadId};
use crate::plan::{Until, Waiting};
use crate::stages::position::Position;
use crate::stages::{Result, Stop, diagnostics, hold};

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
    /// What was waited for is there.
    GoOn,
    /// It will not come, or not in time.
    GiveUp(End),
}

/// Why the waiting ends without a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
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
        return Next::GiveUp(End::UploadFailed);
    }
    match seen.build {
        Some(ProcessingState::Invalid) => Next::GiveUp(End::BuildInvalid),
        Some(ProcessingState::Failed) => Next::GiveUp(End::BuildFailed),
        Some(ProcessingState::Valid) if accepted_is_enough || seen.beta_ready => Next::GoOn,
        Some(_) if accepted_is_enough && seen.upload == UploadState::Complete => Next::GoOn,
        Some(_) if tired => Next::GiveUp(End::StillProcessing),
        Some(_) => again(patience.since_appearance),
        // That Apple works on the upload is seen before a build is listed, and is the better witness.
        None if patience.since_upload >= waiting.appear => Next::GiveUp(match seen.upload {
            UploadState::Processing => End::StillProcessing,
            UploadState::AwaitingUpload
            | UploadState::Complete
            | UploadState::Failed
            | UploadState::Unknown => End::NeverAppeared,
        }),
        None => again(patience.since_upload),
    }
}

/// What the stage follows.
pub struct Followed<'a> {
    /// App Store Connect.
    pub client: &'a Client,
    /// Where events go.
    pub events: &'a Events,
    /// How far the run is.
    pub position: &'a Position,
    /// What is followed.
    pub shipment: &'a Shipment,
    /// Whether the question on encryption is answered afterwards, so that it is no hold.
    pub answers_encryption: bool,
    /// Whether the build is for testers, who get nothing before that question is answered.
    pub is_for_testers: bool,
}

/// An upload by its ids: all that is needed to go on with it, on any machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipment {
    /// The app.
    pub app: AppId,
    /// The upload, or the build where that is all that is known.
    pub upload: Followable,
    /// For finding the build where the upload does not link it yet.
    pub build: BuildName,
}

/// What can be asked after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Followable {
    /// An upload.
    Upload(BuildUploadId),
    /// A build whose upload is not known.
    Build(BuildId),
}

/// The build that Apple made of an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowedBuild {
    /// Its id.
    pub id: BuildId,
    /// Why testers can't get it, where that is so and was waited for.
    pub hold: Option<Hold>,
}

/// Waits as planned, and gives the build that came of it.
pub async fn run(followed: &Followed<'_>, waiting: Waiting) -> Result<FollowedBuild> {
    let mut watch = Watch::begin();
    followed.events.send(Event::WaitsAtMost(waiting.appear));
    loop {
        match watch.look(followed).await {
            Ok(seen) => {
                if watch.seen.build.is_none() && seen.build.is_some() {
                    followed.events.send(Event::WaitsAtMost(waiting.processing));
                }
                watch.seen = seen;
                watch.refusals = 0;
            }
            Err(error) => watch.ride_out(followed.events, &error)?,
        }
        match next(watch.seen, watch.patience(waiting)) {
            Next::AskAgainIn(pause) => tokio::time::sleep(pause).await,
            Next::GoOn => match watch.finish(followed, waiting.until)? {
                Some(build) => return Ok(build),
                None => tokio::time::sleep(waiting.pace.pause(Duration::ZERO)).await,
            },
            Next::GiveUp(end) => return Err(watch.give_up(followed, end, waiting)),
        }
    }
}

/// Whether Apple will make nothing of a build.
fn is_refused(build: &Build) -> bool {
    matches!(
        build.processing_state,
        ProcessingState::Failed | ProcessingState::Invalid
    )
}

/// What was seen so far.
struct Watch {
    began: Instant,
    appeared: Option<Instant>,
    seen: Observation,
    build: Option<BuildId>,
    beta: Option<BetaDetail>,
    state: String,
    refusals: u32,
    /// The last error that Apple gave for the upload, as it was told.
    told: Option<Found>,
    /// What was told, so that it is told once.
    said: BTreeSet<(Option<String>, String)>,
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
            build: None,
            beta: None,
            state: String::new(),
            refusals: 0,
            told: None,
            said: BTreeSet::new(),
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
        let (upload, brought) = match &followed.shipment.upload {
            Followable::Upload(id) => build_uploads::read_with_build(followed.client, id).await?,
            Followable::Build(id) => (BuildUpload::of_build(id.clone()), None),
        };
        self.tell_details(followed.events, &upload.details);
        let build = match brought {
            Some(build) => Some(build),
            None => self.find_build(followed, &upload).await?,
        };
        if let Some(build) = &build {
            self.note_appearance(followed.events, build);
        }
        if self.told.is_none() && build.as_ref().is_some_and(is_refused) {
            self.ask_why(followed).await;
        }
        self.beta = match &build {
            Some(build) if build.processing_state == ProcessingState::Valid => {
                build_beta_details::of_build(followed.client, &build.id).await?
            }
            Some(_) | None => None,
        };
        let state = diagnostics::state_word(&upload, build.as_ref(), self.beta.as_ref());
        self.tell_state(followed.events, state);
        Ok(Observation {
            upload: upload.state,
            build: build.map(|build| build.processing_state),
            beta_ready: self.beta.as_ref().is_some_and(BetaDetail::is_settled),
        })
    }

    /// The reasons are on the upload, and may have come after it was looked at.
    async fn ask_why(&mut self, followed: &Followed<'_>) {
        if let Followable::Upload(id) = &followed.shipment.upload
            && let Ok(now) = build_uploads::read(followed.client, id).await
        {
            self.tell_details(followed.events, &now.details);
        }
    }

    /// The build that did not come along with its upload.
    async fn find_build(
        &self,
        followed: &Followed<'_>,
        upload: &BuildUpload,
    ) -> std::result::Result<Option<Build>, Error> {
        let shipment = followed.shipment;
        match upload.build.as_ref().or(self.build.as_ref()) {
            Some(id) => builds::read(followed.client, id).await.map(Some),
            None => builds::find(followed.client, &shipment.app, &shipment.build).await,
        }
    }

    fn note_appearance(&mut self, events: &Events, build: &Build) {
        if self.appeared.is_none() {
            self.appeared = Some(Instant::now());
            self.build = Some(build.id.clone());
            events.fact(Fact::Build {
                id: build.id.clone(),
            });
        }
    }

    fn tell_details(&mut self, events: &Events, details: &[StateDetail]) {
        for detail in details {
            let is_new = self
                .said
                .insert((detail.code.clone(), detail.description.clone()));
            if is_new {
                let told = events.found(diagnostics::state_detail(detail));
                if detail.severity == Severity::Error {
                    self.told = Some(told);
                }
            }
        }
    }

    fn tell_state(&mut self, events: &Events, state: String) {
        if self.state != state {
            events.fact(Fact::ProcessingState(state.clone()));
            self.state = state;
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

    /// The build, with what keeps it from testers; `None` where it has no id yet.
    fn finish(&self, followed: &Followed<'_>, until: Until) -> Result<Option<FollowedBuild>> {
        let Some(id) = self.build.clone() else {
            return Ok(None);
        };
        followed.position.reach(Reached::Accepted);
        let hold = match until {
            Until::Uploaded | Until::Accepted => None,
            Until::Processed => {
                followed.position.reach(Reached::Processed);
                self.hold(followed)?
            }
        };
        Ok(Some(FollowedBuild { id, hold }))
    }

    fn hold(&self, followed: &Followed<'_>) -> Result<Option<Hold>> {
        let events = followed.events;
        let Some(beta) = &self.beta else {
            return Ok(Some(Hold::Unsaid));
        };
        let testing = beta.testing();
        let lacks_answer = testing == Testing::LacksExportCompliance;
        if lacks_answer && followed.answers_encryption {
            return Ok(None);
        }
        if lacks_answer
            && followed.is_for_testers
            && let Some(mut found) = diagnostics::beta_state(testing)
        {
            found.severity = Severity::Error;
            return Err(Stop::after(events.found(found), Why::Refused));
        }
        hold::of(testing, None, events)
    }

    fn give_up(&self, followed: &Followed<'_>, end: End, waiting: Waiting) -> Stop {
        let events = followed.events;
        if self.build.is_some() && self.seen.upload == UploadState::Complete {
            followed.position.reach(Reached::Accepted);
        }
        let of_apple =
            |otherwise: fn() -> Diagnostic| self.told.unwrap_or_else(|| events.found(otherwise()));
        match end {
            End::UploadFailed => Stop::after(
                of_apple(diagnostics::upload_failed_without_reason),
                Why::Failed,
            ),
            End::BuildInvalid => Stop::after(
                of_apple(diagnostics::build_invalid_without_reason),
                Why::Invalid,
            ),
            End::BuildFailed => Stop::after(events.found(diagnostics::build_failed()), Why::Failed),
            End::NeverAppeared => Stop::after(
                events.found(diagnostics::never_appeared(waiting.appear)),
                Why::NeverAppeared,
            ),
            End::StillProcessing => Stop::after(
                events.found(diagnostics::still_processing(match self.build {
                    Some(_) => waiting.processing,
                    None => waiting.appear,
                })),
                Why::StillProcessing,
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use serde_json::{Value, json};

    use super::*;
    use crate::host::clock::Clock;
    use crate::http::proxies::Proxies;
    use crate::ids::{BuildNumber, MarketingVersion, Platform};
    use crate::plan::{Account, Pace};
    use crate::sandbox;
    use crate::secret::{Secret, Vault};
    use crate::stages::credentials;
    use crate::testing::server::{Answer, Server};

    /// What App Store Connect has at one moment.
    #[derive(Clone, Copy, Default)]
    struct Apple {
        is_listed: bool,
        is_linked: bool,
        /// Whether a build comes along with its upload.
        brings: bool,
        state: &'static str,
    }

    impl Apple {
        fn answer(self, line: &str) -> Value {
            let build = json!({"type": "builds", "id": "b1", "attributes": {"processingState": self.state}});
            if line.starts_with("GET /v1/buildUploads/u1") {
                let link = self
                    .is_linked
                    .then(|| json!({"type": "builds", "id": "b1"}));
                let brought = (self.is_linked && self.brings).then(|| build.clone());
                let upload = json!({"id": "u1", "attributes": {"state": {"state": "PROCESSING"}},
                    "relationships": {"build": {"data": link}}});
                return json!({"data": upload, "included": Vec::from_iter(brought)});
            }
            match line {
                "GET /v1/builds/b1" => json!({ "data": build }),
                "GET /v1/builds/b1/buildBetaDetail" => {
                    let states = json!({"internalBuildState": "READY_FOR_BETA_TESTING"});
                    json!({"data": {"id": "d1", "attributes": states}})
                }
                _ => json!({"data": Vec::from_iter(self.is_listed.then_some(build))}),
            }
        }
    }

    /// What each look asks for, while App Store Connect has one after the other.
    async fn looks(upload: Followable, moments: &[Apple]) -> Vec<Vec<String>> {
        let apple = std::sync::Arc::new(Mutex::new(Apple::default()));
        let now = apple.clone();
        let server = Server::start(move |request| {
            let answer = now.lock().unwrap().answer(&request.line());
            Answer::new(200, answer.to_string())
        });
        let key = sandbox::demo_key();
        let account = Account {
            url: server.url().parse().unwrap(),
            key: Secret::new(key.private_key_pem),
            key_id: key.key_id.to_owned(),
            issuer_id: key.issuer_id.to_owned(),
            idle_timeout: Duration::from_secs(10),
            extra_roots: Vec::new(),
            proxies: Proxies::none(),
        };
        let events = Events::stream().0;
        let client = credentials::run(&account, &Clock::system(), &Vault::default(), &events);
        let followed = Followed {
            client: &client.unwrap(),
            events: &events,
            position: &Position::at_the_start(events.clone()),
            shipment: &Shipment {
                app: AppId::new("12"),
                upload,
                build: BuildName {
                    marketing_version: MarketingVersion::new("1.2.0"),
                    build_number: BuildNumber::new("42"),
                    platform: Platform::Ios,
                },
            },
            answers_encryption: false,
            is_for_testers: false,
        };
        let mut watch = Watch::begin();
        let mut asked = Vec::new();
        for moment in moments {
            *apple.lock().unwrap() = *moment;
            let seen = watch.look(&followed).await.unwrap();
            let state = seen.build.map(ProcessingState::api_name);
            let there = moment.is_linked || moment.is_listed;
            assert_eq!(state, there.then_some(moment.state));
            assert_eq!(seen.beta_ready, moment.state == "VALID");
            let lines = server.take_requests().into_iter();
            asked.push(lines.map(|request| request.line()).collect());
        }
        asked
    }

    #[tokio::test]
    async fn a_look_asks_for_no_more_than_it_has_to() {
        const UPLOAD: &str = "GET /v1/buildUploads/u1?include=build";
        const LIST: &str = "GET /v1/builds?filter[app]=12&filter[version]=42&filter[preReleaseVersion.version]=1.2.0,1.2&filter[preReleaseVersion.platform]=IOS&sort=-uploadedDate&limit=10";
        const BUILD: &str = "GET /v1/builds/b1";
        const BETA: &str = "GET /v1/builds/b1/buildBetaDetail";
        let nothing = Apple {
            brings: true,
            ..Apple::default()
        };
        let listed = Apple {
            is_listed: true,
            state: "PROCESSING",
            ..nothing
        };
        let linked = Apple {
            is_linked: true,
            ..listed
        };
        let valid = Apple {
            state: "VALID",
            ..linked
        };
        let upload = || Followable::Upload(BuildUploadId::new("u1"));
        assert_eq!(
            looks(upload(), &[nothing, listed, listed, linked, valid]).await,
            [
                // The build may show in the list before its upload links it.
                vec![UPLOAD, LIST],
                vec![UPLOAD, LIST],
                vec![UPLOAD, BUILD],
                vec![UPLOAD],
                vec![UPLOAD, BETA],
            ]
        );
        let alone = [linked, valid].map(|moment| Apple {
            brings: false,
            ..moment
        });
        assert_eq!(
            looks(upload(), &alone).await,
            [vec![UPLOAD, BUILD], vec![UPLOAD, BUILD, BETA]]
        );
        assert_eq!(
            looks(Followable::Build(BuildId::new("b1")), &[linked, valid]).await,
            [vec![BUILD], vec![BUILD, BETA]]
        );
    }

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
            next(seen(UploadState::Complete, None, false), late),
            Next::GiveUp(End::NeverAppeared)
        );
        assert_eq!(
            next(seen(UploadState::Processing, None, false), late),
            Next::GiveUp(End::StillProcessing)
        );
        let tired = patience(9_000, 7_200, Until::Processed);
        let processing = Some(ProcessingState::Processing);
        assert_eq!(
            next(seen(UploadState::Processing, processing, false), tired),
            Next::GiveUp(End::StillProcessing)
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
            Next::GoOn
        );
    }

    #[test]
    fn a_failure_is_seen_at_once_whatever_else_apple_says() {
        let early = patience(1, 1, Until::Processed);
        let processing = Some(ProcessingState::Processing);
        assert_eq!(
            next(seen(UploadState::Failed, processing, false), early),
            Next::GiveUp(End::UploadFailed)
        );
        let invalid = Some(ProcessingState::Invalid);
        assert_eq!(
            next(seen(UploadState::Complete, invalid, false), early),
            Next::GiveUp(End::BuildInvalid)
        );
        let failed = Some(ProcessingState::Failed);
        assert_eq!(
            next(seen(UploadState::Complete, failed, false), early),
            Next::GiveUp(End::BuildFailed)
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
            Next::GoOn
        );
    }
}
