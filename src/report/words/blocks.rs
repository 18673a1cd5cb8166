//! Blocks of GitHub Markdown that the job summary and the pull request's comment share: first what is
//! wrong and where, then what to do, then the rest. Pure.

use crate::diagnostic::{Finding, Paste, Severity};
use crate::event::{Ending, StageEnd, Verdict, Why};
use crate::report::story::Story;
use crate::report::words;
use crate::report::words::cause::{self, Cause};
use crate::report::words::groups::{self, Group};
use crate::report::words::{change, ending, markdown, place, standing};
use crate::text::count;

/// Longer words of Apple's are folded.
const SHORT_MESSAGE: usize = 240;
/// More changes are not shown; they are alike.
const CHANGES: usize = 3;
/// More findings of a code are counted and not listed.
const LISTED: usize = 20;

/// The kinds of page.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// The mark of the page's first heading, such as `##`.
    pub heading: &'static str,
    /// More groups of findings than this are folded.
    pub open: usize,
    /// Whether GitHub shows the code behind an address that stands alone, as it does in comments.
    pub shows_code: bool,
}

/// The page, block by block, from its first line to its last table.
pub fn page(story: &Story, page: Page) -> Vec<String> {
    let groups = groups::of(story);
    let cause = cause::of(story);
    let lead = cause.as_ref().and_then(|cause| {
        let is_it = |group: &&Group<'_>| std::ptr::eq(group.first, cause.finding);
        groups.iter().find(is_it)
    });
    let mut whole = vec![heading(story, cause.as_ref(), page)];
    match lead {
        Some(group) => whole.extend(body(group, story, page, ending::then(story))),
        None if story.ending.is_some() => whole.extend(next(story)),
        None => {}
    }
    whole.extend(facts(story, cause.is_some()));
    whole.extend(rehearsal(story));
    let others: Vec<&Group<'_>> = groups
        .iter()
        .filter(|group| lead.is_none_or(|lead| !std::ptr::eq(lead.first, group.first)))
        .collect();
    let folded = others.len() > page.open;
    whole.extend(others.iter().map(|group| block(group, story, page, folded)));
    whole.extend(details(story));
    whole
}

/// The outcome's sign, and what is wrong or what became of it.
fn heading(story: &Story, cause: Option<&Cause<'_>>, page: Page) -> String {
    let sign = match story.ending {
        Some(ending) => sign(ending),
        None => "⏳",
    };
    let said = match cause {
        Some(cause) => {
            let location = cause.finding.location.as_ref();
            let place = location.map(|location| markdown::code(&cause::short_place(location)));
            let place = place.map(|place| format!("{place}: ")).unwrap_or_default();
            let what = markdown::step(&cause::what(&cause.finding.diagnostic));
            format!("{place}{what}{}", cause.more())
        }
        None => markdown::text(&standing::line(story)),
    };
    format!("{} {}{sign} {said}", page.heading, words::prefix(story))
}

/// What a rehearsal says of itself.
fn rehearsal(story: &Story) -> Option<String> {
    let sentence = words::sandbox(story)?;
    Some(format!("<sub>{}</sub>", markdown::text(&sentence)))
}

/// What to do next.
fn next(story: &Story) -> Option<String> {
    match ending::next_steps(story).as_slice() {
        [] => None,
        [only] => Some(format!("**Next:** {}", markdown::step(only))),
        steps => Some(format!(
            "**Next:**\n\n{}",
            numbered(steps.iter().map(String::as_str))
        )),
    }
}

fn numbered<'a>(steps: impl Iterator<Item = &'a str>) -> String {
    let steps = steps.enumerate();
    let lines: Vec<String> = steps
        .map(|(number, step)| format!("{}. {}", number + 1, markdown::step(step)))
        .collect();
    lines.join("\n")
}

/// What became of which build, in one line.
fn facts(story: &Story, with_outcome: bool) -> Option<String> {
    let mut facts = Vec::new();
    if with_outcome {
        facts.push(format!("**{}**", markdown::text(&ending::beside(story))));
    }
    if let Some(package) = &story.package {
        facts.push(markdown::code(package.bundle_identifier.as_str()));
        facts.push(package.build.platform.to_string());
    }
    if let Some(address) = words::link(story) {
        facts.push(markdown::link("TestFlight", address));
    }
    if let Some(counts) = words::counts(story).filter(|_| story.findings.len() > 1) {
        facts.push(format!("found: {counts}"));
    }
    (!facts.is_empty()).then(|| facts.join(" · "))
}

/// The sign of an ending.
pub fn sign(ending: Ending) -> &'static str {
    match (ending.why, ending.verdict()) {
        (Why::Skipped, _) => "ℹ️",
        (Why::Held(_), _) | (_, Verdict::Unknown) => "⚠️",
        (_, Verdict::Succeeded) => "✅",
        (_, Verdict::Failed) => "❌",
    }
}

/// A group as one block: open, or folded under its title.
fn block(group: &Group<'_>, story: &Story, page: Page, folded: bool) -> String {
    let found = &group.first.diagnostic;
    let sign = match found.severity {
        Severity::Error => "❌",
        Severity::Warning => "⚠️",
        Severity::Notice => "ℹ️",
    };
    let times = match group.alike.len() {
        0 => String::new(),
        others => format!(", {} times", others + 1),
    };
    let title = match group.alike.as_slice() {
        [] => cause::what(found),
        _ => found.title.clone(),
    };
    let title = markdown::shortened(&title);
    let body = body(group, story, page, None).join("\n\n");
    let name = words::name(&found.code);
    let name = match title.starts_with(&name) {
        true => String::new(),
        false => format!("{name}: "),
    };
    if folded {
        return format!(
            "<details><summary>{sign} {}{times}</summary>\n\n{body}\n\n</details>",
            markdown::html(&format!("{name}{}", cause::uncoded(&title)))
        );
    }
    let name = match name.is_empty() {
        true => name,
        false => format!("{} ", markdown::text(&name)),
    };
    let title = markdown::step(&title);
    format!("#{} {sign} {name}{title}{times}\n\n{body}", page.heading)
}

/// What to do, where, the lines to change, and what was said; `then` comes after the steps.
fn body(group: &Group<'_>, story: &Story, page: Page, then: Option<&str>) -> Vec<String> {
    let found = &group.first.diagnostic;
    let changes = changes(group);
    let places = places(group, story, page);
    let mut blocks = Vec::new();
    match (group.steps().as_slice(), changes.as_slice()) {
        // The lines to change say it best; what else may help is for whom they do not.
        (steps @ [_, ..], [_, ..]) => {
            let (until, others) = steps.split_at(until_the_change(steps, group));
            match until {
                [only] => blocks.push(markdown::step(only)),
                several => blocks.push(numbered(several.iter().map(String::as_str))),
            }
            blocks.extend(places);
            blocks.extend(changes);
            blocks.extend(then.map(markdown::step));
            blocks.extend(more_steps(others));
        }
        (steps, _) => {
            let mut steps = steps.to_vec();
            steps.extend(then.map(str::to_owned));
            match steps.as_slice() {
                [] => {}
                [only] => blocks.push(format!("**Fix:** {}", markdown::step(only))),
                steps => blocks.push(numbered(steps.iter().map(String::as_str))),
            }
            blocks.extend(places);
            match changes.is_empty() {
                true => blocks.extend(paste(group)),
                false => blocks.extend(changes),
            }
        }
    }
    if words::speaker(found) == "jetway" && !found.message.is_empty() {
        blocks.push(markdown::lines(&found.message, ""));
    }
    blocks.extend(said(group));
    blocks.push(names(group.first));
    blocks
}

/// How many steps come before the lines to change: those up to the one that speaks of them, else the first.
fn until_the_change(steps: &[String], group: &Group<'_>) -> usize {
    let changes = change::of(group.all());
    let is_named = |step: &String| changes.iter().any(|change| change.is_named_in(step));
    1 + steps.iter().position(is_named).unwrap_or(0)
}

/// What may help where the change does not, folded.
fn more_steps(steps: &[String]) -> Option<String> {
    (!steps.is_empty()).then(|| {
        format!(
            "<details><summary>If that is not it</summary>\n\n{}\n\n</details>",
            numbered(steps.iter().map(String::as_str))
        )
    })
}

/// Where it is: the only place, or a list of all.
fn places(group: &Group<'_>, story: &Story, page: Page) -> Vec<String> {
    if group.alike.is_empty() {
        return only_place(group.first, story, page);
    }
    let left = (1 + group.alike.len()).saturating_sub(LISTED);
    let mut lines: Vec<String> = group
        .all()
        .take(LISTED)
        .map(|finding| format!("- {}", item(finding, story)))
        .collect();
    if left > 0 {
        lines.push(format!("- and {left} more, which the report lists"));
    }
    vec![lines.join("\n")]
}

fn only_place(finding: &Finding, story: &Story, page: Page) -> Vec<String> {
    let Some(location) = &finding.location else {
        return Vec::new();
    };
    let alone = place::alone(location, story).filter(|_| page.shows_code);
    let linked = || format!("**Where:** {}", place::linked(location, story));
    vec![alone.unwrap_or_else(linked)]
}

/// The lines to change, file by file.
fn changes(group: &Group<'_>) -> Vec<String> {
    let changes = change::of(group.all());
    let is_one = group.alike.is_empty();
    let shown = changes.iter().take(CHANGES).map(|change| match is_one {
        true => change.diff(),
        false => format!("In {}:\n\n{}", markdown::code(change.path), change.diff()),
    });
    shown.collect()
}

/// The lines to paste where no place is known for them.
fn paste(group: &Group<'_>) -> Vec<String> {
    let mut shown: Vec<&Paste> = Vec::new();
    for paste in group
        .all()
        .filter_map(|finding| finding.diagnostic.paste.as_ref())
    {
        if !shown.contains(&paste) {
            shown.push(paste);
        }
    }
    let shown = shown.into_iter().take(CHANGES);
    let block = |paste: &Paste| {
        let lines: Vec<String> = paste.lines.lines().map(str::to_owned).collect();
        let file = markdown::code(&paste.file);
        format!("Lines for {file}:\n\n{}", change::fenced("text", &lines))
    };
    shown.map(block).collect()
}

/// A finding among others of its code: what differs.
fn item(finding: &Finding, story: &Story) -> String {
    let found = &finding.diagnostic;
    let mut parts = Vec::new();
    if let Some(location) = &finding.location {
        parts.push(place::linked(location, story));
    }
    parts.push(markdown::step(&cause::what(found)));
    if let Some(bundle) = found
        .variables
        .get("bundle")
        .filter(|bundle| !bundle.is_empty())
    {
        parts.push(format!("in {}", markdown::code(bundle)));
    }
    parts.join(" ")
}

/// Apple's own words, or another tool's, those of all findings once.
fn said(group: &Group<'_>) -> Vec<String> {
    let mut quotes: Vec<(String, &str)> = Vec::new();
    for finding in group.all().take(LISTED).chain(group.also.iter().copied()) {
        let found = &finding.diagnostic;
        let is_new = !quotes.iter().any(|(_, message)| *message == found.message);
        if !found.message.is_empty() && words::speaker(found) != "jetway" && is_new {
            let also = match group.also.iter().any(|also| std::ptr::eq(*also, finding)) {
                true => format!(" also ({})", words::name(&found.code)),
                false => String::new(),
            };
            quotes.push((
                format!("{} says{also}", words::speaker(found)),
                &found.message,
            ));
        }
    }
    let [(who, first), ..] = quotes.as_slice() else {
        return Vec::new();
    };
    let is_short = quotes.len() == 1 && first.chars().count() <= SHORT_MESSAGE;
    if is_short {
        return vec![format!(
            "{}:\n\n{}",
            markdown::text(who),
            markdown::lines(first, "> ")
        )];
    }
    let text: Vec<String> = quotes
        .iter()
        .enumerate()
        .map(|(number, (who, message))| {
            let quote = markdown::lines(message, "> ");
            match number {
                0 => quote,
                _ => format!("{}:\n\n{quote}", markdown::text(who)),
            }
        })
        .collect();
    vec![format!(
        "<details><summary>{}</summary>\n\n{}\n\n</details>",
        markdown::html(who),
        text.join("\n\n")
    )]
}

/// What it is called, and where to read more.
fn names(finding: &Finding) -> String {
    let found = &finding.diagnostic;
    let mut names = markdown::code(&words::name(&found.code));
    if let Some(others) = words::other_names(found) {
        names.push_str(&format!(", also known as {}", markdown::text(&others)));
    }
    if let Some(address) = &found.link {
        names.push_str(&format!(" · {}", markdown::link("read more", address)));
    }
    if let Some(address) = &found.page {
        names.push_str(&format!(
            " · {}",
            markdown::link("about this code", address)
        ));
    }
    names
}

/// What is known of the build, and the stages with their times, folded.
fn details(story: &Story) -> Option<String> {
    let stages: Vec<(String, String)> = story
        .stages
        .iter()
        .map(|record| {
            let took = record.took.map_or_else(|| "–".to_owned(), count::duration);
            let end = record.end.map_or("not finished", StageEnd::name);
            (record.stage.to_string(), format!("{end}, {took}"))
        })
        .collect();
    let tables: Vec<String> = [(("Build", " "), build(story)), (("Stage", "Ended"), stages)]
        .into_iter()
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(head, rows)| markdown::table(head, &rows))
        .collect();
    (!tables.is_empty()).then(|| {
        format!(
            "<details><summary>{}</summary>\n\n{}\n\n</details>",
            words::effort(story),
            tables.join("\n\n")
        )
    })
}

/// What is known of the app and the build.
fn build(story: &Story) -> Vec<(String, String)> {
    let mut rows: Vec<(String, String)> = Vec::new();
    let mut row = |name: &str, value: String| rows.push((name.to_owned(), value));
    if let Some(app) = &story.app {
        let id = markdown::code(app.id.as_str());
        row(
            "App",
            format!("{} (Apple ID {id})", markdown::text(&app.name)),
        );
    }
    if let Some(package) = &story.package {
        row(
            "Version",
            markdown::code(package.build.marketing_version.as_str()),
        );
        row(
            "Build number",
            markdown::code(package.build.build_number.as_str()),
        );
        if !package.is_by_name() {
            let file = markdown::code(&package.file_name);
            row("File", format!("{file}, {}", count::size(package.size)));
        }
    }
    if let Some(id) = &story.build_upload_id {
        row("Build upload", markdown::code(id.as_str()));
    }
    if let Some(id) = &story.build_id {
        row("Build", markdown::code(id.as_str()));
    }
    if let Some(state) = &story.processing_state {
        row("Processing state", markdown::code(state));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic, Location};
    use crate::event::Reached;
    use crate::report::tests::samples;

    const PAGE: Page = Page {
        heading: "##",
        open: 5,
        shows_code: true,
    };

    #[test]
    fn lines_to_paste_come_where_no_place_is_known_and_nothing_ends_their_block() {
        let mut story = samples::story(samples::rejected());
        story.findings.truncate(1);
        story.findings[0].edit = None;
        story.findings[0].diagnostic.paste = Some(Paste {
            file: "Info.plist".to_owned(),
            lines: "<key>A</key>\n```".to_owned(),
        });
        let text = page(&story, PAGE).join("\n\n");
        let lines = "Lines for `Info.plist`:\n\n````text\n<key>A</key>\n```\n````";
        assert!(text.contains(lines), "{text}");
    }

    /// Fourteen bundles that lack the same thing.
    fn many() -> Story {
        let mut story = samples::story(samples::rejected());
        story.findings = (0..14)
            .map(|number| Finding {
                diagnostic: Diagnostic::error(
                    Code::new("itms-90683"),
                    "a purpose string is missing",
                )
                .variable("key", "NSCameraUsageDescription")
                .variable("bundle", format!("Part{number}.appex"))
                .message("Missing purpose string.")
                .said_by("apple")
                .fix("Add `NSCameraUsageDescription`."),
                location: Some(Location {
                    path: format!("Part{number}/Info.plist"),
                    line: Some(4),
                    column: None,
                }),
                edit: None,
            })
            .collect();
        story
    }

    #[test]
    fn the_same_cause_many_times_is_explained_once() {
        let text = page(&many(), PAGE).join("\n\n");
        assert_eq!(text.matches("1. Add `NSCamera").count(), 1, "{text}");
        assert_eq!(text.matches("Missing purpose string.").count(), 1, "{text}");
        assert_eq!(text.matches("/Info.plist:4`").count(), 14, "{text}");
        assert!(text.contains("in `Part13.appex`"), "{text}");
        assert!(text.len() < 3_000, "{}", text.len());
    }

    #[test]
    fn the_lines_to_change_stand_below_the_step_that_speaks_of_them() {
        let mut story = samples::story(samples::rejected());
        let finding = &mut story.findings[0];
        finding.diagnostic.fix = ["Answer it.", "Add `NSCamera`.", "Or drop it."]
            .map(str::to_owned)
            .to_vec();
        finding.edit = Some(crate::diagnostic::Edit {
            line: 12,
            old: vec!["<dict>".to_owned()],
            new: vec!["<dict>".to_owned(), "<key>NSCamera</key>".to_owned()],
            below: Vec::new(),
        });
        let text = page(&story, PAGE).join("\n\n");
        let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part}\n{text}"));
        assert!(at("1. Answer it.\n2. Add") < at("```diff"));
        assert!(at("```diff") < at("If that is not it"));
        assert!(at("If that is not it") < at("1. Or drop it."));
    }

    #[test]
    fn what_to_do_stands_before_what_was_said_and_tables_are_folded() {
        let text = page(&samples::story(samples::rejected()), PAGE).join("\n\n");
        let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part}\n{text}"));
        assert!(at("Info.plist:12") < at("1. add NSCamera"));
        assert!(at("1. add NSCamera") < at("Missing purpose string"));
        assert!(at("Missing purpose string") < at("Apple refused Example"));
        assert!(at("Apple refused Example") < at("| Stage |"));
        assert!(at("<details><summary>1 min 44 s") < at("| Stage |"));
    }

    #[test]
    fn a_code_nobody_knows_is_named_once() {
        let mut story = samples::story(samples::rejected());
        story.findings[1].diagnostic = Diagnostic::warning(Code::new("99817"), "99817: a code");
        let text = page(&story, PAGE).join("\n\n");
        assert!(text.contains("### ⚠️ 99817: a code\n"), "{text}");
    }

    #[test]
    fn a_run_that_went_well_says_so_first() {
        let mut story = samples::story(samples::passed());
        let first = page(&story, PAGE)[0].clone();
        assert_eq!(
            first,
            "## ✅ Example 1.4.0 (42) is processed and ready for testing"
        );
        story.ending = Some(Ending {
            reached: Reached::Accepted,
            why: Why::StillProcessing,
        });
        assert!(page(&story, PAGE)[0].starts_with("## ⚠️ Apple is still processing"));
    }
}
