//! The table of rules in the docs is made from the rules.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::preflight::rule::Rule;
use crate::preflight::rules::RULES;

const START: &str = "<!-- rules -->\n";
const END: &str = "<!-- /rules -->";
/// What gives each code, a file a family; the last one has those that need a package made by hand.
const TESTS: [(&str, &str); 9] = [
    ("code", include_str!("broken/code.rs")),
    ("icons", include_str!("broken/icons.rs")),
    ("keys", include_str!("broken/keys.rs")),
    ("mac", include_str!("broken/mac.rs")),
    ("signatures", include_str!("broken/signatures.rs")),
    ("structure", include_str!("broken/structure.rs")),
    ("versions", include_str!("broken/versions.rs")),
    ("watch", include_str!("broken/watch.rs")),
    ("mod", include_str!("broken/mod.rs")),
];

/// The files of tests that have a package for a code of the rule.
fn tests(rule: &Rule) -> String {
    if rule.name == "archived-entitlements" {
        return "[archives](../src/preflight/tests/archives.rs)".to_owned();
    }
    let links = TESTS.iter().filter_map(|(name, text)| {
        let has = |code: &&str| text.contains(&format!("\"{code}\""));
        let link = || format!("[{name}](../src/preflight/tests/broken/{name}.rs)");
        rule.codes.iter().any(has).then(link)
    });
    links.collect::<Vec<_>>().join(" ")
}

/// The rule's file, by the name that it gives itself.
fn file(rule: &Rule) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/preflight/rules");
    let named = format!("name: \"{}\"", rule.name);
    let files = fs::read_dir(&folder).expect("the rules are there");
    let mut names = files.filter_map(|file| {
        let path = file.ok()?.path();
        let text = fs::read_to_string(&path).ok()?;
        text.contains(&named)
            .then(|| path.file_name()?.to_str().map(str::to_owned))?
    });
    names.next().expect("every rule is a file")
}

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
        let (file, tests) = (file(rule), tests(rule));
        assert!(!tests.is_empty(), "{} has no test", rule.name);
        let _ = writeln!(
            table,
            "| [{}](../src/preflight/rules/{file}) | {} | {} | {} | {tests} |",
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
