//! The page of attacks names files and tests that are there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::here;

/// The names of all tests in the Rust files below a directory.
fn tests_below(directory: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            tests_below(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            tests_in(&fs::read_to_string(&path).expect("text"), found);
        }
    }
}

/// The functions that an attribute makes tests, and that are not left out of a run.
fn tests_in(text: &str, found: &mut BTreeSet<String>) {
    let (mut is_test, mut is_left_out) = (false, false);
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[") {
            is_test |= ["#[test]", "#[tokio::test"]
                .iter()
                .any(|name| line.starts_with(name));
            is_left_out |= line.starts_with("#[ignore");
            continue;
        }
        let name = line.trim_start_matches("async ").strip_prefix("fn ");
        if let (Some(name), true, false) = (name, is_test, is_left_out) {
            let end = name.find(['(', '<']).unwrap_or(name.len());
            found.insert(name[..end].to_owned());
        }
        let is_over = line.ends_with(['}', ';']);
        if name.is_some() || is_over {
            (is_test, is_left_out) = (false, false);
        }
    }
}

/// The rows of the page's table, cell by cell.
fn rows() -> Vec<[String; 3]> {
    let page = fs::read_to_string(here("docs/attacks.md")).expect("text");
    let rows = page.lines().filter(|line| line.starts_with("| ")).skip(1);
    rows.map(|row| {
        let cells = row.trim_matches('|').split(" | ").map(str::trim);
        let cells: Vec<String> = cells.map(str::to_owned).collect();
        cells.try_into().expect("three cells")
    })
    .collect()
}

/// What stands between backticks.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_attack_names_a_file_and_a_test_that_are_there() {
    let mut known = BTreeSet::new();
    for directory in ["src", "tests"] {
        tests_below(&here(directory), &mut known);
    }
    assert!(known.len() > 1_000, "{}", known.len());
    let rows = rows();
    assert!(rows.len() >= 24, "{}", rows.len());
    for [what, holds, tests] in rows {
        let files: Vec<&str> = quoted(&holds)
            .into_iter()
            .filter(|name| name.contains('/'))
            .collect();
        assert!(!files.is_empty(), "{what}: no file");
        for file in files {
            assert!(here(file).is_file(), "{what}: no file {file}");
        }
        let tests = quoted(&tests);
        assert!(!tests.is_empty(), "{what}: no test");
        for test in tests {
            assert!(known.contains(test), "{what}: no test {test}");
        }
    }
}

#[test]
fn a_test_that_is_gone_or_left_out_would_be_seen() {
    let mut found = BTreeSet::new();
    tests_in(
        "#[test]\nfn a() {}\nfn b() {}\n#[test]\n#[ignore = \"x\"]\nfn c() {}\n\
         #[tokio::test]\n#[expect(\n    x,\n    reason = \"y\"\n)]\nasync fn d() {}\n",
        &mut found,
    );
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["a", "d"]);
}
