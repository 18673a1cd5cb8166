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
mod files;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
pub mod inspection;
mod json;
mod mode;
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
use crate::event::{Event, RunEvent, StageEvent};
use crate::host::clock::Clock;
use crate::receipt::Source;
use crate::secret::Vault;
use crate::text::chain;

pub use error::Error;
pub use mode::{Mode, Volume};
pub use story::Story;
pub use words::speech::Speech;

use actions::outputs::Outputs;
use json::{File, RECEIPT, REPORT};
use people::look::Look;
use people::sink::Sink;
use people::terminal::Terminal;
use words::carry_on;
use words::clean::Cleaner;

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
    /// `--receipt FILE`.
    pub receipt: Option<PathBuf>,
    /// From what the build is made.
    pub commit: Option<Source>,
    /// The receipt that the run carries on with.
    pub carried_on_with: Option<PathBuf>,
    /// Where GitHub shows the repository's files at the commit that was built.
    pub source: Option<String>,
    /// Whether what is told is what was asked for, and so goes to standard output.
    pub is_data: bool,
    /// Whether colours are welcome.
    pub colour: bool,
    /// How much is said.
    pub volume: Volume,
    /// In whose words.
    pub speech: Speech,
}

fn stream(mode: Mode, is_data: bool) -> Box<dyn Write + Send> {
    match mode {
        Mode::Terminal { .. } | Mode::Log if !is_data => Box::new(std::io::stderr()),
        Mode::Terminal { .. } | Mode::Log | Mode::Actions => Box::new(std::io::stdout()),
    }
}

/// All reporters of a run.
pub struct Reporters {
    story: Story,
    began: Instant,
    cleaner: Cleaner,
    speech: Speech,
    terminal: Terminal,
    outputs: Option<Outputs>,
    summary: Option<PathBuf>,
    /// Report and receipt, where they are asked for.
    files: Vec<File>,
    failures: Vec<String>,
    finished: bool,
    /// The receipt that the run carries on with.
    carried_on_with: Option<String>,
}

impl Reporters {
    /// Opens what is written to. Report and receipt come first, so that a path that can't be written is
    /// known before anything is sent: it is given back as why, and the other reporters go on without it.
    pub fn open(settings: Settings) -> (Self, Vec<Error>) {
        let out = stream(settings.mode, settings.is_data);
        Self::open_on(settings, out)
    }

    fn open_on(settings: Settings, out: Box<dyn Write + Send>) -> (Self, Vec<Error>) {
        let cleaner = Cleaner::new(settings.vault.clone());
        let mut story = Story::beginning_at(settings.clock.now());
        story.source = settings.source;
        story.commit = settings.commit;
        story.speaks_of_inputs = settings.speech.is_of_inputs();
        let shown = |path: &PathBuf| cleaner.line(&path.to_string_lossy());
        let carried_on_with = settings.carried_on_with.as_ref().map(shown);
        let receipt = settings.receipt.as_ref().map(shown);
        story.receipt = receipt.or_else(|| carried_on_with.clone());
        if let Some(path) = &settings.report {
            // A later step may stand in another folder.
            let absolute = std::path::absolute(path).unwrap_or_else(|_| path.clone());
            story.report = Some(cleaner.line(&absolute.to_string_lossy()));
        }
        let asked_for = [(REPORT, settings.report), (RECEIPT, settings.receipt)];
        let (mut files, mut refused) = (Vec::new(), Vec::new());
        for (contents, path) in asked_for {
            match path.map(|path| File::open(contents, path, &story, &cleaner)) {
                None => {}
                Some(Ok(file)) => files.push(file),
                Some(Err(error)) => refused.push(error),
            }
        }
        if !files
            .iter()
            .any(|file| file.contents.option == REPORT.option)
        {
            story.report = None;
        }
        let mut reporters = Self {
            story,
            began: Instant::now(),
            terminal: Terminal::new(
                Sink::new(settings.mode, settings.vault, out),
                Look::of(settings.mode, settings.colour),
                settings.volume,
            ),
            speech: settings.speech,
            cleaner,
            outputs: settings.outputs.map(Outputs::new),
            summary: settings.summary,
            files,
            failures: Vec::new(),
            finished: false,
            carried_on_with,
        };
        reporters.write_outputs();
        (reporters, refused)
    }

    /// Tells every reporter. It never fails and does not wait for anything but the disk.
    pub fn tell(&mut self, event: Event) {
        let event = match self.cleaner.event(event) {
            Event::Found(finding) => {
                let mut diagnostic = self.speech.finding(finding.diagnostic);
                carry_on::complete(&mut diagnostic, &self.story);
                Event::Found(Box::new(Finding {
                    diagnostic,
                    ..*finding
                }))
            }
            event => event,
        };
        let now = Instant::now();
        self.story.elapsed = now.duration_since(self.began);
        let is_news = self.story.fold(&event);
        if is_news {
            self.terminal.react(&event, &self.story, now);
        }
        match rewrites(&event) {
            Rewrites::Everything => {
                self.write_files(|_| true);
                self.write_outputs();
            }
            Rewrites::OutputsAndReceipt => {
                self.write_files(|file| file.contents.option == RECEIPT.option);
                self.write_outputs();
            }
            Rewrites::Nothing => {}
        }
    }

    /// Time has passed: whoever watches is told what is being waited for. To be called every second.
    pub fn tick(&mut self) {
        self.terminal.tick(&self.story, Instant::now());
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
        self.story.ending = Some(self.story.ending());
        // First the files: one that can't be written is named nowhere after that.
        self.write_files(|_| true);
        self.write_outputs();
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

    fn write_files(&mut self, is_wanted: impl Fn(&File) -> bool) {
        for mut file in std::mem::take(&mut self.files) {
            let written = match is_wanted(&file) {
                true => file.write(&self.story, &self.cleaner),
                false => Ok(()),
            };
            match self.note_failure(file.contents.name, written) {
                true => self.forget(&file),
                false => self.files.push(file),
            }
        }
    }

    /// What could not be written to its end is not what its name promises: nobody is sent to it.
    fn forget(&mut self, file: &File) {
        if file.contents.option == REPORT.option {
            self.story.report = None;
        } else {
            self.story.receipt.clone_from(&self.carried_on_with);
        }
    }

    /// Notes a failure of a reporter, which is then given up; gives back whether there was one.
    fn note_failure(&mut self, what: &str, result: Result<(), Error>) -> bool {
        let Err(error) = result else {
            return false;
        };
        let sentence = self.cleaner.text(&format!(
            "{what} could not be written: {}",
            chain::joined(&error)
        ));
        self.terminal.warn(&sentence);
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

/// What is written again after an event.
enum Rewrites {
    /// Report and outputs: a killed run leaves what was known after its last stage.
    Everything,
    /// What other steps and machines go on with.
    OutputsAndReceipt,
    Nothing,
}

fn rewrites(event: &Event) -> Rewrites {
    match event {
        Event::Stage(StageEvent::Ended { .. }) | Event::Run(RunEvent::Ended(_)) => {
            Rewrites::Everything
        }
        Event::Fact(_) | Event::Reached(_) => Rewrites::OutputsAndReceipt,
        Event::Run(RunEvent::Started { .. })
        | Event::Stage(StageEvent::Started(_))
        | Event::Progress(_)
        | Event::WaitsAtMost(_)
        | Event::Note(_)
        | Event::Found(_)
        | Event::ApiCall(_) => Rewrites::Nothing,
    }
}
