//! Data that `xz` packed, with LZMA2 alone, as in the payloads that newer versions of `pkgbuild` write.
//!
//! Layout: <https://tukaani.org/xz/xz-file-format.txt>; the coder: the LZMA specification of the LZMA SDK,
//! <https://www.7-zip.org/sdk.html>.

/// The bytes of an `xz` file's start.
pub(super) const MAGIC: &[u8] = b"\xfd7zXZ\0";
/// The filter that is LZMA2.
const LZMA2: u8 = 0x21;
/// What every probability begins with: one half.
const HALF: u16 = 1 << 10;
const STATES: usize = 12;
/// Places of a match's length: low, middle, high.
const LENGTHS: usize = 2 + 16 * 8 + 16 * 8 + 256;

/// Unpacks one stream into at most `most` bytes. `None` where it is damaged, larger, or packed in another way.
pub(super) fn unpack(bytes: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(MAGIC)?;
    let check = match rest.get(1)? & 0xf {
        0 => 0,
        1..=3 => 4,
        4..=6 => 8,
        7..=9 => 16,
        10..=12 => 32,
        _ => 64,
    };
    rest = rest.get(6..)?;
    let mut out = Vec::new();
    // A block begins with its length, the index with zero.
    while *rest.first()? != 0 {
        let length = (usize::from(*rest.first()?) + 1) * 4;
        let head = rest.get(..length)?;
        let content = rest.get(length..)?;
        is_plain(head)?;
        let used = block(content, &mut out, most)?;
        let padded = used.next_multiple_of(4);
        rest = content.get(padded + check..)?;
    }
    Some(out)
}

/// Whether the block has LZMA2 as its only filter.
fn is_plain(head: &[u8]) -> Option<()> {
    let flags = *head.get(1)?;
    let mut rest = head.get(2..)?;
    for bit in [0x40, 0x80] {
        if flags & bit != 0 {
            let length = rest.iter().position(|byte| byte & 0x80 == 0)?;
            rest = rest.get(length + 1..)?;
        }
    }
    (flags & 0x3 == 0 && *rest.first()? == LZMA2).then_some(())
}

/// Unpacks the chunks of a block, and says how many bytes they took.
fn block(bytes: &[u8], out: &mut Vec<u8>, most: usize) -> Option<usize> {
    let mut at = 0;
    let mut coder = Coder::new();
    let start = out.len();
    loop {
        let control = *bytes.get(at)?;
        let two = |place: usize| {
            let pair = bytes.get(place..place + 2)?;
            Some(usize::from(pair[0]) << 8 | usize::from(pair[1]))
        };
        match control {
            0 => return Some(at + 1),
            1 | 2 => {
                let length = two(at + 1)? + 1;
                let plain = bytes.get(at + 3..at + 3 + length)?;
                if out.len() + length > most {
                    return None;
                }
                out.extend_from_slice(plain);
                at += 3 + length;
            }
            0x80.. => {
                let length = (usize::from(control & 0x1f) << 16 | two(at + 1)?) + 1;
                let packed = two(at + 3)? + 1;
                at += 5;
                match control >> 5 & 3 {
                    0 => {}
                    1 => coder.reset(),
                    _ => {
                        coder.properties(*bytes.get(at)?)?;
                        coder.reset();
                        at += 1;
                    }
                }
                if out.len() + length > most {
                    return None;
                }
                let end = out.len() + length;
                let source = bytes.get(at..at + packed)?;
                coder.unpack(source, out, start, end)?;
                at += packed;
            }
            _ => return None,
        }
    }
}

/// The range decoder: bits of uneven likelihood out of bytes.
struct Range<'a> {
    bytes: &'a [u8],
    range: u32,
    code: u32,
}

impl<'a> Range<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        let code = bytes.get(1..5)?;
        Some(Self {
            code: u32::from_be_bytes(code.try_into().ok()?),
            range: u32::MAX,
            bytes: &bytes[5..],
        })
    }

    fn normalise(&mut self) {
        if self.range < 1 << 24 {
            self.range <<= 8;
            let next = match self.bytes.split_first() {
                Some((first, rest)) => {
                    self.bytes = rest;
                    *first
                }
                None => 0,
            };
            self.code = self.code << 8 | u32::from(next);
        }
    }

    fn bit(&mut self, likelihood: &mut u16) -> usize {
        self.normalise();
        let bound = (self.range >> 11) * u32::from(*likelihood);
        if self.code < bound {
            self.range = bound;
            *likelihood += (2_048 - *likelihood) >> 5;
            0
        } else {
            self.range -= bound;
            self.code -= bound;
            *likelihood -= *likelihood >> 5;
            1
        }
    }

    fn direct(&mut self, count: u32) -> usize {
        let mut value = 0;
        for _ in 0..count {
            self.normalise();
            self.range >>= 1;
            let is_one = self.code >= self.range;
            if is_one {
                self.code -= self.range;
            }
            value = value << 1 | usize::from(is_one);
        }
        value
    }

    fn tree(&mut self, likelihoods: &mut [u16], bits: u32) -> usize {
        let mut symbol = 1;
        for _ in 0..bits {
            symbol = symbol << 1 | self.bit(&mut likelihoods[symbol]);
        }
        symbol - (1 << bits)
    }

    fn reversed(&mut self, likelihoods: &mut [u16], bits: u32) -> usize {
        let (mut symbol, mut value) = (1, 0);
        for place in 0..bits {
            let bit = self.bit(&mut likelihoods[symbol]);
            symbol = symbol << 1 | bit;
            value |= bit << place;
        }
        value
    }

    fn length(&mut self, likelihoods: &mut [u16; LENGTHS], place: usize) -> usize {
        let (choices, rest) = likelihoods.split_at_mut(2);
        if self.bit(&mut choices[0]) == 0 {
            return self.tree(&mut rest[place * 8..], 3);
        }
        if self.bit(&mut choices[1]) == 0 {
            return 8 + self.tree(&mut rest[128 + place * 8..], 3);
        }
        16 + self.tree(&mut rest[256..], 8)
    }
}

/// The LZMA decoder's memory.
struct Coder {
    literal_bits: u32,
    literal_mask: usize,
    place_mask: usize,
    state: usize,
    repeats: [usize; 4],
    literals: Vec<u16>,
    is_match: [u16; STATES * 16],
    is_repeat: [u16; STATES],
    is_repeat_of: [[u16; STATES]; 3],
    is_long: [u16; STATES * 16],
    slots: [[u16; 64]; 4],
    special: [u16; 128],
    align: [u16; 16],
    lengths: [u16; LENGTHS],
    repeat_lengths: [u16; LENGTHS],
}

impl Coder {
    fn new() -> Self {
        Self {
            literal_bits: 0,
            literal_mask: 0,
            place_mask: 0,
            state: 0,
            repeats: [0; 4],
            literals: Vec::new(),
            is_match: [HALF; STATES * 16],
            is_repeat: [HALF; STATES],
            is_repeat_of: [[HALF; STATES]; 3],
            is_long: [HALF; STATES * 16],
            slots: [[HALF; 64]; 4],
            special: [HALF; 128],
            align: [HALF; 16],
            lengths: [HALF; LENGTHS],
            repeat_lengths: [HALF; LENGTHS],
        }
    }

    fn properties(&mut self, byte: u8) -> Option<()> {
        let (literal_bits, rest) = (u32::from(byte % 9), byte / 9);
        let (places, place_bits) = (u32::from(rest % 5), rest / 5);
        if place_bits > 4 || literal_bits + places > 4 {
            return None;
        }
        self.literal_bits = literal_bits;
        self.literal_mask = (1 << places) - 1;
        self.place_mask = (1 << place_bits) - 1;
        self.literals = vec![HALF; 0x300 << (literal_bits + places)];
        Some(())
    }

    fn reset(&mut self) {
        let fresh = Self {
            literal_bits: self.literal_bits,
            literal_mask: self.literal_mask,
            place_mask: self.place_mask,
            literals: vec![HALF; self.literals.len()],
            ..Self::new()
        };
        *self = fresh;
    }

    /// Unpacks one chunk: `out` from `start` on is what was unpacked before, and it grows up to `end`.
    fn unpack(&mut self, bytes: &[u8], out: &mut Vec<u8>, start: usize, end: usize) -> Option<()> {
        if self.literals.is_empty() {
            return None;
        }
        let mut range = Range::new(bytes)?;
        while out.len() < end {
            let place = (out.len() - start) & self.place_mask;
            let at = self.state * 16 + place;
            if range.bit(&mut self.is_match[at]) == 0 {
                self.literal(&mut range, out, start)?;
                continue;
            }
            let length = self.matched(&mut range, place)?;
            let distance = self.repeats[0].checked_add(1)?;
            if distance > out.len() - start || out.len() + length > end {
                return None;
            }
            for _ in 0..length {
                out.push(out[out.len() - distance]);
            }
        }
        Some(())
    }

    fn literal(&mut self, range: &mut Range<'_>, out: &mut Vec<u8>, start: usize) -> Option<()> {
        let at = out.len() - start;
        let before = if at == 0 { 0 } else { *out.last()? };
        let of_before = usize::from(before) >> (8 - self.literal_bits);
        let group = ((at & self.literal_mask) << self.literal_bits) + of_before;
        let likelihoods = self.literals.get_mut(0x300 * group..0x300 * (group + 1))?;
        let mut symbol = 1;
        if self.state >= 7 {
            let distance = self.repeats[0].checked_add(1)?;
            let mut other = usize::from(*out.get(out.len().checked_sub(distance)?)?);
            while symbol < 0x100 {
                let wanted = other >> 7 & 1;
                other <<= 1;
                let bit = range.bit(&mut likelihoods[((1 + wanted) << 8) + symbol]);
                symbol = symbol << 1 | bit;
                if bit != wanted {
                    break;
                }
            }
        }
        while symbol < 0x100 {
            symbol = symbol << 1 | range.bit(&mut likelihoods[symbol]);
        }
        out.push((symbol & 0xff) as u8);
        self.state = match self.state {
            0..4 => 0,
            4..10 => self.state - 3,
            _ => self.state - 6,
        };
        Some(())
    }

    /// Decodes a match: its length; its distance becomes the first of the repeats.
    fn matched(&mut self, range: &mut Range<'_>, place: usize) -> Option<usize> {
        let is_early = self.state < 7;
        if range.bit(&mut self.is_repeat[self.state]) == 0 {
            let length = range.length(&mut self.lengths, place);
            self.state = if is_early { 7 } else { 10 };
            let distance = self.distance(range, length);
            self.repeats.rotate_right(1);
            self.repeats[0] = distance;
            return Some(length + 2);
        }
        if range.bit(&mut self.is_repeat_of[0][self.state]) == 0 {
            if range.bit(&mut self.is_long[self.state * 16 + place]) == 0 {
                self.state = if is_early { 9 } else { 11 };
                return Some(1);
            }
        } else {
            let which = if range.bit(&mut self.is_repeat_of[1][self.state]) == 0 {
                1
            } else {
                2 + range.bit(&mut self.is_repeat_of[2][self.state])
            };
            self.repeats[..=which].rotate_right(1);
        }
        self.state = if is_early { 8 } else { 11 };
        Some(range.length(&mut self.repeat_lengths, place) + 2)
    }

    fn distance(&mut self, range: &mut Range<'_>, length: usize) -> usize {
        let slot = range.tree(&mut self.slots[length.min(3)], 6);
        if slot < 4 {
            return slot;
        }
        let bits = (slot >> 1) as u32 - 1;
        let base = (2 | slot & 1) << bits;
        if slot < 14 {
            return base + range.reversed(&mut self.special[base - slot..], bits);
        }
        let high = range.direct(bits - 4) << 4;
        base + high + range.reversed(&mut self.align, 4)
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;

    use super::*;

    /// `seq 1 3000`, packed by xz 5.4: literals, matches near and far, repeats.
    const PACKED: &str = include_str!("../testing/numbers.xz.txt");

    fn packed() -> Vec<u8> {
        STANDARD.decode(PACKED.trim()).unwrap()
    }

    fn numbers() -> Vec<u8> {
        let lines = (1..=3_000).map(|number| format!("{number}\n"));
        lines.collect::<String>().into_bytes()
    }

    #[test]
    fn what_xz_packed_is_unpacked() {
        assert_eq!(unpack(&packed(), 1 << 20), Some(numbers()));
    }

    #[test]
    fn more_than_was_asked_for_is_refused() {
        assert_eq!(unpack(&packed(), 1_000), None);
    }

    proptest! {
        #[test]
        fn damaged_bytes_never_panic(at in 0_usize..4_000, change in 1_u8..) {
            let mut bytes = packed();
            let place = at % bytes.len();
            bytes[place] ^= change;
            let _ = unpack(&bytes, 1 << 16);
            let _ = unpack(&bytes[..place], 1 << 16);
        }
    }
}
