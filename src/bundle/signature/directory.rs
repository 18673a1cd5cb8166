//! A CodeDirectory: the hashes that a signature stands for.

use aws_lc_rs::digest::{self, digest};

use crate::bundle::signature::blob::number;
use crate::bundle::stream::PAGE;

const MAGIC: u32 = 0xfade_0c02;
/// Versions from which on the fields are there.
const WITH_TEAM: u32 = 0x2_0200;
const WITH_LONG_LIMIT: u32 = 0x2_0300;
const WITH_EXECUTABLE: u32 = 0x2_0400;
/// Most special slots; there are eleven.
const MOST_SPECIAL: u32 = 16;
/// Longest identifier that is kept, in bytes.
const LONGEST: usize = 512;
const SHA1: u8 = 1;
const SHA256: u8 = 2;

/// One directory of a signature.
#[derive(Clone, Debug)]
pub struct CodeDirectory {
    /// The identifier that the code is signed as.
    pub identifier: String,
    /// The team that signed.
    pub team: Option<String>,
    /// Its flags.
    pub flags: Flags,
    /// 1 is SHA-1, 2 is SHA-256.
    pub hash_type: u8,
    /// The flags of the executable segment: 1 main binary, 0x10 lets unsigned code run. `None` in old directories.
    pub executable_flags: Option<u64>,
    /// Whether the hashes of the code hold.
    pub pages: Pages,
    special: Vec<(u32, Vec<u8>)>,
}

/// `CS_…` of a directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flags(pub u32);

impl Flags {
    /// `CS_ADHOC`
    pub fn is_ad_hoc(self) -> bool {
        self.0 & 0x2 != 0
    }

    /// `CS_LINKER_SIGNED`: the linker signed it, and nobody since.
    pub fn is_of_linker(self) -> bool {
        self.0 & 0x2_0000 != 0
    }
}

/// Whether the hashes of the code hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pages {
    /// They do.
    Match,
    /// The bytes were changed after they were signed, on this page.
    Differs(usize),
    /// Not looked at: another page size, another hash, or not the whole file.
    Unchecked,
}

impl CodeDirectory {
    pub(super) fn read(blob: &[u8], hashes: Option<&[[u8; 32]]>, at: u64) -> Option<Self> {
        if number(blob, 0)? != MAGIC {
            return None;
        }
        let version = number(blob, 8)?;
        let hash_offset = number(blob, 16)? as usize;
        let [hash_size, hash_type, _, page_size] = <[u8; 4]>::try_from(blob.get(36..40)?).ok()?;
        let size = usize::from(hash_size);
        if size == 0 {
            return None;
        }
        let text = |offset: u32| text(blob, offset as usize);
        let team = (version >= WITH_TEAM).then(|| number(blob, 48)).flatten();
        let special = (1..=number(blob, 24)?.min(MOST_SPECIAL))
            .filter_map(|slot| {
                let start = hash_offset.checked_sub(slot as usize * size)?;
                let hash = blob.get(start..start + size)?;
                let is_set = hash.iter().any(|byte| *byte != 0);
                is_set.then(|| (slot, hash.to_vec()))
            })
            .collect();
        let long_limit = (version >= WITH_LONG_LIMIT)
            .then(|| long(blob, 56))
            .flatten();
        let limit = match long_limit {
            Some(limit) if limit > 0 => limit,
            Some(_) | None => number(blob, 32)?.into(),
        };
        let count = number(blob, 28)? as usize;
        let stated = count
            .checked_mul(size)
            .and_then(|length| blob.get(hash_offset..hash_offset.checked_add(length)?));
        let is_usual = hash_type == SHA256 && size == 32 && 1_u64 << (page_size & 31) == PAGE;
        let pages = match (hashes, stated) {
            (Some(hashes), Some(stated)) if is_usual && limit == at => compare(hashes, stated),
            (Some(_) | None, Some(_) | None) => Pages::Unchecked,
        };
        Some(Self {
            identifier: text(number(blob, 20)?).unwrap_or_default(),
            team: team.filter(|offset| *offset > 0).and_then(text),
            flags: Flags(number(blob, 12)?),
            hash_type,
            executable_flags: (version >= WITH_EXECUTABLE)
                .then(|| long(blob, 80))
                .flatten(),
            pages,
            special,
        })
    }

    /// The hash in a special slot: 1 Info.plist, 2 requirements, 3 the seal of resources, 5 and 7 entitlements.
    pub fn special(&self, slot: u32) -> Option<&[u8]> {
        let mut slots = self.special.iter();
        slots
            .find(|(number, _)| *number == slot)
            .map(|(_, hash)| &hash[..])
    }

    /// Whether this is the hash of the bytes. `None` for hashes that are not known here.
    pub(super) fn is_hash_of(&self, hash: &[u8], bytes: &[u8]) -> Option<bool> {
        let algorithm = match self.hash_type {
            SHA1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            SHA256 => &digest::SHA256,
            _ => return None,
        };
        Some(digest(algorithm, bytes).as_ref() == hash)
    }
}

fn compare(hashes: &[[u8; 32]], stated: &[u8]) -> Pages {
    let stated = stated.chunks_exact(32);
    if stated.len() != hashes.len() {
        return Pages::Differs(hashes.len().min(stated.len()));
    }
    let differs = stated.zip(hashes).position(|(stated, hash)| stated != hash);
    differs.map_or(Pages::Match, Pages::Differs)
}

fn text(blob: &[u8], offset: usize) -> Option<String> {
    let rest = blob.get(offset..)?;
    let end = rest.iter().position(|byte| *byte == 0)?;
    Some(String::from_utf8_lossy(&rest[..end.min(LONGEST)]).into_owned())
}

fn long(blob: &[u8], at: usize) -> Option<u64> {
    let [high, low] = [number(blob, at)?, number(blob, at + 4)?];
    Some(u64::from(high) << 32 | u64::from(low))
}
