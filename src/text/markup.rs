//! Pages for browsers, as the text that they show.

/// The page without its tags, and without scripts and styles. Text that is no page stays as it is.
pub fn without(page: &str) -> String {
    if !is_page(page) {
        return page.to_owned();
    }
    let mut text = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        let name = tag.get(..6).unwrap_or(tag).to_ascii_lowercase();
        let end = ["script", "style"]
            .iter()
            .find(|silent| name.starts_with(**silent))
            .and_then(|silent| tag.find(&format!("</{silent}")))
            .unwrap_or(0);
        rest = tag[end..].split_once('>').map_or("", |(_, rest)| rest);
    }
    text.push_str(rest);
    text
}

/// Whether it is one: `a < b` is none.
fn is_page(text: &str) -> bool {
    let mut tags = text.split('<').skip(1);
    tags.any(|tag| tag.starts_with(|char: char| char.is_ascii_alphabetic() || "!/?".contains(char)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn of_a_page_for_browsers_its_words_are_shown() {
        let page = "<!DOCTYPE html><html><head><title>502</title><style>body { color: red }</style></head><body><h1>Bad Gateway</h1><script>x()</script></body></html>";
        let words: Vec<&str> = ["502", "Bad", "Gateway"].to_vec();
        let shown = without(page);
        assert_eq!(shown.split_whitespace().collect::<Vec<_>>(), words);
        assert_eq!(without("a < b, a <3"), "a < b, a <3");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".*", tail in "[<>/a-z! ]*") {
            let shown = without(&format!("{text}{tail}"));
            prop_assert!(shown.len() <= text.len() + 2 * tail.len() + text.matches('<').count());
        }
    }
}
