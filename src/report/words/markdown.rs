//! Text from outside, made fit for GitHub's Markdown. Pure. It can't leave the place it is put: no
//! markup, mention, reference, picture or link.

use crate::text::plain;

/// A longer message or step is shortened; the report has all of it.
const LONGEST_TEXT: usize = 8_000;

/// Text from outside, in one line.
pub fn text(text: &str) -> String {
    line(&plain::spaced(text))
}

/// Text from outside whose lines are kept, each with `indent` in front.
pub fn lines(text: &str, indent: &str) -> String {
    let text = shortened(text);
    // An empty line would leave a `<br>` alone on its line, which begins a block of HTML.
    let lines: Vec<String> = text
        // Markdown takes a carriage return alone for a line's end.
        .split(['\n', '\r'])
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(line)
        .collect();
    lines
        .iter()
        .map(|line| format!("{indent}{line}"))
        .collect::<Vec<_>>()
        .join("<br>\n")
}

/// A step of a fix: what stands between backticks becomes code, everything else is text.
pub fn step(words: &str) -> String {
    let words = shortened(words);
    let pieces: Vec<&str> = words.split('`').collect();
    // Without its closing partner the last backtick is one like any other character.
    let paired = pieces.len() % 2 == 1;
    pieces
        .iter()
        .enumerate()
        .map(|(number, piece)| match number % 2 {
            1 if paired || number + 1 < pieces.len() => code(piece),
            1 => format!("\\`{}", spaced(piece)),
            _ => spaced(piece),
        })
        .collect()
}

/// Text in one line that keeps the space between it and its neighbours.
fn spaced(piece: &str) -> String {
    let before = if piece.starts_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    let after = if piece.ends_with(char::is_whitespace) && !piece.trim().is_empty() {
        " "
    } else {
        ""
    };
    format!("{before}{}{after}", text(piece))
}

/// Text that is not too long for a block of a page.
pub fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => format!("{}… (shortened)", &text[..end]),
        None => text.to_owned(),
    }
}

/// One line: addresses of Apple stay links, everything else is text.
fn line(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for (number, word) in text.split(' ').enumerate() {
        if number > 0 {
            escaped.push(' ');
        }
        let bare = word.trim_end_matches(['.', ',', ';', ')']);
        if is_apple_address(bare) {
            escaped.push_str(&format!("<{bare}>{}", inert(&word[bare.len()..])));
        } else {
            escaped.push_str(&inert(word));
        }
    }
    // A line that begins like a list, a heading's underline or a number would become one.
    let begins_block = escaped.starts_with(['-', '+', '='])
        || escaped
            .trim_start_matches(|char: char| char.is_ascii_digit())
            .starts_with(['.', ')']);
    if begins_block {
        escaped.insert_str(0, "&#8203;");
    }
    escaped
}

/// Every character that means something to Markdown, HTML or GitHub, made to mean itself.
fn inert(word: &str) -> String {
    inert_but(word, "\\`*_[]~#")
}

/// The same for text inside of an HTML block, where Markdown and its backslashes mean nothing.
pub fn html(text: &str) -> String {
    let text = plain::spaced(text);
    inert_but(&text, "")
}

fn inert_but(text: &str, backslashed: &str) -> String {
    // An invisible space ends mentions, references, addresses and emoji names.
    const BREAK: &str = "&#8203;";
    let mut inert = String::with_capacity(text.len());
    let mut before = [' '; 2];
    let mut rest = text.chars().peekable();
    while let Some(char) = rest.next() {
        let goes_on = rest.peek().is_some_and(|next| !next.is_whitespace());
        let ends = |mark: &str| before.iter().collect::<String>().eq_ignore_ascii_case(mark);
        if (char == '-' && ends("gh")) || (char == '.' && ends("ww")) {
            inert.push_str(BREAK);
        }
        if backslashed.contains(char) {
            inert.push('\\');
        }
        match char {
            '&' => inert.push_str("&amp;"),
            '<' => inert.push_str("&lt;"),
            '>' => inert.push_str("&gt;"),
            '|' => inert.push_str("&#124;"),
            '$' => inert.push_str("<span>$</span>"),
            char => inert.push(char),
        }
        if goes_on && matches!(char, '@' | '#' | ':') {
            inert.push_str(BREAK);
        }
        before = [before[1], char];
    }
    inert
}

/// Whether the word is an address of Apple's made of plain characters only.
fn is_apple_address(word: &str) -> bool {
    let Some(rest) = word.strip_prefix("https://") else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    (host == "apple.com" || host.ends_with(".apple.com")) && is_plain_address(word)
}

fn is_plain_address(address: &str) -> bool {
    address
        .strip_prefix("https://")
        .is_some_and(|rest| !rest.is_empty())
        && address
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~/?#=&%+:".contains(&byte))
}

/// A value from outside, such as an id or a path, as code.
pub fn code(value: &str) -> String {
    let value = plain::spaced(value);
    let is_plain = |char: char| char.is_alphanumeric() || "-._/ +=,:()".contains(char);
    if !value.is_empty() && !value.contains("://") && value.chars().all(is_plain) {
        return format!("`{value}`");
    }
    let inner: String = value
        .chars()
        .map(|char| match char {
            // What stands around an `@` would become an e-mail address even here.
            '@' => "&#64;&#8203;".to_owned(),
            char if char.is_ascii_punctuation() => format!("&#{};", u32::from(char)),
            char => char.to_string(),
        })
        .collect();
    format!("<code>{inner}</code>")
}

/// A link with our words; an address that is not plain `https` is shown as code.
pub fn link(words: &str, address: &str) -> String {
    if is_plain_address(address) {
        format!("[{}]({address})", text(words))
    } else {
        code(address)
    }
}

/// A table of two columns; the cells are Markdown already.
pub fn table(head: (&str, &str), rows: &[(String, String)]) -> String {
    let mut table = format!("| {} | {} |\n| --- | --- |", head.0, head.1);
    for (left, right) in rows {
        table.push_str(&format!("\n| {left} | {right} |"));
    }
    table
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::tests::runner;

    #[test]
    fn markup_mentions_references_and_links_become_text() {
        assert_eq!(
            text("<b>@octocat</b> #12"),
            "&lt;b&gt;@&#8203;octocat&lt;/b&gt; \\#&#8203;12"
        );
        assert_eq!(
            text("![x](https://evil.example/p.png)"),
            "!\\[x\\](https:&#8203;//evil.example/p.png)"
        );
        assert_eq!(
            text("www.evil.example GH-12"),
            "www&#8203;.evil.example GH&#8203;-12"
        );
        assert_eq!(text("a | b\n- c"), "a &#124; b - c");
        assert_eq!(text("- c"), "&#8203;- c");
        assert_eq!(text("1. c"), "&#8203;1. c");
        assert_eq!(text("$(PRODUCT)"), "<span>$</span>(PRODUCT)");
    }

    #[test]
    fn code_in_a_step_is_code_and_its_text_stays_text() {
        assert_eq!(
            step("Add `NSCameraUsageDescription` to `App/Info.plist`, @you."),
            "Add `NSCameraUsageDescription` to `App/Info.plist`, @&#8203;you."
        );
        assert_eq!(step("a ` alone"), "a \\` alone");
        assert_eq!(step("`a` and `b"), "`a` and \\`b");
    }

    #[test]
    fn lines_are_kept_and_empty_ones_are_not() {
        assert_eq!(
            lines("\n\none\n\n- two\n", "> "),
            "> one<br>\n> &#8203;- two"
        );
        assert_eq!(lines("one\r\r\r# two\r\n", "> "), "> one<br>\n> \\# two");
    }

    #[test]
    fn addresses_of_apple_stay_links() {
        let said = "See https://developer.apple.com/documentation/x?a=b.";
        assert_eq!(
            text(said),
            "See <https://developer.apple.com/documentation/x?a=b>."
        );
        assert!(!text("https://developer.apple.com.evil.example/").contains('<'));
        assert!(!text("https://developer.apple.com@evil.example/").contains('<'));
        assert!(!text("https://apple.com/<script>").contains("<s"));
    }

    #[test]
    fn code_holds_what_it_is_given() {
        assert_eq!(code("com.example.app"), "`com.example.app`");
        assert_eq!(code("a`|<b>"), "<code>a&#96;&#124;&#60;b&#62;</code>");
        assert_eq!(code(""), "<code></code>");
    }

    #[test]
    fn an_address_with_markup_is_no_link() {
        assert_eq!(
            link("read more", "https://developer.apple.com/a"),
            "[read more](https://developer.apple.com/a)"
        );
        assert!(link("x", "https://a/) [y](https://evil.example").starts_with("<code>"));
        assert_eq!(link("x", "javascript:alert(1)"), "`javascript:alert(1)`");
    }

    proptest! {
        #[test]
        fn hostile_text_opens_nothing(hostile in runner::hostile()) {
            for escaped in [text(&hostile), lines(&hostile, ""), html(&hostile), code(&hostile)] {
                let bare = escaped
                    .replace("<span>$</span>", "")
                    .replace("<code>", "")
                    .replace("</code>", "")
                    .replace("<br>", "");
                prop_assert!(!bare.contains('<'), "{}", escaped);
                prop_assert!(!bare.contains('|'), "{}", escaped);
                prop_assert!(!bare.contains("@o"), "{}", escaped);
                prop_assert!(!bare.contains("://"), "{}", escaped);
                prop_assert!(!bare.replace("&#", "").contains("#1"), "{}", escaped);
            }
            prop_assert!(!text(&hostile).contains('\n'));
        }
    }
}
