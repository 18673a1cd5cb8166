//! DER and BER, read: tag, length, value (X.690). What a document means is not known here.
//!
//! Apple signs with indefinite lengths, which are BER; so those are read too. Nothing is copied and nothing
//! believed: an element lies inside its document, and nesting ends at [`DEEPEST`].

/// Deepest nesting of indefinite lengths; a signature of Apple's has 8.
const DEEPEST: u32 = 24;

/// A BOOLEAN.
pub const BOOLEAN: u8 = 0x01;
/// An INTEGER.
pub const INTEGER: u8 = 0x02;
/// A BIT STRING.
pub const BIT_STRING: u8 = 0x03;
/// An OCTET STRING, in one piece.
pub const OCTET_STRING: u8 = 0x04;
/// An OBJECT IDENTIFIER.
pub const OBJECT: u8 = 0x06;
/// A SEQUENCE.
pub const SEQUENCE: u8 = 0x30;
/// A SET.
pub const SET: u8 = 0x31;

/// Bit 6 of a tag: the element is made of elements.
const CONSTRUCTED: u8 = 0x20;
/// The number in a tag that says that the number follows; nothing here is numbered so high.
const LONG_TAG: u8 = 0x1f;
const INDEFINITE: u8 = 0x80;

/// The tag `[number]` of a constructed element.
pub const fn context(number: u8) -> u8 {
    0x80 | CONSTRUCTED | number
}

/// One tag-length-value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element<'a> {
    /// The tag: class, constructed or not, number.
    pub tag: u8,
    /// The value.
    pub content: &'a [u8],
    /// All of it, tag and length too.
    pub whole: &'a [u8],
}

/// Why no element could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The bytes end before the element does.
    Short,
    /// These bytes begin no element.
    Malformed,
}

impl<'a> Element<'a> {
    /// The elements that it is made of.
    pub fn children(self) -> Elements<'a> {
        Elements(self.content)
    }

    /// The bytes of an OCTET STRING, put together where it comes in pieces.
    pub fn octets(self) -> Option<Vec<u8>> {
        self.pieces(0)
    }

    fn pieces(self, depth: u32) -> Option<Vec<u8>> {
        if self.tag & CONSTRUCTED == 0 {
            return Some(self.content.to_vec());
        }
        if depth > DEEPEST {
            return None;
        }
        let mut whole = Vec::new();
        for piece in self.children() {
            whole.extend(piece.ok()?.pieces(depth + 1)?);
        }
        Some(whole)
    }
}

impl Element<'_> {
    /// The value of an INTEGER that fits.
    pub fn number(self) -> Option<i64> {
        let first = *self.content.first()?;
        if self.tag != INTEGER || self.content.len() > 8 {
            return None;
        }
        let sign = if first & 0x80 == 0 { 0 } else { -1 };
        let digits = self.content.iter();
        Some(digits.fold(sign, |value, byte| value << 8 | i64::from(*byte)))
    }
}

/// Elements that follow each other; ends after the first that is broken.
#[derive(Clone, Debug)]
pub struct Elements<'a>(pub &'a [u8]);

impl<'a> Elements<'a> {
    /// The next one, if it has this tag and is whole.
    pub fn next_of(&mut self, tag: u8) -> Option<Element<'a>> {
        let found = self.clone().next()?.ok()?;
        if found.tag != tag {
            return None;
        }
        self.0 = &self.0[found.whole.len()..];
        Some(found)
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = Result<Element<'a>, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let next = element(&mut self.0);
        if next.is_err() {
            self.0 = &[];
        }
        Some(next)
    }
}

/// The first element; `bytes` is left with what follows it.
pub fn element<'a>(bytes: &mut &'a [u8]) -> Result<Element<'a>, Broken> {
    at_depth(bytes, 0)
}

fn at_depth<'a>(bytes: &mut &'a [u8], depth: u32) -> Result<Element<'a>, Broken> {
    let all = *bytes;
    let (&tag, rest) = all.split_first().ok_or(Broken::Short)?;
    let (&first, rest) = rest.split_first().ok_or(Broken::Short)?;
    if tag & LONG_TAG == LONG_TAG {
        return Err(Broken::Malformed);
    }
    let (content, after) = match first {
        INDEFINITE if tag & CONSTRUCTED == 0 || depth > DEEPEST => return Err(Broken::Malformed),
        INDEFINITE => until_the_end(rest, depth)?,
        _ => {
            let (length, rest) = length(first, rest)?;
            (
                rest.get(..length).ok_or(Broken::Short)?,
                rest.get(length..).ok_or(Broken::Short)?,
            )
        }
    };
    *bytes = after;
    Ok(Element {
        tag,
        content,
        whole: &all[..all.len() - after.len()],
    })
}

/// A definite length of at most four bytes, and what follows it.
fn length(first: u8, rest: &[u8]) -> Result<(usize, &[u8]), Broken> {
    match first {
        0..=0x7f => Ok((usize::from(first), rest)),
        0x81..=0x84 => {
            let count = usize::from(first & 0x7f);
            let digits = rest.get(..count).ok_or(Broken::Short)?;
            let length = digits.iter();
            Ok((
                length.fold(0, |sum, digit| (sum << 8) | usize::from(*digit)),
                &rest[count..],
            ))
        }
        _ => Err(Broken::Malformed),
    }
}

/// What stands before the end-of-contents octets, and what follows them.
fn until_the_end(start: &[u8], depth: u32) -> Result<(&[u8], &[u8]), Broken> {
    let mut rest = start;
    loop {
        if let Some(after) = rest.strip_prefix(&[0, 0]) {
            return Ok((&start[..start.len() - rest.len()], after));
        }
        at_depth(&mut rest, depth + 1)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_indefinite_length_ends_where_its_own_end_stands() {
        let bytes = [
            0x30, 0x80, 0x24, 0x80, 0x04, 1, 7, 4, 2, 8, 9, 0, 0, 0, 0, 5,
        ];
        let mut rest = &bytes[..];
        let outer = element(&mut rest).unwrap();
        assert_eq!(rest, [5]);
        let inner = outer.children().next().unwrap().unwrap();
        assert_eq!(inner.octets().unwrap(), [7, 8, 9]);
    }

    #[test]
    fn lengths_without_an_end_or_beyond_it_are_short() {
        for bytes in [&[0x30, 0x80][..], &[0x30, 5, 1], &[4], &[4, 0x84, 1, 0, 0]] {
            let mut rest = bytes;
            assert_eq!(element(&mut rest), Err(Broken::Short), "{bytes:?}");
        }
        let deep = [0x30, 0x80].repeat(50_000);
        assert_eq!(element(&mut &deep[..]), Err(Broken::Malformed));
    }

    #[test]
    fn integers_have_a_sign() {
        let number = |bytes: &[u8]| element(&mut { bytes }).unwrap().number();
        assert_eq!(number(&[2, 1, 0xff]), Some(-1));
        assert_eq!(number(&[2, 2, 1, 0]), Some(256));
        assert_eq!(number(&[2, 0]), None);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic_and_an_element_lies_within(
            bytes in proptest::collection::vec(
                prop_oneof![Just(0x30_u8), Just(0x80), Just(0x24), Just(0), any::<u8>()], 0..200),
        ) {
            let mut rest = &bytes[..];
            if let Ok(found) = element(&mut rest) {
                prop_assert_eq!(found.whole.len() + rest.len(), bytes.len());
                let _ = found.octets();
                prop_assert!(found.children().count() <= bytes.len());
            }
        }
    }
}
