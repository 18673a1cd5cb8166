//! Reporters: they listen from the first event and tell people and machines what became of the run.
//! Each one renders to text (pure, from a [`Story`]) and then writes. Nothing else in the program prints.
//!
//! A reporter never asks a stage, never decides about the run, and never fails it: what it can't
//! write becomes one note. All text from outside is cleaned and redacted at the door
//! ([`clean::Cleaner`]) and escaped for the place where it is shown.
//!
//! The words: *annotation*, *job summary*, *step output* and *workflow command* are GitHub's;
//! *finding*, *stage* and *outcome* are ours.

mod actions;
mod error;
mod json;
pub mod people;
pub mod pull_request;
pub mod story;
pub mod words;

#[cfg(test)]
mod tests;

use std::io::Write;
use std::path::PathBuf;

use tokio::time::Instant;

use crate::diagnostic::Finding;
use crate::event::{Event, Outcome, RunEvent, StageEvent};
use crate::host::clock::Clock;
use crate::secret::Vault;

pub use error::Error;
pub use story::Story;

use actions::outputs::Outputs;
use json::Report;
use people::sink::Sink;
use people::terminal::Terminal;
use words::clean::Cleaner;

/// Where a person reads along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A terminal: a live progress bar on standard error.
    Terminal {
        /// Whether colours are welcome (`NO_COLOR` is not set).
        colour: bool,
        /// Columns.
        width: usize,
    },
    /// A file, a pipe or another CI: plain lines on standard error.
    Log,
    /// A GitHub Actions step: plain lines, groups and annotations, all of them on standard output,
    /// because the runner does not keep the order across the two streams.
    Actions,
}

/// What the reporters need to know; the environment was read by `cli`.
pub struct Settings {
    /// Where a person reads along.
    pub mode: Mode,
    /// The secrets that no sink may show.
    pub vault: Vault,
    /// The time of day, for the report.
    pub clock: Clock,
    /// `GITHUB_STEP_SUMMARY`.
    pub summary: Option<PathBuf>,
    /// `GITHUB_OUTPUT`.
    pub outputs: Option<PathBuf>,
    /// `--report FILE`.
    pub report: Option<PathBuf>,
}

/// What reporters are told. `cli` turns a found diagnostic into a [`Told::Found`] by way of `locate`.
#[derive(Clone, Debug)]
pub enum Told {
    /// An event as it came; an [`Event::Found`] among them is a finding without a place.
    Event(Event),
    /// A finding with its place.
    Found(Finding),
    /// Why we could not finish: an error with its causes, in one sentence.
    Failed(String),
}

fn stream(mode: Mode) -> Box<dyn Write + Send> {
    match mode {
        Mode::Terminal { .. } | Mode::Log => Box::new(std::io::stderr()),
        Mode::Actions => Box::new(std::io::stdout()),
    }
}

/// All reporters of a run.
pub struct Reporters {
    story: Story,
    began: Instant,
    cleaner: Cleaner,
    terminal: Terminal,
    outputs: Option<Outputs>,
    summary: Option<PathBuf>,
    report: Option<Report>,
    failures: Vec<String>,
    finished: bool,
}

impl Reporters {
    /// Opens what is written to. The report comes first, so that a path that can't be written ends
    /// the run before anything is sent.
    pub fn open(settings: Settings) -> Result<Self, Error> {
        let out = stream(settings.mode);
        Self::open_on(settings, out)
    }

    fn open_on(settings: Settings, out: Box<dyn Write + Send>) -> Result<Self, Error> {
        let cleaner = Cleaner::new(settings.vault.clone());
        let mut story = Story::beginning_at(settings.clock.now());
        let report = match settings.report {
            Some(path) => {
                // A later step may stand in another folder.
                let absolute = std::path::absolute(&path).unwrap_or_else(|_| path.clone());
                story.report = Some(cleaner.line(&absolute.to_string_lossy()));
                Some(Report::open(path, &story, &cleaner)?)
            }
            None => None,
        };
        let mut reporters = Self {
            story,
            began: Instant::now(),
            terminal: Terminal::new(settings.mode, Sink::new(settings.mode, settings.vault, out)),
            cleaner,
            outputs: settings.outputs.map(Outputs::new),
            summary: settings.summary,
            report,
            failures: Vec::new(),
            finished: false,
        };
        reporters.write_outputs();
        Ok(reporters)
    }

    /// Tells every reporter. It never fails and does not wait for anything but the disk.
    pub fn tell(&mut self, told: Told) {
        let told = self.cleaner.told(told);
        let now = Instant::now();
        self.story.elapsed = now.duration_since(self.began);
        let is_news = self.story.fold(&told);
        if is_news {
            self.terminal.react(&told, &self.story, now);
        }
        if rewrites_files(&told) {
            self.write_outputs();
            self.write_report();
        } else if changes_outputs(&told) {
            self.write_outputs();
        }
    }

    /// What is known so far.
    pub fn story(&self) -> &Story {
        &self.story
    }

    /// Says how the run ended, everywhere, and gives back the sentences about reporters that
    /// failed. A run that was not told how it ended is unfinished. Calling it again does nothing.
    pub fn finish(&mut self) -> Vec<String> {
        if self.finished {
            return self.failures.clone();
        }
        self.finished = true;
        self.story.elapsed = self.began.elapsed();
        if self.story.outcome.is_none() {
            self.story.outcome = Some(Outcome::Unfinished);
        }
        self.write_outputs();
        self.write_report();
        let choice = actions::annotations::choose(&self.story);
        if let Some(path) = self.summary.take() {
            let left_out = match self.terminal.mode() {
                Mode::Actions => choice.left_out,
                Mode::Terminal { .. } | Mode::Log => 0,
            };
            let result = actions::summary::append(&path, &self.story, left_out, &self.cleaner);
            self.note_failure("the job summary", result);
        }
        self.terminal.close(&self.story, &choice.shown);
        self.failures.clone()
    }

    fn write_outputs(&mut self) {
        if let Some(mut outputs) = self.outputs.take() {
            let result = outputs.write(&self.story, &self.cleaner);
            if !self.note_failure("the step outputs", result) {
                self.outputs = Some(outputs);
            }
        }
    }

    fn write_report(&mut self) {
        if let Some(mut report) = self.report.take() {
            let result = report.write(&self.story, &self.cleaner);
            if !self.note_failure("the report", result) {
                self.report = Some(report);
            }
        }
    }

    /// Notes a failure of a reporter, which is then given up; gives back whether there was one.
    fn note_failure(&mut self, what: &str, result: Result<(), Error>) -> bool {
        let Err(error) = result else {
            return false;
        };
        let sentence = self.cleaner.text(&format!(
            "{what} could not be written: {}",
            error::chain(&error)
        ));
        self.terminal.note(&sentence, &self.story);
        self.failures.push(sentence);
        true
    }
}

impl Drop for Reporters {
    /// A run that ends without a word, as after a panic elsewhere, is still reported.
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.finish();
        }
    }
}

/// Whether the report is written again: a killed run leaves what was known after its last stage.
fn rewrites_files(told: &Told) -> bool {
    match told {
        Told::Event(Event::Stage(StageEvent::Ended { .. }) | Event::Run(RunEvent::Ended(_))) => {
            true
        }
        Told::Event(
            Event::Run(RunEvent::Started { .. })
            | Event::Stage(StageEvent::Started(_))
            | Event::Fact(_)
            | Event::Progress(_)
            | Event::Note(_)
            | Event::Found(_)
            | Event::ApiCall(_),
        )
        | Told::Found(_)
        | Told::Failed(_) => false,
    }
}

fn changes_outputs(told: &Told) -> bool {
    matches!(told, Told::Event(Event::Fact(_)))
}
