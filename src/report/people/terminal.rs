//! Tells the person who reads along, event by event: a terminal, a log or a step of GitHub Actions.

use tokio::time::Instant;

use crate::diagnostic::Finding;
use crate::event::{ApiCall, Event, Fact, Progress, RunEvent, Stage, StageEvent};
use crate::report::actions::commands::Command;
use crate::report::mode::{Mode, Volume};
use crate::report::people::look::{self, Look};
use crate::report::people::progress::{self, Meter};
use crate::report::people::screen;
use crate::report::people::sink::Sink;
use crate::report::people::waiting::Waiting;
use crate::report::story::Story;
use crate::report::words::cause;

/// The reporter for people.
pub struct Terminal {
    mode: Mode,
    look: Look,
    volume: Volume,
    sink: Sink,
    meter: Meter,
    /// Findings of a stage whose group is open. They are shown at its end: by then more of what is secret
    /// may be known.
    held: Vec<Finding>,
    /// The stage that runs.
    waiting: Option<Waiting>,
    /// How far its transfer is, where it is one.
    progress: Option<Progress>,
}

impl Terminal {
    pub fn new(sink: Sink, look: Look, volume: Volume) -> Self {
        Self {
            mode: sink.mode(),
            look,
            volume,
            sink,
            meter: Meter::default(),
            held: Vec::new(),
            waiting: None,
            progress: None,
        }
    }

    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Shows what happened, where it is worth a line.
    pub fn react(&mut self, event: &Event, story: &Story, now: Instant) {
        match event {
            Event::Run(RunEvent::Started { .. }) => {
                self.say(&screen::opening(story, self.look));
                if story.sandbox.is_some() {
                    self.sink.rehearses();
                }
            }
            Event::Stage(StageEvent::Started(stage)) => self.begin(*stage, story, now),
            Event::Stage(StageEvent::Ended { stage, .. }) => {
                self.leave_group(story);
                let record = story
                    .stages
                    .iter()
                    .rev()
                    .find(|record| record.stage == *stage);
                if let Some(record) = record {
                    self.say(&screen::stage(record, self.look));
                }
            }
            Event::Fact(Fact::Wishes(_) | Fact::PackageHash(_)) => {}
            Event::Fact(fact) => {
                self.say(&screen::fact(fact, story));
                self.show_running(story, now);
            }
            Event::Progress(progress) => self.progress(*progress, now),
            Event::WaitsAtMost(time) => {
                if let Some(waiting) = &mut self.waiting {
                    waiting.at_most(*time, now);
                }
            }
            Event::Note(sentence) => {
                self.say(&screen::note(sentence, self.look));
                self.show_running(story, now);
            }
            Event::ApiCall(call) => self.call(call),
            Event::Found(finding) if self.sink.has_group() => self.held.push((**finding).clone()),
            Event::Found(finding) => {
                self.show(finding, story);
                self.show_running(story, now);
            }
            // The end is told by `close`, and how far the run is by the facts.
            Event::Reached(_) | Event::Run(RunEvent::Ended(_)) => {}
        }
    }

    /// What happens, where it is wanted.
    fn say(&mut self, text: &str) {
        match self.volume {
            Volume::Quiet => {}
            Volume::Usual | Volume::Verbose => self.sink.text(text),
        }
    }

    /// The runner shows a call where a person asked for debug logs.
    fn call(&mut self, call: &ApiCall) {
        let call = screen::api_call(call);
        match (self.mode, self.volume) {
            (Mode::Actions, Volume::Quiet | Volume::Usual) => {
                self.sink.command(Command::new("debug", call));
            }
            (_, Volume::Verbose) => self.sink.text(&self.look.dim(&format!("  {call}"))),
            (Mode::Terminal { .. } | Mode::Log, Volume::Quiet | Volume::Usual) => {}
        }
    }

    fn begin(&mut self, stage: Stage, story: &Story, now: Instant) {
        self.meter = Meter::default();
        self.waiting = Some(Waiting::begin(stage, now));
        self.progress = None;
        match self.mode {
            Mode::Terminal { .. } => self.show_running(story, now),
            Mode::Log => self.say(&format!("{stage} …")),
            Mode::Actions => self.sink.open_group(stage.name()),
        }
    }

    /// Nothing happened, but time has passed: a terminal counts, and a log gets a line now and then.
    pub fn tick(&mut self, story: &Story, now: Instant) {
        match self.mode {
            Mode::Terminal { .. } => self.show_running(story, now),
            Mode::Log | Mode::Actions => {
                let state = story.processing_state.as_deref();
                let line = self
                    .waiting
                    .as_mut()
                    .and_then(|waiting| waiting.line(state, now));
                if let Some(line) = line {
                    // GitHub folds a group, and this is for whoever looks at the log now.
                    self.sink.close_group();
                    self.say(&line);
                }
            }
        }
    }

    /// A terminal always says what is being waited for.
    fn show_running(&mut self, story: &Story, now: Instant) {
        let (Some(waiting), Mode::Terminal { width }) = (&self.waiting, self.mode) else {
            return;
        };
        let line = match self.progress {
            Some(progress) => {
                let words = self.meter.words(progress);
                let still = waiting.standstill(now).map(|still| format!(" · {still}"));
                format!(
                    "{} {words}{}",
                    progress::bar(progress),
                    still.unwrap_or_default()
                )
            }
            None => waiting.live(story.processing_state.as_deref(), now),
        };
        // A line that wraps could not be cleared again.
        let line = look::fitting(&line, width.saturating_sub(1));
        self.sink.live(&self.look.dim(line));
    }

    fn progress(&mut self, progress: Progress, now: Instant) {
        self.meter.measure(progress, now);
        self.progress = Some(progress);
        if let Some(waiting) = &mut self.waiting {
            waiting.moved(now);
        }
        match self.mode {
            Mode::Terminal { width } => {
                if self.meter.bar_is_due(progress, now) {
                    let words = self.meter.words(progress);
                    let line = format!("{} {words}", progress::bar(progress));
                    self.sink
                        .live(look::fitting(&line, width.saturating_sub(1)));
                }
            }
            Mode::Log | Mode::Actions => {
                if self.meter.line_is_due(progress, now) {
                    self.say(&format!("  {}", self.meter.words(progress)));
                }
            }
        }
    }

    /// Says one sentence that nobody may miss.
    pub fn note(&mut self, sentence: &str) {
        self.sink.text(&screen::note(sentence, self.look));
    }

    /// Says one sentence about the run that nobody must overlook, such as that a later step will miss what
    /// this one knew.
    pub fn warn(&mut self, sentence: &str) {
        match self.mode {
            Mode::Actions => {
                let warning = Command::new("warning", sentence).property("title", "jetway");
                self.sink.command(warning);
            }
            Mode::Terminal { .. } | Mode::Log => self.note(sentence),
        }
    }

    /// Shows a finding whole. In a step that is folded, in the stage's group or in one of its own: what
    /// is open there is the annotation, and nothing is told twice.
    fn show(&mut self, finding: &Finding, story: &Story) {
        let text = screen::finding(finding, story, self.look);
        let is_alone = self.mode == Mode::Actions && !self.sink.has_group();
        if is_alone {
            self.sink.open_group(&cause::what(&finding.diagnostic));
        }
        self.sink.text(&text);
        if is_alone {
            self.sink.close_group();
        }
    }

    fn leave_group(&mut self, story: &Story) {
        self.waiting = None;
        self.progress = None;
        for finding in std::mem::take(&mut self.held) {
            self.show(&finding, story);
        }
        self.sink.close_group();
    }

    /// In a step hands over the annotations, and says how it ended, which people see first: a log is
    /// opened at its end.
    pub fn close(&mut self, story: &Story, annotations: &[Command]) {
        self.sink.clear();
        self.leave_group(story);
        for annotation in annotations {
            self.sink.command(annotation.clone());
        }
        self.sink.text(&screen::closing(story, self.look));
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::event::{Ending, Reached, StageEnd, Why};
    use crate::report::tests::samples::{self, Scene};

    #[test]
    fn each_stage_has_one_group_and_each_error_is_open_once() {
        let (mut reporters, shown) = Scene::new(Mode::Actions).open();
        for told in samples::rejected() {
            reporters.tell(told);
        }
        reporters.finish();
        let text = shown.text();
        let stages = samples::story(samples::rejected()).stages.len();
        assert_eq!(text.matches("::group::").count(), stages);
        assert_eq!(text.matches("::endgroup::").count(), stages);
        let mut open = false;
        let mut seen = String::new();
        for line in text.lines() {
            if line.starts_with("::group::") {
                assert!(!open, "groups do not nest");
                open = true;
            } else if line == "::endgroup::" {
                open = false;
            } else if !open {
                seen.push_str(line);
                seen.push('\n');
            }
        }
        assert!(text.contains("\nerror[ITMS-90683]"), "{text}");
        assert!(!seen.contains("error[ITMS-90683]"), "{seen}");
        assert_eq!(seen.matches("Missing purpose string").count(), 1, "{seen}");
        let last = seen
            .rfind("SANDBOX ✗ Info.plist:12: ")
            .expect("the verdict");
        assert!(
            last > seen.rfind("::error ").expect("an annotation"),
            "{seen}"
        );
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

    #[tokio::test(start_paused = true)]
    async fn a_step_hears_that_apple_is_still_at_it_where_it_can_be_seen() {
        let (mut reporters, shown) = Scene::new(Mode::Actions).open();
        reporters.tell(Event::Stage(StageEvent::Started(Stage::Processing)));
        reporters.tell(Event::WaitsAtMost(Duration::from_secs(900)));
        reporters.tell(Event::Fact(Fact::ProcessingState("PROCESSING".into())));
        for _ in 0..=600 {
            reporters.tick();
            tokio::time::advance(Duration::from_secs(1)).await;
        }
        let text = shown.text();
        let lines: Vec<&str> = text.lines().filter(|line| line.contains("still")).collect();
        assert_eq!(
            lines,
            [
                "  still waiting, 1 min; Apple says PROCESSING; gives up in 14 min",
                "  still waiting, 2 min; Apple says PROCESSING; gives up in 13 min",
                "  still waiting, 5 min; Apple says PROCESSING; gives up in 10 min",
                "  still waiting, 10 min; Apple says PROCESSING; gives up in 5 min",
            ]
        );
        let folded = text.find("::endgroup::").expect("the group ends");
        assert!(
            folded < text.find("still waiting").expect("a line"),
            "{text}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_terminal_counts() {
        let mode = Mode::Terminal { width: 80 };
        let (mut reporters, shown) = Scene::new(mode).open();
        reporters.tell(Event::Stage(StageEvent::Started(Stage::Processing)));
        tokio::time::advance(Duration::from_secs(42)).await;
        reporters.tick();
        assert!(
            shown.text().ends_with("processing … 42 s"),
            "{}",
            shown.text()
        );
    }

    #[test]
    fn a_bar_never_fills_the_line() {
        let mode = Mode::Terminal { width: 40 };
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
                .contains("upload: not needed, an earlier run did it")
        );
    }
}
