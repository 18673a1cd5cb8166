//! The job summary: what GitHub shows on the page of the run.

use std::io;
use std::path::Path;

use crate::report::error::Error;
use crate::report::files;
use crate::report::story::Story;
use crate::report::words::blocks;
use crate::report::words::clean::Cleaner;

/// GitHub takes 1 MiB per step and is known to drop a summary that comes near.
const LIMIT: usize = 900 * 1024;
const PAGE: blocks::Page = blocks::Page {
    heading: "##",
    open: 5,
    shows_code: false,
};
const TRUNCATED: &str =
    "\n\n*This summary was truncated: GitHub takes no more. The report has all of it.*\n";

/// Appends the summary to the runner's file.
pub fn append(path: &Path, story: &Story, left_out: usize, cleaner: &Cleaner) -> Result<(), Error> {
    let failed = |source: io::Error| Error::RunnerFile {
        path: path.to_owned(),
        source,
    };
    let mut file = files::to_append(path).map_err(failed)?;
    let used = file.metadata().map_err(failed)?.len();
    let gap = if used > 0 { "\n\n" } else { "" };
    let room = LIMIT.saturating_sub(usize::try_from(used).unwrap_or(LIMIT));
    let text = format!("{gap}{}", cleaner.redact(&render(story, left_out, room)));
    files::write(&mut file, text.as_bytes()).map_err(failed)
}

/// The summary in at most `room` bytes; `left_out` findings are no annotations.
pub fn render(story: &Story, left_out: usize, room: usize) -> String {
    join(&blocks(story, left_out), room)
}

fn blocks(story: &Story, left_out: usize) -> Vec<String> {
    let mut whole = blocks::page(story, PAGE);
    if left_out > 0 {
        whole.push(format!(
            "{left_out} of the findings {} only here: GitHub shows at most ten annotations of a kind.",
            if left_out == 1 { "is" } else { "are" }
        ));
    }
    whole
}

/// The blocks as one text; what does not fit is left out by whole blocks, and that is said.
pub fn join(blocks: &[String], room: usize) -> String {
    let mut text = String::new();
    for (number, block) in blocks.iter().enumerate() {
        let is_last = number + 1 == blocks.len();
        let reserve = if is_last { 1 } else { TRUNCATED.len() };
        if text.len() + 2 + block.len() + reserve > room {
            if text.len() + TRUNCATED.len() <= room {
                text.push_str(TRUNCATED);
            }
            return text;
        }
        if number > 0 {
            text.push_str("\n\n");
        }
        text.push_str(block);
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::report::tests::samples;

    #[test]
    fn many_findings_are_folded_and_the_rest_is_counted() {
        let mut story = samples::story(samples::rejected());
        let one = story.findings[0].clone();
        for number in 0..30 {
            let mut finding = one.clone();
            finding.diagnostic.code = Code::read(format!("fault-{number}"));
            story.findings.push(finding);
        }
        let text = render(&story, 22, LIMIT);
        assert!(text.contains("22 of the findings are only here"), "{text}");
        assert!(!text.contains("\n### "));
        assert_eq!(
            text.matches("<details>").count(),
            text.matches("</details>").count()
        );
    }

    #[test]
    fn a_summary_that_is_too_long_ends_on_a_whole_block() {
        let mut story = samples::story(samples::rejected());
        let one = story.findings[0].clone();
        for number in 0..300 {
            let mut finding = one.clone();
            finding.diagnostic.code = Code::read(format!("fault-{number}"));
            finding.diagnostic.message = "é".repeat(50_000);
            story.findings.push(finding);
        }
        let text = render(&story, 0, LIMIT);
        assert!(text.len() <= LIMIT);
        assert!(text.len() > LIMIT - 40_000);
        assert!(text.ends_with(TRUNCATED));
        assert_eq!(
            text.matches("<details>").count(),
            text.matches("</details>").count()
        );
        assert_eq!(render(&story, 0, 10), "");
    }

    #[test]
    fn what_the_step_has_written_before_stays_and_counts() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("summary");
        std::fs::write(&path, "x".repeat(LIMIT - 600)).unwrap();
        let story = samples::story(samples::rejected());
        append(
            &path,
            &story,
            0,
            &Cleaner::new(crate::secret::Vault::default()),
        )
        .unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("xxx"));
        assert!(text.len() <= LIMIT + 2);
        assert!(text.ends_with(TRUNCATED));
    }
}
