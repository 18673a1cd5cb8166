//! Where a person reads along.

use crate::report::Mode;

use crate::cli::environment::Environment;

/// A terminal's width where it does not say.
const USUAL_WIDTH: usize = 80;

/// Chooses by the environment, by whether standard error is a terminal, and by its columns.
pub fn choose(environment: &Environment, terminal: bool, columns: Option<usize>) -> Mode {
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
            .or(columns)
            .unwrap_or(USUAL_WIDTH),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workflow_is_known_by_its_variable_and_a_pipe_gets_plain_lines() {
        let actions = Environment::from([("GITHUB_ACTIONS", "true")]);
        assert_eq!(choose(&actions, true, None), Mode::Actions);
        assert_eq!(choose(&Environment::default(), false, None), Mode::Log);
        assert_eq!(
            choose(&Environment::from([("CI", "1")]), true, None),
            Mode::Log
        );
        assert_eq!(
            choose(
                &Environment::from([("NO_COLOR", "1"), ("COLUMNS", "120")]),
                true,
                Some(40)
            ),
            Mode::Terminal {
                colour: false,
                width: 120
            }
        );
        // Shells keep COLUMNS to themselves, and a line that wraps can't be cleared.
        assert_eq!(
            choose(&Environment::default(), true, Some(40)),
            Mode::Terminal {
                colour: true,
                width: 40
            }
        );
    }
}
