//! Annotations: the findings as the runner takes them, worst first and within its limits. They are
//! chosen at the end of the run, because the runner keeps the first ones and drops the rest.

use crate::diagnostic::{Finding, Severity};
use crate::event::{Verdict, Why};
use crate::report::actions::commands::Command;
use crate::report::story::Story;
use crate::report::words;
use crate::report::words::cause;
use crate::report::words::ending::{self, headline, next_steps};
use crate::report::words::groups::{self, Group};
use crate::text::cut;

/// The runner takes ten of a kind per step
/// (<https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md>) and adds an error of
/// its own to a step that fails.
const ERRORS: usize = 9;
const WARNINGS: usize = 10;
const NOTICES: usize = 10;
/// The runner cuts a message here, in UTF-16 units.
const MESSAGE: usize = 4_096;
const TITLE: usize = 250;

/// The annotations that fit, and how many findings did not.
pub struct Choice {
    pub shown: Vec<Command>,
    pub left_out: usize,
}

/// Chooses the annotations of a story.
pub fn choose(story: &Story) -> Choice {
    let mut room = Room {
        errors: ERRORS,
        warnings: WARNINGS,
        notices: NOTICES,
    };
    let mut shown: Vec<Command> = reason(story).into_iter().collect();
    room.errors -= shown.len();
    // What the reason says is not said again.
    let told = ending::obstacle(story).filter(|_| !shown.is_empty());
    let mut left_out = 0;
    for group in groups::of(story) {
        if told.is_some_and(|told| std::ptr::eq(told, group.first)) {
            continue;
        }
        for place in places(&group) {
            if room.take(group.first.diagnostic.severity) {
                shown.push(annotation(&place, &group, story));
            } else {
                left_out += place.len();
            }
        }
    }
    Choice { shown, left_out }
}

/// The findings of a group by their places: each place gets an annotation, and so does what has none.
fn places<'a>(group: &Group<'a>) -> Vec<Vec<&'a Finding>> {
    let mut places: Vec<Vec<&Finding>> = Vec::new();
    for finding in group.all() {
        let at_the_same = places
            .iter_mut()
            .find(|place| place[0].location == finding.location);
        match at_the_same {
            Some(place) => place.push(finding),
            None => places.push(vec![finding]),
        }
    }
    places
}

struct Room {
    errors: usize,
    warnings: usize,
    notices: usize,
}

impl Room {
    fn take(&mut self, severity: Severity) -> bool {
        let left = match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Notice => &mut self.notices,
        };
        let fits = *left > 0;
        *left = left.saturating_sub(1);
        fits
    }
}

/// A run that did not go well says so even where no finding explains it.
fn reason(story: &Story) -> Option<Command> {
    let explained = story.count(Severity::Error) > 0;
    let ending = story.ending();
    let silent = ending.verdict() == Verdict::Succeeded
        || matches!(ending.why, Why::Interrupted(_) | Why::Skipped)
        || explained;
    if silent {
        return None;
    }
    let lines: Vec<String> = next_steps(story)
        .into_iter()
        .map(|step| format!("Next: {step}"))
        .collect();
    let title = format!("{}{}", words::prefix(story), headline(story));
    Some(
        Command::new("error", cut::utf16_units(&lines.join("\n"), MESSAGE))
            .property("title", cut::utf16_units(&title, TITLE)),
    )
}

fn annotation(place: &[&Finding], group: &Group<'_>, story: &Story) -> Command {
    let found = &group.first.diagnostic;
    let name = words::name(&found.code);
    let title = cause::uncoded(&found.title);
    let title = match title.starts_with(&name) {
        true => title,
        false => format!("{name}: {title}"),
    };
    let title = format!("{}{title}", words::prefix(story));
    let mut command = Command::new(
        command_name(found.severity),
        cut::utf16_units(&message(place, group), MESSAGE),
    );
    if let Some(location) = &place[0].location {
        command = command.property("file", location.path.clone());
        if let Some(line) = location.line {
            command = command.property("line", line.to_string());
            if let Some(column) = location.column {
                command = command.property("col", column.to_string());
            }
        }
    }
    command.property("title", cut::utf16_units(&title, TITLE))
}

/// What is wrong stands first, for a log shows no title; the fix before Apple's sentence, so that a long
/// sentence can't push it over the limit. What a group's first annotation says, the others do not repeat.
fn message(place: &[&Finding], group: &Group<'_>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for finding in place {
        let what = cause::uncoded(&cause::what(&finding.diagnostic));
        let line = match &finding.location {
            Some(location) => format!("{}: {what}", words::path_and_line(location)),
            None => what,
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if !std::ptr::eq(place[0], group.first) {
        let first = &group.first.diagnostic.fix;
        let own = place.iter().flat_map(|finding| &finding.diagnostic.fix);
        lines.extend(
            own.filter(|step| !first.contains(step))
                .map(|step| format!("Fix: {step}")),
        );
        lines.push(format!(
            "(as above: {})",
            words::name(&group.first.diagnostic.code)
        ));
        return lines.join("\n");
    }
    let found = &group.first.diagnostic;
    match group.steps().as_slice() {
        [] => {}
        [only] => lines.push(format!("Fix: {only}")),
        steps => lines.extend(
            steps
                .iter()
                .enumerate()
                .map(|(number, step)| format!("Fix {}: {step}", number + 1)),
        ),
    }
    if !found.message.is_empty() {
        lines.push(match words::speaker(found) {
            "jetway" => found.message.clone(),
            speaker => format!("{speaker} says: {}", found.message),
        });
    }
    for also in &group.also {
        let also = &also.diagnostic;
        let title = cause::uncoded(&cause::what(also));
        lines.push(format!(
            "Also reported: {}: {title}",
            words::name(&also.code)
        ));
    }
    if let Some(link) = &found.link {
        lines.push(format!("See {link}"));
    }
    if let Some(page) = &found.page {
        lines.push(format!("More: {page}"));
    }
    let names = words::other_names(found)
        .map(|names| format!(", {names}"))
        .unwrap_or_default();
    lines.push(format!("({}{names})", words::name(&found.code)));
    lines.join("\n")
}

fn command_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "notice",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::{Code, Diagnostic};
    use crate::event::{Ending, Event, Reached};
    use crate::report::tests::{runner, samples};

    fn many(severity: Severity, count: usize) -> Vec<Finding> {
        (0..count)
            .map(|number| Finding {
                diagnostic: Diagnostic::new(
                    severity,
                    Code::read(format!("{severity}-{number}")),
                    format!("{severity} {number}"),
                ),
                location: None,
                edit: None,
            })
            .collect()
    }

    #[test]
    fn the_worst_come_first_and_one_error_is_left_to_the_runner() {
        let mut story = samples::story(samples::rejected());
        story.findings = [
            many(Severity::Notice, 12),
            many(Severity::Warning, 12),
            many(Severity::Error, 12),
        ]
        .concat();
        let choice = choose(&story);
        let names: Vec<&str> = choice.shown.iter().map(|command| command.name).collect();
        let expected = [vec!["error"; 9], vec!["warning"; 10], vec!["notice"; 10]].concat();
        assert_eq!(names, expected);
        assert_eq!(choice.left_out, 7);
    }

    #[test]
    fn a_finding_points_at_its_file_and_line() {
        let story = samples::story(samples::rejected());
        let parsed = runner::parse(&choose(&story).shown[0].to_string()).unwrap();
        assert_eq!(parsed.name, "error");
        assert_eq!(parsed.properties["file"], "ios/Runner/Info.plist");
        assert_eq!(parsed.properties["line"], "12");
        assert_eq!(
            parsed.properties["title"],
            "SANDBOX ITMS-90683: the app uses the camera but does not say why"
        );
        let first =
            "ios/Runner/Info.plist:12: the app uses the camera but does not say why: NSCamera";
        assert!(parsed.data.starts_with(first), "{}", parsed.data);
    }

    #[test]
    fn a_run_that_could_not_finish_says_what_to_do() {
        let mut story = samples::story(Vec::new());
        let choice = choose(&story);
        assert_eq!(choice.shown.len(), 1);
        assert_eq!(choice.shown[0].data, "Next: Run the same command again.");
        story.ending = Some(Ending {
            reached: Reached::Processed,
            why: Why::Done,
        });
        assert_eq!(choose(&story).shown.len(), 0);
        // Its warning says what the reason says.
        story.ending = Some(Ending {
            reached: Reached::Sent,
            why: Why::StillProcessing,
        });
        let late =
            Diagnostic::warning(Code::new("build-still-processing"), "late").fix("Carry on.");
        story.fold(&Event::found(late));
        let choice = choose(&story);
        assert_eq!(choice.shown.len(), 1);
        assert!(choice.shown[0].data.starts_with("Next: Carry on."));
        assert_eq!(choice.left_out, 0);
    }

    proptest! {
        #[test]
        fn a_message_keeps_to_the_limit_and_to_whole_characters(text in ".{0,40}", times in 0_usize..400) {
            let text = text.repeat(times);
            let short = cut::utf16_units(&text, MESSAGE);
            prop_assert!(short.encode_utf16().count() <= MESSAGE);
            prop_assert!(short == text || (short.ends_with('…') && text.starts_with(short.trim_end_matches('…'))));
        }
    }
}
