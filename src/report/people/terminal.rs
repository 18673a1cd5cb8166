//! Tells the person who reads along, event by event: a terminal, a log or a step of GitHub Actions.

use tokio::time::Instant;

use crate::diagnostic::Finding;
use crate::event::{Event, Progress, RunEvent, Stage, StageEvent};
use crate::report::actions::commands::Command;
use crate::report::mode::Mode;
use crate::report::people::look::{self, Look};
use crate::report::people::progress::{self, Meter};
use crate::report::people::screen;
use crate::report::people::sink::Sink;
use crate::report::story::Story;
use crate::report::words;

/// The reporter for people.
pub struct Terminal {
    mode: Mode,
    look: Look,
    sink: Sink,
    meter: Meter,
    /// Findings of a stage whose group is open: GitHub folds a group, so they are shown after it.
    held: Vec<Finding>,
    /// The stage that runs, for the live line of a terminal.
    running: Option<Stage>,
}

impl Terminal {
    pub fn new(mode: Mode, sink: Sink) -> Self {
        Self {
            mode,
            look: Look::of(mode),
            sink,
            meter: Meter::default(),
            held: Vec::new(),
            running: None,
        }
    }

    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Shows what happened, where it is worth a line.
    pub fn react(&mut self, event: &Event, story: &Story, now: Instant) {
        match event {
            Event::Run(RunEvent::Started { .. }) => {
                self.sink.text(&screen::opening(story, self.look));
            }
            Event::Stage(StageEvent::Started(stage)) => self.begin(*stage, story),
            Event::Stage(StageEvent::Ended { stage, .. }) => {
                self.leave_group(story);
                let record = story
                    .stages
                    .iter()
                    .rev()
                    .find(|record| record.stage == *stage);
                if let Some(record) = record {
                    self.sink.text(&screen::stage(record, story, self.look));
                }
            }
            Event::Fact(fact) => {
                self.sink.text(&screen::fact(fact));
                self.show_running(story);
            }
            Event::Progress(progress) => self.progress(*progress, story, now),
            Event::Note(sentence) => self.note(sentence, story),
            // The runner shows it where a person asked for debug logs.
            Event::ApiCall(call) => self
                .sink
                .command(Command::new("debug", screen::api_call(call))),
            Event::Found(finding) if self.sink.has_group() => self.held.push((**finding).clone()),
            Event::Found(finding) => self.show(finding, story),
            // The end is told by `close`, and how far the run is by the facts.
            Event::Reached(_) | Event::Run(RunEvent::Ended(_)) => {}
        }
    }

    fn begin(&mut self, stage: Stage, story: &Story) {
        self.meter = Meter::default();
        self.running = Some(stage);
        let title = format!("{}{stage}", words::prefix(story));
        match self.mode {
            Mode::Terminal { .. } => self.show_running(story),
            Mode::Log => self.sink.text(&format!("{title} …")),
            Mode::Actions => {
                self.leave_group(story);
                self.sink.open_group(&title);
            }
        }
    }

    /// A terminal always says what is being waited for.
    fn show_running(&mut self, story: &Story) {
        if let Some(stage) = self.running {
            let line = format!("{}{stage} …", words::prefix(story));
            self.sink.live(&self.look.dim(&line));
        }
    }

    fn progress(&mut self, progress: Progress, story: &Story, now: Instant) {
        self.meter.measure(progress, now);
        match self.mode {
            Mode::Terminal { width, .. } => {
                if self.meter.bar_is_due(progress, now) {
                    let words = self.meter.words(progress);
                    let line = format!(
                        "{}{} {words}",
                        words::prefix(story),
                        progress::bar(progress)
                    );
                    // A line that wraps could not be cleared again.
                    self.sink
                        .live(look::fitting(&line, width.saturating_sub(1)));
                }
            }
            Mode::Log | Mode::Actions => {
                if self.meter.line_is_due(progress, now) {
                    self.sink.text(&format!("  {}", self.meter.words(progress)));
                }
            }
        }
    }

    /// Says one sentence.
    pub fn note(&mut self, sentence: &str, story: &Story) {
        let line = format!("  {}note: {sentence}", words::prefix(story));
        self.sink.text(&line);
        self.show_running(story);
    }

    fn show(&mut self, finding: &Finding, story: &Story) {
        self.sink.text(&screen::finding(finding, story, self.look));
        self.show_running(story);
    }

    fn leave_group(&mut self, story: &Story) {
        self.running = None;
        self.sink.close_group();
        for finding in std::mem::take(&mut self.held) {
            self.show(&finding, story);
        }
    }

    /// Says how it ended, and in a step hands over the annotations.
    pub fn close(&mut self, story: &Story, annotations: &[Command]) {
        self.sink.clear();
        self.leave_group(story);
        self.sink.text(&screen::closing(story, self.look));
        for annotation in annotations {
            self.sink.command(annotation.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::event::{Ending, Reached, StageEnd, Why};
    use crate::report::tests::samples::{self, Scene};

    #[test]
    fn each_stage_has_one_group_and_its_findings_stand_behind_it() {
        let (mut reporters, shown) = Scene::new(Mode::Actions).open();
        for told in samples::rejected() {
            reporters.tell(told);
        }
        reporters.finish();
        let text = shown.text();
        let stages = samples::story(samples::rejected()).stages.len();
        assert_eq!(text.matches("::group::SANDBOX ").count(), stages);
        assert_eq!(text.matches("::endgroup::").count(), stages);
        let mut open = false;
        for line in text.lines() {
            if line.starts_with("::group::") {
                assert!(!open, "groups do not nest");
                open = true;
            } else if line == "::endgroup::" {
                open = false;
            } else if line.starts_with("SANDBOX error[") {
                assert!(!open, "{line}");
            }
        }
        assert!(text.contains("SANDBOX error["));
    }

    #[tokio::test(start_paused = true)]
    async fn a_log_tells_of_progress_every_ten_seconds() {
        let (mut reporters, shown) = Scene::new(Mode::Log).open();
        reporters.tell(Event::Stage(StageEvent::Started(Stage::Upload)));
        for second in 0..=60 {
            let progress = Progress {
                done: second * 100_000,
                total: 1_000_000_000,
            };
            reporters.tell(Event::Progress(progress));
            tokio::time::advance(Duration::from_secs(1)).await;
        }
        let text = shown.text();
        assert_eq!(text.matches("100.0 kB/s").count(), 6, "{text}");
    }

    #[test]
    fn a_bar_never_fills_the_line() {
        let mode = Mode::Terminal {
            colour: false,
            width: 40,
        };
        let (mut reporters, shown) = Scene::new(mode).open();
        reporters.tell(Event::Progress(Progress {
            done: 5,
            total: 1_000_000_000,
        }));
        assert_eq!(shown.text().chars().count(), 39);
    }

    #[test]
    fn the_end_names_the_build_the_link_and_the_next_step() {
        let (mut reporters, shown) = Scene::new(Mode::Log).open();
        for told in samples::passed() {
            reporters.tell(told);
        }
        reporters.finish();
        let text = shown.text();
        let end = &text[text
            .rfind("✓ Example 1.4.0 (42)")
            .expect("the outcome is said")..];
        assert!(end.contains("ready for testing"), "{end}");
        assert!(
            end.contains("  link: https://appstoreconnect.apple.com/"),
            "{end}"
        );
        assert!(end.contains("  next: "), "{end}");
    }

    #[test]
    fn a_stage_that_was_skipped_says_why() {
        let (mut reporters, shown) = Scene::new(Mode::Log).open();
        reporters.tell(Event::Stage(StageEvent::Ended {
            stage: Stage::Upload,
            took: Duration::ZERO,
            end: StageEnd::Skipped,
        }));
        reporters.tell(Event::Run(RunEvent::Ended(Ending {
            reached: Reached::Accepted,
            why: Why::Done,
        })));
        assert!(
            shown
                .text()
                .contains("upload: skipped, an earlier run did it")
        );
    }
}
