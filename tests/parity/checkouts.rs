//! Pages, examples and our own workflows check out with one version, and none gives a stranger's code the secrets.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use saphyr::{LoadableYamlNode as _, Yaml};

use crate::here;

/// Every page and workflow: its path, and its text.
fn texts() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for place in ["README.md", "action.yml", "docs", ".github"] {
        below(&here(place), &mut found);
    }
    assert!(found.len() > 100, "{}", found.len());
    found
}

fn below(path: &Path, found: &mut Vec<(String, String)>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("a directory") {
            below(&entry.expect("an entry").path(), found);
        }
    } else if path
        .extension()
        .is_some_and(|end| end == "md" || end == "yml")
    {
        let text = fs::read_to_string(path).expect("text");
        found.push((path.display().to_string(), text));
    }
}

/// The workflows in a text: all of it, or the blocks of a page.
fn workflows<'a>(place: &str, text: &'a str) -> Vec<&'a str> {
    if place.ends_with(".yml") {
        return vec![text];
    }
    let blocks = text.split("```y").skip(1);
    blocks
        .filter_map(|block| block.split_once('\n')?.1.split("\n```").next())
        .collect()
}

/// What follows an `@` on a line that uses the action: the version, and the remark behind it.
fn version<'a>(line: &'a str, action: &str) -> Option<(&'a str, &'a str)> {
    let (_, version) = line.split_once("uses: ")?.1.split_once(action)?;
    let (version, remark) = version.split_once('#').unwrap_or((version, ""));
    Some((version.trim(), remark.trim()))
}

#[test]
fn every_action_of_github_is_used_in_one_version() {
    let mut majors: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut commits: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut count = 0;
    for action in [
        "actions/checkout@",
        "actions/upload-artifact@",
        "actions/download-artifact@",
    ] {
        for (place, text) in texts() {
            for line in text.lines() {
                let Some((version, remark)) = version(line, action) else {
                    continue;
                };
                let pinned = version.len() == 40;
                let named = if pinned { remark } else { version };
                let major = named.split('.').next().unwrap_or_default();
                assert!(major.starts_with('v'), "{place}: {line}");
                majors.entry(action).or_default().insert(major.to_owned());
                if pinned {
                    let both = format!("{version} {remark}");
                    commits.entry(action).or_default().insert(both);
                }
                count += 1;
            }
        }
    }
    assert!(count > 20, "{count}");
    for found in [&majors, &commits] {
        assert_eq!(found.len(), 3, "{found:#?}");
        assert!(found.values().all(|one| one.len() == 1), "{found:#?}");
    }
    // The page says what this version refuses.
    let page = fs::read_to_string(here("docs/pull-request.md")).expect("text");
    let checkout = majors["actions/checkout@"].first().expect("one");
    assert!(
        page.contains(&format!("code there: {checkout} since")),
        "{checkout}"
    );
}

/// Whether a workflow gets a stranger's code beside the repository's secrets.
fn runs_strangers_code(workflow: &str) -> bool {
    let Ok(documents) = Yaml::load_from_str(workflow) else {
        return false;
    };
    documents.iter().any(|document| {
        let trusted = ["pull_request_target", "workflow_run", "issue_comment"];
        // YAML 1.1 reads `on` as true.
        let on = document.as_mapping_get("on");
        on.is_some_and(|on| trusted.iter().any(|event| names(on, event)))
            && takes_the_head(document)
    })
}

/// Whether an event is among those that start a workflow.
fn names(on: &Yaml<'_>, event: &str) -> bool {
    let is_it = |node: &Yaml<'_>| node.as_str() == Some(event);
    is_it(on)
        || on.as_sequence().is_some_and(|list| list.iter().any(is_it))
        || on.as_mapping().is_some_and(|map| map.keys().any(is_it))
}

/// Whether any checkout below takes a reference or repository that the event names.
fn takes_the_head(node: &Yaml<'_>) -> bool {
    if let Some(list) = node.as_sequence() {
        return list.iter().any(takes_the_head);
    }
    let Some(map) = node.as_mapping() else {
        return false;
    };
    let of = |name| node.as_mapping_get(name);
    let checks_out = of("uses")
        .and_then(Yaml::as_str)
        .is_some_and(|uses| uses.starts_with("actions/checkout@"));
    let what = |name| {
        let with = of("with")?.as_mapping_get(name)?;
        Some(with.as_str()?.to_owned())
    };
    let told = ["ref", "repository"].into_iter().filter_map(what);
    let by_hand = of("run").and_then(Yaml::as_str).is_some_and(|run| {
        ["gh pr checkout", "refs/pull/", "pull_request.head"]
            .iter()
            .any(|way| run.contains(way))
    });
    by_hand
        || (checks_out && told.into_iter().any(|value| value.contains("${{")))
        || map.values().any(takes_the_head)
}

#[test]
fn no_workflow_gives_a_strangers_code_the_secrets() {
    let mut read = 0;
    for (place, text) in texts() {
        for workflow in workflows(&place, &text) {
            read += usize::from(workflow.contains("jobs:"));
            assert!(!runs_strangers_code(workflow), "{place}:\n{workflow}");
        }
    }
    assert!(read >= 12, "{read}");
}

#[test]
fn such_a_workflow_would_be_seen() {
    let with = |on: &str, step: &str| {
        format!("on: {on}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - {step}\n")
    };
    let head = "{ uses: actions/checkout@v7, with: { ref: \"${{ github.event.pull_request.head.sha }}\" } }";
    for on in [
        "pull_request_target",
        "[push, pull_request_target]",
        "{ workflow_run: {} }",
    ] {
        assert!(runs_strangers_code(&with(on, head)), "{on}");
        assert!(
            !runs_strangers_code(&with(on, "{ uses: actions/checkout@v7 }")),
            "{on}"
        );
    }
    assert!(!runs_strangers_code(&with("pull_request", head)));
    assert!(runs_strangers_code(&with(
        "pull_request_target",
        "{ run: gh pr checkout 1 }"
    )));
}
