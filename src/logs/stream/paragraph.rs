//! One message over several lines: where it begins, and which lines still belong to it.

use std::sync::OnceLock;

use regex::bytes::Regex;

use crate::logs::dialect::Level;
use crate::logs::dialects::{self, xcodebuild};
use crate::logs::expression::ascii;
use crate::logs::stream::prefix::Stripped;

/// The most bytes of one message. Apple's longest has some 3 kB; a tree of keys may follow it.
const MOST_BYTES: usize = 48 * 1024;

/// The most lines of one message.
const MOST_LINES: usize = 400;

/// A message as it is put together.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    /// The lines so far, without prefixes.
    pub text: String,
    /// What was taken off in front of the first line.
    pub before: String,
    /// The level of the first line.
    pub level: Option<Level>,
    /// Which tool says so.
    pub tool: Option<&'static str>,
    /// The file that it is about.
    pub file: Option<String>,
    /// The line in that file.
    pub line: Option<String>,
    /// The column in that line.
    pub column: Option<String>,
    /// Part of an e-mail, where lines are broken anywhere.
    pub mail: bool,
    lines: usize,
    blanks: usize,
    dump: bool,
}

impl Paragraph {
    /// Begins with a line.
    pub fn begin(line: &Stripped<'_>, mail: bool) -> Self {
        let mut paragraph = Self {
            before: line.before.to_owned(),
            level: line.level,
            tool: line.tool,
            file: line.file.map(str::to_owned),
            line: line.line.map(str::to_owned),
            column: line.column.map(str::to_owned),
            mail,
            ..Self::default()
        };
        paragraph.push(line.body);
        paragraph
    }

    /// Adds a line that belongs to it.
    pub fn push(&mut self, body: &str) {
        if body.trim().is_empty() {
            self.blanks += 1;
            return;
        }
        if self.lines == 1 && self.takes_place(body.trim()) {
            return;
        }
        self.dump = match body.trim_start().bytes().next() {
            Some(b'{') if !body.trim_end().ends_with('}') => true,
            Some(b'}') => false,
            _ => self.dump,
        };
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(body.trim_end());
        self.lines += 1;
    }

    /// Takes a line that is nothing but the place of an error: `/src/App/Main.swift:13:4`.
    fn takes_place(&mut self, body: &str) -> bool {
        let Some((file, line, column)) = place(body).filter(|_| self.lacks_place()) else {
            return false;
        };
        self.file = Some(file.replace("%20", " "));
        self.line = Some(line.to_owned());
        self.column = Some(column.to_owned());
        true
    }

    /// A tool's error of which it is not known where it is.
    fn lacks_place(&self) -> bool {
        self.file.is_none() && self.tool.is_some() && self.level == Some(Level::Error)
    }

    /// Adds a piece of the same line.
    pub fn push_piece(&mut self, piece: &str) {
        if self.text.len() < MOST_BYTES {
            self.text.push_str(piece);
        }
    }

    /// Whether the next line still belongs to the message.
    pub fn continues(&self, line: &Stripped<'_>) -> bool {
        if self.lines == 1 && self.lacks_place() && place(line.body.trim()).is_some() {
            return true;
        }
        if self.lists_commands() && is_listed(line.body) && self.lines < MOST_LINES {
            return true;
        }
        if line.fresh || self.lines >= MOST_LINES || self.text.len() >= MOST_BYTES {
            return false;
        }
        let body = line.body.trim();
        if body.is_empty() {
            return self.blanks == 0 && self.wants_body();
        }
        if is_rule(body) || begins_message(body) {
            return false;
        }
        if self.dump || line.is_indented() || body.starts_with('{') && self.ends_with_number() {
            return true;
        }
        if dialects::all(|dialect| dialect.goes_on).any(|(_, start)| body.starts_with(start)) {
            return true;
        }
        if self.is_stack() {
            return true;
        }
        if self.text.ends_with(['(', ',']) && body.starts_with(['"', ')']) {
            return true;
        }
        if self.file.is_some() || self.tool.is_some_and(speaks_in_single_lines) {
            return false;
        }
        self.mail || self.wants_body() || !self.is_ended()
    }

    /// A list of commands that failed, whose end has not come. Formatters put a time or a mark in front of
    /// each line of it.
    fn lists_commands(&self) -> bool {
        self.text.starts_with(xcodebuild::FAILED_COMMANDS)
            && !self.text.ends_with("failure)")
            && !self.text.ends_with("failures)")
    }

    /// A stack of Python's so far, whose fault comes in the first line that is not indented.
    fn is_stack(&self) -> bool {
        self.text.starts_with("Traceback ")
            && self
                .text
                .lines()
                .last()
                .is_some_and(|line| line.starts_with(' '))
    }

    /// The message has said nothing yet but that there is one.
    fn wants_body(&self) -> bool {
        static HEAD: OnceLock<Regex> = OnceLock::new();
        let head = HEAD.get_or_init(|| {
            let heads = dialects::any(|dialect| dialect.heads);
            ascii(&format!(r"(?i)(?:{heads})[.:]*\s*(?:\(-?\d+\))?[:(]*$"))
        });
        let text = self.text.trim();
        text.len() <= 160 && (text.ends_with(':') || head.is_match(text.as_bytes()))
    }

    fn ends_with_number(&self) -> bool {
        self.text.ends_with([')', '.'])
    }

    fn is_ended(&self) -> bool {
        self.text
            .trim_end()
            .ends_with(['.', '!', ';', ')', '"', '\'', '}', '”', '’', ']', '`'])
    }
}

/// File, line and column, where the line is nothing else.
fn place(body: &str) -> Option<(&str, &str, &str)> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let mut parts = body.rsplitn(3, ':');
    let (column, line, file) = (parts.next()?, parts.next()?, parts.next()?);
    let is_place = file.starts_with('/') && is_number(line) && is_number(column);
    is_place.then_some((file, line, column))
}

/// Whether the line belongs to a list of commands that failed: a command, its number, or nothing at all.
fn is_listed(body: &str) -> bool {
    let body = body.trim();
    let is_count = || body.starts_with('(') && body.contains(" failure");
    body.is_empty() || is_count() || xcodebuild::is_command(body)
}

/// Whether the line is drawn, not written: `=======`, `-----`, the edge of a table.
pub fn is_rule(body: &str) -> bool {
    let body = body.trim();
    body.len() >= 3
        && body
            .bytes()
            .all(|b| matches!(b, b'=' | b'-' | b'*' | b'_' | b'#' | b'~' | b'+'))
}

/// Whether a line begins a message of its own, whatever came before.
fn begins_message(body: &str) -> bool {
    static BEGINNINGS: OnceLock<Regex> = OnceLock::new();
    BEGINNINGS
        .get_or_init(|| ascii(&format!("^(?:{})", dialects::any(|dialect| dialect.begins))))
        .is_match(body.as_bytes())
}

/// Whether the tool's messages are of one line each.
fn speaks_in_single_lines(tool: &str) -> bool {
    dialects::LIST
        .iter()
        .any(|dialect| dialect.one_line && dialect.name == tool)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::stream::prefix::strip;

    fn joined(lines: &[&str]) -> usize {
        let mut paragraph = Paragraph::begin(&strip(lines[0]), false);
        let mut taken = 1;
        for line in &lines[1..] {
            let line = strip(line);
            if !paragraph.continues(&line) {
                break;
            }
            paragraph.push(line.body);
            taken += 1;
        }
        taken
    }

    #[test]
    fn a_tree_of_keys_belongs_to_the_message_above_it() {
        assert_eq!(
            joined(&[
                "2031-02-03 04:05:06.789 ERROR: [altool.60AB] It broke. (-7)",
                "   detail : why",
                "      code : STATE",
                "2031-02-03 04:05:06.790 ERROR: [altool.60AB] Failed.",
            ]),
            3
        );
    }

    #[test]
    fn a_table_is_no_part_of_the_message_above_it() {
        assert_eq!(
            joined(&["error: It broke", "+-----+-----+", "| 1 | gym |"]),
            1
        );
    }

    #[test]
    fn a_list_of_commands_goes_on_behind_the_marks_of_a_formatter() {
        assert_eq!(
            joined(&[
                "[10:11:12]: ▸ The following build commands failed:",
                "[10:11:12]: ▸ \tCodeSign /dd/Buoy.app (in target 'Buoy' from project 'Buoy')",
                "[10:11:12]: ▸ \tLd /dd/Buoy normal (in target 'Buoy' from project 'Buoy')",
                "[10:11:12]: ▸ (2 failures)",
                "[10:11:12]: ▸ \tCodeSign is not of the list",
            ]),
            4
        );
        assert_eq!(
            joined(&[
                "[10:11:12]: The following build commands failed:",
                "[10:11:12]: Exit status: 65",
            ]),
            1
        );
    }

    #[test]
    fn a_head_without_words_waits_for_them() {
        assert_eq!(
            joined(&["Asset validation failed (90283)", "", "The words.", "Other"]),
            3
        );
    }

    #[test]
    fn a_broken_sentence_goes_on_and_a_finished_one_does_not() {
        assert_eq!(
            joined(&[
                "Missing icon. The bundle has no",
                "icon of that size.",
                "Next"
            ]),
            2
        );
    }
}
