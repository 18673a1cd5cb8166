//! The changes that the pull request's author may take over with one click. Pure.

use crate::github::comments::Marker;
use crate::github::reviews::Suggestion;
use crate::report::story::Story;
use crate::report::words;
use crate::report::words::change::{self, Change};
use crate::report::words::{cause, markdown};

/// The slot of their markers.
const SLOT: &str = "suggestion";

/// What the markers of one app's suggestions have in common.
pub fn kind(story: &Story) -> Marker {
    Marker::new(&format!("{}#", bundle(story)), SLOT)
}

/// One for each change that is known; none in a rehearsal, whose faults are made up.
pub fn of(story: &Story) -> Vec<Suggestion> {
    if story.sandbox.is_some() {
        return Vec::new();
    }
    let changes = change::of(story.worst_first().into_iter());
    changes
        .iter()
        .map(|change| suggestion(change, story))
        .collect()
}

fn suggestion(change: &Change<'_>, story: &Story) -> Suggestion {
    let code = &change.findings[0].diagnostic.code;
    let marker = Marker::new(&format!("{}#{}#{code}", bundle(story), change.path), SLOT);
    let mut blocks: Vec<String> = Vec::new();
    for finding in &change.findings {
        let found = &finding.diagnostic;
        let name = markdown::code(&words::name(&found.code));
        let line = format!("{name} {}", markdown::step(&cause::what(found)));
        if !blocks.contains(&line) {
            blocks.push(line);
        }
    }
    blocks.extend(step(change).map(|step| markdown::step(step)));
    if change.is_draft() {
        blocks.push(
            "Write the sentence yourself where it says TODO: people read it when the app asks, and App Review \
             wants to know what the data is for."
                .to_owned(),
        );
    }
    blocks.push(change.suggestion());
    blocks.push(marker.to_string());
    Suggestion {
        path: change.path.to_owned(),
        line: change.edit.line,
        old: change.edit.old.clone(),
        body: blocks.join("\n\n"),
        marker,
    }
}

/// The step of the fix that speaks of the change.
fn step<'a>(change: &Change<'a>) -> Option<&'a String> {
    let mut steps = change
        .findings
        .iter()
        .flat_map(|finding| &finding.diagnostic.fix);
    steps.find(|step| change.is_named_in(step))
}

fn bundle(story: &Story) -> &str {
    let package = story.package.as_ref();
    package.map_or("", |package| package.bundle_identifier.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Edit;
    use crate::report::tests::samples;

    #[test]
    fn a_change_that_is_known_is_suggested_and_not_in_a_rehearsal() {
        let mut story = samples::story(samples::rejected());
        story.findings[0].edit = Some(Edit {
            line: 12,
            old: vec!["<dict>".to_owned()],
            new: vec![
                "<dict>".to_owned(),
                "\t<string>TODO: say why</string>".to_owned(),
            ],
            below: Vec::new(),
        });
        assert_eq!(of(&story), []);
        story.sandbox = None;
        let suggested = of(&story);
        assert_eq!(suggested.len(), 1);
        insta::assert_snapshot!(suggested[0].body, @r"
        `ITMS-90683` the app uses the camera but does not say why: `NSCameraUsageDescription`

        Write the sentence yourself where it says TODO: people read it when the app asks, and App Review wants to know what the data is for.

        ```suggestion
        <dict>
        	<string>TODO: say why</string>
        ```

        <!-- jetway:v1:com.example.app%23ios%2FRunner%2FInfo.plist%23itms-90683:suggestion -->
        ");
    }
}
