//! Bytes at a place, and text from a stranger made fit to be shown.

use crate::text::{cut, is_hidden};

use std::io::{self, Read, Seek, SeekFrom};

/// Longest piece of a stranger's text in a sentence of ours, in characters.
const SHOWN: usize = 120;

/// Reads exactly `N` bytes at `offset`.
pub(super) fn array_at<const N: usize, R: Read + Seek>(
    reader: &mut R,
    offset: u64,
) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    reader.seek(SeekFrom::Start(offset))?;
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Reads at most `length` bytes at `offset`; fewer where the file ends.
pub(super) fn vec_at<R: Read + Seek>(
    reader: &mut R,
    offset: u64,
    length: u64,
) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.seek(SeekFrom::Start(offset))?;
    reader.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The little-endian number at `at`; the caller has checked the length.
pub(super) fn u16_le(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes(fixed(bytes, at))
}

/// The little-endian number at `at`; the caller has checked the length.
pub(super) fn u32_le(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(fixed(bytes, at))
}

/// The little-endian number at `at`; the caller has checked the length.
pub(super) fn u64_le(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(fixed(bytes, at))
}

/// `N` bytes at `at`; the caller has checked the length.
pub(super) fn fixed<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    bytes
        .get(at..at + N)
        .and_then(|part| part.try_into().ok())
        .expect("the caller has checked the length")
}

/// A stranger's text for a sentence of ours: no control characters, and not too long.
pub(super) fn shown(text: &str) -> String {
    let fit = |c| if is_hidden(c) { '\u{fffd}' } else { c };
    cut::letters(&text.chars().map(fit).collect::<String>(), SHOWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strangers_text_is_shown_on_one_short_line() {
        assert_eq!(shown("Runner.app"), "Runner.app");
        assert_eq!(shown("a\n::error::b"), "a\u{fffd}::error::b");
        assert_eq!(shown(&"x".repeat(500)).chars().count(), SHOWN);
    }
}
