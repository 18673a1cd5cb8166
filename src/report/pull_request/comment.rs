//! The pull request's comment: the story as it stands, in a few blocks. Pure.

use crate::report::story::Story;
use crate::report::words::{blocks, markdown};

/// GitHub takes 65,536 characters; what it adds itself must fit too.
const LONGEST: usize = 60_000;
const PAGE: blocks::Page = blocks::Page {
    heading: "###",
    open: 3,
    shows_code: true,
};
/// A commit is known by so many characters.
const SHORT_COMMIT: usize = 7;

/// Where the run is to be found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'a> {
    /// The run's page.
    pub run_url: Option<&'a str>,
    /// The commit that was built; GitHub makes a link of it.
    pub commit: Option<&'a str>,
}

/// The comment, with `marker` as its last line.
pub fn render(story: &Story, place: Place<'_>, marker: &str) -> String {
    let more = match place.run_url {
        Some(address) => format!(
            "*There was more; {} has all of it.*",
            markdown::link("the job summary", address)
        ),
        None => "*There was more; the report has all of it.*".to_owned(),
    };
    let end = [footer(story, place), marker.to_owned()]
        .into_iter()
        .filter(|block| !block.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n");
    fit(&blocks::page(story, PAGE), &more, &end)
}

/// Where to look next.
fn footer(story: &Story, place: Place<'_>) -> String {
    let run = place
        .run_url
        .map(|address| markdown::link("this run", address));
    let commit = place
        .commit
        .map(|commit| commit.get(..SHORT_COMMIT).unwrap_or(commit))
        .map(|commit| format!("commit {}", markdown::text(commit)));
    let sub: Vec<String> = run
        .into_iter()
        .chain(commit)
        .chain(std::iter::once(format!(
            "jetway {}",
            markdown::text(story.command)
        )))
        .collect();
    format!("<sub>{}</sub>", sub.join(" · "))
}

/// The blocks that fit, with `end` behind them; what is left out is said.
fn fit(blocks: &[String], more: &str, end: &str) -> String {
    let length = |text: &str| text.encode_utf16().count() + 2;
    let room = LONGEST.saturating_sub(length(more) + length(end));
    let mut used = 0;
    let mut kept: Vec<&str> = Vec::new();
    for block in blocks {
        used += length(block);
        if used > room {
            kept.push(more);
            break;
        }
        kept.push(block);
    }
    kept.push(end);
    kept.join("\n\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::{Code, Diagnostic, Finding};
    use crate::event::{Ending, Why};
    use crate::report::tests::{runner, samples};

    const RUN: &str = "https://github.com/example/app/actions/runs/99";

    fn rendered(story: &Story) -> String {
        let place = Place {
            run_url: Some(RUN),
            commit: Some("1111111111111111111111111111111111111111"),
        };
        render(story, place, "<!-- marker -->")
    }

    #[test]
    fn a_rejection_says_what_why_where_and_how_to_mend_it() {
        let story = samples::story(samples::rejected());
        insta::assert_snapshot!(rendered(&story));
    }

    #[test]
    fn the_story_is_told_while_it_happens() {
        let told = samples::passed();
        let mut lines: Vec<String> = (0..=told.len())
            .map(|length| rendered(&samples::story(told[..length].to_vec())))
            .map(|body| body.lines().next().unwrap().to_owned())
            .collect();
        lines.dedup();
        insta::assert_snapshot!(lines.join("\n"), @r#"
        ### ⏳ the build is being checked
        ### ⏳ Example 1.4.0 (42) is being checked
        ### ⏳ Example 1.4.0 (42) is being uploaded
        ### ⏳ Apple is processing Example 1.4.0 (42)
        ### ✅ Example 1.4.0 (42) is processed and ready for testing
        "#);
    }

    #[test]
    fn many_findings_are_folded_and_what_is_too_long_is_left_out_by_whole_blocks() {
        let mut story = samples::story(samples::rejected());
        for number in 0..200 {
            let diagnostic = Diagnostic::error(Code::read(format!("itms-{number}")), "a fault")
                .message("😀 and words. ".repeat(120));
            story.findings.push(Finding {
                diagnostic,
                location: None,
                edit: None,
            });
        }
        let body = rendered(&story);
        assert!(body.encode_utf16().count() <= LONGEST, "{}", body.len());
        assert_eq!(
            body.matches("<details>").count(),
            body.matches("</details>").count()
        );
        assert!(body.matches("<details>").count() > 3);
        assert!(body.contains("There was more; [the job summary](https://github.com/"));
        assert!(body.ends_with("\n\n<!-- marker -->"));
    }

    #[test]
    fn every_ending_has_a_comment() {
        for ending in Ending::all() {
            let mut story = samples::story(Vec::new());
            story.ending = Some(ending);
            assert!(rendered(&story).starts_with("### "), "{ending:?}");
        }
    }

    proptest! {
        #[test]
        fn hostile_text_leaves_nothing_of_itself(hostile in runner::hostile()) {
            let mut story = samples::story(samples::rejected());
            story.ending = Some(Ending::at_once(Why::Failed));
            story.app.as_mut().unwrap().name.clone_from(&hostile);
            story.testflight_url = Some(hostile.clone());
            story.processing_state = Some(hostile.clone());
            let package = story.package.as_mut().unwrap();
            package.build.build_number = crate::ids::BuildNumber::new(hostile.clone());
            package.bundle_identifier = crate::ids::BundleIdentifier::new(hostile.clone());
            let found = &mut story.findings[0].diagnostic;
            found.title.clone_from(&hostile);
            found.message.clone_from(&hostile);
            found.fix = vec![hostile.clone()];
            let body = rendered(&story);
            prop_assert!(!body.contains("@o"), "{}", body);
            prop_assert!(!body.contains("<script"), "{}", body);
            prop_assert!(!body.contains("<img"), "{}", body);
            prop_assert_eq!(body.matches("<!--").count(), 1, "{}", body);
            prop_assert!(body.ends_with("\n<!-- marker -->"));
        }
    }
}
