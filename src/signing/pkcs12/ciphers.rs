//! The encryptions that are met in PKCS#12 files, all in CBC mode with PKCS#7 padding.

use aws_lc_rs::cipher::{
    AES_128, AES_192, AES_256, DecryptionContext, PaddedBlockDecryptingKey, UnboundCipherKey,
};
use aws_lc_rs::iv::FixedLength;
use des::TdesEde3;
use des::cipher::{Array, Block, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit as _};
use rc2::Rc2;
use zeroize::Zeroizing;

const BLOCK: usize = 8;

/// A cipher, with the length of its key in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cipher {
    /// Of 40 or 128 bits: what `openssl pkcs12 -legacy` and the Keychain put around certificates.
    Rc2(usize),
    /// Three keys: what they put around private keys.
    TripleDes,
    /// Of 128, 192 or 256 bits: OpenSSL 3's own choice.
    Aes(usize),
}

impl Cipher {
    /// The length of its key.
    pub fn key_length(self) -> usize {
        match self {
            Self::Rc2(length) | Self::Aes(length) => length,
            Self::TripleDes => 24,
        }
    }
}

/// The plain bytes; `None` where the key or the vector does not fit, which a wrong password looks like too.
pub fn decrypt(
    cipher: Cipher,
    key: &[u8],
    vector: &[u8],
    bytes: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    match cipher {
        Cipher::Aes(_) => aes(key, vector, bytes),
        Cipher::TripleDes => backward(&TdesEde3::new_from_slice(key).ok()?, vector, bytes),
        Cipher::Rc2(length) => {
            let cipher = Rc2::new_with_eff_key_len(key, length * 8);
            backward(&cipher, vector, bytes)
        }
    }
}

/// The bytes under three keys of DES, the one encryption that every macOS reads.
pub fn triple_des(key: &[u8], vector: &[u8], bytes: &[u8]) -> Vec<u8> {
    let cipher = TdesEde3::new_from_slice(key).expect("the key was derived to its length");
    let padding = BLOCK - bytes.len() % BLOCK;
    let padded = bytes.iter().copied().chain(vec![padding as u8; padding]);
    let mut padded: Vec<u8> = padded.collect();
    let mut before: [u8; BLOCK] = vector
        .try_into()
        .expect("the vector was derived to its length");
    for piece in padded.chunks_exact_mut(BLOCK) {
        for (byte, before) in piece.iter_mut().zip(before) {
            *byte ^= before;
        }
        let mut block: Block<TdesEde3> = Array::try_from(&*piece).expect("a chunk is a block");
        cipher.encrypt_block(&mut block);
        piece.copy_from_slice(&block);
        before.copy_from_slice(&block);
    }
    padded
}

fn aes(key: &[u8], vector: &[u8], bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let algorithm = match key.len() {
        16 => &AES_128,
        24 => &AES_192,
        _ => &AES_256,
    };
    let key = UnboundCipherKey::new(algorithm, key).ok()?;
    let key = PaddedBlockDecryptingKey::cbc_pkcs7(key).ok()?;
    let vector = DecryptionContext::Iv128(FixedLength::from(<[u8; 16]>::try_from(vector).ok()?));
    let mut bytes = Zeroizing::new(bytes.to_vec());
    let length = key.decrypt(&mut bytes, vector).ok()?.len();
    bytes.truncate(length);
    Some(bytes)
}

fn backward<C>(cipher: &C, vector: &[u8], bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>>
where
    C: BlockCipherDecrypt,
{
    if bytes.is_empty() || !bytes.len().is_multiple_of(BLOCK) || vector.len() != BLOCK {
        return None;
    }
    let mut plain = Zeroizing::new(Vec::with_capacity(bytes.len()));
    let mut before = vector;
    for piece in bytes.chunks_exact(BLOCK) {
        let mut block: Block<C> = Array::try_from(piece).ok()?;
        cipher.decrypt_block(&mut block);
        plain.extend(block.iter().zip(before).map(|(byte, before)| byte ^ before));
        before = piece;
    }
    let padding = usize::from(*plain.last()?);
    let length = plain.len().checked_sub(padding)?;
    let is_padding = (1..=BLOCK).contains(&padding)
        && plain[length..]
            .iter()
            .all(|byte| usize::from(*byte) == padding);
    plain.truncate(length);
    is_padding.then_some(plain)
}
