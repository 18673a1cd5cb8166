//! What a terminal or a log shows, as text. Pure.

use crate::diagnostic::{Diagnostic, Finding};
use crate::event::{ApiCall, Fact, StageEnd, Verdict, Why};
use crate::report::people::look::{self, Look};
use crate::report::story::{StageRecord, Story};
use crate::report::words;
use crate::report::words::{cause, ending, groups};
use crate::secret::typed;
use crate::text::count;

/// The first lines.
pub fn opening(story: &Story, look: Look) -> String {
    let line = look.paint(
        look::STRONG,
        &format!("jetway {} {}", env!("CARGO_PKG_VERSION"), story.command),
    );
    match words::sandbox(story) {
        Some(sandbox) => format!("{line}\n{}", look.paint(look::REHEARSAL, &sandbox)),
        None => line,
    }
}

/// A stage that is over.
pub fn stage(record: &StageRecord, look: Look) -> String {
    let (mark, style, word) = match record.end {
        Some(StageEnd::Done) => ("✓", look::WENT_WELL, "done"),
        Some(StageEnd::Skipped) => ("–", look::DIM, "not needed, an earlier run did it"),
        Some(StageEnd::Failed) => ("✗", look::WENT_WRONG, "failed"),
        Some(StageEnd::Stopped) => ("■", look::HELD_UP, "stopped"),
        None => ("…", look::DIM, "begun"),
    };
    let took = record
        .took
        .filter(|_| record.end != Some(StageEnd::Skipped))
        .map(|took| format!(" in {}", count::duration(took)))
        .unwrap_or_default();
    format!(
        "{} {}{}",
        look.paint(style, mark),
        look.paint(look::STRONG, &format!("{}: ", record.stage)),
        look.dim(&format!("{word}{took}"))
    )
}

/// A fact; a rehearsal's upload has no page at Apple.
pub fn fact(fact: &Fact, story: &Story) -> String {
    match fact {
        Fact::Package(package) if package.is_by_name() => format!(
            "  {} · {} · {}",
            package.build, package.bundle_identifier, package.build.platform
        ),
        Fact::Package(package) => {
            let file = &package.file_name;
            format!(
                "  {} {} · {} · {} · {} in {file}",
                package.display_name.as_deref().unwrap_or(file),
                package.build,
                package.bundle_identifier,
                package.build.platform,
                count::size(package.size),
            )
        }
        Fact::App(app) => format!("  app record: {} (Apple ID {})", app.name, app.id),
        Fact::BuildUpload { id, testflight_url } => match testflight_url {
            Some(url) if story.sandbox.is_none() => format!("  build upload {id}\n  {url}"),
            Some(_) | None => format!("  build upload {id}"),
        },
        Fact::Build { id } => format!("  build {id}"),
        // They were typed, or are in the receipt; the hash is for machines.
        Fact::Wishes(_) | Fact::PackageHash(_) => String::new(),
        Fact::Exported(exported) => match &exported.package {
            Some(package) => format!("  exported: {}", typed::path(package)),
            None => match &exported.log {
                Some(log) => format!("  all that Xcode says: {}", typed::path(log)),
                None => "  exported: nothing".to_owned(),
            },
        },
        Fact::NextBuildNumber(next) => format!("  next build number: {next}"),
        Fact::ProcessingState(state) => format!("  Apple says {state}"),
    }
}

/// A sentence for the person who watches.
pub fn note(sentence: &str, look: Look) -> String {
    look.hanging("  note: ", sentence)
}

/// A call to App Store Connect, in one line.
pub fn api_call(call: &ApiCall) -> String {
    let status = match call.status {
        Some(status) => status.to_string(),
        None => "no answer".to_owned(),
    };
    format!("{} {}: {status}", call.method, call.path)
}

/// A finding with all that helps: where, what to do, and then what was said.
pub fn finding(finding: &Finding, story: &Story, look: Look) -> String {
    let found = &finding.diagnostic;
    let name = words::name(&found.code);
    let title = cause::what(found);
    // A code that nobody knows is its own title.
    let title = title.strip_prefix(&format!("{name}: ")).unwrap_or(&title);
    let name = look.severity(found.severity, &format!("{}[{name}]", found.severity));
    let head = format!("{name}: {}", look.paint(look::STRONG, title));
    let mut lines = vec![String::new(), head];
    if let Some(location) = &finding.location {
        let place = words::path_and_line(location);
        lines.push(format!("  at: {}", look.paint(look::PLACE, &place)));
    }
    if let Some(mended) = mended(finding, story) {
        let other = words::name(&mended.code);
        lines.push(format!("  fix: the same change as for {other}"));
        lines.extend(said(found, look));
        return lines.join("\n");
    }
    let earlier = earlier(finding, story);
    lines.extend(fix(found, earlier, look));
    lines.extend(paste(found, earlier));
    if earlier.is_none_or(|earlier| earlier.message != found.message) {
        lines.extend(said(found, look));
    }
    if earlier.is_none() {
        lines.extend(found.link.iter().map(|link| format!("  see: {link}")));
        lines.extend(found.page.iter().map(|page| format!("  more: {page}")));
        if let Some(names) = words::other_names(found) {
            lines.push(look.dim(&look.hanging("  also known as: ", &names)));
        }
    }
    lines.join("\n")
}

/// What was said, by whom.
fn said(found: &Diagnostic, look: Look) -> Option<String> {
    let words = match words::speaker(found) {
        _ if found.message.is_empty() => return None,
        "jetway" => look.hanging("  ", &found.message),
        speaker => look.dim(&look.hanging(&format!("  {speaker} says: "), &found.message)),
    };
    Some(words)
}

/// An error that was shown before, and whose change mends this one too.
fn mended<'a>(finding: &Finding, story: &'a Story) -> Option<&'a Diagnostic> {
    let before = story.findings.iter().take_while(|other| *other != finding);
    let mut before = before.filter(|other| !groups::is_alike(other, finding));
    let earlier = before.find(|other| groups::is_mended_by(finding, other))?;
    Some(&earlier.diagnostic)
}

/// The first finding that one explanation serves together with this one, where it was shown before.
fn earlier<'a>(finding: &Finding, story: &'a Story) -> Option<&'a Diagnostic> {
    let mut alike = story
        .findings
        .iter()
        .filter(|other| groups::is_alike(other, finding));
    let first = alike.next()?;
    (first != finding).then_some(&first.diagnostic)
}

/// The steps; of one whose like was shown before, those that are not the same.
fn fix(found: &Diagnostic, earlier: Option<&Diagnostic>, look: Look) -> Vec<String> {
    let is_new = |step: &&String| earlier.is_none_or(|earlier| !earlier.fix.contains(step));
    let steps: Vec<&String> = found.fix.iter().filter(is_new).collect();
    match steps.as_slice() {
        [] if found.fix.is_empty() => Vec::new(),
        [] => vec!["  fix: as above".to_owned()],
        [only] => vec![look.hanging("  fix: ", only)],
        steps => {
            let numbered = steps.iter().enumerate();
            let lines =
                numbered.map(|(number, step)| look.hanging(&format!("    {}. ", number + 1), step));
            std::iter::once("  fix:".to_owned()).chain(lines).collect()
        }
    }
}

/// The lines to paste, where they are not those that were shown before.
fn paste(found: &Diagnostic, earlier: Option<&Diagnostic>) -> Vec<String> {
    let known = earlier.and_then(|earlier| earlier.paste.as_ref());
    let Some(paste) = found.paste.as_ref().filter(|paste| known != Some(*paste)) else {
        return Vec::new();
    };
    let lines = paste.lines.lines().map(|line| format!("      {line}"));
    let head = format!("  lines for {}:", paste.file);
    std::iter::once(head).chain(lines).collect()
}

/// The last lines: what is wrong and where, or what became of the run; then what to do, and the rest.
pub fn closing(story: &Story, look: Look) -> String {
    let story_ending = story.ending();
    let style = match (story_ending.why, story_ending.verdict()) {
        (Why::Held(_), _) | (_, Verdict::Unknown) => look::HELD_UP.bold(),
        (_, Verdict::Succeeded) => look::WENT_WELL.bold(),
        (_, Verdict::Failed) => look::WENT_WRONG.bold(),
    };
    let cause = cause::of(story);
    let said = match &cause {
        Some(cause) => cause.line(),
        None => ending::headline(story),
    };
    let line = format!("{} {said}", ending::mark(story_ending));
    let mut lines = vec![
        String::new(),
        format!("{}{}", words::prefix(story), look.paint(style, &line)),
    ];
    for step in ending::next_steps(story) {
        lines.push(look.hanging("  next: ", &step));
    }
    if cause.is_some() {
        lines.push(format!("  {}", ending::beside(story)));
    }
    if let Some(counts) = words::counts(story).filter(|_| story.findings.len() > 1) {
        lines.push(format!("  found: {counts}"));
    }
    if let Some(url) = words::link(story) {
        lines.push(format!("  link: {url}"));
    }
    if let Some(report) = &story.report {
        lines.push(format!("  report: {report}"));
    }
    lines.push(look.dim(&format!("  {}", words::effort(story))));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::mode::Mode;
    use crate::report::tests::samples;

    #[test]
    fn lines_to_paste_are_shown_once() {
        use crate::diagnostic::Paste;
        let mut story = samples::story(samples::rejected());
        let look = Look::of(Mode::Log, false);
        let mut first = story.findings[0].clone();
        first.diagnostic.paste = Some(Paste {
            file: "Info.plist".to_owned(),
            lines: "<key>A</key>\n<true/>".to_owned(),
        });
        story.findings[0] = first.clone();
        let shown = finding(&first, &story, look);
        assert!(
            shown.contains("\n  lines for Info.plist:\n      <key>A</key>\n      <true/>\n"),
            "{shown}"
        );
        let again = paste(&first.diagnostic, Some(&first.diagnostic));
        assert_eq!(again, [""; 0]);
    }

    #[test]
    fn what_one_change_mends_is_told_to_be_changed_once() {
        use crate::diagnostic::{Code, Subject};
        let version = |code, next: &str| Finding {
            diagnostic: Diagnostic::error(Code::new(code), code)
                .about(Subject::MarketingVersion)
                .variable("next_version", next)
                .message(format!("{code} says no."))
                .said_by("apple")
                .fix(format!("Raise it to {next}.")),
            location: None,
            edit: None,
        };
        let mut story = samples::story(Vec::new());
        let findings = [
            version("a", "1.2.1"),
            version("b", "1.0.1"),
            version("c", "1.3.1"),
        ];
        story.findings = findings.to_vec();
        let look = Look::of(Mode::Log, false);
        let shown = |at: usize| finding(&findings[at], &story, look);
        assert!(shown(0).contains("fix: Raise it to 1.2.1."), "{}", shown(0));
        assert_eq!(
            shown(1),
            "\nerror[b]: b\n  fix: the same change as for a\n  Apple says: b says no."
        );
        assert!(shown(2).contains("fix: Raise it to 1.3.1."), "{}", shown(2));
    }

    #[test]
    fn a_rehearsal_links_no_page_of_apples() {
        let mut story = samples::story(samples::passed());
        let fact_of = |story: &Story| {
            let testflight_url = Some("https://appstoreconnect.apple.com/apps/1".to_owned());
            let id = crate::ids::BuildUploadId::new("u1");
            fact(&Fact::BuildUpload { id, testflight_url }, story)
        };
        story.sandbox = None;
        assert!(fact_of(&story).contains("https://"));
        story.sandbox = Some("succeeds".to_owned());
        assert_eq!(fact_of(&story), "  build upload u1");
        let look = Look::of(Mode::Terminal { width: 80 }, false);
        assert!(!closing(&story, look).contains("https://"));
    }

    #[test]
    fn without_colour_there_is_no_escape_character() {
        let story = samples::story(samples::rejected());
        let look = Look::of(Mode::Terminal { width: 80 }, false);
        let text = [
            opening(&story, look),
            finding(&story.findings[0], &story, look),
            closing(&story, look),
        ]
        .concat();
        assert!(!text.contains('\u{1b}'));
        let look = Look::of(Mode::Terminal { width: 80 }, true);
        assert!(closing(&story, look).contains('\u{1b}'));
    }
}
