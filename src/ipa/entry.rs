//! The content of one entry: found, compared with what the directory says of it, and inflated under
//! a limit.

use std::io::{self, Read, Seek, SeekFrom};

use flate2::Crc;
use flate2::read::DeflateDecoder;

use crate::ipa::Error;
use crate::ipa::bytes::{array_at, shown, u16_le, u32_le, vec_at};
use crate::ipa::zip::{Directory, Entry};

/// The largest Info.plist that is read, in bytes; real ones stay below 200 KB.
pub(super) const LARGEST_INFO_PLIST: u64 = 2 << 20;

const LOCAL: &[u8; 4] = b"PK\x03\x04";
const LOCAL_LENGTH: usize = 30;
const ENCRYPTED: u16 = 1;
const SIZES_FOLLOW: u16 = 1 << 3;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// Where 32-bit offsets begin anew.
const WRAP: u64 = 1 << 32;
/// How often an offset is believed to have wrapped: up to 256 GiB.
const MOST_WRAPS: u64 = 64;

/// A local header, and where its content starts.
struct Local {
    header: [u8; LOCAL_LENGTH],
    content: u64,
}

/// Reads the entry's content, at most [`LARGEST_INFO_PLIST`] bytes of it.
pub(super) fn read<R: Read + Seek>(
    reader: &mut R,
    directory: &Directory,
    entry: &Entry,
) -> Result<Vec<u8>, Error> {
    let too_large = || Error::TooLarge {
        name: shown(&entry.name()),
        limit: LARGEST_INFO_PLIST,
    };
    if entry.is_link {
        return Err(Error::Symlink {
            name: shown(&entry.name()),
        });
    }
    if entry.size > LARGEST_INFO_PLIST || entry.packed > LARGEST_INFO_PLIST {
        return Err(too_large());
    }
    let content = open(reader, directory, entry)?;
    let content = at_most(content, entry.size + 1).map_err(inflating)?;
    if content.len() as u64 != entry.size {
        return Err(Error::Damaged("Info.plist has not the length it states"));
    }
    let mut crc = Crc::new();
    crc.update(&content);
    if crc.sum() != entry.crc {
        return Err(Error::Damaged("Info.plist does not match its checksum"));
    }
    Ok(content)
}

/// The entry's content, unpacked as it is read. Its length and checksum are the reader's to compare.
pub(super) fn open<'r, R: Read + Seek>(
    reader: &'r mut R,
    directory: &Directory,
    entry: &Entry,
) -> Result<Unpacked<io::Take<&'r mut R>>, Error> {
    let local = find(reader, directory, entry)?;
    compare(&local.header, entry)?;
    if local
        .content
        .checked_add(entry.packed)
        .is_none_or(|end| end > directory.start)
    {
        return Err(Error::Damaged("an entry runs into the zip's directory"));
    }
    reader
        .seek(SeekFrom::Start(local.content))
        .map_err(Error::Io)?;
    let packed = reader.take(entry.packed);
    match entry.method {
        STORED => Ok(Unpacked::Stored(packed)),
        DEFLATED => Ok(Unpacked::Deflated(DeflateDecoder::new(packed))),
        method => Err(Error::Method {
            name: shown(&entry.name()),
            method,
        }),
    }
}

/// Content as it was packed.
pub(super) enum Unpacked<R> {
    /// As it is.
    Stored(R),
    /// By method 8.
    Deflated(DeflateDecoder<R>),
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Stored(content) => content.read(buffer),
            Self::Deflated(content) => content.read(buffer),
        }
    }
}

/// Finds the local header that bears the entry's name.
fn find<R: Read + Seek>(
    reader: &mut R,
    directory: &Directory,
    entry: &Entry,
) -> Result<Local, Error> {
    let mut misnamed = None;
    for at in places(directory.shift, entry.offset) {
        if at
            .checked_add(LOCAL_LENGTH as u64)
            .is_none_or(|end| end > directory.start)
        {
            continue;
        }
        let header: [u8; LOCAL_LENGTH] = array_at(reader, at).map_err(Error::Io)?;
        if &header[..4] != LOCAL {
            continue;
        }
        let name_at = at + LOCAL_LENGTH as u64;
        let name_length = u64::from(u16_le(&header, 26));
        let name = vec_at(reader, name_at, name_length).map_err(Error::Io)?;
        if name == entry.name {
            let content = name_at + name_length + u64::from(u16_le(&header, 28));
            return Ok(Local { header, content });
        }
        misnamed = Some(name);
    }
    Err(match misnamed {
        Some(name) => Error::NameMismatch {
            listed: shown(&entry.name()),
            actual: shown(&String::from_utf8_lossy(&name)),
        },
        None => Error::Damaged("its directory points to no entry"),
    })
}

/// Where the local header can be: moved by the bytes in front of the zip, or, where offsets wrapped
/// at 4 GiB (as macOS's own archiver writes them), at any multiple of it.
fn places(shift: u64, offset: u64) -> impl Iterator<Item = u64> {
    let has_wrapped = shift > 0 && shift.is_multiple_of(WRAP);
    let distances = if has_wrapped {
        0..=(shift / WRAP).min(MOST_WRAPS)
    } else {
        1..=1
    };
    let step = if has_wrapped { WRAP } else { shift };
    distances.filter_map(move |times| offset.checked_add(times * step))
}

/// Compares the local header with the directory: readers differ in which one they believe.
fn compare(header: &[u8; LOCAL_LENGTH], entry: &Entry) -> Result<(), Error> {
    let flags = u16_le(header, 6);
    if (flags | entry.flags) & ENCRYPTED != 0 {
        return Err(Error::Encrypted {
            name: shown(&entry.name()),
        });
    }
    if u16_le(header, 8) != entry.method {
        return Err(Error::Damaged("an entry states two compression methods"));
    }
    let [packed, size] = [18, 22].map(|at| u32_le(header, at));
    let differs = |local: u32, listed: u64| local != u32::MAX && u64::from(local) != listed;
    let stated = flags & SIZES_FOLLOW == 0;
    if stated && (differs(packed, entry.packed) || differs(size, entry.size)) {
        return Err(Error::Damaged("an entry states two lengths"));
    }
    Ok(())
}

/// Reads to the end, but never more than `limit` bytes.
pub(super) fn at_most<R: Read>(reader: R, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn inflating(error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
            Error::Damaged("Info.plist does not inflate")
        }
        _ => Error::Io(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_in_front_of_the_zip_move_every_offset() {
        assert_eq!(places(0, 7).collect::<Vec<_>>(), [7]);
        assert_eq!(places(100, 7).collect::<Vec<_>>(), [107]);
    }

    #[test]
    fn a_wrapped_offset_is_looked_for_at_each_multiple_of_four_gibibytes() {
        let gib4 = 1 << 32;
        assert_eq!(
            places(2 * gib4, 7).collect::<Vec<_>>(),
            [7, gib4 + 7, 2 * gib4 + 7]
        );
        assert_eq!(places(gib4, 7).collect::<Vec<_>>(), [7, gib4 + 7]);
    }
}
