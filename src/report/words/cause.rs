//! What is wrong and where, in one line: the first thing that people read. Plain text.

use std::path::Path;

use crate::diagnostic::{Diagnostic, Finding, Location, Severity};
use crate::report::story::Story;
use crate::report::words::{ending, groups};

/// What varies between findings of one code, the most telling first. A title may hold it already.
const VARYING: [&str; 5] = [
    "key",
    "entitlement",
    "category",
    "framework",
    "architecture",
];
/// Keys that are what their titles are about.
const SAID: [&str; 3] = [
    "CFBundleVersion",
    "CFBundleShortVersionString",
    "CFBundleIdentifier",
];
/// A longer value would hide the title.
const LONGEST_VALUE: usize = 80;

/// What stands in the way of a run, and how many errors there are beside it.
pub struct Cause<'a> {
    /// The finding that has to be dealt with first.
    pub finding: &'a Finding,
    /// The other errors that the same change does not mend.
    pub others: usize,
}

/// What stands in the way, where something does.
pub fn of(story: &Story) -> Option<Cause<'_>> {
    story.ending?;
    let finding = ending::obstacle(story)?;
    let groups = groups::of(story);
    let own = groups
        .iter()
        .find(|group| std::ptr::eq(group.first, finding))?;
    let errors = story.count(Severity::Error);
    let mended = match finding.diagnostic.severity {
        Severity::Error => 1 + own.also.len(),
        Severity::Warning | Severity::Notice => 0,
    };
    Some(Cause {
        finding,
        others: errors.saturating_sub(mended),
    })
}

impl Cause<'_> {
    /// `Info.plist:4: NSCameraUsageDescription is missing (+2)`
    pub fn line(&self) -> String {
        let what = uncoded(&what(&self.finding.diagnostic));
        let place = self.finding.location.as_ref().map(short_place);
        let place = place.map(|place| format!("{place}: ")).unwrap_or_default();
        format!("{place}{what}{}", self.more())
    }

    /// ` (+2)`: that there are others.
    pub fn more(&self) -> String {
        match self.others {
            0 => String::new(),
            others => format!(" (+{others})"),
        }
    }
}

/// What is wrong, with what varies in it; code stands between backticks.
pub fn what(found: &Diagnostic) -> String {
    match varying(found) {
        Some(value) if !found.title.contains(value) => format!("{}: `{value}`", found.title),
        Some(_) | None => found.title.clone(),
    }
}

fn varying(found: &Diagnostic) -> Option<&str> {
    let values = VARYING.iter().filter_map(|name| found.variables.get(*name));
    let mut values = values.map(|value| value.trim());
    values.find(|value| {
        let is_short = !value.is_empty() && value.chars().count() <= LONGEST_VALUE;
        is_short && !value.contains(['\n', '`']) && !SAID.contains(value)
    })
}

/// The text without the marks of code, for places that know no code.
pub fn uncoded(text: &str) -> String {
    text.replace('`', "")
}

/// The file's name with the line; the folders are told further below.
pub fn short_place(location: &Location) -> String {
    let name = Path::new(&location.path).file_name();
    let name = name.map_or(location.path.as_str().into(), |name| name.to_string_lossy());
    match location.line {
        Some(line) => format!("{name}:{line}"),
        None => name.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::event::{Ending, Why};
    use crate::report::tests::samples;

    #[test]
    fn the_first_line_says_what_and_where_and_how_many_more() {
        let mut story = samples::story(samples::rejected());
        assert_eq!(
            of(&story).unwrap().line(),
            "Info.plist:12: the app uses the camera but does not say why: NSCameraUsageDescription"
        );
        let mut other = story.findings[0].clone();
        other.diagnostic.title = "another".to_owned();
        story.findings.push(other);
        assert!(of(&story).unwrap().line().ends_with(" (+1)"));
    }

    #[test]
    fn what_the_title_says_already_is_not_said_twice() {
        let found = Diagnostic::error(Code::new("x"), "`NSCamera` is missing");
        assert_eq!(
            what(&found.clone().variable("key", "NSCamera")),
            found.title
        );
        assert_eq!(
            what(&found.variable("framework", "A.framework")),
            "`NSCamera` is missing: `A.framework`"
        );
    }

    #[test]
    fn nothing_stands_in_the_way_of_a_run_that_went_well_or_still_goes() {
        assert!(of(&samples::story(samples::passed())).is_none());
        let mut story = samples::story(samples::rejected());
        story.ending = None;
        assert!(of(&story).is_none());
        story.ending = Some(Ending::at_once(Why::Done));
        assert!(of(&story).is_none());
    }
}
