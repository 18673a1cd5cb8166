//! The end of a zip: the end record, and the zip64 record that stands in for it in large archives.
//!
//! Layout: PKWARE's APPNOTE, <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>, sections
//! 4.3.14 to 4.3.16.

use std::io::{Read, Seek, SeekFrom};

use memchr::memmem;

use crate::ipa::bytes::{array_at, u16_le, u32_le, u64_le, vec_at};
use crate::ipa::{Error, PackageKind};

const END: &[u8; 4] = b"PK\x05\x06";
const END_LENGTH: usize = 22;
const END64: &[u8; 4] = b"PK\x06\x06";
const END64_LENGTH: u64 = 56;
const LOCATOR: &[u8; 4] = b"PK\x06\x07";
const LOCATOR_LENGTH: u64 = 20;
/// The end record, its longest comment, and the zip64 locator before it.
const TAIL: u64 = END_LENGTH as u64 + 65_535 + LOCATOR_LENGTH;

/// What the end of a zip says of its central directory. All of it are claims.
pub(super) struct End {
    /// How many entries there are.
    pub(super) count: u64,
    /// The directory's length in bytes.
    pub(super) size: u64,
    /// Where it starts, by the zip's own count.
    pub(super) offset: u64,
    /// Where the record itself stands in the file; the directory ends before it.
    pub(super) at: u64,
    /// Whether it is the zip64 record.
    pub(super) wide: bool,
}

impl End {
    /// Finds the record from the end of the file.
    pub(super) fn find<R: Read + Seek>(reader: &mut R) -> Result<Self, Error> {
        let length = reader.seek(SeekFrom::End(0)).map_err(Error::Io)?;
        let tail_start = length.saturating_sub(TAIL);
        let tail = vec_at(reader, tail_start, TAIL).map_err(Error::Io)?;
        let Some(at) = end_record(&tail) else {
            return Err(Error::not_a_package(reader, PackageKind::Ipa));
        };
        let record = &tail[at..at + END_LENGTH];
        let disks = [4, 6].map(|at| u16_le(record, at));
        if disks.iter().any(|disk| !matches!(*disk, 0 | u16::MAX)) {
            return Err(Error::SplitZip);
        }
        let narrow = Self {
            count: u16_le(record, 10).into(),
            size: u32_le(record, 12).into(),
            offset: u32_le(record, 16).into(),
            at: tail_start + at as u64,
            wide: false,
        };
        match wide_end(reader, narrow.at)? {
            Some(wide) => agree(&narrow, wide),
            None => Ok(narrow),
        }
    }
}

/// The end record in the tail: the last one whose comment ends with the file, else the last one that
/// fits, for a file with something appended.
fn end_record(tail: &[u8]) -> Option<usize> {
    let mut fitting = None;
    for at in memmem::rfind_iter(tail, END) {
        let Some(record) = tail.get(at..at + END_LENGTH) else {
            continue;
        };
        let end = at + END_LENGTH + usize::from(u16_le(record, 20));
        if end == tail.len() {
            return Some(at);
        }
        if end < tail.len() && fitting.is_none() {
            fitting = Some(at);
        }
    }
    fitting
}

/// The zip64 end record, where a locator stands before the end record.
fn wide_end<R: Read + Seek>(reader: &mut R, end_at: u64) -> Result<Option<End>, Error> {
    let Some(locator_at) = end_at.checked_sub(LOCATOR_LENGTH) else {
        return Ok(None);
    };
    let locator: [u8; 20] = array_at(reader, locator_at).map_err(Error::Io)?;
    if &locator[..4] != LOCATOR {
        return Ok(None);
    }
    let stated = u64_le(&locator, 8);
    let before = locator_at.checked_sub(END64_LENGTH);
    for at in [Some(stated), before].into_iter().flatten() {
        if at
            .checked_add(END64_LENGTH)
            .is_none_or(|end| end > locator_at)
        {
            continue;
        }
        let record: [u8; END64_LENGTH as usize] = array_at(reader, at).map_err(Error::Io)?;
        if &record[..4] == END64 {
            return Ok(Some(End {
                count: u64_le(&record, 32),
                size: u64_le(&record, 40),
                offset: u64_le(&record, 48),
                at,
                wide: true,
            }));
        }
    }
    Err(Error::Damaged("its zip64 record is not where it should be"))
}

/// The wide record, if the narrow one does not contradict it.
fn agree(narrow: &End, wide: End) -> Result<End, Error> {
    let same = |narrow: u64, wide: u64, full: u64| narrow == full || narrow == wide;
    if same(narrow.count, wide.count, u16::MAX.into())
        && same(narrow.size, wide.size, u32::MAX.into())
        && same(narrow.offset, wide.offset, u32::MAX.into())
    {
        Ok(wide)
    } else {
        Err(Error::Damaged(
            "its zip64 record contradicts its end record",
        ))
    }
}
