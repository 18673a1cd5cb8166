//! A payload of blocks, each packed by `xz` or kept as it is (`pbzx`): what `pkgbuild` writes for newer systems.
//!
//! Layout: Apple does not publish it. The magic, the length of a block; then for each block its length unpacked and
//! packed, and its bytes. Numbers are big-endian and have 64 bits.

use std::io::{self, Read};

use crate::bundle::xz;

/// The bytes of such a payload's start.
pub(super) const MAGIC: &[u8; 4] = b"pbzx";
/// The largest block that is read, in bytes; Apple's have 16 MiB.
const LARGEST: u64 = 32 << 20;

/// The payload, unpacked as it is read.
pub(super) struct Blocks<R> {
    source: R,
    block: Vec<u8>,
    at: usize,
}

impl<R: Read> Blocks<R> {
    /// Of a payload whose magic has been read.
    pub(super) fn new(mut source: R) -> io::Result<Self> {
        number(&mut source)?;
        Ok(Self {
            source,
            block: Vec::new(),
            at: 0,
        })
    }

    /// Unpacks the next block; `false` at the end.
    fn next(&mut self) -> io::Result<bool> {
        let unpacked = match number(&mut self.source) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(false),
            other => other?,
        };
        let packed = number(&mut self.source)?;
        if unpacked > LARGEST || packed > LARGEST {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut bytes = Vec::new();
        let source = self.source.by_ref();
        source.take(packed).read_to_end(&mut bytes)?;
        if (bytes.len() as u64) < packed {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.block = if bytes.starts_with(xz::MAGIC) {
            xz::unpack(&bytes, unpacked as usize).ok_or(io::ErrorKind::InvalidData)?
        } else {
            bytes
        };
        self.at = 0;
        Ok(true)
    }
}

impl<R: Read> Read for Blocks<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.block.len() {
            if !self.next()? {
                return Ok(0);
            }
        }
        let rest = &self.block[self.at..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.at += count;
        Ok(count)
    }
}

fn number(source: &mut dyn Read) -> io::Result<u64> {
    let mut bytes = [0; 8];
    source.read_exact(&mut bytes)?;
    Ok(u64::from_be_bytes(bytes))
}
