//! What must hold for any text that is written into a log, a workflow command or Markdown.

use crate::report::actions::commands::{Command, neutral};
use crate::report::words::markdown;

/// Writes the text everywhere, and checks that it stays where it is put.
pub fn write_text(text: &str) {
    let command = Command::new("error", text).property("title", text);
    let command = command.to_string();
    assert!(!command.contains(['\n', '\r']), "{command:?}");
    for line in neutral(text).split(['\n', '\r']) {
        let line = line.trim_start();
        assert!(!line.starts_with("::"), "{line:?}");
        assert!(!line.contains("##["), "{line:?}");
    }
    for written in [
        markdown::text(text),
        markdown::code(text),
        markdown::step(text),
    ] {
        assert!(!written.contains(['\n', '\r']), "{written:?}");
        assert!(!written.contains("<script"), "{written:?}");
    }
    markdown::lines(text, "  ");
    markdown::html(text);
    markdown::link(text, text);
}
