//! What `action.yml` must look like, whatever it does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::definition::Action;

/// The variables that the program takes secrets from.
fn secrets() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    variables(include_str!("../../src/cli/secrets.rs"), &mut found);
    // Of a command that no step of a workflow has a use for.
    assert!(found.remove("JETWAY_WEBHOOK_SECRET"), "{found:?}");
    found
}

/// The inputs that an expression reads.
fn inputs(value: &str) -> BTreeSet<String> {
    let is_of_name = |char: char| char.is_ascii_alphanumeric() || char == '-';
    let after = value.split("inputs.").skip(1);
    let names = after.map(|rest| rest.chars().take_while(|char| is_of_name(*char)).collect());
    names.collect()
}

/// The variables of ours that are named in quotes.
fn variables(source: &str, found: &mut BTreeSet<String>) {
    for rest in source.split("\"JETWAY_").skip(1) {
        let name = rest.split('"').next().unwrap_or_default();
        let is_of_name = |char: char| char.is_ascii_uppercase() || "_0123456789".contains(char);
        if !name.is_empty() && name.chars().all(is_of_name) {
            found.insert(format!("JETWAY_{name}"));
        }
    }
}

/// The variables that are named below a directory.
fn variables_below(directory: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            variables_below(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            variables(&fs::read_to_string(&path).expect("a source"), found);
        }
    }
}

/// Variables of the commands that no step of a workflow has a use for, and of tests.
const ELSEWHERE: [&str; 9] = [
    "JETWAY_BLESS",
    "JETWAY_LISTEN",
    "JETWAY_SHARED",
    "JETWAY_WEBHOOK_EVENTS",
    "JETWAY_WEBHOOK_ID",
    "JETWAY_WEBHOOK_NAME",
    "JETWAY_WEBHOOK_SECRET",
    "JETWAY_WEBHOOK_SIGNATURE",
    "JETWAY_WEBHOOK_URL",
];

#[test]
fn no_variable_of_the_program_is_left_to_the_job() {
    let mut known = BTreeSet::new();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    variables_below(&source, &mut known);
    let action = Action::read();
    let ship = action.steps.iter().find(|step| step.id == "ship");
    let set = &ship.expect("the step").env;
    known.retain(|name| !set.iter().any(|(set, _)| set == name));
    assert_eq!(known, BTreeSet::from(ELSEWHERE.map(str::to_owned)));
}

#[test]
fn every_step_is_bash_and_one_line_that_begins_with_exec() {
    for step in Action::read().steps {
        assert_eq!(step.shell, "bash", "{}", step.id);
        assert_eq!(step.script.trim().lines().count(), 1, "{}", step.id);
        assert!(step.script.starts_with("exec "), "{}", step.id);
        assert!(!step.script.contains("${{"), "{}", step.id);
        assert!(!step.script.contains(';'), "{}", step.id);
    }
}

#[test]
fn the_steps_are_install_then_ship_then_a_clean_up_that_always_runs() {
    let steps = Action::read().steps;
    let shape: Vec<(&str, Option<&str>)> = steps
        .iter()
        .map(|step| (step.id.as_str(), step.condition.as_deref()))
        .collect();
    assert_eq!(
        shape,
        [
            ("install", None),
            ("ship", None),
            ("Clean up", Some("always()"))
        ]
    );
}

#[test]
fn every_input_and_output_is_described_and_there_is_a_badge() {
    let action = Action::read();
    for input in &action.inputs {
        assert!(input.description.len() > 10, "{}", input.name);
    }
    for output in &action.outputs {
        assert!(output.description.len() > 10, "{}", output.name);
        assert_eq!(
            output.value,
            format!("${{{{ steps.ship.outputs.{} }}}}", output.name)
        );
    }
    assert!(!action.icon.is_empty() && !action.color.is_empty());
}

#[test]
fn every_input_does_something_or_says_that_it_does_not() {
    let action = Action::read();
    for input in &action.inputs {
        let ends: BTreeSet<char> = " }".chars().collect();
        let reads = |text: &str| {
            text.match_indices(&format!("inputs.{}", input.name))
                .any(|(at, found)| {
                    text[at + found.len()..].starts_with(|next| ends.contains(&next))
                })
        };
        let read = action.steps.iter().any(|step| {
            reads(&step.working_directory) || step.env.iter().any(|(_, value)| reads(value))
        });
        let says_not = input.description.starts_with("Not used:");
        assert!(read != says_not, "{}: read: {read}", input.name);
    }
}

#[test]
fn secrets_go_to_the_program_alone() {
    let (action, secrets) = (Action::read(), secrets());
    let ship = action.steps.iter().find(|step| step.id == "ship");
    let set: BTreeMap<_, _> = ship.expect("the step").env.iter().cloned().collect();
    let kept: BTreeSet<String> = secrets
        .iter()
        .flat_map(|name| inputs(&set[name.as_str()]))
        .collect();
    assert!(kept.len() > secrets.len(), "{kept:?}");
    for step in &action.steps {
        let texts = [&step.working_directory, &step.script];
        let beside = texts.map(|text| ("", text)).into_iter();
        let env = step.env.iter().map(|(name, value)| (&**name, value));
        for (name, value) in env.chain(beside) {
            let holds = !inputs(value).is_disjoint(&kept);
            let may = step.id == "ship" && secrets.contains(name);
            assert_eq!(holds, may, "{} {name}", step.id);
        }
    }
}
