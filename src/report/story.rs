//! What is known of the run: a fold over what was told. Pure; reporters render from it.

use std::time::{Duration, SystemTime};

use crate::diagnostic::{Finding, Severity};
use crate::event::{
    App, Ending, Event, Exported, Fact, Package, Reached, RunEvent, Stage, StageEnd, StageEvent,
    Why,
};
use crate::ids::{BuildId, BuildNumber, BuildUploadId};
use crate::receipt::Source;
use crate::wishes::Wishes;

/// What is known of the run so far.
#[derive(Clone, Debug)]
pub struct Story {
    /// The subcommand, such as `ship`; empty before the run has begun.
    pub command: &'static str,
    /// The scenario in a sandbox run.
    pub sandbox: Option<String>,
    /// When the run began.
    pub started: SystemTime,
    /// How long it has run.
    pub elapsed: Duration,
    /// What the package says of itself.
    pub package: Option<Package>,
    /// What an export wrote.
    pub exported: Option<Exported>,
    /// The app record.
    pub app: Option<App>,
    /// The SHA-256 of the package's file.
    pub package_sha256: Option<String>,
    /// The id of the build upload.
    pub build_upload_id: Option<BuildUploadId>,
    /// The build's page in App Store Connect.
    pub testflight_url: Option<String>,
    /// The id of the build.
    pub build_id: Option<BuildId>,
    /// What is to be done with the build.
    pub wishes: Wishes,
    /// The next free build number of the app, where it was asked for.
    pub next_build_number: Option<BuildNumber>,
    /// How far Apple is, in Apple's own word.
    pub processing_state: Option<String>,
    /// The stages in the order in which they began.
    pub stages: Vec<StageRecord>,
    /// The findings in the order in which they came, each once.
    pub findings: Vec<Finding>,
    /// Calls to App Store Connect.
    pub api_calls: u64,
    /// How far the run is.
    pub reached: Reached,
    /// How the run ended; `None` while it runs.
    pub ending: Option<Ending>,
    /// From what the build was made.
    pub commit: Option<Source>,
    /// Whether our sentences speak of the action's inputs, and not of options.
    pub speaks_of_inputs: bool,
    /// The path of the receipt, where one is written or carried on with.
    pub receipt: Option<String>,
    /// The path of the report, where one is written.
    pub report: Option<String>,
    /// Where the repository's files are shown at the commit that was built, such as
    /// `https://github.com/octo/app/blob/<sha>`.
    pub source: Option<String>,
}

/// A stage that began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageRecord {
    /// Which one.
    pub stage: Stage,
    /// How long it took, once it is over.
    pub took: Option<Duration>,
    /// How it ended, once it is over.
    pub end: Option<StageEnd>,
}

impl Story {
    /// Whether the bytes may be with Apple, and nobody was heard to say so.
    pub fn is_in_doubt(&self) -> bool {
        let mut uploads = self
            .stages
            .iter()
            .filter(|record| record.stage == Stage::Upload);
        let end = uploads.next_back().and_then(|record| record.end);
        let is_open = matches!(end, Some(StageEnd::Failed | StageEnd::Stopped));
        self.reached == Reached::Sent && is_open && self.processing_state.is_none()
    }

    /// A story in which nothing has happened yet.
    pub fn beginning_at(started: SystemTime) -> Self {
        Self {
            command: "",
            sandbox: None,
            started,
            elapsed: Duration::ZERO,
            package: None,
            exported: None,
            app: None,
            package_sha256: None,
            build_upload_id: None,
            testflight_url: None,
            build_id: None,
            wishes: Wishes::default(),
            next_build_number: None,
            processing_state: None,
            stages: Vec::new(),
            findings: Vec::new(),
            api_calls: 0,
            reached: Reached::Nothing,
            ending: None,
            commit: None,
            speaks_of_inputs: false,
            receipt: None,
            report: None,
            source: None,
        }
    }

    /// Takes in what happened. Gives back whether it is news: a finding or a fact that comes again is
    /// none.
    pub fn fold(&mut self, event: &Event) -> bool {
        match event {
            Event::Run(RunEvent::Started { command, sandbox }) => {
                self.command = command;
                self.sandbox.clone_from(sandbox);
            }
            Event::Run(RunEvent::Ended(ending)) => {
                self.reach(ending.reached);
                self.ending = Some(*ending);
            }
            Event::Stage(event) => self.fold_stage(event),
            Event::Fact(fact) => return self.fold_fact(fact),
            Event::Reached(reached) => self.reach(*reached),
            Event::Found(finding) => return self.add(finding),
            Event::ApiCall(_) => self.api_calls += 1,
            Event::Progress(_) | Event::WaitsAtMost(_) | Event::Note(_) => {}
        }
        true
    }

    /// A reservation that was given back has no page any more that could be linked. Its id stays, for
    /// whoever has to ask Apple.
    fn reach(&mut self, reached: Reached) {
        if self.reached >= Reached::Reserved && reached < Reached::Reserved {
            self.testflight_url = None;
        }
        self.reached = reached;
    }

    fn add(&mut self, finding: &Finding) -> bool {
        let is_new = !self.findings.contains(finding);
        if is_new {
            self.findings.push(finding.clone());
        }
        is_new
    }

    fn fold_stage(&mut self, event: &StageEvent) {
        match event {
            StageEvent::Started(stage) => self.stages.push(StageRecord {
                stage: *stage,
                took: None,
                end: None,
            }),
            StageEvent::Ended { stage, took, end } => {
                let ended = StageRecord {
                    stage: *stage,
                    took: Some(*took),
                    end: Some(*end),
                };
                let open = self
                    .stages
                    .iter_mut()
                    .rev()
                    .find(|record| record.stage == *stage && record.end.is_none());
                match open {
                    Some(record) => *record = ended,
                    None => self.stages.push(ended),
                }
            }
        }
    }

    fn fold_fact(&mut self, fact: &Fact) -> bool {
        match fact {
            Fact::Package(package) => replace(&mut self.package, package.clone()),
            Fact::PackageHash(hash) => replace(&mut self.package_sha256, hash.clone()),
            Fact::App(app) => replace(&mut self.app, app.clone()),
            Fact::BuildUpload { id, testflight_url } => {
                let other_address = testflight_url
                    .as_ref()
                    .is_some_and(|url| replace(&mut self.testflight_url, url.clone()));
                replace(&mut self.build_upload_id, id.clone()) || other_address
            }
            Fact::Build { id } => replace(&mut self.build_id, id.clone()),
            Fact::Wishes(wishes) => {
                self.wishes.clone_from(wishes);
                true
            }
            Fact::Exported(exported) => replace(&mut self.exported, exported.clone()),
            Fact::NextBuildNumber(next) => replace(&mut self.next_build_number, next.clone()),
            Fact::ProcessingState(state) => replace(&mut self.processing_state, state.clone()),
        }
    }

    /// The findings, worst first; among equals those with a fix, then those that came first, for what came
    /// first is the cause. That a place was found for a finding does not make it one.
    pub fn worst_first(&self) -> Vec<&Finding> {
        let mut findings: Vec<&Finding> = self.findings.iter().collect();
        findings.sort_by_key(|finding| {
            (
                finding.diagnostic.severity,
                finding.diagnostic.fix.is_empty(),
            )
        });
        findings
    }

    /// How many findings are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.diagnostic.severity == severity)
            .count()
    }

    /// How the run ended; one that still runs has not been finished.
    pub fn ending(&self) -> Ending {
        self.ending.unwrap_or(Ending {
            reached: self.reached,
            why: Why::Unfinished,
        })
    }
}

fn replace<T: PartialEq>(known: &mut Option<T>, new: T) -> bool {
    let is_new = known.as_ref() != Some(&new);
    *known = Some(new);
    is_new
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic, Location};

    fn story() -> Story {
        Story::beginning_at(SystemTime::UNIX_EPOCH)
    }

    #[test]
    fn what_comes_again_is_no_news() {
        let mut story = story();
        let found = Event::found(Diagnostic::error(Code::new("a"), "x"));
        assert!(story.fold(&found));
        assert!(!story.fold(&found));
        assert_eq!(story.findings.len(), 1);
        let state = Event::Fact(Fact::ProcessingState("PROCESSING".into()));
        assert!(story.fold(&state));
        assert!(!story.fold(&state));
    }

    #[test]
    fn an_ended_stage_closes_the_one_that_began() {
        let mut story = story();
        story.fold(&Event::Stage(StageEvent::Started(Stage::Upload)));
        assert_eq!(story.stages[0].end, None);
        story.fold(&Event::Stage(StageEvent::Ended {
            stage: Stage::Upload,
            took: Duration::from_secs(3),
            end: StageEnd::Done,
        }));
        assert_eq!(story.stages.len(), 1);
        assert_eq!(story.stages[0].end, Some(StageEnd::Done));
    }

    #[test]
    fn the_cause_comes_first_whatever_has_a_place() {
        let mut story = story();
        let place = Location {
            path: "a".into(),
            line: None,
            column: None,
        };
        for (diagnostic, location) in [
            (Diagnostic::notice(Code::new("n"), "n"), None),
            (Diagnostic::error(Code::new("e"), "e"), None),
            (Diagnostic::error(Code::new("f"), "f").fix("do"), None),
            (Diagnostic::error(Code::new("p"), "p"), Some(place)),
        ] {
            story.fold(&Event::Found(Box::new(Finding {
                diagnostic,
                location,
                edit: None,
            })));
        }
        let order: Vec<&str> = story
            .worst_first()
            .iter()
            .map(|f| f.diagnostic.title.as_str())
            .collect();
        assert_eq!(order, ["f", "e", "p", "n"]);
    }

    #[test]
    fn a_run_without_an_end_is_unfinished_and_undecided() {
        assert_eq!(story().ending(), Ending::at_once(Why::Unfinished));
    }

    #[test]
    fn no_link_points_at_an_upload_that_was_given_back() {
        let mut story = story();
        story.fold(&Event::Reached(Reached::Reserved));
        story.fold(&Event::Fact(Fact::BuildUpload {
            id: BuildUploadId::new("u1"),
            testflight_url: Some("https://appstoreconnect.apple.com/apps/1".into()),
        }));
        assert!(story.testflight_url.is_some());
        story.fold(&Event::Reached(Reached::Package));
        assert_eq!(story.testflight_url, None);
        assert!(story.build_upload_id.is_some());
    }
}
