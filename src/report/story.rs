//! What is known of the run: a fold over what was told. Pure; reporters render from it.

use std::time::{Duration, SystemTime};

use crate::diagnostic::{Finding, Severity};
use crate::event::{Event, Fact, Outcome, RunEvent, Stage, StageEnd, StageEvent, Verdict};
use crate::ids::{
    AppId, BuildId, BuildNumber, BuildUploadId, BundleIdentifier, MarketingVersion, Platform,
};
use crate::report::Told;

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
    /// The app record.
    pub app: Option<App>,
    /// The id of the build upload.
    pub build_upload_id: Option<BuildUploadId>,
    /// The build's page in App Store Connect.
    pub testflight_url: Option<String>,
    /// The id of the build.
    pub build_id: Option<BuildId>,
    /// How far Apple is, in Apple's own word.
    pub processing_state: Option<String>,
    /// Bytes confirmed when the transfer began and by now.
    pub transfer: Option<(u64, u64)>,
    /// The stages in the order in which they began.
    pub stages: Vec<StageRecord>,
    /// The findings in the order in which they came, each once.
    pub findings: Vec<Finding>,
    /// Calls to App Store Connect.
    pub api_calls: u64,
    /// Why we could not finish, where that is so.
    pub reason: Option<String>,
    /// What became of the run; `None` while it runs.
    pub outcome: Option<Outcome>,
    /// The path of the report, where one is written.
    pub report: Option<String>,
}

/// What the package says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// The file's name, without its directory.
    pub file_name: String,
    /// The file's size in bytes.
    pub size: u64,
    /// `CFBundleIdentifier`.
    pub bundle_identifier: BundleIdentifier,
    /// `CFBundleShortVersionString`.
    pub marketing_version: MarketingVersion,
    /// `CFBundleVersion`.
    pub build_number: BuildNumber,
    /// The platform it was built for.
    pub platform: Platform,
    /// The name that people see.
    pub display_name: Option<String>,
}

/// The app record in App Store Connect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// The numeric Apple ID.
    pub id: AppId,
    /// Its name.
    pub name: String,
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
    /// A story in which nothing has happened yet.
    pub fn beginning_at(started: SystemTime) -> Self {
        Self {
            command: "",
            sandbox: None,
            started,
            elapsed: Duration::ZERO,
            package: None,
            app: None,
            build_upload_id: None,
            testflight_url: None,
            build_id: None,
            processing_state: None,
            transfer: None,
            stages: Vec::new(),
            findings: Vec::new(),
            api_calls: 0,
            reason: None,
            outcome: None,
            report: None,
        }
    }

    /// Takes in what was told. Gives back whether it is news: a finding or a fact that comes again
    /// is none.
    pub fn fold(&mut self, told: &Told) -> bool {
        match told {
            Told::Event(event) => self.fold_event(event),
            Told::Found(finding) => self.add(finding),
            Told::Failed(reason) => self.reason.replace(reason.clone()).as_ref() != Some(reason),
        }
    }

    fn fold_event(&mut self, event: &Event) -> bool {
        match event {
            Event::Run(RunEvent::Started { command, sandbox }) => {
                self.command = command;
                self.sandbox.clone_from(sandbox);
            }
            Event::Run(RunEvent::Ended(outcome)) => self.outcome = Some(outcome.clone()),
            Event::Stage(event) => self.fold_stage(event),
            Event::Fact(fact) => return self.fold_fact(fact),
            Event::Found(diagnostic) => {
                return self.add(&Finding {
                    diagnostic: (**diagnostic).clone(),
                    location: None,
                });
            }
            Event::ApiCall(_) => self.api_calls += 1,
            Event::Progress(progress) => {
                let began = self.transfer.map_or(progress.done, |(began, _)| began);
                self.transfer = Some((began.min(progress.done), progress.done));
            }
            Event::Note(_) => {}
        }
        true
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
            Fact::Package {
                file_name,
                size,
                bundle_identifier,
                marketing_version,
                build_number,
                platform,
                display_name,
            } => replace(
                &mut self.package,
                Package {
                    file_name: file_name.clone(),
                    size: *size,
                    bundle_identifier: bundle_identifier.clone(),
                    marketing_version: marketing_version.clone(),
                    build_number: build_number.clone(),
                    platform: *platform,
                    display_name: display_name.clone(),
                },
            ),
            Fact::App { id, name } => replace(
                &mut self.app,
                App {
                    id: id.clone(),
                    name: name.clone(),
                },
            ),
            Fact::BuildUpload { id, testflight_url } => {
                let other_address = testflight_url
                    .as_ref()
                    .is_some_and(|url| replace(&mut self.testflight_url, url.clone()));
                replace(&mut self.build_upload_id, id.clone()) || other_address
            }
            Fact::Build { id } => replace(&mut self.build_id, id.clone()),
            Fact::ProcessingState(state) => replace(&mut self.processing_state, state.clone()),
        }
    }

    /// The findings, worst first; among equals those that can be mended at a place come first, then
    /// those with a fix, then those that came first.
    pub fn worst_first(&self) -> Vec<&Finding> {
        let mut findings: Vec<&Finding> = self.findings.iter().collect();
        findings.sort_by_key(|finding| {
            (
                finding.diagnostic.severity,
                finding.location.is_none(),
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

    /// What became of the run; a run that still runs is unfinished.
    pub fn outcome(&self) -> Outcome {
        self.outcome.clone().unwrap_or(Outcome::Unfinished)
    }

    /// Whether the upload worked.
    pub fn verdict(&self) -> Verdict {
        self.outcome().verdict()
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
        let found = Told::Event(Event::Found(Box::new(Diagnostic::error(
            Code::new("a"),
            "x",
        ))));
        assert!(story.fold(&found));
        assert!(!story.fold(&found));
        assert_eq!(story.findings.len(), 1);
        let state = Told::Event(Event::Fact(Fact::ProcessingState("PROCESSING".into())));
        assert!(story.fold(&state));
        assert!(!story.fold(&state));
    }

    #[test]
    fn an_ended_stage_closes_the_one_that_began() {
        let mut story = story();
        story.fold(&Told::Event(Event::Stage(StageEvent::Started(
            Stage::Upload,
        ))));
        assert_eq!(story.stages[0].end, None);
        story.fold(&Told::Event(Event::Stage(StageEvent::Ended {
            stage: Stage::Upload,
            took: Duration::from_secs(3),
            end: StageEnd::Done,
        })));
        assert_eq!(story.stages.len(), 1);
        assert_eq!(story.stages[0].end, Some(StageEnd::Done));
    }

    #[test]
    fn the_worst_finding_with_a_place_comes_first() {
        let mut story = story();
        let place = Location {
            path: "a".into(),
            line: None,
        };
        for (diagnostic, location) in [
            (Diagnostic::notice(Code::new("n"), "n"), None),
            (Diagnostic::error(Code::new("e"), "e"), None),
            (Diagnostic::error(Code::new("f"), "f").fix("do"), None),
            (Diagnostic::error(Code::new("p"), "p"), Some(place)),
        ] {
            story.fold(&Told::Found(Finding {
                diagnostic,
                location,
            }));
        }
        let order: Vec<&str> = story
            .worst_first()
            .iter()
            .map(|f| f.diagnostic.title.as_str())
            .collect();
        assert_eq!(order, ["p", "f", "e", "n"]);
    }

    #[test]
    fn a_run_without_an_end_is_unfinished_and_undecided() {
        assert_eq!(story().outcome(), Outcome::Unfinished);
        assert_eq!(story().verdict(), Verdict::Unknown);
    }
}
