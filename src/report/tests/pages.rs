//! Hostile text is thrown at the pages that GitHub shows: the job summary and the comment. A real
//! parser says what became of it.

use proptest::prelude::*;

use crate::diagnostic::{Diagnostic, Edit, Location};
use crate::event::App;
use crate::ids::{AppId, BuildNumber, BuildUploadId, BundleIdentifier, MarketingVersion};
use crate::report::actions::summary;
use crate::report::pull_request::comment;
use crate::report::story::Story;
use crate::report::tests::judge::{self, Page};
use crate::report::tests::{runner, samples};
use crate::report::words::markdown;

const RUN: &str = "https://github.com/example/app/actions/runs/99";
const SOURCE: &str = "https://github.com/example/app/blob/abc";
const TESTFLIGHT: &str = "https://appstoreconnect.apple.com/apps/1/testflight/ios";

/// A story in which all text from outside is this one; more findings than are shown open, if wanted.
fn story(text: &str, folded: bool) -> Story {
    let text = || text.to_owned();
    let mut story = samples::story(samples::rejected());
    story.source = Some(SOURCE.to_owned());
    story.sandbox = Some(text());
    story.app = Some(App {
        id: AppId::new(text()),
        name: text(),
    });
    story.testflight_url = Some(TESTFLIGHT.to_owned());
    story.build_upload_id = Some(BuildUploadId::new(text()));
    story.processing_state = Some(text());
    let package = story.package.as_mut().expect("the sample has one");
    package.file_name = text();
    package.bundle_identifier = BundleIdentifier::new(text());
    package.build.marketing_version = MarketingVersion::new(text());
    package.build.build_number = BuildNumber::new(text());
    let found = &mut story.findings[0];
    found.location = Some(Location {
        path: text(),
        line: Some(3),
        column: None,
    });
    found.edit = Some(Edit {
        line: 3,
        old: vec![text()],
        new: vec![text(), text()],
        below: vec![text()],
    });
    let code = found.diagnostic.code.clone();
    found.diagnostic = Diagnostic::error(code, text())
        .also_known_as(text())
        .message(text())
        .fix(text())
        .fix(text())
        .said_by(text());
    if folded {
        let one = story.findings[0].clone();
        story.findings.extend(std::iter::repeat_n(one, 6));
    }
    story
}

fn pages(text: &str, folded: bool) -> [Page; 2] {
    let story = story(text, folded);
    let place = comment::Place {
        run_url: Some(RUN),
        commit: Some("1111111111111111111111111111111111111111"),
    };
    [
        comment::render(&story, place, "<!-- marker -->"),
        summary::render(&story, 3, 900_000),
    ]
    .map(|text| {
        let lines: Vec<&str> = text.lines().filter(|line| !is_permalink(line)).collect();
        // In place of an address that shows the code, a path that leads elsewhere is only named.
        judge::page(&lines.join("\n").replace("**Where:**", "Where:"))
    })
}

/// The address that GitHub shows as code, with nothing in it that could be anything else.
fn is_permalink(line: &str) -> bool {
    let is_plain = |char: char| char.is_ascii_alphanumeric() || "/._-%#".contains(char);
    line.strip_prefix(SOURCE)
        .is_some_and(|rest| rest.ends_with("#L1-L6") && rest.chars().all(is_plain))
}

fn is_known(address: &str) -> bool {
    address.starts_with(SOURCE)
        || address == RUN
        || address == TESTFLIGHT
        || address.starts_with("https://developer.apple.com/")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn hostile_text_stays_text_on_every_page(hostile in runner::hostile(), folded in any::<bool>()) {
        // The word behind it keeps a text that is blank from leaving a block out.
        let text = format!("{hostile} word");
        for (page, plain) in pages(&text, folded).iter().zip(pages("word", folded)) {
            prop_assert_eq!(&page.faults, &Vec::<String>::new());
            prop_assert_eq!(&page.shape, &plain.shape);
            for address in &page.links {
                prop_assert!(is_known(address), "{}", address);
            }
        }
    }

    #[test]
    fn every_way_to_write_text_keeps_it_text(hostile in runner::hostile()) {
        let written = [
            markdown::text(&hostile),
            markdown::lines(&hostile, ""),
            markdown::lines(&hostile, "> "),
            markdown::step(&hostile),
            markdown::code(&hostile),
            format!("- {}", markdown::text(&hostile)),
            format!("### {}", markdown::text(&hostile)),
            format!("**by {}**", markdown::text(&hostile)),
            format!(
                "<details><summary>{}</summary></details>",
                markdown::html(&hostile)
            ),
            markdown::table((" ", " "), &[(markdown::text(&hostile), markdown::code(&hostile))]),
        ];
        let plain = ["", "", "> ", "", "", "- ", "### ", "**", "", "| a | b |\n| - | - |\n| "];
        for (text, plain) in written.iter().zip(plain) {
            let page = judge::page(text);
            prop_assert_eq!(&page.faults, &Vec::<String>::new(), "{}", text);
            prop_assert!(page.links.is_empty(), "{}: {:?}", text, page.links);
            let allowed = judge::page(&format!("{plain}word{}", if plain == "**" { "**" } else { "" })).shape;
            for (block, times) in &page.shape {
                prop_assert!(allowed.get(block).is_some_and(|most| times <= most), "{}: {}", text, block);
            }
        }
    }

    #[test]
    fn an_address_leads_where_it_says_or_nowhere(hostile in runner::hostile(), secure in any::<bool>()) {
        let address = if secure { format!("https://a.example/{hostile}") } else { hostile };
        let page = judge::page(&markdown::link("read more", &address));
        prop_assert_eq!(&page.faults, &Vec::<String>::new());
        prop_assert!(page.links.iter().all(|link| *link == address), "{:?}", page.links);
    }
}
