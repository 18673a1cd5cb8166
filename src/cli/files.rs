//! Files that are read whole, none of them without a limit.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// Reads a file whole. One that is larger, or a device that never ends, is refused after so many bytes.
pub fn read_at_most(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other("it is far too large"));
    }
    Ok(bytes)
}
