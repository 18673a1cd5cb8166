//! The commit status and the check run of a story. Pure.

use crate::diagnostic::{Finding, Severity};
use crate::event::{Ending, Outcome, Why};
use crate::github::check_runs::{Annotation, CheckRun, Conclusion, Level};
use crate::github::statuses::{State, Status};
use crate::report::pull_request::comment;
use crate::report::story::Story;
use crate::report::words;
use crate::report::words::{cause, ending, standing};

/// The status of the story as it stands; `None` until it is known whose build it is.
pub fn status(story: &Story, run_url: Option<&str>) -> Option<Status> {
    Some(Status {
        context: name(story)?,
        state: state(story),
        description: description(story),
        target_url: words::link(story)
            .filter(|address| address.starts_with("https://"))
            .or(run_url)
            .map(str::to_owned),
    })
}

/// The check run of a story that is over.
pub fn check_run(story: &Story, run_url: Option<&str>) -> Option<CheckRun> {
    let annotations = story.worst_first().into_iter().filter_map(annotation);
    Some(CheckRun {
        name: name(story)?,
        conclusion: conclusion(story.ending()),
        title: description(story),
        summary: comment::render(
            story,
            comment::Place {
                run_url,
                commit: None,
            },
            "",
        ),
        details_url: run_url.map(str::to_owned),
        annotations: annotations.collect(),
    })
}

/// A rehearsal has a name of its own, so that no branch rule takes it for the real thing; so has what a
/// log says, in which no build may be named.
fn name(story: &Story) -> Option<String> {
    let whose = match &story.package {
        Some(package) => package.bundle_identifier.as_str(),
        None if words::is_of_a_log(story) => "log",
        None => return None,
    };
    let sandbox = if story.sandbox.is_some() {
        "SANDBOX "
    } else {
        ""
    };
    Some(format!("{sandbox}TestFlight / {whose}"))
}

fn state(story: &Story) -> State {
    match story.ending {
        None => State::Pending,
        Some(ending) => state_of(ending),
    }
}

fn state_of(ending: Ending) -> State {
    match ending.outcome() {
        // It waits for somebody, and so does whoever waits for the build.
        Outcome::Processed | Outcome::Distributed | Outcome::Submitted
            if matches!(ending.why, Why::Held(_)) =>
        {
            State::Pending
        }
        Outcome::Passed
        | Outcome::Uploaded
        | Outcome::Accepted
        | Outcome::Processed
        | Outcome::Distributed
        | Outcome::Submitted
        | Outcome::Skipped => State::Success,
        Outcome::ErrorsFound
        | Outcome::Refused
        | Outcome::Withheld
        | Outcome::Failed
        | Outcome::Invalid
        | Outcome::Usage => State::Failure,
        // Apple goes on, and so may a later run.
        Outcome::StillProcessing => State::Pending,
        Outcome::NeverAppeared
        | Outcome::Unfinished
        | Outcome::DeadlinePassed
        | Outcome::Interrupted => State::Error,
    }
}

fn conclusion(ending: Ending) -> Conclusion {
    match ending.outcome() {
        Outcome::NeverAppeared | Outcome::DeadlinePassed => Conclusion::TimedOut,
        Outcome::Interrupted => Conclusion::Cancelled,
        Outcome::Skipped => Conclusion::Neutral,
        _ => match state_of(ending) {
            State::Success => Conclusion::Success,
            State::Pending => Conclusion::Neutral,
            State::Failure | State::Error => Conclusion::Failure,
        },
    }
}

/// What is wrong and where, and then what became of it; lists show the beginning.
fn description(story: &Story) -> String {
    match cause::of(story) {
        Some(cause) => format!("{} · {}", cause.line(), ending::beside(story)),
        None => standing::line(story),
    }
}

fn annotation(finding: &Finding) -> Option<Annotation> {
    let location = finding.location.as_ref()?;
    let found = &finding.diagnostic;
    let fixes = found.fix.iter().map(|step| format!("Fix: {step}"));
    let lines: Vec<String> = Some(found.message.clone())
        .into_iter()
        .chain(fixes)
        .filter(|line| !line.is_empty())
        .collect();
    let message = if lines.is_empty() {
        found.title.clone()
    } else {
        lines.join("\n")
    };
    Some(Annotation {
        path: location.path.clone(),
        line: location.line.unwrap_or(1),
        level: match found.severity {
            Severity::Error => Level::Failure,
            Severity::Warning => Level::Warning,
            Severity::Notice => Level::Notice,
        },
        title: found.title.clone(),
        message,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Verdict;
    use crate::report::tests::samples;

    #[test]
    fn a_status_says_where_the_build_is_and_leads_to_it() {
        let told = samples::passed();
        let mut states = Vec::new();
        for length in 0..=told.len() {
            let story = samples::story(told[..length].to_vec());
            if let Some(status) = status(&story, Some("https://github.com/run")) {
                states.push((status.state, status.description, status.target_url));
            }
        }
        states.dedup_by(|a, b| a.1 == b.1);
        let said: Vec<&str> = states.iter().map(|(_, said, _)| said.as_str()).collect();
        assert_eq!(
            said,
            [
                "Example 1.4.0 (42) is being checked",
                "Example 1.4.0 (42) is being uploaded",
                "Apple is processing Example 1.4.0 (42)",
                "Example 1.4.0 (42) is processed and ready for testing",
            ]
        );
        let (state, _, target) = states.last().unwrap();
        assert_eq!(*state, State::Success);
        assert!(target.as_deref().unwrap().contains("appstoreconnect"));
        assert_eq!(states[0].2.as_deref(), Some("https://github.com/run"));
    }

    #[test]
    fn a_rehearsal_has_a_name_of_its_own_and_a_rejection_says_why() {
        let story = samples::story(samples::rejected());
        let status = status(&story, None).unwrap();
        assert_eq!(status.context, "SANDBOX TestFlight / com.example.app");
        assert_eq!(status.state, State::Failure);
        assert_eq!(
            status.description,
            "Info.plist:12: the app uses the camera but does not say why: NSCameraUsageDescription · Apple refused Example 1.4.0 (42)"
        );
    }

    #[test]
    fn a_check_run_puts_the_finding_on_its_line() {
        let story = samples::story(samples::rejected());
        let run = check_run(&story, None).unwrap();
        assert_eq!(run.conclusion, Conclusion::Failure);
        assert_eq!(run.annotations.len(), 1);
        assert_eq!(run.annotations[0].path, "ios/Runner/Info.plist");
        assert_eq!(run.annotations[0].line, 12);
        assert!(run.annotations[0].message.contains("Fix: add NSCamera"));
    }

    #[test]
    fn the_status_agrees_with_the_exit_code_and_is_green_only_for_what_testers_get() {
        for ending in Ending::all() {
            let state = state_of(ending);
            let held = matches!(ending.why, Why::Held(_));
            match ending.exit_code() {
                0 if held => assert_eq!(state, State::Pending, "{ending:?}"),
                0 => assert_eq!(state, State::Success, "{ending:?}"),
                4 => assert_eq!(state, State::Pending, "{ending:?}"),
                _ => assert!(
                    [State::Failure, State::Error].contains(&state),
                    "{ending:?}"
                ),
            }
            let is_green = conclusion(ending) == Conclusion::Success;
            assert!(!is_green || state == State::Success, "{ending:?}");
        }
    }

    #[test]
    fn what_a_log_says_has_a_status_though_no_build_is_known() {
        let mut story = samples::story(Vec::new());
        story.command = "annotate";
        let reading = status(&story, None).unwrap();
        assert_eq!(reading.context, "TestFlight / log");
        assert_eq!(reading.description, "the log is being read");
        for (verdict, errors, state) in [
            (Verdict::Failed, true, State::Failure),
            (Verdict::Succeeded, true, State::Failure),
            (Verdict::Succeeded, false, State::Success),
            (Verdict::Unknown, false, State::Success),
        ] {
            story.ending = Some(Ending::at_once(Why::LogRead { verdict, errors }));
            let status = status(&story, None).unwrap();
            assert_eq!(status.state, state, "{}", status.description);
            assert!(status.description.contains("the log"), "{status:?}");
        }
    }

    #[test]
    fn no_status_is_made_before_it_is_known_whose_it_is() {
        assert_eq!(status(&samples::story(Vec::new()), None), None);
    }
}
