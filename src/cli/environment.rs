//! The environment, read once and nowhere else. An empty variable counts as not given: a workflow
//! that maps an unset input gives an empty text.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// The variables, by name.
#[derive(Clone, Default)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// Reads the process's environment; what is not UTF-8 is read with replacement characters.
    pub fn read() -> Self {
        Self(
            std::env::vars_os()
                .map(|(name, value)| {
                    (
                        name.to_string_lossy().into_owned(),
                        value.to_string_lossy().into_owned(),
                    )
                })
                .collect(),
        )
    }

    /// The variable's text, where it is set and not blank.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|text| !text.trim().is_empty())
    }

    /// The texts of all variables.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    /// Where what must outlast this process is kept: the user's own directory for state, which no
    /// other user can write to. `None` where there is no home.
    pub fn state_directory(&self) -> Option<PathBuf> {
        let absolute = |name| {
            let path = self.get(name).map(PathBuf::from);
            path.filter(|path| path.is_absolute())
        };
        let home = |below: &str| Some(absolute("HOME")?.join(below));
        let state = match (absolute("XDG_STATE_HOME"), cfg!(target_os = "macos")) {
            (Some(state), _) => Some(state),
            (None, true) => home("Library/Application Support"),
            (None, false) => home(".local/state"),
        };
        state.map(|state| state.join("jetway"))
    }

    /// Whether the variable says yes: `true` or `1`.
    pub fn says(&self, name: &str) -> bool {
        matches!(self.get(name), Some("true" | "1"))
    }
}

#[cfg(test)]
impl<const N: usize> From<[(&str, &str); N]> for Environment {
    fn from(pairs: [(&str, &str); N]) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_variable_counts_as_not_given() {
        let environment = Environment::from([("A", ""), ("B", "  "), ("C", "x")]);
        assert_eq!(environment.get("A"), None);
        assert_eq!(environment.get("B"), None);
        assert_eq!(environment.get("C"), Some("x"));
    }

    #[test]
    fn state_is_kept_at_home_and_nowhere_else() {
        let of = |environment: Environment| environment.state_directory();
        let chosen = Environment::from([("XDG_STATE_HOME", "/state"), ("HOME", "/home/me")]);
        assert_eq!(of(chosen), Some(PathBuf::from("/state/jetway")));
        let home = of(Environment::from([("HOME", "/home/me")])).unwrap();
        assert!(home.starts_with("/home/me") && home.ends_with("jetway"));
        assert_eq!(of(Environment::from([("HOME", "relative")])), None);
        assert_eq!(of(Environment::from([])), None);
    }
}
