//! Text that must not be longer than so much. A cut never parts a letter, and a mark tells of it.

const MARK: char = '…';

/// The text in at most so many letters, the mark included.
pub fn letters(text: &str, most: usize) -> String {
    within(text, most, |_| 1)
}

/// The text in at most so many UTF-16 units, the mark included: the way GitHub's runner counts.
pub fn utf16_units(text: &str, most: usize) -> String {
    within(text, most, char::len_utf16)
}

/// The beginning of a text in at most so many bytes, without a mark.
pub fn head(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

fn within(text: &str, most: usize, size: fn(char) -> usize) -> String {
    let mut used = 0;
    // Where the text is left if it turns out too long: there the mark still fits.
    let mut end = 0;
    for (at, letter) in text.char_indices() {
        if used < most {
            end = at;
        }
        used += size(letter);
        if used > most {
            return format!("{}{MARK}", text[..end].trim_end());
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_fits_stays_and_what_does_not_is_marked() {
        assert_eq!(letters("äöü", 3), "äöü");
        assert_eq!(letters("äöüß", 3), "äö…");
        assert_eq!(letters("two words", 5), "two…");
        assert_eq!(utf16_units("a👩b", 4), "a👩b");
        assert_eq!(utf16_units("a👩bc", 4), "a👩…");
        assert_eq!(utf16_units("a👩bc", 3), "a…");
        assert_eq!(head("aä", 2), "a");
    }

    proptest! {
        #[test]
        fn nothing_is_longer_than_it_may_be(text in ".{0,40}", most in 1_usize..50) {
            prop_assert!(letters(&text, most).chars().count() <= most);
            prop_assert!(utf16_units(&text, most).encode_utf16().count() <= most);
            prop_assert!(head(&text, most).len() <= most);
        }
    }
}
