//! What every run shares: reporters from the first event, signals, and an exit code at the end.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::Instant;

use crate::diagnostic::Diagnostic;
use crate::event::{Event, Events, Interruption, Outcome, RunEvent};
use crate::host::clock::Clock;
use crate::host::signals::{Signal, Signals};
use crate::host::terminal;
use crate::report::{Mode, Settings, Told};
use crate::run::cancel::Cancel;
use crate::run::ship::Surroundings;
use crate::secret::Vault;

use super::args::Reporting;
use super::audience::{Audience, Checkout};
use super::environment::Environment;
use super::{diagnostics, inputs};

/// A runner gives ten seconds in all after it cancels a step; we are gone after this long.
const LEAVE_WITHIN: Duration = Duration::from_millis(4_500);
/// A terminal's width where it does not say.
const USUAL_WIDTH: usize = 80;

/// A run that is about to begin.
pub struct Session {
    reporters: Audience,
    vault: Vault,
    clock: Clock,
    deadline: Option<Duration>,
    problems: Vec<Diagnostic>,
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
        let clock = Clock::system();
        let report = reporting
            .report
            .clone()
            .filter(|path| !path.as_os_str().is_empty());
        let mut problems = Vec::new();
        let settings = |report| settings(report, environment, &vault, &clock);
        let checkout = Checkout::of(environment);
        let mut reporters =
            Audience::open(settings(report), checkout).unwrap_or_else(|(error, checkout)| {
                problems.push(diagnostics::report_not_opened(&error));
                Audience::open(settings(None), checkout)
                    .unwrap_or_else(|_| unreachable!("without a report there is nothing to open"))
            });
        reporters.tell(Told::Event(Event::Run(RunEvent::Started {
            command,
            sandbox,
        })));
        let deadline = inputs::deadline(reporting).unwrap_or_else(|problem| {
            problems.push(*problem);
            None
        });
        Self {
            reporters,
            vault,
            clock,
            deadline,
            problems,
        }
    }

    /// Where secrets are kept for redaction.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Ends a run that was called wrongly.
    pub fn refuse(mut self, problems: Vec<Diagnostic>) -> ExitCode {
        for problem in self.problems.drain(..).chain(problems) {
            self.reporters
                .tell(Told::Event(Event::Found(Box::new(problem))));
        }
        self.end(Outcome::Usage)
    }

    /// Runs the work, tells what happens, and gives the exit code.
    pub fn run<W, F>(self, work: W) -> ExitCode
    where
        W: FnOnce(Surroundings) -> F,
        F: Future<Output = Outcome> + Send + 'static,
    {
        if !self.problems.is_empty() {
            return self.refuse(Vec::new());
        }
        let runtime = match tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
        {
            Ok(runtime) => runtime,
            Err(error) => return self.fail(&format!("the system gives no threads: {error}")),
        };
        let code = runtime.block_on(self.follow(work));
        runtime.shutdown_background();
        code
    }

    async fn follow<W, F>(mut self, work: W) -> ExitCode
    where
        W: FnOnce(Surroundings) -> F,
        F: Future<Output = Outcome> + Send + 'static,
    {
        let mut signals = match Signals::listen() {
            Ok(signals) => signals,
            Err(error) => {
                return self.fail(&format!("the system lets no signal be heard: {error}"));
            }
        };
        let (events, mut receiver) = Events::stream();
        let cancel = Cancel::default();
        let mut run = tokio::spawn(work(Surroundings {
            events,
            cancel: cancel.clone(),
            clock: self.clock.clone(),
            vault: self.vault.clone(),
            deadline: self.deadline,
        }));
        let mut interruption = None;
        let mut leave_at = Instant::now();
        let outcome = loop {
            tokio::select! {
                Some(event) = receiver.recv() => self.reporters.tell(Told::Event(event)),
                ended = &mut run => break ended.unwrap_or_else(|_| {
                    self.reporters.tell(Told::Failed("jetway has a fault of its own".to_owned()));
                    Outcome::Unfinished
                }),
                signal = signals.next(), if interruption.is_none() => {
                    interruption = Some(interruption_of(signal));
                    leave_at = Instant::now() + LEAVE_WITHIN;
                    cancel.interrupt(interruption_of(signal));
                }
                outcome = patience_until(leave_at, interruption) => break outcome,
            }
        };
        drain(&mut receiver, &mut self.reporters);
        self.end(outcome)
    }

    fn fail(mut self, why: &str) -> ExitCode {
        self.reporters.tell(Told::Failed(why.to_owned()));
        self.end(Outcome::Unfinished)
    }

    fn end(mut self, outcome: Outcome) -> ExitCode {
        let code = ExitCode::from(outcome.exit_code());
        self.reporters
            .tell(Told::Event(Event::Run(RunEvent::Ended(outcome))));
        self.reporters.finish();
        code
    }
}

/// Never without an interruption; else the outcome once the time to leave has come.
async fn patience_until(leave_at: Instant, interruption: Option<Interruption>) -> Outcome {
    match interruption {
        None => std::future::pending().await,
        Some(why) => {
            tokio::time::sleep_until(leave_at).await;
            Outcome::Interrupted(why)
        }
    }
}

fn drain(receiver: &mut UnboundedReceiver<Event>, reporters: &mut Audience) {
    while let Ok(event) = receiver.try_recv() {
        reporters.tell(Told::Event(event));
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
        mode: mode(
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

fn mode(environment: &Environment, terminal: bool, columns: Option<usize>) -> Mode {
    if environment.says("GITHUB_ACTIONS") {
        return Mode::Actions;
    }
    let dumb = environment.get("TERM") == Some("dumb");
    if !terminal || dumb || environment.get("CI").is_some() {
        return Mode::Log;
    }
    Mode::Terminal {
        colour: environment.get("NO_COLOR").is_none(),
        width: environment
            .get("COLUMNS")
            .and_then(|columns| columns.parse().ok())
            .or(columns)
            .unwrap_or(USUAL_WIDTH),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workflow_is_known_by_its_variable_and_a_pipe_gets_plain_lines() {
        let actions = Environment::from([("GITHUB_ACTIONS", "true")]);
        assert_eq!(mode(&actions, true, None), Mode::Actions);
        assert_eq!(mode(&Environment::default(), false, None), Mode::Log);
        assert_eq!(
            mode(&Environment::from([("CI", "1")]), true, None),
            Mode::Log
        );
        assert_eq!(
            mode(
                &Environment::from([("NO_COLOR", "1"), ("COLUMNS", "120")]),
                true,
                Some(40)
            ),
            Mode::Terminal {
                colour: false,
                width: 120
            }
        );
        // Shells keep COLUMNS to themselves, and a line that wraps can't be cleared.
        assert_eq!(
            mode(&Environment::default(), true, Some(40)),
            Mode::Terminal {
                colour: true,
                width: 40
            }
        );
    }
}
