//! Workflow commands, and how text is kept from becoming one.
//!
//! The runner reads two forms: `::name key=value::data` where a line begins with it, and
//! `##[name key=value]data` anywhere in a line (`ActionCommand.cs` in
//! <https://github.com/actions/runner>).

use std::fmt;

/// A workflow command that we mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// Such as `error` or `group`.
    pub name: &'static str,
    /// The properties in their order; the runner drops empty ones, so they are left out.
    pub properties: Vec<(&'static str, String)>,
    /// The text after the second `::`.
    pub data: String,
}

impl Command {
    /// A command without properties.
    pub fn new(name: &'static str, data: impl Into<String>) -> Self {
        Self {
            name,
            properties: Vec::new(),
            data: data.into(),
        }
    }

    /// Adds a property.
    #[must_use]
    pub fn property(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.properties.push((name, value.into()));
        self
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "::{}", self.name)?;
        let mut mark = ' ';
        for (name, value) in &self.properties {
            if !value.is_empty() {
                write!(f, "{mark}{name}={}", escape_property(value))?;
                mark = ',';
            }
        }
        write!(f, "::{}", escape_data(&self.data))
    }
}

fn escape_data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}

/// The text with every line made harmless; `\r` ends a line as well as `\n`.
pub fn neutral(text: &str) -> String {
    text.replace("\r\n", "\n")
        .split(['\n', '\r'])
        .map(neutral_line)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Puts a backslash into whatever the runner could take for a command. The runner compares with
/// the rules of a language, in which some characters count for nothing, so these are looked through.
fn neutral_line(line: &str) -> String {
    let mut safe = String::with_capacity(line.len() + 1);
    let mut rest = line;
    let begin = line
        .find(|char: char| !char.is_whitespace() && !counts_for_nothing(char))
        .unwrap_or(line.len());
    let mut significant = line[begin..]
        .chars()
        .filter(|char| !counts_for_nothing(*char));
    if significant.next() == Some(':') && significant.next() == Some(':') {
        safe.push_str(&line[..begin]);
        safe.push('\\');
        rest = &line[begin..];
    }
    let mut hashes = 0_u8;
    for char in rest.chars() {
        match char {
            '#' => hashes = (hashes + 1).min(2),
            '[' if hashes == 2 => {
                safe.push('\\');
                hashes = 0;
            }
            // A colour begins behind the escape character.
            char if counts_for_nothing(char) || char == '\u{1b}' => {}
            _ => hashes = 0,
        }
        safe.push(char);
    }
    safe
}

fn counts_for_nothing(char: char) -> bool {
    // The escape character begins our own colours and is no part of cleaned text.
    (char.is_control() && char != '\u{1b}')
        || matches!(
            char,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
                | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
                | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::tests::runner;

    #[test]
    fn a_property_with_colons_commas_and_lines_arrives_whole() {
        let title = "has::colons, commas, 100 % and\nlines";
        let line = Command::new("error", "first\nsecond ##[x]")
            .property("title", title)
            .to_string();
        assert_eq!(line.lines().count(), 1);
        let parsed = runner::parse(&line).unwrap();
        assert_eq!(parsed.properties["title"], title);
        assert_eq!(parsed.data, "first\nsecond ##[x]");
    }

    #[test]
    fn an_empty_property_is_left_out() {
        let line = Command::new("notice", "x")
            .property("file", "")
            .property("title", "t");
        assert_eq!(line.to_string(), "::notice title=t::x");
    }

    #[test]
    fn known_ways_in_are_closed() {
        for line in [
            "::error::x",
            "  \t::error::x",
            "\u{feff}::error::x",
            ":\u{200d}:error::x",
            "text ##[error]x",
            "####[group]x",
            "##\u{200d}[error]x",
            "progress\r::set-output name=a::b",
        ] {
            for line in neutral(line).split(['\n', '\r']) {
                assert_eq!(runner::parse(line), None, "{line:?}");
            }
        }
        assert_eq!(neutral("std::string # [x]"), "std::string # [x]");
    }

    proptest! {
        #[test]
        fn no_text_becomes_a_command(text in runner::hostile()) {
            for line in neutral(&text).split(['\n', '\r']) {
                prop_assert_eq!(runner::parse(line), None);
            }
        }

        #[test]
        fn a_command_means_what_was_said(
            data in runner::hostile(),
            title in runner::hostile(),
        ) {
            // The judge looks through these, so what it reads back lacks them.
            let [data, title] =
                [data, title].map(|text| text.replace(['\u{200b}', '\u{200d}', '\u{feff}'], ""));
            let line = Command::new("warning", data.clone()).property("title", title.clone()).to_string();
            prop_assert!(!line.contains(['\n', '\r']));
            let parsed = runner::parse(&line).unwrap();
            prop_assert_eq!(parsed.name, "warning");
            prop_assert_eq!(parsed.data, data);
            // The runner trims the whole list of properties.
            prop_assert_eq!(parsed.properties.get("title").map_or("", |t| t.trim()), title.trim());
        }
    }
}
