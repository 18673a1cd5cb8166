//! Pages for browsers, as the text that they show.

/// What stands in these is for the browser alone.
const SILENT: [&str; 5] = ["script", "style", "template", "svg", "noscript"];

/// The names of letters that pages must write by name, and that of a space.
const NAMED: [(&str, char); 6] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
];
/// No number of a letter is longer.
const LONGEST_REFERENCE: usize = 10;

/// The page without its tags and comments, and without scripts and styles. Of one that was cut, what a cut left open is
/// not shown. Text that is no page stays as it is.
pub fn without(page: &str) -> String {
    if !is_page(page) {
        return page.to_owned();
    }
    let mut text = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        if tag.is_empty() || begins_tag(tag) {
            text.push(' ');
            rest = after(tag);
        } else {
            text.push('<');
            rest = tag;
        }
    }
    text.push_str(rest);
    without_references(&text)
}

/// The text with letters in place of what stands for them by number or name: `&#101;`, `&#x65;`, `&amp;`.
pub fn without_references(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        plain.push_str(before);
        let end = behind
            .bytes()
            .take(LONGEST_REFERENCE)
            .position(|byte| byte == b';');
        let letter = end.and_then(|end| letter(&behind[..end]));
        plain.push(letter.unwrap_or('&'));
        rest = match (letter, end) {
            (Some(_), Some(end)) => &behind[end + 1..],
            _ => behind,
        };
    }
    plain.push_str(rest);
    plain
}

/// What a number or name between `&` and `;` stands for, where it can be seen.
fn letter(reference: &str) -> Option<char> {
    let number = match reference.strip_prefix('#') {
        Some(number) => number,
        None => {
            let (_, letter) = NAMED.into_iter().find(|(name, _)| *name == reference)?;
            return Some(letter);
        }
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|letter| !letter.is_control())
}

/// Whether it is one: `a < b` is none.
fn is_page(text: &str) -> bool {
    let mut tags = text.split('<').skip(1);
    tags.any(|tag| tag.is_empty() || begins_tag(tag))
}

/// Whether what stands behind a `<` makes a tag of it.
fn begins_tag(behind: &str) -> bool {
    behind.starts_with(|char: char| char.is_ascii_alphabetic() || "!/?".contains(char))
}

/// What comes after the tag or comment that begins here, and after what no reader sees of it; nothing where it never
/// ends.
fn after(tag: &str) -> &str {
    let end = match tag.strip_prefix("!--") {
        Some(comment) => comment.split_once("-->").map(|(_, rest)| rest),
        None => content(tag).and_then(|content| match silent(tag) {
            Some(name) => content_end(content, name).and_then(self::content),
            None => Some(content),
        }),
    };
    end.unwrap_or_default()
}

/// Its name, where it is one whose content is not shown.
fn silent(tag: &str) -> Option<&'static str> {
    let length = tag
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        .count();
    let mut names = SILENT.into_iter();
    names.find(|name| tag[..length].eq_ignore_ascii_case(name))
}

/// What stands behind the `>` of a tag; a `>` in a quoted value is not its end.
fn content(tag: &str) -> Option<&str> {
    let mut quote = None;
    let mut before = ' ';
    for (at, letter) in tag.char_indices() {
        match quote {
            Some(open) if open == letter => quote = None,
            Some(_) => {}
            None if letter == '>' => return Some(&tag[at + 1..]),
            None if "\"'".contains(letter) && before == '=' => quote = Some(letter),
            None => {}
        }
        if !letter.is_whitespace() {
            before = letter;
        }
    }
    None
}

/// The closing tag of that name, and all behind it.
fn content_end<'a>(content: &'a str, name: &str) -> Option<&'a str> {
    let closes = |at: usize| {
        let close = content.as_bytes().get(at + 2..at + 2 + name.len());
        close.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    };
    let mut starts = content.match_indices("</").map(|(at, _)| at);
    starts.find(|at| closes(*at)).map(|at| &content[at..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is shown, with one space between words.
    fn shown(page: &str) -> String {
        let text = without(page);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn of_a_page_for_browsers_its_words_are_shown() {
        let page = "<!DOCTYPE html><html><head><title>502</title><style>body { color: red }</style></head><body><h1>Bad Gateway</h1><script>x()</script></body></html>";
        assert_eq!(shown(page), "502 Bad Gateway");
        assert_eq!(without("a < b, a <3"), "a < b, a <3");
        assert_eq!(shown("<p>a < b</p>"), "a < b");
    }

    #[test]
    fn what_only_the_browser_reads_is_not_shown_however_it_is_written() {
        for (page, words) in [
            ("<h1>No</h1><STYLE>a{}</Style ><p>way", "No way"),
            ("<style media=\"a > b\">a{}</style>No", "No"),
            ("<p onclick='if (a>b) { function() }'>No</p>", "No"),
            ("<p>No<!-- <p>function() {} --> way</p>", "No way"),
            ("<p>No</p><svg><style>a{}</style><text>x</text></svg>", "No"),
            ("<p>No</p><script>if (a</b) {}</script>", "No"),
            ("<header>No</header><styled>way</styled>", "No way"),
            ("<p>No</p><script>function() { return 1 }", "No"),
            ("<p>No</p><style>body {", "No"),
            ("<p>No</p><!-- function() {", "No"),
            ("<p>No</p><style media=\"x", "No"),
            ("<p>No<", "No"),
            ("No<", "No"),
        ] {
            assert_eq!(shown(page), words, "{page}");
        }
    }

    #[test]
    fn letters_by_number_and_name_are_the_letters() {
        let page = "<p>a&amp;b &lt;&#101;&#x59;&#74;&gt; &nbsp;&#10;&#x;&#; &copy; &</p>";
        assert_eq!(shown(page), "a&b <eYJ> &#10;&#x;&#; &copy; &");
        assert_eq!(without("a &#101; b"), "a &#101; b");
    }

    /// A piece of a page: its words are small letters, and all else is the browser's.
    fn piece() -> impl Strategy<Value = String> {
        let rule = "[a-z]{1,9}[.] ?\\{ color: red; \\}";
        prop_oneof![
            "[a-z ]{0,20}",
            "[a-z]{1,9}".prop_map(|word| format!("<p class=\"{{x > y}}\">{word}</p>")),
            "[a-z]{1,9}".prop_map(|word| format!("<title>{word}</title>")),
            (rule, 0_usize..90)
                .prop_map(|(rule, times)| format!("<style>{}</style>", rule.repeat(times))),
            (0_usize..90).prop_map(|times| format!(
                "<SCRIPT async>{}</SCRIPT>",
                "function() { a < b }".repeat(times)
            )),
            (0_usize..90).prop_map(|times| format!("<!-- {} -->", "<b>{}</b>".repeat(times))),
        ]
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".*", tail in "[<>/a-z! ]*") {
            let shown = without(&format!("{text}{tail}"));
            prop_assert!(shown.len() <= text.len() + 2 * tail.len() + text.matches('<').count());
        }

        #[test]
        fn of_a_page_that_is_cut_anywhere_no_markup_is_shown(
            pieces in prop::collection::vec(piece(), 0..12),
            cut in any::<prop::sample::Index>(),
        ) {
            let page = format!("<!DOCTYPE html><html>{}</html>", pieces.concat());
            let shown = without(&page[..cut.index(page.len() + 1)]);
            for mark in ["<", ">", "{", "}", "function", "color"] {
                prop_assert!(!shown.contains(mark), "{mark} in {shown}");
            }
        }
    }
}
