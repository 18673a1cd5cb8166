//! What the program, the action and the pages say alike: the defaults, and the names of inputs that
//! findings lead to. `JETWAY_BLESS=1` writes the defaults of `action.yml` anew (`just readme`).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::Cli;

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &str) -> String {
    fs::read_to_string(here(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The options of `jetway ship`, with their defaults in the words of the help.
fn defaults() -> BTreeMap<String, Option<String>> {
    let help = Cli::new().args(["ship", "--help"]).succeeds().stdout;
    let options: BTreeMap<_, _> = help
        .split("\n      --")
        .skip(1)
        .filter_map(|option| {
            let text = option.split_whitespace().collect::<Vec<_>>().join(" ");
            let name = text.split([' ', '[', '=']).next()?.to_owned();
            let default = text
                .split_once("[default: ")
                .and_then(|(_, rest)| rest.split_once(']'));
            Some((name, default.map(|(default, _)| default.to_owned())))
        })
        .collect();
    assert!(options.values().flatten().count() > 10, "{options:?}");
    options
}

/// The lines of the action, each with the name of the input that it describes.
fn lines(action: &str) -> impl Iterator<Item = (Option<&str>, &str)> {
    let mut input = None;
    let mut is_among_inputs = false;
    action.lines().map(move |line| {
        if !line.starts_with(' ') && !line.is_empty() {
            is_among_inputs = line == "inputs:";
        }
        let name = line
            .strip_prefix("  ")
            .and_then(|rest| rest.strip_suffix(':'));
        if let Some(name) = name.filter(|name| !name.starts_with(' ')) {
            input = Some(name);
        }
        let describes = is_among_inputs && line.starts_with("    description: ");
        (input.filter(|_| describes), line)
    })
}

/// The action with the program's defaults at the ends of its descriptions.
fn with_defaults(action: &str, defaults: &BTreeMap<String, Option<String>>) -> String {
    let mut text = String::new();
    for (input, line) in lines(action) {
        match input.and_then(|name| defaults.get(name)) {
            Some(default) => text.push_str(&described(line, default.as_deref())),
            None => text.push_str(line),
        }
        text.push('\n');
    }
    text
}

fn described(line: &str, default: Option<&str>) -> String {
    let (key, said) = line.split_once(": ").expect("a description");
    let bare = said.trim_matches('"');
    let words = bare
        .split_once(" [default: ")
        .map_or(bare, |(words, _)| words);
    match default {
        Some(default) => format!("{key}: \"{words} [default: {default}]\""),
        None if words.contains(": ") => format!("{key}: \"{words}\""),
        None => format!("{key}: {words}"),
    }
}

#[test]
fn the_defaults_in_the_action_are_those_of_the_program() {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test's switch is no input of the program"
    )]
    let bless = std::env::var_os("JETWAY_BLESS").is_some();
    let action = read("action.yml");
    let expected = with_defaults(&action, &defaults());
    if bless {
        fs::write(here("action.yml"), &expected).expect("the action is written");
    } else {
        assert!(
            action == expected,
            "action.yml is behind the program: run `just readme`"
        );
    }
}

#[test]
fn the_page_on_pull_requests_says_the_same_defaults() {
    let defaults = defaults();
    let mut checked = 0;
    for row in read("docs/pull-request.md").lines() {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let &[_, _, option, _, said, ..] = cells.as_slice() else {
            continue;
        };
        let Some(default) = defaults.get(option.trim_matches('`').trim_start_matches("--")) else {
            continue;
        };
        assert_eq!(default.as_deref(), Some(said), "{row}");
        checked += 1;
    }
    assert_eq!(checked, 4);
}

/// Every name that follows this text in a file, up to the quote.
fn names_after<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
    text.split(before)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

fn sources(directory: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("text");
            found.push((path.display().to_string(), text));
        }
    }
}

#[test]
fn what_leads_to_an_input_names_one_that_the_action_has() {
    let action = read("action.yml");
    let inputs: BTreeSet<&str> = lines(&action).filter_map(|(input, _)| input).collect();
    assert!(inputs.len() > 20, "{inputs:?}");
    let mut files = Vec::new();
    sources(&here("src"), &mut files);
    let mut named = Vec::new();
    for (path, text) in &files {
        // What locating is tried with, and what other tools ask for, is no promise of ours.
        let is_of_tools = path.contains("/catalogue/") && !path.contains("/catalogue/jetway/");
        // Commands that the action does not run, and git, have options of their own.
        let is_of_others = [
            "commands/preflight",
            "commands/follow_up",
            "commands/verify",
            "commands/webhook",
            "cli/target",
            "commands/doctor",
            "git_notes",
        ]
        .map(|name| path.ends_with(&format!("/{name}.rs")));
        if path.contains("/locate/") || is_of_tools || is_of_others.contains(&true) {
            continue;
        }
        let squeezed = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let subjects = names_after(&squeezed, "Subject::WorkflowInput { name: \"");
        let listed = names_after(text, "\"workflow-input:");
        let options = names_after(text, "\"--");
        let names = subjects.into_iter().chain(listed);
        let is_option = |name: &&str| {
            name.bytes()
                .all(|byte| byte == b'-' || byte.is_ascii_lowercase())
        };
        let told = options
            .into_iter()
            .filter(|_| path.contains("/cli/"))
            .filter(is_option);
        for name in names.chain(told) {
            let is_one = inputs.contains(name);
            named.push(name.to_owned());
            assert!(is_one, "{path}: the action has no input {name}");
        }
    }
    assert!(named.len() > 20, "{named:?}");
}
