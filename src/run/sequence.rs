//! The stages of a run in order: their two events, the cancelling, the deadline, a panic, the undoing and
//! how it all ended. Written once; a command says only which stages it has.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use crate::apple::Toolbox;
use crate::asc::Client;
use crate::event::{Completed, Ending, Event, Events, Stage, StageEnd, StageEvent, Why};
use crate::host::clock::Clock;
use crate::journal::{Journal, OpenUpload};
use crate::run::cancel::Cancel;
use crate::run::{killed_runs, undo};
use crate::secret::Vault;
use crate::stages::position::Position;
use crate::stages::{Result, diagnostics};

/// A task that is asked to stop does so at its next pause.
const STOPS_WITHIN: Duration = Duration::from_millis(300);
/// What Apple says to a commit is waited for so long, and looked for so often.
const COMMIT_WITHIN: Duration = Duration::from_secs(2);
const LOOK_EVERY: Duration = Duration::from_millis(10);

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
    /// Where journals are kept; `None` keeps them in memory.
    pub journals: Option<PathBuf>,
    /// Whether App Store Connect is a sandbox inside this process, and ends with it.
    pub is_rehearsal: bool,
    /// Apple's tools, for what is to be undone on this machine.
    pub tools: Toolbox,
}

/// What the stages of a run share. Clones share it too.
#[derive(Clone)]
pub struct Leg {
    /// Where events go.
    pub events: Events,
    /// What must be undone.
    pub journal: Journal,
    /// How far the run is.
    pub position: Position,
    /// Ends what takes long.
    pub cancel: CancellationToken,
    /// The time of day.
    pub clock: Clock,
    /// Where secrets are kept for redaction.
    pub vault: Vault,
    /// Where journals are kept.
    pub journals: Option<PathBuf>,
    /// Apple's tools.
    pub tools: Toolbox,
    /// Whether App Store Connect is a sandbox inside this process.
    pub is_rehearsal: bool,
    client: Arc<OnceLock<Client>>,
    running: Arc<Mutex<Option<(Stage, Instant)>>>,
}

/// Runs the stages that the list says, in a task of their own, so that a panic in one of them ends the
/// run like anything else; then undoes what is open, and says how it ended.
pub async fn sequence<L, F>(around: &Surroundings, stages: L) -> Ending
where
    L: FnOnce(Leg) -> F,
    F: Future<Output = Result<Completed>> + Send + 'static,
{
    let leg = Leg::new(around);
    let mut task = tokio::spawn(stages(leg.clone()));
    let deadline = around.deadline.unwrap_or(Duration::MAX);
    let why = tokio::select! {
        biased;
        why = around.cancel.asked() => {
            leg.stop(&mut task).await;
            leg.leave(StageEnd::Stopped);
            why
        }
        ended = timeout(deadline, &mut task) => match ended {
            Ok(Ok(Ok(completed))) => completed.into(),
            Ok(Ok(Err(stop))) => stop.why(),
            // It panicked; whoever listens for that tells it.
            Ok(Err(_)) => {
                leg.leave(StageEnd::Failed);
                Why::Unfinished
            }
            Err(_) => {
                leg.stop(&mut task).await;
                leg.leave(StageEnd::Stopped);
                leg.events.found(diagnostics::deadline_passed(deadline));
                Why::DeadlinePassed
            }
        },
    };
    let client = leg.client.get();
    undo::undo(
        &leg.journal,
        client,
        &leg.tools,
        (&leg.position, &leg.events),
        matches!(why, Why::Interrupted(_)),
    )
    .await;
    if let (Why::Done | Why::Held(_), Some(directory)) = (why, &around.journals) {
        // A sandbox knows nothing of what killed runs left at Apple.
        let stayed = if around.is_rehearsal {
            killed_runs::on_this_machine(directory, &leg.tools).await
        } else {
            killed_runs::undo(directory, client, &leg.tools, &leg.events).await
        };
        for why in stayed {
            leg.events.note(why);
        }
    }
    Ending {
        reached: leg.position.now(),
        why,
    }
}

impl Leg {
    fn new(around: &Surroundings) -> Self {
        Self {
            events: around.events.clone(),
            journal: Journal::new(around.journals.as_deref()).of_rehearsal(around.is_rehearsal),
            position: Position::at_the_start(around.events.clone()),
            cancel: around.cancel.token().child_token(),
            clock: around.clock.clone(),
            vault: around.vault.clone(),
            journals: around.journals.clone(),
            tools: around.tools.clone(),
            is_rehearsal: around.is_rehearsal,
            client: Arc::default(),
            running: Arc::default(),
        }
    }

    /// Runs one stage between its two events.
    pub async fn stage<T>(&self, stage: Stage, work: impl Future<Output = Result<T>>) -> Result<T> {
        self.stage_or_skip(stage, work, |_| false).await
    }

    /// The same, where a stage may find that an earlier run did its work.
    pub async fn stage_or_skip<T>(
        &self,
        stage: Stage,
        work: impl Future<Output = Result<T>>,
        was_skipped: impl FnOnce(&T) -> bool,
    ) -> Result<T> {
        self.enter(stage);
        let result = work.await;
        self.leave(match &result {
            Ok(value) if was_skipped(value) => StageEnd::Skipped,
            Ok(_) => StageEnd::Done,
            Err(stop) => end_of(stop.why()),
        });
        result
    }

    /// Stops the task; one that panicked does not stop, and is not waited for. A commit under way decides
    /// whose the bytes are, so Apple's answer to it is heard first, within what time there is.
    async fn stop<T>(&self, task: &mut JoinHandle<T>) {
        let answered = async {
            while self.is_committing() && !task.is_finished() {
                tokio::time::sleep(LOOK_EVERY).await;
            }
        };
        let _ = timeout(COMMIT_WITHIN, answered).await;
        task.abort();
        let _ = timeout(STOPS_WITHIN, task).await;
    }

    fn is_committing(&self) -> bool {
        let uploads = self.journal.open_uploads();
        uploads
            .iter()
            .any(|(_, upload)| matches!(upload, OpenUpload::Committing { .. }))
    }

    /// Undoing may ask App Store Connect by this client.
    pub fn may_ask(&self, client: &Client) {
        let _ = self.client.set(client.clone());
    }

    fn enter(&self, stage: Stage) {
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((stage, Instant::now()));
        self.events.send(Event::Stage(StageEvent::Started(stage)));
    }

    /// Ends the stage that runs, where one does.
    fn leave(&self, end: StageEnd) {
        let running = self
            .running
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some((stage, began)) = running {
            self.events.send(Event::Stage(StageEvent::Ended {
                stage,
                took: began.elapsed(),
                end,
            }));
        }
    }
}

fn end_of(why: Why) -> StageEnd {
    match why {
        Why::NeverAppeared | Why::StillProcessing | Why::DeadlinePassed | Why::Interrupted(_) => {
            StageEnd::Stopped
        }
        Why::Skipped => StageEnd::Skipped,
        Why::Done
        | Why::LogRead { .. }
        | Why::Usage
        | Why::Refused
        | Why::Failed
        | Why::Invalid
        | Why::Held(_)
        | Why::Unfinished => StageEnd::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic};
    use crate::event::{Interruption, Reached};
    use crate::ids::{BuildUploadFileId, BuildUploadId};
    use crate::stages::Stop;

    fn around(deadline: Option<Duration>) -> (Surroundings, impl FnMut() -> Vec<String>) {
        let (events, mut stream) = Events::stream();
        let around = Surroundings {
            events,
            cancel: Cancel::default(),
            clock: Clock::system(),
            vault: Vault::default(),
            deadline,
            journals: None,
            is_rehearsal: false,
            tools: Toolbox::of_nobody(),
        };
        let told = move || {
            let mut told = Vec::new();
            while let Ok(event) = stream.try_recv() {
                match event {
                    Event::Stage(StageEvent::Started(stage)) => told.push(format!("{stage}")),
                    Event::Stage(StageEvent::Ended { stage, end, .. }) => {
                        told.push(format!("{stage} {}", end.name()));
                    }
                    Event::Found(found) => told.push(found.diagnostic.code.to_string()),
                    _ => {}
                }
            }
            told
        };
        (around, told)
    }

    async fn never(leg: Leg) -> Result<Completed> {
        leg.stage(Stage::Package, async { Ok(()) }).await?;
        leg.position.reach(Reached::Sent);
        leg.stage(Stage::Upload, std::future::pending()).await
    }

    #[tokio::test]
    async fn a_list_of_stages_ends_with_what_it_says_and_as_far_as_it_got() {
        let (around, mut told) = around(None);
        let ending = sequence(&around, |leg| async move {
            leg.stage(Stage::Package, async { Ok(()) }).await?;
            leg.position.reach(Reached::Package);
            leg.stage_or_skip(Stage::Upload, async { Ok(7) }, |_| true)
                .await?;
            Ok(Completed::Done)
        })
        .await;
        let reached = Reached::Package;
        assert_eq!(
            ending,
            Ending {
                reached,
                why: Why::Done
            }
        );
        assert_eq!(
            told(),
            ["package", "package done", "upload", "upload skipped"]
        );
    }

    #[tokio::test]
    async fn a_stage_that_stops_ends_the_list() {
        let (around, mut told) = around(None);
        let ending = sequence(&around, |leg| async move {
            leg.stage::<()>(Stage::App, async {
                let told = leg
                    .events
                    .found(Diagnostic::error(Code::new("no-app"), "none"));
                Err(Stop::after(told, Why::Refused))
            })
            .await?;
            leg.stage(Stage::Upload, async { Ok(Completed::Done) })
                .await
        })
        .await;
        assert_eq!(ending, Ending::at_once(Why::Refused));
        assert_eq!(told(), ["app", "no-app", "app failed"]);
    }

    #[tokio::test]
    async fn a_signal_stops_the_stage_that_runs() {
        let (around, mut told) = around(None);
        let why = Why::Interrupted(Interruption::Interrupt);
        let asking = async {
            tokio::task::yield_now().await;
            around.cancel.ask(why);
        };
        let (ending, ()) = tokio::join!(sequence(&around, never), asking);
        let reached = ending.reached;
        assert_eq!(ending, Ending { reached, why });
        let told = told();
        assert!(told.len() % 2 == 0, "what began has ended: {told:?}");
        assert!(
            told.last().is_none_or(|last| last.ends_with("stopped")),
            "{told:?}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn apples_answer_to_a_commit_is_heard_before_a_signal_ends_the_run() {
        for (answers_after, is_heard) in [(1, true), (60, false)] {
            let (around, _told) = around(None);
            around.cancel.ask(Why::Interrupted(Interruption::Terminate));
            let began = Instant::now();
            let ending = sequence(&around, |leg| {
                let committing = leg.journal.note(OpenUpload::Committing {
                    upload: BuildUploadId::new("u"),
                    file: BuildUploadFileId::new("f"),
                });
                leg.position.reach(Reached::Sent);
                async move {
                    tokio::time::sleep(Duration::from_secs(answers_after)).await;
                    leg.journal.settle(committing.id);
                    leg.position.reach(Reached::Accepted);
                    std::future::pending().await
                }
            })
            .await;
            assert_eq!(
                ending.reached == Reached::Accepted,
                is_heard,
                "{answers_after}"
            );
            assert!(began.elapsed() < Duration::from_secs(3));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_deadline_stops_the_stage_that_runs_and_is_told() {
        let (around, mut told) = around(Some(Duration::from_secs(60)));
        let ending = sequence(&around, never).await;
        let (reached, why) = (Reached::Sent, Why::DeadlinePassed);
        assert_eq!(ending, Ending { reached, why });
        assert_eq!(
            told(),
            [
                "package",
                "package done",
                "upload",
                "upload stopped",
                "deadline-passed"
            ]
        );
    }

    #[tokio::test]
    async fn a_panic_ends_the_run_like_anything_else() {
        let (around, mut told) = around(None);
        let ending = sequence(&around, |leg| async move {
            leg.position.reach(Reached::Sent);
            leg.stage(Stage::Upload, async { panic!("as the test wishes") })
                .await
        })
        .await;
        let (reached, why) = (Reached::Sent, Why::Unfinished);
        assert_eq!(ending, Ending { reached, why });
        assert_eq!(told(), ["upload", "upload failed"]);
    }
}
