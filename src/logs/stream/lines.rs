//! Cuts a stream of bytes into lines. What is a line never depends on how the stream was fed.

use memchr::{memchr, memrchr};

/// The most bytes of one line that are looked at as one; a longer line comes in pieces of this size.
pub const LONGEST: usize = 64 * 1024;

/// How much is cut at once. Blocks are counted from the stream's first byte.
const BLOCK: usize = 256 * 1024;

/// How much of the stream is its end. So much is held back, for nobody knows when it comes.
const END: usize = 128 * 1024;

/// A line, or a piece of one that is too long.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// The bytes, without the line's end.
    pub bytes: &'a [u8],
    /// Whether the line begins here.
    pub begins: bool,
    /// Whether the line ends here.
    pub ends: bool,
}

/// Who takes the lines, and says which ones are worth cutting out.
pub trait Taker {
    /// Whether every line is wanted now.
    fn wants_all(&self) -> bool;
    /// A place in the first line that has a word that matters.
    fn first_hit(&self, bytes: &[u8]) -> Option<usize>;
    /// Takes a line.
    fn take(&mut self, line: Line<'_>);
    /// What is taken from now on is the end of the stream.
    fn comes_to_the_end(&mut self);
}

/// The stream so far that is not cut yet.
#[derive(Debug, Default)]
pub struct Lines {
    held: Vec<u8>,
    /// How many bytes at the front of `held` are a line's rest from the block before.
    rest: usize,
    /// Whether pieces of the line at the front were taken already.
    inside: bool,
}

impl Lines {
    /// Takes in more of the stream.
    pub fn feed(&mut self, mut bytes: &[u8], taker: &mut impl Taker) {
        while !bytes.is_empty() {
            let full = self.rest + BLOCK + END;
            let (now, later) = bytes.split_at((full - self.held.len()).min(bytes.len()));
            self.held.extend_from_slice(now);
            bytes = later;
            if self.held.len() == full {
                self.cut(self.rest + BLOCK, taker);
            }
        }
    }

    /// Takes out what is left.
    pub fn finish(&mut self, taker: &mut impl Taker) {
        self.cut(self.held.len().saturating_sub(END), taker);
        taker.comes_to_the_end();
        if self.held.last().is_some_and(|&last| last != b'\n') {
            self.held.push(b'\n');
        }
        self.cut(self.held.len(), taker);
    }

    /// Cuts the lines out that end within so many bytes; the rest of the last one waits for the next block.
    fn cut(&mut self, length: usize, taker: &mut impl Taker) {
        let mut held = std::mem::take(&mut self.held);
        let whole = memrchr(b'\n', &held[..length]).map_or(0, |end| end + 1);
        let mut at = 0;
        while at < whole {
            // The end of the line before is looked at too, for words that only count at a line's begin. A
            // block's first line has none before it and is always taken.
            if at > 0 && !self.inside && !taker.wants_all() {
                let Some(hit) = taker.first_hit(&held[at - 1..whole]) else {
                    at = whole;
                    break;
                };
                let hit = (at - 1 + hit).clamp(at, whole);
                at = memrchr(b'\n', &held[at..hit]).map_or(at, |end| at + end + 1);
            }
            let end = memchr(b'\n', &held[at..whole]).map_or(whole, |end| at + end);
            self.pieces(&held[at..end], true, taker);
            at = end + 1;
        }
        at += self.pieces(&held[at..length], false, taker);
        held.drain(..at);
        self.rest = length - at;
        self.held = held;
    }

    /// Hands out a line in pieces; of a line that has not ended, whole pieces only. Gives how many
    /// bytes are used up.
    fn pieces(&mut self, line: &[u8], ended: bool, taker: &mut impl Taker) -> usize {
        let mut used = 0;
        while line.len() - used > LONGEST {
            let bytes = &line[used..used + LONGEST];
            let begins = !self.inside;
            self.inside = true;
            taker.take(Line {
                bytes,
                begins,
                ends: false,
            });
            used += LONGEST;
        }
        if ended {
            let begins = !self.inside;
            self.inside = false;
            taker.take(Line {
                bytes: &line[used..],
                begins,
                ends: true,
            });
            used = line.len();
        }
        used
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Heard(Vec<(Vec<u8>, bool, bool)>);

    impl Taker for Heard {
        fn wants_all(&self) -> bool {
            false
        }

        fn first_hit(&self, bytes: &[u8]) -> Option<usize> {
            memchr(b'!', bytes)
        }

        fn take(&mut self, line: Line<'_>) {
            self.0.push((line.bytes.to_vec(), line.begins, line.ends));
        }

        fn comes_to_the_end(&mut self) {}
    }

    fn heard(text: &[u8], chunk: usize) -> Heard {
        let mut heard = Heard::default();
        let mut lines = Lines::default();
        for part in text.chunks(chunk) {
            lines.feed(part, &mut heard);
        }
        lines.finish(&mut heard);
        heard
    }

    #[test]
    fn only_the_first_line_and_those_with_a_word_that_matters_are_cut_out() {
        let found = heard(b"a\nb!\nc\n!d", 2);
        assert_eq!(
            found.0,
            [
                (b"a".to_vec(), true, true),
                (b"b!".to_vec(), true, true),
                (b"!d".to_vec(), true, true)
            ]
        );
    }

    #[test]
    fn an_endless_line_comes_in_pieces() {
        let mut text = vec![b'x'; 3 * LONGEST + 5];
        text.extend_from_slice(b"!\nnext!\n");
        let pieces = heard(&text, 1000).0;
        assert_eq!(pieces.len(), 5);
        assert!(pieces[0].1 && !pieces[0].2 && !pieces[3].1 && pieces[3].2);
        assert_eq!(pieces[4].0, b"next!");
    }

    #[test]
    fn the_feeding_does_not_matter() {
        let mut text = Vec::new();
        for number in 0..60_000 {
            text.extend_from_slice(
                format!("line {number}{}\n", if number % 7 == 0 { "!" } else { "" }).as_bytes(),
            );
        }
        assert_eq!(heard(&text, 1 << 20).0, heard(&text, 777).0);
    }
}
