//! Whose words our own sentences use: in the action people set inputs, elsewhere they type options.

use crate::diagnostic::Diagnostic;

/// The inputs of the action that are options elsewhere; none where options are spoken of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speech(Vec<String>);

impl Speech {
    /// Speaks of these inputs.
    pub fn of_inputs(inputs: Vec<String>) -> Self {
        Self(inputs)
    }

    /// Whether inputs are spoken of.
    pub fn is_of_inputs(&self) -> bool {
        !self.0.is_empty()
    }

    /// Our own finding in the words of the caller; Apple's and other tools' words stay as they are.
    pub fn finding(&self, mut found: Diagnostic) -> Diagnostic {
        if self.0.is_empty() || found.source != "jetway" {
            return found;
        }
        found.title = self.text(&found.title);
        found.message = self.text(&found.message);
        found.fix = found.fix.iter().map(|step| self.step(step)).collect();
        found
    }

    /// A command that is shown stays as it is, and so does what is said of calls outside of the action.
    fn step(&self, step: &str) -> String {
        let elsewhere = step.find("utside of the action").unwrap_or(step.len());
        let (here, elsewhere) = step.split_at(elsewhere);
        let pieces = here.split('`').enumerate();
        let pieces: Vec<String> = pieces
            .map(
                |(at, piece)| match at % 2 == 1 && piece.starts_with("jetway ") {
                    true => piece.to_owned(),
                    false => self.text(piece),
                },
            )
            .collect();
        format!("{}{elsewhere}", pieces.join("`"))
    }

    /// `--api-key-id` and `JETWAY_API_KEY_ID` become `api-key-id`.
    fn text(&self, text: &str) -> String {
        let is_of_name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_');
        let mut said = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest
            .find("--")
            .into_iter()
            .chain(rest.find("JETWAY_"))
            .min()
        {
            let (before, from) = rest.split_at(at);
            let end = from.find(|char| !is_of_name(char)).unwrap_or(from.len());
            let word = &from[..end];
            said.push_str(before);
            let begins = !before.ends_with(is_of_name);
            match self.input(word).filter(|_| begins) {
                Some(input) => said.push_str(input),
                None => said.push_str(word),
            }
            rest = &from[end.max(2).min(from.len())..];
        }
        said.push_str(rest);
        // What a command takes without an option is an input too.
        said.replace("`PATH`", "`path`")
    }

    fn input(&self, word: &str) -> Option<&str> {
        let name = match word.strip_prefix("--") {
            Some(option) => option.to_owned(),
            None => word
                .strip_prefix("JETWAY_")?
                .to_lowercase()
                .replace('_', "-"),
        };
        self.0
            .iter()
            .find(|input| **input == name)
            .map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn speech() -> Speech {
        Speech::of_inputs(
            ["api-key", "api-key-id", "wait"]
                .map(str::to_owned)
                .to_vec(),
        )
    }

    #[test]
    fn options_and_variables_become_inputs_and_other_words_stay() {
        for (typed, said) in [
            ("--wait: `x` is none of these", "wait: `x` is none of these"),
            (
                "give `--api-key-id` or JETWAY_API_KEY.",
                "give `api-key-id` or api-key.",
            ),
            (
                "`--help`, --waiting, a--wait, ---",
                "`--help`, --waiting, a--wait, ---",
            ),
            (
                "xcodebuild --unknown --wait=none",
                "xcodebuild --unknown wait=none",
            ),
            ("--", "--"),
            ("`PATH` and --wait", "`path` and wait"),
        ] {
            assert_eq!(speech().text(typed), said);
        }
        assert_eq!(Speech::default().text("--wait"), "--wait");
    }

    #[test]
    fn a_command_that_is_shown_stays() {
        let found = Diagnostic::error(Code::new("x"), "x")
            .fix("Rehearse: `jetway ship --wait none`.")
            .fix("Give it as `api-key`; outside of the action as JETWAY_API_KEY.")
            .fix("Mend `--wait`; `jetway help` says how, and `jetway ship --wait none`.");
        let fix = speech().finding(found.clone()).fix;
        assert_eq!(fix[..2], found.fix[..2]);
        assert_eq!(
            fix[2],
            "Mend `wait`; `jetway help` says how, and `jetway ship --wait none`."
        );
    }

    #[test]
    fn what_others_say_is_not_touched() {
        let found = Diagnostic::error(Code::new("x"), "--wait");
        assert_eq!(speech().finding(found.clone()).title, "wait");
        let apple = found.said_by("altool");
        assert_eq!(speech().finding(apple).title, "--wait");
    }
}
