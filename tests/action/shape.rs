//! What `action.yml` must look like, whatever it does.

use std::collections::BTreeSet;

use crate::definition::Action;

const SECRETS: [&str; 3] = [
    "inputs.api-key ",
    "inputs.api-private-key",
    "inputs.github-token",
];

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
    for step in Action::read().steps {
        for (name, value) in step.env {
            let secret = SECRETS.iter().any(|secret| value.contains(secret));
            let expected = step.id == "ship"
                && ["JETWAY_API_KEY", "JETWAY_GITHUB_TOKEN"].contains(&name.as_str());
            assert_eq!(secret, expected, "{} {name}", step.id);
        }
    }
}
