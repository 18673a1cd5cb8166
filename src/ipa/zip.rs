//! The central directory of a zip, walked entry by entry without believing its counts.
//!
//! Our own walk, because a reader that merges entries of one name hides exactly what matters here.
//! Layout and field names: PKWARE's APPNOTE, <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>,
//! sections 4.3.12 and 4.5.3.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use crate::ipa::Error;
use crate::ipa::bytes::{array_at, u16_le, u32_le};
use crate::ipa::ending::End;

/// More entries than the largest apps have by far; names are remembered at eight bytes each.
pub(super) const MOST_ENTRIES: u64 = 400_000;
/// The largest directory that is walked, in bytes; one of 400,000 long names is a quarter of it.
const LARGEST_DIRECTORY: u64 = 256 << 20;

const LISTED: &[u8; 4] = b"PK\x01\x02";
const LISTED_LENGTH: usize = 46;
/// Where the central directory lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Directory {
    /// Its first byte, counted from the start of the file.
    pub(super) start: u64,
    /// Its length in bytes.
    size: u64,
    /// How many entries it claims.
    count: u64,
    /// Whether the count is written in 64 bits; else it may have wrapped at 65,536.
    wide: bool,
    /// How far the zip is moved against its own offsets: by bytes put in front of it, or by a
    /// multiple of 4 GiB where the offsets have wrapped.
    pub(super) shift: u64,
}

/// What the central directory says of one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name's bytes.
    pub name: Vec<u8>,
    /// General purpose flags; bit 0 is encryption.
    pub flags: u16,
    /// The compression method.
    pub method: u16,
    /// CRC-32 of the content.
    pub crc: u32,
    /// Length as packed, in bytes.
    pub packed: u64,
    /// Length as unpacked, in bytes.
    pub size: u64,
    /// Where the local header lies, by the zip's own count.
    pub offset: u64,
    /// Whether it is a symbolic link.
    pub is_link: bool,
}

impl Entry {
    /// The name as text; bytes that are none are replaced.
    pub fn name(&self) -> String {
        String::from_utf8_lossy(&self.name).into_owned()
    }
}

impl Directory {
    /// Finds the central directory from the end of the file.
    pub(super) fn find<R: Read + Seek>(reader: &mut R) -> Result<Self, Error> {
        let end = End::find(reader)?;
        if end.count == 0 && end.size == 0 {
            return Err(Error::EmptyZip);
        }
        Self::place(reader, &end)
    }

    /// Settles where the directory starts: where it says, or right before its end.
    fn place<R: Read + Seek>(reader: &mut R, end: &End) -> Result<Self, Error> {
        let room = end.size / LISTED_LENGTH as u64;
        if end.count > room {
            return Err(Error::WrongCount {
                claimed: end.count,
                found: room,
            });
        }
        if end.count > MOST_ENTRIES || end.size > LARGEST_DIRECTORY {
            return Err(Error::TooManyEntries {
                limit: MOST_ENTRIES,
            });
        }
        let before_its_end = end.at.checked_sub(end.size);
        for start in [Some(end.offset), before_its_end].into_iter().flatten() {
            let fits = start.checked_add(end.size).is_some_and(|e| e <= end.at);
            if !fits || start < end.offset {
                continue;
            }
            if array_at::<4, R>(reader, start).map_err(Error::Io)? == *LISTED {
                return Ok(Self {
                    start,
                    size: end.size,
                    count: end.count,
                    wide: end.wide,
                    shift: start - end.offset,
                });
            }
        }
        Err(Error::Damaged("its directory is not where it should be"))
    }

    /// Calls `visit` for each entry in turn. Holds one entry at a time.
    pub(super) fn walk<R, V>(&self, reader: &mut R, mut visit: V) -> Result<(), Error>
    where
        R: Read + Seek,
        V: FnMut(&Entry) -> Result<(), Error>,
    {
        reader
            .seek(SeekFrom::Start(self.start))
            .map_err(Error::Io)?;
        let mut listing = BufReader::with_capacity(1 << 16, reader.take(self.size));
        let mut left = self.size;
        let mut found = 0;
        while left >= LISTED_LENGTH as u64 {
            let mut header = [0; LISTED_LENGTH];
            listing.read_exact(&mut header).map_err(cut_off)?;
            if &header[..4] != LISTED {
                break;
            }
            let (entry, length) = listed(&mut listing, &header)?;
            left = left
                .checked_sub(length)
                .ok_or(Error::Damaged("its directory is cut off"))?;
            found += 1;
            if found > MOST_ENTRIES {
                return Err(Error::TooManyEntries {
                    limit: MOST_ENTRIES,
                });
            }
            visit(&entry)?;
        }
        let claimed = self.count;
        if found == claimed || (!self.wide && found % 65_536 == claimed % 65_536) {
            Ok(())
        } else {
            Err(Error::WrongCount { claimed, found })
        }
    }
}

/// The entry behind a fixed header, and the length of all of it.
fn listed<R: Read>(listing: &mut R, header: &[u8; LISTED_LENGTH]) -> Result<(Entry, u64), Error> {
    let [name, extra, comment] = [28, 30, 32].map(|at| usize::from(u16_le(header, at)));
    let mut rest = vec![0; name + extra + comment];
    listing.read_exact(&mut rest).map_err(cut_off)?;
    let extra = &rest[name..name + extra];
    let host = header[5];
    let mode = u32_le(header, 38) >> 16;
    let mut entry = Entry {
        name: rest[..name].to_vec(),
        flags: u16_le(header, 8),
        method: u16_le(header, 10),
        crc: u32_le(header, 16),
        packed: u32_le(header, 20).into(),
        size: u32_le(header, 24).into(),
        offset: u32_le(header, 42).into(),
        // Hosts 3 and 19 are Unix and Darwin (4.4.2.2); 0o120000 is S_IFLNK.
        is_link: matches!(host, 3 | 19) && mode & 0o170_000 == 0o120_000,
    };
    widen(&mut entry, extra)?;
    Ok((entry, (LISTED_LENGTH + rest.len()) as u64))
}

/// Takes the 64-bit numbers from the extra field where the narrow ones are full.
fn widen(entry: &mut Entry, extra: &[u8]) -> Result<(), Error> {
    let full = u64::from(u32::MAX);
    if entry.size != full && entry.packed != full && entry.offset != full {
        return Ok(());
    }
    let Some(mut values) = field(extra, 1) else {
        return Err(Error::Damaged("an entry lacks its zip64 sizes"));
    };
    for number in [&mut entry.size, &mut entry.packed, &mut entry.offset] {
        if *number == full {
            let Some((value, rest)) = values.split_first_chunk::<8>() else {
                return Err(Error::Damaged("an entry lacks its zip64 sizes"));
            };
            *number = u64::from_le_bytes(*value);
            values = rest;
        }
    }
    Ok(())
}

/// The extra field of the given id.
fn field(mut extra: &[u8], id: u16) -> Option<&[u8]> {
    while let Some((head, rest)) = extra.split_first_chunk::<4>() {
        let data = rest.get(..usize::from(u16_le(head, 2)))?;
        if u16_le(head, 0) == id {
            return Some(data);
        }
        extra = &rest[data.len()..];
    }
    None
}

fn cut_off(error: io::Error) -> Error {
    if error.kind() == io::ErrorKind::UnexpectedEof {
        Error::Damaged("its directory is cut off")
    } else {
        Error::Io(error)
    }
}
