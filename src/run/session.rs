//! What every run shares: reporters from the first event, signals, and an exit code at the end.

use std::io;
use std::num::NonZero;
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, MissedTickBehavior};

use crate::apple::Toolbox;
use crate::diagnostic::Diagnostic;
use crate::event::{Ending, Event, Events, Interruption, RunEvent, Why};
use crate::host::clock::Clock;
use crate::host::panics::Panics;
use crate::host::signals::{Signal, Signals};
use crate::locate::Repository;
use crate::report::Settings;
use crate::report::pull_request::{self, LAST_ROUND, LastWord, Telling, Told};
use crate::run::cancel::Cancel;
use crate::run::diagnostics;
use crate::run::listeners::Listeners;
use crate::run::sequence::Surroundings;
use crate::run::undo;
use crate::secret::Vault;

/// A runner gives ten seconds in all after it cancels a step; we are gone after this long: what stopping
/// and undoing may take, and a second to tell it.
const LEAVE_WITHIN: Duration = undo::BUDGET.saturating_add(Duration::from_millis(1_500));
/// How often whoever watches may hear that time passes.
const TICK: Duration = Duration::from_secs(1);
/// Threads that a run has beside the runtime's workers: readers of packages, of the minder's pipes and of what is
/// hashed.
const BESIDE_WORKERS: usize = 6;
/// Even a run that used up its time to leave tries to tell GitHub for so long.
const LAST_WORD: Duration = Duration::from_millis(250);

/// What a run begins with.
pub struct Opening {
    /// The subcommand, such as `ship`.
    pub command: &'static str,
    /// The scenario of a rehearsal.
    pub sandbox: Option<String>,
    /// Where the run is told.
    pub settings: Settings,
    /// Where findings are located.
    pub repository: Option<Repository>,
    /// The folder of our own pages about codes at the running version, where it is known.
    pub pages: Option<String>,
    /// The whole run's time, where there is a limit.
    pub deadline: Option<Duration>,
    /// Where journals are kept.
    pub journals: Option<PathBuf>,
    /// Apple's tools, for what is to be undone on this machine.
    pub tools: Toolbox,
}

/// A run that is about to begin.
pub struct Session {
    listeners: Listeners,
    vault: Vault,
    clock: Clock,
    deadline: Option<Duration>,
    journals: Option<PathBuf>,
    tools: Toolbox,
    problems: Vec<Diagnostic>,
    pull_request: Option<pull_request::Plan>,
}

impl Session {
    /// Opens the listeners, and tells them what begins. Every secret must be in the vault by now.
    pub fn open(opening: Opening) -> Self {
        let (vault, clock) = (
            opening.settings.vault.clone(),
            opening.settings.clock.clone(),
        );
        let (mut listeners, refused) =
            Listeners::open(opening.settings, opening.repository, opening.pages);
        listeners.tell(Event::Run(RunEvent::Started {
            command: opening.command,
            sandbox: opening.sandbox,
        }));
        Self {
            listeners,
            vault,
            clock,
            deadline: opening.deadline,
            journals: opening.journals,
            tools: opening.tools,
            problems: refused.iter().map(diagnostics::report_not_opened).collect(),
            pull_request: None,
        }
    }

    /// Notes what is wrong with the call; the run will not begin.
    #[must_use]
    pub fn with_problem(mut self, problem: Option<Diagnostic>) -> Self {
        self.problems.extend(problem);
        self
    }

    /// Tells GitHub too.
    #[must_use]
    pub fn telling(mut self, plan: Option<pull_request::Plan>) -> Self {
        self.pull_request = plan;
        self
    }

    /// Ends a run that has nothing to do, and says why.
    pub fn skip(mut self, why: Diagnostic) -> ExitCode {
        if !self.problems.is_empty() {
            return self.refuse(Vec::new());
        }
        self.found(why);
        self.end(Ending::at_once(Why::Skipped))
    }

    /// Tells a finding.
    pub fn found(&mut self, found: Diagnostic) {
        self.listeners.tell(Event::found(found));
    }

    /// Ends a run that was called wrongly.
    pub fn refuse(mut self, problems: Vec<Diagnostic>) -> ExitCode {
        let own = std::mem::take(&mut self.problems);
        for problem in own.into_iter().chain(problems) {
            self.found(problem);
        }
        self.end(Ending::at_once(Why::Usage))
    }

    /// Runs the work, tells what happens, and gives the exit code.
    pub fn run<W, F>(self, work: W) -> ExitCode
    where
        W: FnOnce(Surroundings) -> F,
        F: Future<Output = Ending> + Send + 'static,
    {
        if !self.problems.is_empty() {
            return self.refuse(Vec::new());
        }
        let runtime = match new_runtime() {
            Ok(runtime) => runtime,
            Err(error) => {
                return self.fail(diagnostics::machine_refused("gives no threads", &error));
            }
        };
        let code = self.on(&runtime, work);
        runtime.shutdown_background();
        code
    }

    /// A panic of this very thread is the one that nobody is left to tell; the listeners said what they
    /// knew when they were dropped.
    fn on<W, F>(self, runtime: &Runtime, work: W) -> ExitCode
    where
        W: FnOnce(Surroundings) -> F,
        F: Future<Output = Ending> + Send + 'static,
    {
        catch_unwind(AssertUnwindSafe(|| runtime.block_on(self.follow(work))))
            .unwrap_or_else(|_| ExitCode::from(Ending::at_once(Why::Unfinished).exit_code()))
    }

    async fn follow<W, F>(mut self, work: W) -> ExitCode
    where
        W: FnOnce(Surroundings) -> F,
        F: Future<Output = Ending> + Send + 'static,
    {
        // Before anything runs, so that no panic goes unheard.
        let mut panics = Panics::listen(Ending::at_once(Why::Unfinished).exit_code().into());
        let mut signals = match Signals::listen() {
            Ok(signals) => signals,
            Err(error) => {
                return self.fail(diagnostics::machine_refused(
                    "lets no signal be heard",
                    &error,
                ));
            }
        };
        let telling = self.begin_telling();
        let (events, mut receiver) = Events::stream();
        let cancel = Cancel::default();
        let mut run = tokio::spawn(work(Surroundings {
            events,
            cancel: cancel.clone(),
            clock: self.clock.clone(),
            vault: self.vault.clone(),
            deadline: self.deadline,
            journals: self.journals.clone(),
            is_rehearsal: false,
            tools: self.tools.clone(),
        }));
        let mut stopped = None;
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let ending = loop {
            tokio::select! {
                _ = ticks.tick() => self.listeners.tick(),
                Some(event) = receiver.recv() => self.tell(event, telling.as_ref()),
                ended = &mut run => break ended.unwrap_or_else(|_| self.unfinished()),
                signal = signals.next(), if stopped.is_none() => {
                    let why = Why::Interrupted(interruption_of(signal));
                    stopped = Some((why, Instant::now() + LEAVE_WITHIN));
                    cancel.ask(why);
                }
                place = panics.next(), if stopped.is_none() => {
                    self.found(diagnostics::fault_of_ours(&place));
                    stopped = Some((Why::Unfinished, Instant::now() + LEAVE_WITHIN));
                    cancel.ask(Why::Unfinished);
                }
                why = patience_after(stopped) => break Ending { why, ..self.unfinished() },
            }
        };
        drain(&mut receiver, &mut self.listeners);
        let code = self.ended(ending);
        if let Some(telling) = telling {
            let last = stopped.map(|(_, by)| by);
            self.tell_the_end(telling, last, &mut signals).await;
        }
        self.listeners.finish();
        code
    }

    fn begin_telling(&mut self) -> Option<Telling> {
        let plan = self.pull_request.take()?;
        if let Some(warning) = plan.warning() {
            self.found(warning);
        }
        match plan.begin(&self.vault, &self.clock) {
            Ok(telling) => Some(telling),
            Err(note) => {
                self.listeners.tell(Event::Note(note));
                None
            }
        }
    }

    fn tell(&mut self, event: Event, telling: Option<&Telling>) {
        let is_step = matches!(event, Event::Stage(_) | Event::Fact(_));
        self.listeners.tell(event);
        if let (true, Some(telling)) = (is_step, telling) {
            telling.update(self.listeners.story());
        }
    }

    /// Gives GitHub the last word. A signal ends it: everything else is told already.
    async fn tell_the_end(&mut self, telling: Telling, by: Option<Instant>, signals: &mut Signals) {
        let now = Instant::now();
        let last_word = LastWord {
            by: by.map_or(now + LAST_ROUND, |by| by.max(now + LAST_WORD)),
            is_hurried: by.is_some(),
        };
        let told = tokio::select! {
            told = telling.end(self.listeners.story(), last_word) => told,
            _ = signals.next(), if by.is_none() => Told::default(),
        };
        for note in told.notes {
            self.listeners.tell(Event::Note(note));
        }
        for found in told.found {
            self.found(found);
        }
    }

    fn fail(mut self, refused: Diagnostic) -> ExitCode {
        self.found(refused);
        self.end(Ending::at_once(Why::Unfinished))
    }

    /// How far it is known to have got, where nobody is left to say how it ended.
    fn unfinished(&self) -> Ending {
        Ending {
            reached: self.listeners.story().reached,
            why: Why::Unfinished,
        }
    }

    fn end(mut self, ending: Ending) -> ExitCode {
        let code = self.ended(ending);
        self.listeners.finish();
        code
    }

    fn ended(&mut self, ending: Ending) -> ExitCode {
        self.listeners.tell(Event::Run(RunEvent::Ended(ending)));
        ExitCode::from(ending.exit_code())
    }
}

/// At least two workers: one of them may have to wait after a panic while the rest undoes.
fn new_runtime() -> io::Result<Runtime> {
    look_for_descriptors()?;
    let workers = thread::available_parallelism().map_or(2, NonZero::get);
    let workers = workers.max(2);
    look_for_threads(workers + BESIDE_WORKERS)?;
    Builder::new_multi_thread()
        .worker_threads(workers)
        .enable_all()
        .build()
}

/// Where files can't be opened the runtime would panic in its own words: as many as it opens are opened here first.
fn look_for_descriptors() -> io::Result<()> {
    let pairs: io::Result<Vec<_>> = (0..3).map(|_| UnixStream::pair()).collect();
    pairs.map(drop)
}

/// Where threads can't be started the runtime would panic in its own words, and so would what reads files: as many
/// as there will be at once are started here first.
fn look_for_threads(count: usize) -> io::Result<()> {
    let (stay, end) = std::sync::mpsc::channel::<()>();
    let end = Mutex::new(end);
    thread::scope(|scope| {
        let wait = || {
            // Nothing is ever sent: this ends with the sender.
            let _ = end.lock().map(|end| end.recv());
        };
        let started = (0..count).try_for_each(|_| {
            let thread = thread::Builder::new().spawn_scoped(scope, wait);
            thread.map(drop)
        });
        drop(stay);
        started
    })
}

/// Never without an interruption; else its reason once the time to leave has passed.
async fn patience_after(stopped: Option<(Why, Instant)>) -> Why {
    match stopped {
        None => std::future::pending().await,
        Some((why, by)) => {
            tokio::time::sleep_until(by).await;
            why
        }
    }
}

fn drain(receiver: &mut UnboundedReceiver<Event>, listeners: &mut Listeners) {
    while let Ok(event) = receiver.try_recv() {
        listeners.tell(event);
    }
}

fn interruption_of(signal: Signal) -> Interruption {
    match signal {
        Signal::Interrupt => Interruption::Interrupt,
        Signal::Terminate => Interruption::Terminate,
        Signal::Hangup => Interruption::Hangup,
        Signal::Quit => Interruption::Quit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Mode, Speech, Volume};

    fn session(report: PathBuf) -> Session {
        let settings = Settings {
            carried_on_with: None,
            commit: None,
            mode: Mode::Log,
            vault: Vault::default(),
            clock: Clock::system(),
            summary: None,
            outputs: None,
            report: Some(report),
            receipt: None,
            source: None,
            is_data: false,
            colour: false,
            volume: Volume::Usual,
            speech: Speech::default(),
        };
        Session::open(Opening {
            command: "ship",
            sandbox: None,
            settings,
            repository: None,
            pages: None,
            deadline: None,
            journals: None,
            tools: Toolbox::of_nobody(),
        })
    }

    #[test]
    fn a_fault_of_the_program_is_told_by_its_place_and_not_by_its_words() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("report.json");
        let code = session(path.clone()).run(|around| async move {
            let beside = tokio::spawn(async { panic!("a test asked for this: {}", "hunter2") });
            assert!(beside.await.is_err());
            Ending::at_once(around.cancel.asked().await)
        });
        assert_eq!(code, ExitCode::from(3));
        let report = std::fs::read_to_string(path).unwrap();
        assert!(report.contains("jetway-fault"), "{report}");
        assert!(report.contains("src/run/session.rs"), "{report}");
        assert!(!report.contains("hunter2"), "{report}");
    }
}
