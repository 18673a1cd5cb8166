//! Blocks of GitHub Markdown that the job summary and the pull request's comment share. Pure.

use crate::diagnostic::{Finding, Severity};
use crate::event::{Ending, StageEnd, Verdict, Why};
use crate::report::story::Story;
use crate::report::words;
use crate::report::words::{ending, markdown};
use crate::text::count;

/// What a rehearsal says of itself.
pub fn sandbox(story: &Story) -> Option<String> {
    let sentence = words::sandbox(story)?;
    Some(format!("> **{}**", markdown::text(&sentence)))
}

/// What to do next.
pub fn next(story: &Story) -> Option<String> {
    let steps = ending::next_steps(story);
    let list: Vec<String> = steps
        .iter()
        .map(|step| format!("- {}", markdown::text(step)))
        .collect();
    (!list.is_empty()).then(|| format!("**Next:**\n\n{}", list.join("\n")))
}

/// The stages with their times.
pub fn stages(story: &Story) -> Option<String> {
    let rows: Vec<(String, String)> = story
        .stages
        .iter()
        .map(|record| {
            let took = record.took.map_or_else(|| "–".to_owned(), count::duration);
            let end = record.end.map_or("not finished", StageEnd::name);
            (record.stage.to_string(), format!("{end}, {took}"))
        })
        .collect();
    let calls = count::of(story.api_calls, "call");
    (!rows.is_empty()).then(|| {
        format!(
            "<details><summary>{} in all, {calls} to App Store Connect</summary>\n\n{}\n\n</details>",
            count::duration(story.elapsed),
            markdown::table(("Stage", "Ended"), &rows)
        )
    })
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

/// A finding as one block: open, or folded under its title.
pub fn finding(finding: &Finding, folded: bool) -> String {
    let found = &finding.diagnostic;
    let sign = match found.severity {
        Severity::Error => "❌",
        Severity::Warning => "⚠️",
        Severity::Notice => "ℹ️",
    };
    let title = markdown::shortened(&found.title);
    let body = finding_body(finding);
    if folded {
        format!(
            "<details><summary>{sign} <b>{} {}</b>: {}</summary>\n\n{body}\n\n</details>",
            found.severity,
            markdown::html(&words::name(&found.code)),
            markdown::html(&title)
        )
    } else {
        let name = words::name(&found.code);
        format!(
            "### {sign} {} {}: {}\n\n{body}",
            found.severity,
            markdown::text(&name),
            markdown::text(&title)
        )
    }
}

fn finding_body(finding: &Finding) -> String {
    let found = &finding.diagnostic;
    let mut paragraphs = Vec::new();
    if let Some(location) = &finding.location {
        paragraphs.push(format!(
            "**Where:** {}",
            markdown::code(&words::place(location))
        ));
    }
    if !found.message.is_empty() {
        paragraphs.push(match words::speaker(found) {
            "jetway" => markdown::lines(&found.message, ""),
            speaker => format!(
                "**{}** says:\n\n{}",
                markdown::text(speaker),
                markdown::lines(&found.message, "> ")
            ),
        });
    }
    match found.fix.as_slice() {
        [] => {}
        [only] => paragraphs.push(format!("**Fix:** {}", markdown::step(only))),
        steps => {
            let list: Vec<String> = steps
                .iter()
                .enumerate()
                .map(|(number, words)| format!("{}. {}", number + 1, markdown::step(words)))
                .collect();
            paragraphs.push(format!("**Fix:**\n\n{}", list.join("\n")));
        }
    }
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
    paragraphs.push(names);
    paragraphs.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::samples;

    #[test]
    fn a_finding_shows_the_place_the_words_and_the_fix() {
        let story = samples::story(samples::rejected());
        insta::assert_snapshot!(finding(&story.findings[0], false), @r"
        ### ❌ error ITMS-90683: the app uses the camera but does not say why

        **Where:** `ios/Runner/Info.plist:12`

        **Apple** says:

        > Missing purpose string in Info.plist. Your app’s code references one or more APIs that access sensitive user data.

        **Fix:**

        1. add NSCameraUsageDescription to Info.plist
        2. say in one sentence what the camera is for

        `ITMS-90683` · [read more](https://developer.apple.com/documentation/uikit/requesting-access-to-protected-resources)
        ");
    }
}
