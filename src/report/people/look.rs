//! How text looks on a terminal: its styles, and where a long line goes on. Pure.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use crate::diagnostic::Severity;
use crate::report::mode::Mode;

/// What a line is about.
pub const STRONG: Style = Style::new().bold();
/// What matters less.
pub const DIM: Style = Style::new().dimmed();
/// What a rehearsal says of itself.
pub const REHEARSAL: Style = AnsiColor::Magenta.on_default().bold();
/// A file and its line.
pub const PLACE: Style = AnsiColor::Cyan.on_default();
/// A good end.
pub const WENT_WELL: Style = AnsiColor::Green.on_default();
/// A bad one.
pub const WENT_WRONG: Style = AnsiColor::Red.on_default();
/// Neither.
pub const HELD_UP: Style = AnsiColor::Yellow.on_default();
/// A notice's name.
const NOTICE: Style = AnsiColor::Cyan.on_default();

/// How text may look.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    colour: bool,
    width: Option<usize>,
}

impl Look {
    pub fn of(mode: Mode, colour: bool) -> Self {
        let width = match mode {
            Mode::Terminal { width } => Some(width.clamp(40, 110)),
            Mode::Log | Mode::Actions => None,
        };
        Self { colour, width }
    }

    /// Text in a style, where colours are welcome.
    pub fn paint(self, style: Style, text: &str) -> String {
        if self.colour && !text.is_empty() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    /// The name of a finding.
    pub fn severity(self, severity: Severity, text: &str) -> String {
        let style = match severity {
            Severity::Error => WENT_WRONG,
            Severity::Warning => HELD_UP,
            Severity::Notice => NOTICE,
        };
        self.paint(style.bold(), text)
    }

    pub fn dim(self, text: &str) -> String {
        self.paint(DIM, text)
    }

    /// A label and its text, which hangs under itself where it is long.
    pub fn hanging(self, label: &str, text: &str) -> String {
        let indent = " ".repeat(label.width());
        let mut lines = text
            .lines()
            .flat_map(|line| self.wrapped(line, indent.len()));
        let mut whole = format!("{label}{}", lines.next().unwrap_or_default());
        for line in lines {
            whole.push_str(&format!("\n{indent}{line}"));
        }
        whole
    }

    fn wrapped(self, line: &str, indent: usize) -> Vec<String> {
        let Some(width) = self.width else {
            return vec![line.to_owned()];
        };
        let room = width.saturating_sub(indent).max(20);
        let mut lines = vec![String::new()];
        let mut used = 0;
        for word in line.split_whitespace() {
            let length = word.width();
            if used > 0 && used + 1 + length > room {
                lines.push(String::new());
                used = 0;
            }
            if let Some(last) = lines.last_mut() {
                if used > 0 {
                    last.push(' ');
                    used += 1;
                }
                last.push_str(word);
            }
            used += length;
        }
        lines
    }
}

/// The beginning of a line that fits into so many columns.
pub fn fitting(line: &str, columns: usize) -> &str {
    let end = line
        .char_indices()
        .map(|(at, char)| at + char.len_utf8())
        .take_while(|end| line[..*end].width() <= columns)
        .last();
    &line[..end.unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(colour: bool) -> Look {
        Look::of(Mode::Terminal { width: 50 }, colour)
    }

    #[test]
    fn long_words_of_apple_hang_under_themselves() {
        let text = look(false).hanging(
            "  Apple says: ",
            "The value for key CFBundleVersion must contain a higher version.",
        );
        insta::assert_snapshot!(text, @r"
          Apple says: The value for key CFBundleVersion
                      must contain a higher version.
        ");
    }

    #[test]
    fn a_letter_that_takes_two_columns_counts_as_two() {
        let text = look(false).hanging("名前: ", &"アプリの名前です ".repeat(6));
        for line in text.lines() {
            assert!(line.width() <= 50, "{line}");
            assert!(
                line.starts_with("名前: ") || line.starts_with("      ア"),
                "{line}"
            );
        }
        assert_eq!(fitting("アプリ", 5), "アプ");
        assert_eq!(fitting("abc", 5), "abc");
        assert_eq!(fitting("abc", 0), "");
    }

    #[test]
    fn a_style_ends_with_its_text() {
        let painted = look(true).severity(Severity::Error, "error");
        assert_eq!(painted, "\u{1b}[1m\u{1b}[31merror\u{1b}[0m");
        assert_eq!(look(false).severity(Severity::Error, "error"), "error");
        assert_eq!(look(true).dim(""), "");
    }
}
