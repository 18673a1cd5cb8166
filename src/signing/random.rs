//! Names and passwords that nobody guesses.

use crate::secret::Secret;
use crate::signing::error::Error;

/// So many random bytes.
pub fn bytes<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| Error::Random)?;
    Ok(bytes)
}

/// A password of 256 bits, as hex digits, so that no tool reads anything else in it.
pub fn password() -> Result<Secret, Error> {
    Ok(Secret::new(hex(&bytes::<32>()?)))
}

/// The bytes as hex digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
