//! From a password to a key, as PKCS#12 does it (RFC 7292, appendix B).

use aws_lc_rs::digest::{self, Algorithm};
use zeroize::Zeroizing;

/// What the key is for.
#[derive(Clone, Copy)]
pub enum Purpose {
    Key = 1,
    Vector = 2,
    Mac = 3,
}

/// The password as it is hashed: UTF-16, big end first, with an end. An empty one is two bytes of
/// nothing to some programs and no bytes at all to others, so both are tried.
pub fn spellings(password: &str) -> Vec<Zeroizing<Vec<u8>>> {
    let ended = password.encode_utf16().chain([0]);
    let ended = Zeroizing::new(ended.flat_map(u16::to_be_bytes).collect::<Vec<u8>>());
    match password {
        "" => vec![ended, Zeroizing::new(Vec::new())],
        _ => vec![ended],
    }
}

/// `length` bytes for the purpose.
pub fn derive(
    algorithm: &'static Algorithm,
    purpose: Purpose,
    password: &[u8],
    (salt, iterations): (&[u8], u32),
    length: usize,
) -> Zeroizing<Vec<u8>> {
    let block = algorithm.block_len();
    let mut input = Zeroizing::new(filled(salt, block));
    input.extend(filled(password, block));
    let diversifier = vec![purpose as u8; block];
    let mut derived = Zeroizing::new(Vec::with_capacity(length + algorithm.output_len()));
    while derived.len() < length {
        let mut hash = digest::digest(algorithm, &[&diversifier[..], &input].concat());
        for _ in 1..iterations {
            hash = digest::digest(algorithm, hash.as_ref());
        }
        derived.extend_from_slice(hash.as_ref());
        let filled = filled(hash.as_ref(), block);
        for piece in input.chunks_mut(block) {
            add_and_one(piece, &filled);
        }
    }
    derived.truncate(length);
    derived
}

/// The bytes again and again, up to a whole number of blocks.
fn filled(bytes: &[u8], block: usize) -> Vec<u8> {
    let length = bytes.len().div_ceil(block) * block;
    bytes.iter().copied().cycle().take(length).collect()
}

/// The sum of two numbers, and one, without what does not fit.
fn add_and_one(number: &mut [u8], other: &[u8]) {
    let mut carry = 1;
    for (digit, other) in number.iter_mut().zip(other).rev() {
        let sum = u16::from(*digit) + u16::from(*other) + carry;
        *digit = sum as u8;
        carry = sum >> 8;
    }
}
