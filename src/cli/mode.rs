//! Where a person reads along.

use crate::report::Mode;

use super::environment::Environment;

/// A terminal's width where it does not say.
const USUAL_WIDTH: usize = 80;

/// Chooses by the environment, and by whether standard error is a terminal.
pub fn choose(environment: &Environment, terminal: bool) -> Mode {
    if environment.says("GITHUB_ACTIONS") {
        return Mode::Actions;
    }
    let dumb = environment.get("TERM") == Some("dumb");
    if !terminal || dumb || environment.get("CI").is_some() {
        return Mode::Log;
    }
    Mode::Terminal {
        colour: environment.get("NO_COLOR").is_none(),
        width: environment
            .get("COLUMNS")
            .and_then(|columns| columns.parse().ok())
            .unwrap_or(USUAL_WIDTH),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workflow_is_known_by_its_variable_and_a_pipe_gets_plain_lines() {
        let actions = Environment::from([("GITHUB_ACTIONS", "true")]);
        assert_eq!(choose(&actions, true), Mode::Actions);
        assert_eq!(choose(&Environment::default(), false), Mode::Log);
        assert_eq!(choose(&Environment::from([("CI", "1")]), true), Mode::Log);
        assert_eq!(
            choose(
                &Environment::from([("NO_COLOR", "1"), ("COLUMNS", "120")]),
                true
            ),
            Mode::Terminal {
                colour: false,
                width: 120
            }
        );
    }
}
