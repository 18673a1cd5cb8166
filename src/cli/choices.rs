//! Options that take one of a few words.

use crate::plan::{PreflightLevel, Purpose, Until};
use crate::preflight::Channel;
use crate::secret::typed;

/// What `--wait` takes.
pub const WAITS: [(&str, Until); 3] = [
    ("none", Until::Uploaded),
    ("accepted", Until::Accepted),
    ("processed", Until::Processed),
];

/// What `--preflight` takes.
pub const PREFLIGHT: [(&str, PreflightLevel); 3] = [
    ("off", PreflightLevel::Off),
    ("warn", PreflightLevel::Warn),
    ("error", PreflightLevel::Error),
];

/// What `--channel` takes.
pub const CHANNELS: [(&str, Channel); 2] = [
    ("testflight", Channel::TestFlight),
    ("app-store", Channel::AppStore),
];

/// What `--for` takes.
pub const PURPOSES: [(&str, Purpose); 4] = [
    ("upload", Purpose::Upload),
    ("testflight", Purpose::TestFlight),
    ("appstore", Purpose::AppStore),
    ("certificates", Purpose::Certificates),
];

/// A word or number that an option does not take.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NotTaken(pub String);

/// What the word stands for.
pub fn read<T: Copy>(choices: &[(&str, T)], word: &str) -> Result<T, NotTaken> {
    let found = choices.iter().find(|(name, _)| *name == word);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let word = typed::shown(word);
        NotTaken(format!("`{word}` is none of {}", names.join(", ")))
    })
}

/// The word that stands for the value; every value has one.
pub fn word<T: PartialEq>(choices: &[(&'static str, T)], value: &T) -> &'static str {
    let found = choices.iter().find(|(_, other)| other == value);
    found.map_or("", |(name, _)| name)
}

/// What a yes-or-no option says.
pub fn yes_or_no(text: &str) -> Result<bool, NotTaken> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" => Ok(true),
        "false" | "0" | "no" => Ok(false),
        _ => {
            let text = typed::shown(text);
            Err(NotTaken(format!("`{text}` is neither true nor false")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_not_taken_is_told_with_those_that_are() {
        let choices = [("a", 1), ("b", 2)];
        assert_eq!(read(&choices, "b").unwrap(), 2);
        assert_eq!(word(&choices, &1), "a");
        let refused = read(&choices, "c").unwrap_err().to_string();
        assert_eq!(refused, "`c` is none of a, b");
    }
}
