//! Pieces of known secrets, known again whatever became of them: cut, in other case, reversed, in base64
//! behind other text, in hex, broken by white space or invisible marks.

use std::collections::HashSet;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::secret::bits::to_hex;

/// A piece of so many letters and digits is known. Shorter ones are met by chance.
const PIECE: usize = 16;
/// A secret whose letters are never so many in a row is no key: a path, say, or words.
const SHORTEST_RUN: usize = 20;
/// One without a gap and a slash is a token all the same, if it is as long as this.
const LONGEST_WORDS: usize = 64;
/// The factor of the rolling hash.
const FACTOR: u64 = 0x0100_0000_01b3;

/// Hashes of every piece of every known secret.
#[derive(Default)]
pub(super) struct Fragments(HashSet<u64>);

impl Fragments {
    /// Remembers the pieces of a secret's body.
    pub(super) fn keep(&mut self, body: &str) {
        let mut runs = body.split(|char: char| !char.is_ascii_alphanumeric());
        let is_token = body.len() > LONGEST_WORDS && !body.contains([' ', '/']);
        if !is_token && runs.all(|run| run.len() < SHORTEST_RUN) {
            return;
        }
        self.add(body.bytes());
        self.add(body.bytes().rev());
        self.add(to_hex(body).bytes());
        // What stands before it moves it within the groups of base64; the groups at both ends are
        // shared with its neighbours.
        for before in ["", "_", "__"] {
            let encoded = STANDARD.encode(format!("{before}{body}"));
            let end = encoded.len().saturating_sub(4);
            self.add(encoded.bytes().take(end).skip(4));
        }
    }

    /// Where pieces stand in the text.
    pub(super) fn spans(&self, text: &str) -> Vec<Range<usize>> {
        if self.0.is_empty() || text.len() < PIECE {
            return Vec::new();
        }
        let letters: Vec<(usize, u8)> = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| byte.is_ascii_alphanumeric())
            .map(|(at, byte)| (at, byte.to_ascii_lowercase()))
            .collect();
        let mut found: Vec<Range<usize>> = Vec::new();
        let hashes = hashes(letters.iter().map(|(_, byte)| *byte));
        for (index, hash) in hashes.enumerate() {
            if !self.0.contains(&hash) {
                continue;
            }
            let (start, end) = (letters[index].0, letters[index + PIECE - 1].0 + 1);
            match found.last_mut() {
                Some(last) if last.end >= start => last.end = end,
                Some(_) | None => found.push(start..end),
            }
        }
        found
    }

    fn add(&mut self, letters: impl Iterator<Item = u8>) {
        let letters = letters.filter(u8::is_ascii_alphanumeric);
        self.0
            .extend(hashes(letters.map(|byte| byte.to_ascii_lowercase())));
    }
}

/// The hash of every stretch of [`PIECE`] letters, in order.
fn hashes(letters: impl Iterator<Item = u8>) -> impl Iterator<Item = u64> {
    let oldest = (1..PIECE).fold(1_u64, |power, _| power.wrapping_mul(FACTOR));
    let mut window = [0_u8; PIECE];
    let mut seen = 0;
    let mut hash = 0_u64;
    letters.filter_map(move |letter| {
        let place = &mut window[seen % PIECE];
        hash = hash
            .wrapping_sub(u64::from(*place).wrapping_mul(oldest))
            .wrapping_mul(FACTOR)
            .wrapping_add(u64::from(letter));
        *place = letter;
        seen += 1;
        // Letters that lie 8 bits apart leave the upper half to be mixed in.
        (seen >= PIECE).then_some(hash ^ (hash >> 32))
    })
}
