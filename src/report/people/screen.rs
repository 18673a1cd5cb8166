//! What a terminal or a log shows, as text. Pure.

use crate::diagnostic::{Finding, Severity};
use crate::event::{ApiCall, Fact, Stage, StageEnd, Verdict, Why};
use crate::report::mode::Mode;
use crate::report::story::{StageRecord, Story};
use crate::report::words;
use crate::report::words::ending;

/// How text may look.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    colour: bool,
    width: Option<usize>,
}

impl Look {
    pub fn of(mode: Mode) -> Self {
        match mode {
            Mode::Terminal { colour, width } => Self {
                colour,
                width: Some(width.clamp(40, 110)),
            },
            // A step's lines are read by the runner: no colours near commands.
            Mode::Log | Mode::Actions => Self {
                colour: false,
                width: None,
            },
        }
    }

    fn paint(self, style: &str, text: &str) -> String {
        if self.colour && !text.is_empty() {
            format!("\u{1b}[{style}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn severity(self, severity: Severity, text: &str) -> String {
        self.paint(
            match severity {
                Severity::Error => "1;31",
                Severity::Warning => "1;33",
                Severity::Notice => "1;36",
            },
            text,
        )
    }

    pub fn dim(self, text: &str) -> String {
        self.paint("2", text)
    }

    /// A label and its text, which hangs under itself where it is long.
    fn hanging(self, label: &str, text: &str) -> String {
        let indent = " ".repeat(label.chars().count());
        let mut lines = text
            .lines()
            .flat_map(|line| self.wrapped(line, indent.len()));
        let mut whole = format!("{label}{}", lines.next().unwrap_or_default());
        for line in lines {
            whole.push_str(&format!("\n{indent}{line}"));
        }
        whole
    }

    fn wrapped(self, line: &str, indent: usize) -> Vec<String> {
        let Some(width) = self.width else {
            return vec![line.to_owned()];
        };
        let room = width.saturating_sub(indent).max(20);
        let mut lines = vec![String::new()];
        let mut used = 0;
        for word in line.split_whitespace() {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > room {
                lines.push(String::new());
                used = 0;
            }
            if let Some(last) = lines.last_mut() {
                if used > 0 {
                    last.push(' ');
                    used += 1;
                }
                last.push_str(word);
            }
            used += length;
        }
        lines
    }
}

/// The first lines.
pub fn opening(story: &Story, look: Look) -> String {
    let line = look.paint(
        "1",
        &format!("jetway {} {}", env!("CARGO_PKG_VERSION"), story.command),
    );
    match words::sandbox(story) {
        Some(sandbox) => format!("{line}\n{}", look.paint("1;35", &sandbox)),
        None => line,
    }
}

/// A stage that is over.
pub fn stage(record: &StageRecord, story: &Story, look: Look) -> String {
    let (mark, style, word) = match record.end {
        Some(StageEnd::Done) => ("✓", "32", "done"),
        Some(StageEnd::Skipped) => ("–", "2", "skipped, an earlier run did it"),
        Some(StageEnd::Failed) => ("✗", "31", "failed"),
        Some(StageEnd::Stopped) => ("■", "33", "stopped"),
        None => ("…", "2", "begun"),
    };
    let took = record
        .took
        .map(|took| format!(" in {}", words::duration(took)))
        .unwrap_or_default();
    let sent = sent(record, story).unwrap_or_default();
    format!(
        "{}{} {}{}",
        words::prefix(story),
        look.paint(style, mark),
        look.paint("1", &format!("{}: ", record.stage)),
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
    let rate = words::size((bytes as f64 / seconds) as u64);
    Some(format!(" · {} at {rate}/s", words::size(bytes)))
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
                words::size(package.size),
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
        look.paint("1", &found.title)
    );
    let mut lines = vec![String::new(), head];
    if let Some(location) = &finding.location {
        lines.push(format!(
            "  at: {}",
            look.paint("36", &words::place(location))
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
        (Why::Held(_), _) | (_, Verdict::Unknown) => "1;33",
        (_, Verdict::Succeeded) => "1;32",
        (_, Verdict::Failed) => "1;31",
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
    let calls = usize::try_from(story.api_calls).unwrap_or(usize::MAX);
    lines.push(look.dim(&format!(
        "  {} in all, {calls} call{} to App Store Connect",
        words::duration(story.elapsed),
        words::plural(calls)
    )));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::samples;

    #[test]
    fn long_words_of_apple_hang_under_themselves() {
        let look = Look::of(Mode::Terminal {
            colour: false,
            width: 50,
        });
        let text = look.hanging(
            "  Apple says: ",
            "The value for key CFBundleVersion must contain a higher version.",
        );
        insta::assert_snapshot!(text, @r"
          Apple says: The value for key CFBundleVersion
                      must contain a higher version.
        ");
    }

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
