//! Plain text: nothing in it that a terminal, a page or a reader's eye would obey instead of showing.

use std::iter::Peekable;
use std::str::Chars;

/// The most letters of a string sequence (a title, a link) that are skipped.
const LONGEST_SEQUENCE: usize = 4_096;

/// The text without terminal sequences, control characters and invisible marks that change how the
/// rest is read. Every kind of line end becomes `\n`; tabs stay, and nothing is left at the end.
pub fn lines(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(char) = rest.next() {
        match char {
            '\u{1b}' => skip_sequence(&mut rest),
            '\u{9b}' => skip_parameters(&mut rest),
            '\r' => {
                rest.next_if_eq(&'\n');
                kept.push('\n');
            }
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => kept.push('\n'),
            '\t' => kept.push('\t'),
            char if is_hidden(char) => {}
            char => kept.push(char),
        }
    }
    kept.truncate(kept.trim_end().len());
    kept
}

/// Plain text in one line, with single spaces.
pub fn line(text: &str) -> String {
    spaced(&lines(text))
}

/// The text in one line: each run of white space becomes one space.
pub fn spaced(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Whether a character is a control, or an invisible mark that turns the direction of text or hides
/// in it. The joiners of emoji, Persian and Indic scripts are neither.
pub fn is_hidden(char: char) -> bool {
    char.is_control()
        || matches!(
            char,
            '\u{ad}'
                | '\u{61c}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

fn skip_sequence(rest: &mut Peekable<Chars<'_>>) {
    match rest.peek() {
        Some('[') => {
            rest.next();
            skip_parameters(rest);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => skip_string(rest),
        Some('\u{20}'..='\u{7e}') => {
            rest.next();
        }
        Some(_) | None => {}
    }
}

/// A string sequence ends with BEL or ESC \. One without an end hides nothing but its first letter.
fn skip_string(rest: &mut Peekable<Chars<'_>>) {
    let mut before = ' ';
    let end = rest
        .clone()
        .take(LONGEST_SEQUENCE)
        .take_while(|char| *char != '\n')
        .position(|char| {
            let ends = char == '\u{7}' || (before == '\u{1b}' && char == '\\');
            before = char;
            ends
        });
    for _ in 0..=end.unwrap_or(0) {
        rest.next();
    }
}

fn skip_parameters(rest: &mut Peekable<Chars<'_>>) {
    while rest
        .next_if(|char| matches!(char, '\u{20}'..='\u{3f}'))
        .is_some()
    {}
    rest.next_if(|char| matches!(char, '\u{40}'..='\u{7e}'));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn colours_links_and_line_ends_become_plain_lines() {
        assert_eq!(lines("\u{1b}[31;1mred\u{1b}[0m\u{7} \tok "), "red \tok");
        assert_eq!(
            lines("\u{1b}]8;;https://evil\u{7}link\u{1b}]8;;\u{1b}\\ after"),
            "link after"
        );
        assert_eq!(lines("\u{1b}]never closed\nnext"), "never closed\nnext");
        assert_eq!(lines("\u{9b}31mx"), "x");
        assert_eq!(
            lines("one\r\ntwo\rthree\u{2028}four\n\n"),
            "one\ntwo\nthree\nfour"
        );
        assert_eq!(lines("abc\u{202e}fdp.exe\u{7}"), "abcfdp.exe");
        assert_eq!(
            lines("می\u{200c}خواهم 👩\u{200d}👧"),
            "می\u{200c}خواهم 👩\u{200d}👧"
        );
        assert_eq!(line(" a\r\n\tb\u{1b}[2J  c "), "a b c");
    }

    proptest! {
        #[test]
        fn plain_text_holds_nothing_hidden_and_is_plain_for_good(text in ".*") {
            let text = lines(&text);
            prop_assert!(text.chars().all(|char| matches!(char, '\n' | '\t') || !is_hidden(char)));
            prop_assert_eq!(lines(&text), text);
        }
    }
}
