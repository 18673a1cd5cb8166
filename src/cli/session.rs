//! What every run shares: reporters from the first event, signals, and an exit code at the end.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::Instant;

use crate::diagnostic::Diagnostic;
use crate::event::{Ending, Event, Events, Interruption, RunEvent, Why};
use crate::host::clock::Clock;
use crate::host::panics::Panics;
use crate::host::signals::{Signal, Signals};
use crate::host::terminal;
use crate::report::Settings;
use crate::report::pull_request::{LAST_ROUND, LastWord, Telling};
use crate::run::cancel::Cancel;
use crate::run::sequence::Surroundings;
use crate::secret::Vault;

use crate::cli::args::Reporting;
use crate::cli::audience::{Audience, Checkout};
use crate::cli::environment::Environment;
use crate::cli::pull_request::{self, Begun};
use crate::cli::{diagnostics, inputs, mode};

/// A runner gives ten seconds in all after it cancels a step; we are gone after this long.
const LEAVE_WITHIN: Duration = Duration::from_millis(4_500);
/// Even a run that used up its time to leave tries to tell GitHub for so long.
const LAST_WORD: Duration = Duration::from_millis(250);

/// A run that is about to begin.
pub struct Session {
    reporters: Audience,
    vault: Vault,
    clock: Clock,
    deadline: Option<Duration>,
    journals: Option<PathBuf>,
    problems: Vec<Diagnostic>,
    pull_request: Option<pull_request::Plan>,
    #[cfg(debug_assertions)]
    has_fault: bool,
}

impl Session {
    /// Opens the reporters, and tells them what begins.
    pub fn open(
        command: &'static str,
        reporting: &Reporting,
        environment: &Environment,
        sandbox: Option<String>,
    ) -> Self {
        let vault = Vault::default();
        if let Some(token) = pull_request::token(environment) {
            vault.keep(&token);
        }
        let clock = Clock::system();
        let report = reporting
            .report
            .clone()
            .filter(|path| !path.as_os_str().is_empty());
        let mut problems = Vec::new();
        let settings = |report| settings(report, environment, &vault, &clock);
        let checkout = Checkout::of(environment);
        let mut reporters = Audience::open(settings(report), checkout).unwrap_or_else(|refused| {
            let (error, checkout) = *refused;
            problems.push(diagnostics::report_not_opened(&error));
            Audience::open(settings(None), checkout)
                .unwrap_or_else(|_| unreachable!("without a report there is nothing to open"))
        });
        reporters.tell(Event::Run(RunEvent::Started { command, sandbox }));
        let deadline = inputs::deadline(reporting).unwrap_or_else(|problem| {
            problems.push(*problem);
            None
        });
        Self {
            reporters,
            vault,
            clock,
            deadline,
            journals: environment.state_directory(),
            problems,
            pull_request: None,
            #[cfg(debug_assertions)]
            has_fault: environment.says("JETWAY_FAULT"),
        }
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
        self.reporters.tell(Event::found(found));
    }

    /// Where secrets are kept for redaction.
    pub fn vault(&self) -> &Vault {
        &self.vault
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
        // One thread may have to wait after a panic, and another must be there to undo.
        let threads = std::thread::available_parallelism().map_or(2, |count| count.get().max(2));
        let runtime = match tokio::runtime::Builder::new_multi_thread()
            .worker_threads(threads)
            .enable_all()
            .build()
        {
            Ok(runtime) => runtime,
            Err(error) => {
                return self.fail(diagnostics::machine_refused("gives no threads", &error));
            }
        };
        let code = runtime.block_on(self.follow(work));
        runtime.shutdown_background();
        code
    }

    async fn follow<W, F>(mut self, work: W) -> ExitCode
    where
        W: FnOnce(Surroundings) -> F,
        F: Future<Output = Ending> + Send + 'static,
    {
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
        }));
        let mut panics = Panics::listen(LEAVE_WITHIN);
        let mut stopped = None;
        let ending = loop {
            tokio::select! {
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
        drain(&mut receiver, &mut self.reporters);
        let code = self.ended(ending);
        if let Some(telling) = telling {
            let last = stopped.map(|(_, by)| by);
            self.tell_the_end(telling, last, &mut signals).await;
        }
        self.reporters.finish();
        code
    }

    fn begin_telling(&mut self) -> Option<Telling> {
        let plan = self.pull_request.take()?;
        if let Some(warning) = plan.warning() {
            self.found(warning);
        }
        match plan.begin(&self.vault, &self.clock) {
            Begun::Telling(telling) => Some(telling),
            Begun::Note(note) => {
                self.reporters.tell(Event::Note(note));
                None
            }
        }
    }

    fn tell(&mut self, event: Event, telling: Option<&Telling>) {
        #[cfg(debug_assertions)]
        fault::happens(self.has_fault, &event);
        let is_step = matches!(event, Event::Stage(_) | Event::Fact(_));
        self.reporters.tell(event);
        if let (true, Some(telling)) = (is_step, telling) {
            telling.update(self.reporters.story());
        }
    }

    /// Gives GitHub the last word. A signal ends it: everything else is told already.
    async fn tell_the_end(&mut self, telling: Telling, by: Option<Instant>, signals: &mut Signals) {
        let now = Instant::now();
        let last_word = LastWord {
            by: by.map_or(now + LAST_ROUND, |by| by.max(now + LAST_WORD)),
            is_hurried: by.is_some(),
        };
        let found = tokio::select! {
            found = telling.end(self.reporters.story(), last_word) => found,
            _ = signals.next(), if by.is_none() => Vec::new(),
        };
        for found in found {
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
            reached: self.reporters.story().reached,
            why: Why::Unfinished,
        }
    }

    fn end(mut self, ending: Ending) -> ExitCode {
        let code = self.ended(ending);
        self.reporters.finish();
        code
    }

    fn ended(&mut self, ending: Ending) -> ExitCode {
        self.reporters.tell(Event::Run(RunEvent::Ended(ending)));
        ExitCode::from(ending.exit_code())
    }
}

/// A fault on demand, so that a test can see what one does. Not part of the release binary.
#[cfg(debug_assertions)]
mod fault {
    use crate::event::{Event, Fact};

    /// Panics beside the run once an upload is reserved.
    pub(super) fn happens(is_asked_for: bool, event: &Event) {
        if is_asked_for && matches!(event, Event::Fact(Fact::BuildUpload { .. })) {
            tokio::spawn(async { panic!("a test asked for this: {}", "hunter2") });
        }
    }
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

fn drain(receiver: &mut UnboundedReceiver<Event>, reporters: &mut Audience) {
    while let Ok(event) = receiver.try_recv() {
        reporters.tell(event);
    }
}

fn interruption_of(signal: Signal) -> Interruption {
    match signal {
        Signal::Interrupt => Interruption::Interrupt,
        Signal::Terminate => Interruption::Terminate,
    }
}

fn settings(
    report: Option<PathBuf>,
    environment: &Environment,
    vault: &Vault,
    clock: &Clock,
) -> Settings {
    let file = |name| environment.get(name).map(PathBuf::from);
    Settings {
        mode: mode::choose(
            environment,
            std::io::stderr().is_terminal(),
            terminal::columns(),
        ),
        vault: vault.clone(),
        clock: clock.clone(),
        summary: file("GITHUB_STEP_SUMMARY"),
        outputs: file("GITHUB_OUTPUT"),
        report,
    }
}
