//! Ships a package: the stages in order, and what becomes of the run.

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use crate::asc::Client;
use crate::event::{Event, Events, Outcome, Stage, StageEnd, StageEvent};
use crate::host::clock::Clock;
use crate::plan::{ShipPlan, Until};
use crate::secret::Vault;
use crate::stages::existing::Start;
use crate::stages::journal::Journal;
use crate::stages::processing::Followed;
use crate::stages::{
    Result, Stop, app, credentials, diagnostics, existing, package, processing, upload,
};
use crate::upload::{Engine, Settings};

use crate::run::cancel::Cancel;
use crate::run::undo::undo;

/// A task that is asked to stop does so at its next pause.
const STOPS_WITHIN: Duration = Duration::from_millis(300);

/// What a run is given from outside.
#[derive(Clone)]
pub struct Surroundings {
    /// Where events go.
    pub events: Events,
    /// Who asks to stop.
    pub cancel: Cancel,
    /// The time of day.
    pub clock: Clock,
    /// Where secrets are kept for redaction.
    pub vault: Vault,
    /// The whole run's time, where there is a limit.
    pub deadline: Option<Duration>,
}

/// Ships the package of the plan, undoes what an early end leaves, and says what became of it.
pub async fn run(plan: ShipPlan, surroundings: &Surroundings) -> Outcome {
    let events = &surroundings.events;
    let opened = stage(events, Stage::Package, async {
        package::run(&plan.package, events)
    })
    .await;
    let open = match opened {
        Ok(open) => open,
        Err(Stop(outcome)) => return outcome,
    };
    let signed = stage(events, Stage::Credentials, async {
        credentials::run(
            &plan.account,
            &surroundings.clock,
            &surroundings.vault,
            events,
        )
    })
    .await;
    let client = match signed {
        Ok(client) => client,
        Err(Stop(outcome)) => return outcome,
    };
    let journal = Journal::default();
    let work = Work {
        plan,
        open,
        client: client.clone(),
        journal: journal.clone(),
        events: events.clone(),
        stop_sending: surroundings.cancel.token().child_token(),
    };
    let outcome = guarded(work, surroundings).await;
    undo(&client, &journal, events).await;
    outcome
}

/// Runs the stages that talk to Apple in a task of their own, so that a panic in one of them is an
/// outcome like any other and the undoing still happens.
async fn guarded(work: Work, surroundings: &Surroundings) -> Outcome {
    let events = surroundings.events.clone();
    let until = work.plan.waiting.until;
    let journal = work.journal.clone();
    let deadline = surroundings.deadline.unwrap_or(Duration::MAX);
    let mut task = tokio::spawn(async move { work.run().await });
    tokio::select! {
        biased;
        outcome = surroundings.cancel.asked() => {
            stop(task).await;
            outcome
        }
        ended = timeout(deadline, &mut task) => match ended {
            Ok(Ok(Ok(outcome) | Err(Stop(outcome)))) => outcome,
            // It panicked; whoever listens for that tells it.
            Ok(Err(_)) => Outcome::Unfinished,
            Err(_) => {
                stop(task).await;
                events.found(diagnostics::deadline_passed(deadline));
                let sent = journal.is_committed();
                if sent && until != Until::Uploaded { Outcome::StillProcessing } else { Outcome::DeadlinePassed }
            }
        },
    }
}

/// Stops the task. One that panicked does not stop, and is not waited for.
async fn stop<T>(task: JoinHandle<T>) {
    task.abort();
    let _ = timeout(STOPS_WITHIN, task).await;
}

/// The stages that talk to Apple, with all they need.
struct Work {
    plan: ShipPlan,
    open: package::OpenPackage,
    client: Client,
    journal: Journal,
    events: Events,
    stop_sending: CancellationToken,
}

impl Work {
    async fn run(self) -> Result<Outcome> {
        let events = &self.events;
        let (app, start) = stage(events, Stage::App, async {
            let app = app::run(&self.client, &self.open.package.bundle_identifier, events).await?;
            let start = existing::run(&self.client, &app, &self.open, events).await?;
            Ok((app, start))
        })
        .await?;
        let adopted = matches!(start, Start::Adopt(_));
        let began = begin(events, Stage::Upload);
        let sent = self.send(&app, start).await;
        let end = if adopted && sent.is_ok() {
            StageEnd::Skipped
        } else {
            end_of(&sent)
        };
        finish(events, Stage::Upload, began, end);
        let upload = sent?;
        if self.plan.waiting.until == Until::Uploaded {
            return Ok(Outcome::Uploaded);
        }
        stage(events, Stage::Processing, async {
            let followed = Followed {
                client: &self.client,
                events,
                app: &app.id,
                upload: &upload.id,
                wanted: &existing::wanted(&self.open),
            };
            processing::run(&followed, self.plan.waiting).await
        })
        .await
    }

    async fn send(
        &self,
        app: &crate::asc::apps::App,
        start: Start,
    ) -> Result<crate::asc::build_uploads::BuildUpload> {
        let account = &self.plan.account;
        let engine = Engine::new(Settings {
            concurrency: self.plan.transfer.concurrency,
            idle_timeout: account.idle_timeout,
            extra_roots: account.extra_roots.clone(),
            user_agent: credentials::USER_AGENT.to_owned(),
            ..Settings::default()
        })
        .map_err(|error| {
            self.events.found(diagnostics::transfer_failed(&error));
            Stop(Outcome::Unfinished)
        })?;
        let tools = upload::Tools {
            client: &self.client,
            engine: &engine,
            journal: &self.journal,
            events: &self.events,
            cancel: &self.stop_sending,
        };
        upload::run(&tools, app, &self.open, start).await
    }
}

/// Runs one stage between its two events.
pub(crate) async fn stage<T>(
    events: &Events,
    stage: Stage,
    work: impl Future<Output = Result<T>>,
) -> Result<T> {
    let began = begin(events, stage);
    let result = work.await;
    finish(events, stage, began, end_of(&result));
    result
}

fn begin(events: &Events, stage: Stage) -> Instant {
    events.send(Event::Stage(StageEvent::Started(stage)));
    Instant::now()
}

fn finish(events: &Events, stage: Stage, began: Instant, end: StageEnd) {
    events.send(Event::Stage(StageEvent::Ended {
        stage,
        took: began.elapsed(),
        end,
    }));
}

fn end_of<T>(result: &Result<T>) -> StageEnd {
    match result {
        Ok(_) => StageEnd::Done,
        Err(Stop(outcome)) => match outcome {
            Outcome::NeverAppeared | Outcome::StillProcessing => StageEnd::Stopped,
            _ => StageEnd::Failed,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asc::Proxies;
    use crate::ipa::PackageKind;
    use crate::plan::{Account, Pace, PackageFile, Transfer, Waiting};
    use crate::sandbox::{self, Options, Sandbox, Scenario};
    use crate::secret::Secret;

    fn plan(sandbox: &Sandbox, path: std::path::PathBuf) -> ShipPlan {
        let key = sandbox::demo_key();
        ShipPlan {
            package: PackageFile {
                path,
                kind: PackageKind::Ipa,
            },
            account: Account {
                url: sandbox.url().parse().unwrap(),
                key: Secret::new(key.private_key_pem),
                key_id: key.key_id.to_owned(),
                issuer_id: key.issuer_id.to_owned(),
                idle_timeout: Duration::from_secs(10),
                extra_roots: Vec::new(),
                proxies: Proxies::None,
            },
            transfer: Transfer { concurrency: 1 },
            waiting: Waiting {
                until: Until::Processed,
                appear: Duration::from_secs(10),
                processing: Duration::from_secs(10),
                pace: Pace::Exact(Duration::from_millis(5)),
            },
        }
    }

    #[tokio::test]
    async fn a_panic_in_a_stage_gives_the_reservation_back() {
        let scenario = Scenario::named("succeeds").unwrap();
        let sandbox = sandbox::start(Options::loopback(scenario)).await.unwrap();
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("panics.ipa");
        std::fs::write(&path, sandbox::demo_ipa()).unwrap();
        let (events, _told) = Events::stream();
        let surroundings = Surroundings {
            events,
            cancel: Cancel::default(),
            clock: Clock::system(),
            vault: Vault::default(),
            deadline: None,
        };
        let outcome = run(plan(&sandbox, path), &surroundings).await;
        assert_eq!(outcome, Outcome::Unfinished);
        let done = &sandbox.log()["summary"]["operations"];
        assert_eq!(
            (&done["reserve"], &done["delete-upload"]),
            (&1.into(), &1.into())
        );
    }
}
