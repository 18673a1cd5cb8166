//! What must hold for any text that is written into a log, a workflow command or Markdown.

use crate::report::actions::commands::{Command, neutral};
use crate::report::words::clean::Cleaner;
use crate::report::words::markdown;
use crate::secret::{Secret, Vault};
use crate::text::plain;

/// Stands amid the text, and must be in nothing that is written.
const SECRET: &str = "hunter-of-The-grey-Whale-8c41f07b";

/// Writes the text everywhere, and checks that it stays where it is put.
pub fn write_text(text: &str) {
    commands(text);
    pieces(text);
    let vault = Vault::default();
    vault.keep(&Secret::new(SECRET));
    let cleaner = Cleaner::new(vault);
    let told = cleaner.text(&format!("{text}{SECRET}{text}"));
    assert!(!told.contains(SECRET), "{told:?}");
    is_plain(&told);
    commands(&told);
    for written in pieces(&told) {
        assert!(!written.contains(SECRET), "{written:?}");
        is_plain(&written);
    }
    let plain = plain::lines(text);
    is_plain(&plain.replace('\t', " "));
    assert_eq!(plain::lines(&plain), plain);
    let spaced = plain::spaced(text);
    assert_eq!(plain::spaced(&spaced), spaced);
}

/// No character that a terminal, a page or a reader's eye obeys, but for the ends of lines.
fn is_plain(text: &str) {
    let odd = text
        .chars()
        .find(|char| *char != '\n' && plain::is_hidden(*char));
    assert_eq!(odd, None, "{text:?}");
}

fn commands(text: &str) {
    let command = Command::new("error", text).property("title", text);
    let command = command.to_string();
    assert!(!command.contains(['\n', '\r']), "{command:?}");
    let neutral = neutral(text);
    for line in neutral.split(['\n', '\r']) {
        let line = line.trim_start();
        assert!(!line.starts_with("::"), "{line:?}");
        assert!(!line.contains("##["), "{line:?}");
    }
}

/// The text in each form that Markdown has it in.
fn pieces(text: &str) -> [String; 6] {
    let written = [
        markdown::text(text),
        markdown::code(text),
        markdown::step(text),
        markdown::html(text),
        markdown::lines(text, "  "),
        markdown::link(text, text),
    ];
    let [one_line @ .., lines, link] = &written;
    for written in one_line {
        assert!(!written.contains(['\n', '\r']), "{written:?}");
        opens_nothing(written);
    }
    for line in lines.split("<br>\n").filter(|_| !lines.is_empty()) {
        assert!(!line.contains(['\n', '\r']), "{line:?}");
        assert!(
            line.starts_with("  ") && !line.trim().is_empty(),
            "{lines:?}"
        );
        opens_nothing(line);
    }
    leads_where_it_says(link, text);
    written
}

/// No tag but ours, no address but Apple's, and nobody is mentioned.
fn opens_nothing(written: &str) {
    let mut rest = written;
    while let Some((before, tag)) = rest.split_once('<') {
        assert!(!before.contains('>'), "{written:?}");
        let (tag, after) = tag.split_once('>').expect("what is opened is closed");
        let is_ours = ["span", "/span", "code", "/code"].contains(&tag);
        let host = tag.strip_prefix("https://").map(|address| {
            let end = address.find(['/', '?', '#']).unwrap_or(address.len());
            &address[..end]
        });
        let is_apples =
            host.is_some_and(|host| host == "apple.com" || host.ends_with(".apple.com"));
        assert!(is_ours || is_apples, "<{tag}> in {written:?}");
        rest = after;
    }
    assert!(!rest.contains('>'), "{written:?}");
    let mut letters = written.chars().peekable();
    while let Some(letter) = letters.next() {
        let mentions = letter == '@' && letters.peek().is_some_and(char::is_ascii_alphanumeric);
        assert!(!mentions, "{written:?}");
    }
}

/// A link's words end where we end them, and its address is all of it.
fn leads_where_it_says(link: &str, address: &str) {
    let Some(rest) = link.strip_prefix('[') else {
        return opens_nothing(link);
    };
    let mut letters = rest.char_indices();
    let mut end = None;
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => {
                letters.next();
            }
            ']' => {
                end = Some(at);
                break;
            }
            _ => {}
        }
    }
    let (words, target) = rest.split_at(end.expect("the words end"));
    opens_nothing(words);
    assert_eq!(target, format!("]({address})"));
    assert!(address.starts_with("https://"), "{address:?}");
    let ends_it = |char: char| char.is_whitespace() || "()<>[]\\".contains(char);
    assert!(!address.contains(ends_it), "{address:?}");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::write_text;
    use crate::report::tests::runner;

    proptest! {
        #[test]
        fn hostile_text_stays_where_it_is_put(text in runner::hostile()) {
            write_text(&text);
        }
    }

    #[test]
    fn addresses_tags_and_sequences_stay_where_they_are_put() {
        for text in [
            "https://developer.apple.com/a",
            "https://x.example/](y)",
            "\\](x) [a](b)",
            "<https://apple.com> <script>",
            "a\u{1b}]0;b",
            "\u{9b}1m",
            "`a` `<b>",
            "$ @octocat\r\n\r- ",
        ] {
            write_text(text);
        }
    }
}
