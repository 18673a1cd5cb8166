//! What a terminal or a log shows, as text. Pure.

use crate::diagnostic::Finding;
use crate::event::{ApiCall, Fact, Stage, StageEnd, Verdict, Why};
use crate::report::people::look::{self, Look};
use crate::report::story::{StageRecord, Story};
use crate::report::words;
use crate::report::words::ending;
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
pub fn stage(record: &StageRecord, story: &Story, look: Look) -> String {
    let (mark, style, word) = match record.end {
        Some(StageEnd::Done) => ("✓", look::WENT_WELL, "done"),
        Some(StageEnd::Skipped) => ("–", look::DIM, "skipped, an earlier run did it"),
        Some(StageEnd::Failed) => ("✗", look::WENT_WRONG, "failed"),
        Some(StageEnd::Stopped) => ("■", look::HELD_UP, "stopped"),
        None => ("…", look::DIM, "begun"),
    };
    let took = record
        .took
        .map(|took| format!(" in {}", count::duration(took)))
        .unwrap_or_default();
    let sent = sent(record, story).unwrap_or_default();
    format!(
        "{}{} {}{}",
        words::prefix(story),
        look.paint(style, mark),
        look.paint(look::STRONG, &format!("{}: ", record.stage)),
        look.dim(&format!("{word}{took}{sent}"))
    )
}

/// How much was sent in the upload, and how fast.
fn sent(record: &StageRecord, story: &Story) -> Option<String> {
    let (began, done) = story.transfer.filter(|_| record.stage == Stage::Upload)?;
    let bytes = done.saturating_sub(began);
    let seconds = record.took?.as_secs_f64();
    if bytes == 0 || seconds <= 0.0 {
        return None;
    }
    let rate = count::size((bytes as f64 / seconds) as u64);
    Some(format!(" · {} at {rate}/s", count::size(bytes)))
}

/// A fact.
pub fn fact(fact: &Fact) -> String {
    match fact {
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
            Some(url) => format!("  build upload {id}\n  {url}"),
            None => format!("  build upload {id}"),
        },
        Fact::Build { id } => format!("  build {id}"),
        Fact::ProcessingState(state) => format!("  Apple says {state}"),
    }
}

/// A call to App Store Connect, in one line.
pub fn api_call(call: &ApiCall) -> String {
    let status = match call.status {
        Some(status) => status.to_string(),
        None => "no answer".to_owned(),
    };
    format!("{} {}: {status}", call.method, call.path)
}

/// A finding with all that helps.
pub fn finding(finding: &Finding, story: &Story, look: Look) -> String {
    let found = &finding.diagnostic;
    let head = format!(
        "{}{}: {}",
        words::prefix(story),
        look.severity(
            found.severity,
            &format!("{}[{}]", found.severity, words::name(&found.code))
        ),
        look.paint(look::STRONG, &found.title)
    );
    let mut lines = vec![String::new(), head];
    if let Some(location) = &finding.location {
        lines.push(format!(
            "  at: {}",
            look.paint(look::PLACE, &words::place(location))
        ));
    }
    if !found.message.is_empty() {
        let label = match words::speaker(found) {
            "jetway" => "  ".to_owned(),
            speaker => format!("  {speaker} says: "),
        };
        lines.push(look.hanging(&label, &found.message));
    }
    match found.fix.as_slice() {
        [] => {}
        [only] => lines.push(look.hanging("  fix: ", only)),
        steps => {
            lines.push("  fix:".to_owned());
            for (number, step) in steps.iter().enumerate() {
                lines.push(look.hanging(&format!("    {}. ", number + 1), step));
            }
        }
    }
    if let Some(link) = &found.link {
        lines.push(format!("  see: {link}"));
    }
    if let Some(page) = &found.page {
        lines.push(format!("  more: {page}"));
    }
    if let Some(names) = words::other_names(found) {
        lines.push(look.dim(&look.hanging("  also known as: ", &names)));
    }
    lines.join("\n")
}

/// The last lines: what became of the run, where to look and what to do.
pub fn closing(story: &Story, look: Look) -> String {
    let story_ending = story.ending();
    let style = match (story_ending.why, story_ending.verdict()) {
        (Why::Held(_), _) | (_, Verdict::Unknown) => look::HELD_UP.bold(),
        (_, Verdict::Succeeded) => look::WENT_WELL.bold(),
        (_, Verdict::Failed) => look::WENT_WRONG.bold(),
    };
    let line = format!("{} {}", ending::mark(story_ending), ending::headline(story));
    let mut lines = vec![
        String::new(),
        format!("{}{}", words::prefix(story), look.paint(style, &line)),
    ];
    if let Some(counts) = words::counts(story) {
        lines.push(format!("  found: {counts}"));
    }
    if let Some(url) = &story.testflight_url {
        lines.push(format!("  link: {url}"));
    }
    for step in ending::next_steps(story) {
        lines.push(look.hanging("  next: ", &step));
    }
    if let Some(report) = &story.report {
        lines.push(format!("  report: {report}"));
    }
    lines.push(look.dim(&format!(
        "  {} in all, {} to App Store Connect",
        count::duration(story.elapsed),
        count::of(story.api_calls, "call")
    )));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::mode::Mode;
    use crate::report::tests::samples;

    #[test]
    fn without_colour_there_is_no_escape_character() {
        let story = samples::story(samples::rejected());
        let look = Look::of(Mode::Terminal {
            colour: false,
            width: 80,
        });
        let text = [
            opening(&story, look),
            finding(&story.findings[0], &story, look),
            closing(&story, look),
        ]
        .concat();
        assert!(!text.contains('\u{1b}'));
        let look = Look::of(Mode::Terminal {
            colour: true,
            width: 80,
        });
        assert!(closing(&story, look).contains('\u{1b}'));
    }
}
