//! How to carry on where a run stopped: the command for any machine, or the inputs of a job.

use crate::diagnostic::Diagnostic;
use crate::event::{Reached, Why};
use crate::ids::Platform;
use crate::report::story::Story;

/// Findings whose first step is to run again.
const LATE: [&str; 3] = [
    "build-still-processing",
    "build-never-appeared",
    "deadline-passed",
];

/// Puts the exact command in the place of the general first step; of a fault at Apple it says that it is one, and what is
/// safe.
pub fn complete(found: &mut Diagnostic, story: &Story) {
    if is_apples_fault(found) {
        let safe = safe(story);
        found.message = format!(
            "{}\nThis is a fault at Apple, not of the app or the workflow. {safe}",
            found.message
        );
        if let Some(sentence) = sentence(story) {
            found.fix.insert(0, sentence);
        }
    }
    if LATE.contains(&found.code.as_str())
        && let Some(sentence) = sentence(story)
        && let Some(step) = found.fix.first_mut()
    {
        *step = sentence;
    }
}

/// Whether Apple's servers failed at a call: <https://developer.apple.com/documentation/appstoreconnectapi>.
fn is_apples_fault(found: &Diagnostic) -> bool {
    let status = found.variables.get("status");
    found.source == "app-store-connect"
        && status.is_some_and(|status| status.len() == 3 && status.starts_with('5'))
}

/// What is known not to be lost.
fn safe(story: &Story) -> &'static str {
    match story.reached {
        Reached::Nothing | Reached::Package => {
            "Nothing of the package was sent; running again later is safe."
        }
        Reached::Reserved => {
            "The package is not with Apple yet; running again later sends only what is missing."
        }
        Reached::Sent | Reached::Accepted => {
            "The package is with Apple and stays there; nothing has to be sent again."
        }
        Reached::Processed | Reached::Distributed | Reached::Submitted => {
            "The build is at Apple, and what was done for it so far stays done."
        }
    }
}

/// The sentence; `None` where the package is needed, where nothing is left, or where the command itself is run
/// again.
pub fn sentence(story: &Story) -> Option<String> {
    let is_for_builds = ["ship", "upload", "finish", "distribute", "submit"];
    if !story.reached.is_sent() || story.is_in_doubt() || !is_for_builds.contains(&story.command) {
        return None;
    }
    let left = Left::of(story)?;
    // What a rehearsal uploaded is gone with it.
    let carry_on = match story.sandbox {
        Some(_) => "After a real run, carry on",
        None => "Carry on",
    };
    Some(if story.speaks_of_inputs {
        let receipt = match &story.receipt {
            Some(_) => ", once the receipt was handed on as an artifact",
            None => "",
        };
        format!(
            "{carry_on} with a job on ubuntu-latest that uses this action with `{}` and the key{receipt}; nothing is \
             sent twice.",
            left.inputs()
        )
    } else {
        format!(
            "{carry_on} with `{}`, here or on any machine; nothing is sent twice.",
            left.command()
        )
    })
}

/// Whether such a run has more to do.
pub fn has_more(story: &Story) -> bool {
    match story.ending().why {
        Why::Done => story.receipt.is_some() || !story.wishes.are_none(),
        Why::Interrupted(_) | Why::DeadlinePassed | Why::Unfinished => true,
        Why::NeverAppeared | Why::StillProcessing => true,
        Why::LogRead { .. }
        | Why::Skipped
        | Why::Usage
        | Why::Refused
        | Why::Failed
        | Why::Invalid
        | Why::Held(_) => false,
    }
}

/// What is carried on with, as options and their values; `finish` alone has no name.
struct Left(Vec<(&'static str, String)>);

impl Left {
    fn of(story: &Story) -> Option<Self> {
        if let Some(receipt) = &story.receipt {
            return Some(Self(vec![("", receipt.clone())]));
        }
        let mut options = Vec::new();
        // Apple knows no id that the sandbox gave.
        let id = story.build_id.as_ref().filter(|_| story.sandbox.is_none());
        match (id, &story.package) {
            (Some(id), _) => options.push(("build-id", id.to_string())),
            (None, Some(package)) => {
                let build = &package.build;
                options.push(("bundle-id", package.bundle_identifier.to_string()));
                options.push(("marketing-version", build.marketing_version.to_string()));
                options.push(("build-number", build.build_number.to_string()));
                options.push(("platform", platform(build.platform).to_owned()));
            }
            (None, None) => return None,
        }
        options.extend(story.wishes.options());
        Some(Self(options))
    }

    fn command(&self) -> String {
        let mut command = "jetway finish".to_owned();
        for (name, value) in &self.0 {
            command.push_str(match *name {
                "" => " ",
                _ => " --",
            });
            command.push_str(name);
            if !name.is_empty() {
                command.push('=');
            }
            command.push_str(&quoted(value));
        }
        command
    }

    fn inputs(&self) -> String {
        let inputs = self.0.iter().map(|(name, value)| match *name {
            "" => format!("finish: {}", yaml(value)),
            name => format!("{name}: {}", yaml(value)),
        });
        let first = match self.0.first() {
            Some(("", _)) => None,
            _ => Some("command: finish".to_owned()),
        };
        let all: Vec<String> = first.into_iter().chain(inputs).collect();
        format!("with: {{ {} }}", all.join(", "))
    }
}

fn platform(platform: Platform) -> &'static str {
    match platform {
        Platform::Ios => "ios",
        Platform::TvOs => "tvos",
        Platform::MacOs => "macos",
        Platform::VisionOs => "visionos",
    }
}

/// For a shell.
fn quoted(text: &str) -> String {
    let is_plain = |char: char| char.is_ascii_alphanumeric() || "-_.,:/+@%=".contains(char);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// For one line of a workflow. Words that YAML reads as something else are texts only in quotes.
fn yaml(text: &str) -> String {
    let is_plain = |char: char| char.is_ascii_alphanumeric() || "-_./".contains(char);
    let is_word = text.starts_with(|char: char| char.is_ascii_alphabetic());
    if is_word && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Event, Fact};
    use crate::ids::BuildId;
    use crate::report::tests::samples;
    use crate::wishes::{Distribution, Release, Submission, Wishes};

    fn story() -> Story {
        let mut story = samples::story(vec![samples::package()]);
        story.command = "ship";
        story.reached = Reached::Sent;
        story
    }

    fn wishes() -> Wishes {
        Wishes {
            distribution: Distribution {
                groups: vec!["QA".to_owned(), "Kim's friends".to_owned()],
                beta_review: true,
                notifies: Some(false),
                ..Distribution::default()
            },
            submission: Some(Submission {
                release: Some(Release::Manual),
                phased: Some(true),
                ..Submission::default()
            }),
        }
    }

    #[test]
    fn the_command_names_what_is_left_by_the_best_name_there_is() {
        let mut story = story();
        story.wishes = wishes();
        let rest = "--groups='QA,Kim'\\''s friends' --notify-testers=false --submit-beta-review=true \
                    --submit-to-app-store=true --release-type=MANUAL --phased-release=true";
        let said = sentence(&story).unwrap();
        assert!(
            said.contains("`jetway finish --bundle-id=com.example.app --marketing-version="),
            "{said}"
        );
        assert!(said.contains(rest), "{said}");
        let id = BuildId::new("b1");
        story.fold(&Event::Fact(Fact::Build { id }));
        let said = sentence(&story).unwrap();
        assert!(
            said.contains(&format!("`jetway finish --build-id=b1 {rest}`")),
            "{said}"
        );
        story.receipt = Some("out/receipt.json".to_owned());
        let said = sentence(&story).unwrap();
        assert!(said.contains("`jetway finish out/receipt.json`"), "{said}");
    }

    #[test]
    fn a_job_gets_its_inputs() {
        let mut story = story();
        story.speaks_of_inputs = true;
        story.build_id = Some(BuildId::new("b1"));
        story.wishes = wishes();
        let said = sentence(&story).unwrap();
        let with = "`with: { command: finish, build-id: b1, groups: 'QA,Kim''s friends', notify-testers: false";
        assert!(said.contains(with), "{said}");
        story.receipt = Some("receipt.json".to_owned());
        let said = sentence(&story).unwrap();
        assert!(said.contains("`with: { finish: receipt.json }`"), "{said}");
    }

    #[test]
    fn what_a_rehearsal_uploaded_is_not_carried_on_with() {
        let mut story = story();
        for speaks_of_inputs in [false, true] {
            story.speaks_of_inputs = speaks_of_inputs;
            story.sandbox = None;
            assert!(sentence(&story).unwrap().starts_with("Carry on with "));
            story.sandbox = Some("succeeds".to_owned());
            let said = sentence(&story).unwrap();
            assert!(
                said.starts_with("After a real run, carry on with "),
                "{said}"
            );
        }
    }

    #[test]
    fn what_is_not_with_apple_is_not_carried_on_with() {
        let mut story = story();
        for reached in Reached::ALL {
            story.reached = reached;
            assert_eq!(sentence(&story).is_some(), reached.is_sent());
        }
        story.command = "wait";
        assert_eq!(sentence(&story), None);
    }
}
