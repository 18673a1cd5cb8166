//! How a run ended, in sentences: tables over how far it got and why it went no further. No sentence
//! says of what was sent that it was not, nor of what testers can't get that it is ready.

use crate::diagnostic::{Diagnostic, Finding, Retry, Severity};
use crate::event::{Ending, Hold, Interruption, Outcome, Reached, Stage, StageEnd, Verdict, Why};
use crate::report::story::Story;
use crate::report::words;
use crate::report::words::{carry_on, groups};

/// What a run was found to wait for when its patience ended.
const WAITED_FOR: [&str; 3] = [
    "build-still-processing",
    "still-waiting",
    "store-submission-not-cancelled",
];

/// One sentence: what became of the run.
pub fn headline(story: &Story) -> String {
    let ending = story.ending();
    let build = words::build(story);
    let sent = ending.reached.is_sent();
    match ending.why {
        Why::Done if !sent && story.count(Severity::Warning) > 0 => {
            "nothing failed, but there is a warning to look at".to_owned()
        }
        Why::Done if asks_only(story) => asked(story, &build),
        Why::Done => match exported(story) {
            Some(package) if ending.reached == Reached::Nothing => format!("{package} is exported"),
            Some(_) | None if ending.reached == Reached::Nothing => {
                done_before_any_package(story).to_owned()
            }
            Some(_) | None => done(story, &build),
        },
        Why::Held(hold) if ending.reached >= Reached::Processed => held(hold, &build),
        Why::LogRead { verdict, errors } => log_read(verdict, errors).to_owned(),
        Why::Skipped if !sent => "nothing was shipped, because this run has no key".to_owned(),
        Why::Usage if !sent => "nothing was tried: the call must be corrected first".to_owned(),
        Why::Failed => failed(ending.reached, &build),
        Why::Invalid => format!("Apple processed {build} and found it invalid"),
        Why::NeverAppeared if sent => {
            format!("{build} was uploaded but has not appeared in App Store Connect")
        }
        Why::StillProcessing if ending.reached >= Reached::Processed => {
            format!("Apple is not done with {build} yet; this run stopped waiting")
        }
        Why::StillProcessing if sent => {
            format!("Apple is still processing {build}; this run stopped waiting")
        }
        Why::Refused => joined(story, ", but ", "something must change first"),
        Why::DeadlinePassed => joined(story, "; ", "the time for the whole run was over"),
        Why::Interrupted(by) => {
            let cancelled = match by {
                Interruption::Interrupt => " (cancelled)",
                Interruption::Terminate | Interruption::Hangup | Interruption::Quit => "",
            };
            let why = format!("the run was stopped by {}{cancelled}", by.signal());
            joined(story, "; ", &why)
        }
        Why::Unfinished
        | Why::Held(_)
        | Why::Skipped
        | Why::Usage
        | Why::NeverAppeared
        | Why::StillProcessing => joined(story, ", but ", "the run could not be finished"),
    }
}

/// The same beside a line that says what stands in the way: that is not said again.
pub fn beside(story: &Story) -> String {
    let ending = story.ending();
    let build = words::build(story);
    let asks = matches!(
        ending.why,
        Why::Held(Hold::ExportCompliance | Hold::ComplianceReview)
    );
    if asks && ending.reached >= Reached::Processed {
        format!("{build} is processed, but testers can't get it yet")
    } else if ending.why == Why::StillProcessing && ending.reached.is_sent() {
        format!("{build} is uploaded; this run stopped waiting")
    } else if ending.why == Why::Skipped && !ending.reached.is_sent() {
        "nothing was shipped".to_owned()
    } else {
        headline(story)
    }
}

/// How far it got and why it went no further, where both have to be said.
fn joined(story: &Story, and: &str, why: &str) -> String {
    let reached = story.ending().reached;
    let build = words::build(story);
    let at = match reached {
        Reached::Nothing if !is_for_sending(story) => return why.to_owned(),
        Reached::Nothing => "nothing was sent".to_owned(),
        Reached::Sent if story.is_in_doubt() => {
            return format!("{why}; nobody knows whether {build} is with Apple");
        }
        Reached::Package if !is_for_sending(story) => return why.to_owned(),
        Reached::Package => format!("{build} was not delivered"),
        Reached::Reserved => {
            format!("{build} was not delivered, and its upload stays open at Apple")
        }
        Reached::Sent => format!("{build} was sent to Apple"),
        Reached::Accepted => format!("Apple accepted {build}"),
        Reached::Processed => format!("Apple processed {build}"),
        Reached::Distributed => given(&build),
        Reached::Submitted => submitted(story, &build),
    };
    let keeps_from_store = reached == Reached::Submitted
        && story.ending().why == Why::Refused
        && ended(story, Stage::Submission) == Some(StageEnd::Failed);
    if keeps_from_store {
        return format!("{at} and not to the App Store: {why}");
    }
    match reached {
        Reached::Nothing | Reached::Package => format!("{at}: {why}"),
        Reached::Reserved
        | Reached::Sent
        | Reached::Accepted
        | Reached::Processed
        | Reached::Distributed
        | Reached::Submitted => format!("{at}{and}{why}"),
    }
}

/// Whether the command asks after a build or version, and gives it to nobody.
fn asks_only(story: &Story) -> bool {
    matches!(
        story.command,
        "status" | "wait" | "release" | "cancel" | "next-build-number"
    )
}

/// What Apple says of it, in its own word.
fn asked(story: &Story, build: &str) -> String {
    match (&story.processing_state, story.command) {
        (_, "next-build-number") => "the next build number was found".to_owned(),
        (_, "release") => format!("the release of {build} is as it was asked for"),
        (_, "cancel") => format!("no submission of {build} is left to take back"),
        (Some(state), "wait") => {
            format!("what was waited for is so: Apple says {state} of {build}")
        }
        (Some(state), _) => format!("Apple says {state} of {build}"),
        (None, _) => format!("{build} was asked about"),
    }
}

/// The name of the package that an export wrote.
fn exported(story: &Story) -> Option<String> {
    let package = story.exported.as_ref()?.package.as_ref()?;
    Some(package.file_name()?.to_string_lossy().into_owned())
}

/// Whether the command sends anything, so that it is worth a word that nothing was sent.
fn is_for_sending(story: &Story) -> bool {
    matches!(story.command, "ship" | "upload")
}

/// What a command without a package did.
fn done_before_any_package(story: &Story) -> &'static str {
    match story.command {
        "doctor" => "nothing that was looked at is wrong",
        "cleanup" => "nothing of a killed run is left",
        "webhook" => "App Store Connect did what was asked",
        _ => "the key works",
    }
}

/// Groups have a build before all of their testers can get it.
fn given(build: &str) -> String {
    format!("{build} was given to its groups of testers")
}

/// Which review has it, by the stages of this run; where none of them tells, either may.
fn submitted(story: &Story, build: &str) -> String {
    let by = |stage| ended(story, stage) == Some(StageEnd::Done);
    let to = match (by(Stage::Submission), by(Stage::Distribution)) {
        (true, true) if story.wishes.distribution.beta_review => {
            "the beta review and to the App Store"
        }
        (true, _) => "the App Store",
        (false, true) => "the beta review",
        (false, false) => "review",
    };
    format!("{build} was submitted to {to}")
}

/// How a stage of this run ended, where it is over.
fn ended(story: &Story, stage: Stage) -> Option<StageEnd> {
    let mut of = story.stages.iter().filter(|record| record.stage == stage);
    of.next_back()?.end
}

fn done(story: &Story, build: &str) -> String {
    match story.ending().reached {
        Reached::Nothing => "nothing was wrong".to_owned(),
        Reached::Package => format!("{build} would be taken: nothing that was checked is wrong"),
        Reached::Reserved => format!("an upload of {build} is reserved"),
        Reached::Sent => format!("{build} is uploaded; what Apple makes of it was not waited for"),
        Reached::Accepted => format!("Apple accepted {build}"),
        Reached::Processed => format!("{build} is processed and ready for testing"),
        Reached::Distributed => given(build),
        Reached::Submitted => submitted(story, build),
    }
}

fn held(hold: Hold, build: &str) -> String {
    let why = match hold {
        Hold::ExportCompliance => "can't get it yet: the question on encryption is not answered",
        Hold::ComplianceReview => "can't get it yet: Apple looks at the answer on encryption",
        Hold::Expired => "can't get it any more: it has expired",
        Hold::Unsaid => {
            return format!("{build} is processed; Apple does not say whether testers can get it");
        }
    };
    format!("{build} is processed, but testers {why}")
}

fn failed(reached: Reached, build: &str) -> String {
    match reached {
        Reached::Nothing | Reached::Package | Reached::Reserved | Reached::Sent => {
            format!("Apple refused {build}")
        }
        Reached::Accepted => format!("Apple accepted {build}, but its processing failed"),
        Reached::Processed | Reached::Distributed | Reached::Submitted => {
            format!("Apple processed {build}, but TestFlight failed on it")
        }
    }
}

fn log_read(verdict: Verdict, errors: bool) -> &'static str {
    match (verdict, errors) {
        (Verdict::Succeeded, false) => "the log says that it worked",
        (Verdict::Succeeded, true) => "the log says that it worked, and there are errors in it",
        (Verdict::Failed, _) => "the log says that it failed",
        (Verdict::Unknown, false) => {
            "there is no error in the log, and nothing that decides how it ended"
        }
        (Verdict::Unknown, true) => "there are errors in the log",
    }
}

/// What to do next, one sentence each, at most two: the first step of what stands in the way, and what
/// comes after it.
pub fn next_steps(story: &Story) -> Vec<String> {
    let ending = story.ending();
    let Some(obstacle) = obstacle(story) else {
        let carries_on = carry_on::sentence(story).filter(|_| carry_on::has_more(story));
        // Whoever asks how far Apple is has just been told.
        let last = after(ending).filter(|_| !asks_only(story));
        let last = last.map(str::to_owned);
        return match (carries_on, ending.why) {
            (Some(step), Why::Done) if ending.reached < Reached::Processed => {
                last.into_iter().chain([step]).collect()
            }
            (Some(_), Why::Done) | (None, _) => last.into_iter().collect(),
            (Some(step), _) => vec![step],
        };
    };
    let step = obstacle.diagnostic.fix.first().cloned();
    step.into_iter()
        .chain(then(story).map(str::to_owned))
        .collect()
}

/// What comes after the steps of what stands in the way.
pub fn then(story: &Story) -> Option<&'static str> {
    let ending = story.ending();
    let obstacle = &obstacle(story)?.diagnostic;
    match obstacle.retry {
        // Such a step says itself when to run again.
        Some(Retry::Yes | Retry::Later) if !obstacle.fix.is_empty() => None,
        Some(Retry::Yes | Retry::Later) => Some(again(ending.reached)),
        Some(Retry::No) | None if go_on(&obstacle.fix) => None,
        // Asking again mends nothing of what Apple decided.
        Some(Retry::No) | None if asks_only(story) && ending.reached.is_sent() => None,
        Some(Retry::No) | None if story.is_in_doubt() => {
            Some("Look in App Store Connect whether the build is there before you run again.")
        }
        Some(Retry::No) | None => match ending.why {
            Why::LogRead { .. } => Some(after_a_log(obstacle)),
            _ => once_mended(ending),
        },
    }
}

/// What comes after what a log said was mended: what Apple refused must be built again.
fn after_a_log(obstacle: &Diagnostic) -> &'static str {
    match obstacle.code.as_str().starts_with("itms-") {
        true => "Then build again and upload the new build.",
        false => "Then run the job again.",
    }
}

/// Whether the steps say themselves what comes after them.
fn go_on(steps: &[String]) -> bool {
    let repeats = |step: &String| step.contains("run the same command again");
    steps.first().is_some_and(|step| goes_on(step)) || steps.iter().any(repeats)
}

fn goes_on(step: &str) -> bool {
    let step = step.to_lowercase();
    let says = |verb: &str| step.contains(&format!("{verb} again"));
    ["build", "ship", "run", "upload", "archive"]
        .into_iter()
        .any(says)
}

/// The finding that has to be dealt with first, where one stands in the way.
pub fn obstacle(story: &Story) -> Option<&Finding> {
    let found = |is_it: &dyn Fn(&Diagnostic) -> bool| {
        let groups = groups::of(story).into_iter();
        let mut findings = groups.map(|group| group.first);
        findings.find(|finding| is_it(&finding.diagnostic))
    };
    let is_error = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
    match story.ending().why {
        Why::Done | Why::LogRead { errors: false, .. } => None,
        // Nothing is wrong: it is told as a notice.
        Why::Skipped => found(&|diagnostic| diagnostic.code.as_str() == "secrets-missing"),
        Why::Held(hold) => {
            let word = hold.api_word()?;
            found(&|diagnostic| diagnostic.codes.iter().any(|code| code == word))
        }
        // Most are told as warnings, for nothing is wrong.
        Why::StillProcessing => found(&|diagnostic| WAITED_FOR.contains(&diagnostic.code.as_str())),
        Why::LogRead { errors: true, .. }
        | Why::Usage
        | Why::Refused
        | Why::Failed
        | Why::Invalid
        | Why::NeverAppeared
        | Why::Unfinished
        | Why::DeadlinePassed
        | Why::Interrupted(_) => found(&is_error),
    }
}

/// What comes after what stands in the way was mended.
fn once_mended(ending: Ending) -> Option<&'static str> {
    let sent = ending.reached.is_sent();
    match ending.why {
        Why::Failed if ending.reached < Reached::Accepted => {
            Some("Then build again and ship the new build.")
        }
        Why::Failed | Why::Invalid => {
            Some("Then build again with a higher build number and ship the new build.")
        }
        Why::Held(_) | Why::Skipped => None,
        Why::Refused | Why::Unfinished | Why::DeadlinePassed | Why::Interrupted(_) if sent => {
            Some(again(ending.reached))
        }
        Why::NeverAppeared | Why::StillProcessing => Some(again(ending.reached)),
        Why::Done
        | Why::LogRead { .. }
        | Why::Usage
        | Why::Refused
        | Why::Unfinished
        | Why::DeadlinePassed
        | Why::Interrupted(_) => Some("Then run again."),
    }
}

/// What comes next where nothing stands in the way.
fn after(ending: Ending) -> Option<&'static str> {
    match (ending.outcome(), ending.why) {
        (Outcome::Processed | Outcome::Distributed | Outcome::Submitted, Why::Held(hold)) => {
            Some(match hold {
                Hold::ExportCompliance => {
                    "Answer the question on encryption in App Store Connect, under TestFlight."
                }
                Hold::ComplianceReview => {
                    "Wait for Apple's answer; App Store Connect shows it under TestFlight."
                }
                Hold::Expired => "Ship a new build with a higher build number.",
                Hold::Unsaid => "Look at the build's state in App Store Connect, under TestFlight.",
            })
        }
        (Outcome::Uploaded, _) => Some(
            "Apple checks the build now, usually within minutes; its mail or the link says how that ends.",
        ),
        (Outcome::Accepted, _) => Some(
            "Apple processes the build now, usually within half an hour; the link shows when it is ready.",
        ),
        (Outcome::Processed, _) => Some("The build can be given to testers in TestFlight."),
        (Outcome::Usage, _) => Some("Correct what is named above; --help shows all options."),
        (
            Outcome::Passed
            | Outcome::Distributed
            | Outcome::Submitted
            | Outcome::Skipped
            | Outcome::ErrorsFound,
            _,
        ) => None,
        (Outcome::Refused | Outcome::Withheld | Outcome::Failed | Outcome::Invalid, _) => Some(
            "Look in App Store Connect, and in the mail that Apple sends to the account holder.",
        ),
        (
            Outcome::NeverAppeared
            | Outcome::StillProcessing
            | Outcome::Unfinished
            | Outcome::DeadlinePassed
            | Outcome::Interrupted,
            _,
        ) => Some(again(ending.reached)),
    }
}

/// Running again, and what it meets.
fn again(reached: Reached) -> &'static str {
    match reached {
        Reached::Nothing | Reached::Package => "Run the same command again.",
        Reached::Reserved => {
            "Run the same command again: it carries on with the upload that was begun."
        }
        Reached::Sent
        | Reached::Accepted
        | Reached::Processed
        | Reached::Distributed
        | Reached::Submitted => {
            "Run the same command again: it finds the upload at Apple and sends nothing twice."
        }
    }
}

/// A mark that tells endings apart without colour.
pub fn mark(ending: Ending) -> &'static str {
    match (ending.why, ending.verdict()) {
        (Why::Held(_), _) => "!",
        (_, Verdict::Succeeded) => "✓",
        (_, Verdict::Failed) => "✗",
        (_, Verdict::Unknown) => "?",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::event::Event;
    use crate::report::tests::samples;

    /// A story that ended so, with an error and without.
    fn stories(ending: Ending) -> [Story; 2] {
        let mut plain = samples::story(vec![samples::package()]);
        plain.command = "ship";
        plain.reached = ending.reached;
        plain.ending = Some(ending);
        let mut failing = plain.clone();
        failing.fold(&Event::found(
            Diagnostic::error(Code::new("x"), "a fault").fix("Mend it."),
        ));
        [plain, failing]
    }

    fn all_words(story: &Story) -> String {
        format!("{}\n{}", headline(story), next_steps(story).join("\n"))
    }

    #[test]
    fn what_stands_in_the_way_is_not_said_again_beside_it() {
        let held = Why::Held(Hold::ExportCompliance);
        for (reached, why, said) in [
            (Reached::Processed, held, "testers can't get it yet"),
            (
                Reached::Sent,
                Why::StillProcessing,
                "this run stopped waiting",
            ),
            (Reached::Nothing, Why::Skipped, "nothing was shipped"),
        ] {
            let [story, _] = stories(Ending { reached, why });
            let beside = beside(&story);
            assert!(beside.ends_with(said), "{beside}");
            assert!(headline(&story).len() > beside.len(), "{beside}");
        }
    }

    #[test]
    fn what_the_first_step_says_is_not_said_after_it() {
        let ending = Ending::at_once(Why::Refused);
        let [mut story, _] = stories(ending);
        let found = Diagnostic::error(Code::new("x"), "a fault");
        story.fold(&Event::found(found.fix("Raise the number and ship again.")));
        assert_eq!(next_steps(&story), ["Raise the number and ship again."]);
        let reached = Reached::Submitted;
        let [_, mut story] = stories(Ending {
            reached,
            why: Why::Refused,
        });
        assert_eq!(next_steps(&story).len(), 2);
        story.command = "wait";
        assert_eq!(next_steps(&story), ["Mend it."]);
    }

    #[test]
    fn no_sentence_contradicts_how_far_the_run_got() {
        for ending in Ending::all() {
            for story in stories(ending) {
                let words = all_words(&story);
                let says = |text: &str| words.contains(text);
                if ending.reached.is_sent() {
                    assert!(
                        !says("not sent") && !says("not delivered"),
                        "{ending:?}: {words}"
                    );
                    assert!(!says("nothing was"), "{ending:?}: {words}");
                } else if !matches!(ending.why, Why::Failed | Why::Invalid) {
                    for claim in [
                        "sent to Apple",
                        "uploaded",
                        "accepted",
                        "processed",
                        "finds the upload",
                    ] {
                        assert!(!says(claim), "{ending:?}: {words}");
                    }
                }
                let is_processed = ending.reached >= Reached::Processed;
                assert!(!is_processed || !says("still processing"), "{words}");
                let waits = ending.reached == Reached::Reserved;
                assert!(waits || !says("carries on"), "{ending:?}: {words}");
                assert!(waits || !says("stays open"), "{ending:?}: {words}");
            }
        }
    }

    #[test]
    fn only_a_build_that_testers_can_get_is_ready() {
        for ending in Ending::all() {
            let is_ready = ending.reached == Reached::Processed && ending.why == Why::Done;
            for story in stories(ending) {
                let words = all_words(&story);
                assert_eq!(words.contains("ready for testing"), is_ready, "{ending:?}");
                assert!(
                    is_ready || !words.contains("can be given to testers"),
                    "{ending:?}"
                );
            }
        }
    }

    #[test]
    fn what_stands_in_the_way_is_named_first() {
        for ending in Ending::all() {
            let [_, story] = stories(ending);
            let steps = next_steps(&story);
            assert!(steps.len() <= 2, "{steps:?}");
            if ending.exit_code() == 1 && story.ending().why != Why::StillProcessing {
                assert_eq!(
                    steps.first().map(String::as_str),
                    Some("Mend it."),
                    "{ending:?}"
                );
            }
        }
    }

    #[test]
    fn a_passing_fault_asks_for_no_change() {
        let mut story = samples::story(vec![samples::package()]);
        story.fold(&Event::found(
            Diagnostic::error(Code::new("x"), "Apple is busy")
                .fix("Run the job again tomorrow.")
                .retry(Retry::Later),
        ));
        story.ending = Some(Ending {
            reached: Reached::Package,
            why: Why::Unfinished,
        });
        assert_eq!(next_steps(&story), ["Run the job again tomorrow."]);
    }

    #[test]
    fn every_ending_has_a_headline_that_reads_so() {
        let mut lines: Vec<String> = Ending::all()
            .into_iter()
            .filter(|ending| !matches!(ending.why, Why::LogRead { .. } | Why::Held(_)))
            .map(|ending| {
                let word = ending.outcome().name();
                format!("{word}: {}", headline(&stories(ending)[0]))
            })
            .collect();
        lines.sort();
        lines.dedup();
        insta::assert_snapshot!(lines.join("\n"));
    }
}
