//! The table of rules in the docs is made from the rules.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::preflight::rules::RULES;

const START: &str = "<!-- rules -->\n";
const END: &str = "<!-- /rules -->";
const TEST: &str = "../src/preflight/tests/broken/mod.rs";

fn table() -> String {
    let mut table = String::from(
        "| rule | codes | what it asks for | source | test |\n|---|---|---|---|---|\n",
    );
    for rule in RULES {
        let codes: Vec<String> = rule
            .codes
            .iter()
            .map(|code| format!("[{code}](codes/{code}.md)"))
            .collect();
        let _ = writeln!(
            table,
            "| {} | {} | {} | {} | [broken]({TEST}) |",
            rule.name,
            codes.join(" "),
            rule.sentence,
            rule.source
        );
    }
    table
}

#[test]
fn the_table_of_rules_in_the_docs_is_that_of_the_rules() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/preflight.md");
    let Ok(page) = fs::read_to_string(&path) else {
        // The package that cargo makes has no docs.
        return;
    };
    let (before, rest) = page.split_once(START).expect("the page has a table");
    let (_, after) = rest.split_once(END).expect("the table ends");
    let wanted = format!("{before}{START}{}{END}{after}", table());
    #[expect(
        clippy::disallowed_methods,
        reason = "`just codes` sets it to write the table"
    )]
    let bless = std::env::var_os("JETWAY_BLESS").is_some();
    if bless {
        fs::write(&path, &wanted).expect("docs can be written");
    } else {
        assert_eq!(
            page, wanted,
            "run `JETWAY_BLESS=1 cargo test --lib preflight::tests::docs`"
        );
    }
}

#[test]
fn every_code_is_in_the_catalogue_and_every_name_is_said_once() {
    let mut names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), RULES.len());
}

#[test]
fn every_dated_line_has_its_source() {
    let lists = crate::preflight::lists::Lists::get();
    for minimum in lists.minimum_sdk.iter().chain(&lists.minimum_os) {
        assert!(!minimum.source.is_empty(), "{minimum:?}");
    }
    assert!(lists.sources.len() >= 5, "{:?}", lists.sources);
}
