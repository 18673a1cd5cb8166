//! One pass over a Mach-O file: headers first, then whatever lies further down, in the order it lies in.

use std::io;

use crate::bundle::image::commands::{self, Places, Span, Words};
use crate::bundle::image::facts::{Architecture, Binary, FileType, Slice};
use crate::bundle::questions::Questions;
use crate::bundle::signature::{self, Signature};
use crate::bundle::stream::Stream;

const THIN: [[u8; 4]; 2] = [[0xce, 0xfa, 0xed, 0xfe], [0xcf, 0xfa, 0xed, 0xfe]];
const FAT: [[u8; 4]; 2] = [[0xca, 0xfe, 0xba, 0xbe], [0xca, 0xfe, 0xba, 0xbf]];
/// `!<arch>\n`: the start of a static library.
const LIBRARY: &[u8; 4] = b"!<ar";
/// Most architectures; a file of Java has the same first bytes and a larger number here.
const MOST_SLICES: u32 = 16;
/// Longest load commands that are read, in bytes; the largest apps have some tens of KB.
const LONGEST_COMMANDS: u32 = 4 << 20;
/// Most undefined symbols that are looked at.
const MOST_SYMBOLS: u64 = 1 << 20;
/// Longest name of a symbol that anyone asks about, in bytes.
const LONGEST_NAME: usize = 256;
/// The largest signature that is read, in bytes: one hash for every 4 KiB makes 8 MiB for 1 GiB.
const LARGEST_SIGNATURE: u64 = 24 << 20;

/// What the first bytes of a file turned out to be.
#[derive(Debug)]
pub(in crate::bundle) enum Looked {
    /// Code, or a static library.
    Code(Binary),
    /// Something else; nothing more of it was read.
    Other,
}

/// Reads the file, if it is code.
pub(in crate::bundle) fn read(
    stream: &mut Stream<'_>,
    questions: &Questions,
) -> io::Result<Looked> {
    let magic = stream.bytes(4)?;
    let Ok(magic) = <[u8; 4]>::try_from(magic) else {
        return Ok(Looked::Other);
    };
    let mut binary = Binary::default();
    if THIN.contains(&magic) {
        thin(stream, (magic, 0), questions, &mut binary)?;
    } else if FAT.contains(&magic) {
        let Some(places) = fat(stream, magic == FAT[1])? else {
            return Ok(Looked::Other);
        };
        for place in places {
            if !stream.skip_to(place)? {
                binary.is_partly_read = true;
                break;
            }
            let magic = stream.bytes(4)?;
            match <[u8; 4]>::try_from(magic) {
                Ok(magic) if THIN.contains(&magic) => {
                    thin(stream, (magic, place), questions, &mut binary)?;
                }
                Ok(magic) if &magic == LIBRARY => binary.is_static_library = true,
                _ => binary.is_partly_read = true,
            }
        }
    } else if &magic == LIBRARY && stream.bytes(4)? == b"ch>\n" {
        binary.is_static_library = true;
    } else {
        return Ok(Looked::Other);
    }
    Ok(Looked::Code(binary))
}

/// Where the slices of a universal file begin, in order. `None` where it is none.
fn fat(stream: &mut Stream<'_>, is_wide: bool) -> io::Result<Option<Vec<u64>>> {
    let count = stream.bytes(4)?;
    let count = count.try_into().map_or(u32::MAX, u32::from_be_bytes);
    if count == 0 || count > MOST_SLICES {
        return Ok(None);
    }
    let length = if is_wide { 32 } else { 20 };
    let table = stream.bytes(u64::from(count) * length)?;
    let mut places: Vec<u64> = table
        .chunks_exact(length as usize)
        .map(|row| {
            let offset = if is_wide { &row[8..16] } else { &row[8..12] };
            offset
                .iter()
                .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
        })
        .collect();
    places.sort_unstable();
    places.dedup();
    Ok(Some(places))
}

/// Reads one slice, whose magic has been read at `start`.
fn thin(
    stream: &mut Stream<'_>,
    (magic, start): ([u8; 4], u64),
    questions: &Questions,
    binary: &mut Binary,
) -> io::Result<()> {
    let is_wide = magic == THIN[1];
    let header = stream.bytes(if is_wide { 28 } else { 24 })?;
    if header.len() < 24 {
        binary.is_partly_read = true;
        return Ok(());
    }
    let word = |at: usize| u32::from_le_bytes(header[at..at + 4].try_into().expect("four bytes"));
    let mut slice = Slice {
        architecture: Architecture::of(word(0), word(4)),
        file_type: FileType::of(word(8)),
        flags: word(20),
        ..Slice::default()
    };
    let size = word(16);
    if size > LONGEST_COMMANDS {
        binary.is_partly_read = true;
        return Ok(());
    }
    let bytes = stream.bytes(size.into())?;
    let mut places = Places::default();
    let whole = commands::take(&bytes, &mut slice, &mut places) && bytes.len() == size as usize;
    binary.is_partly_read |= !whole;
    if let Some(signature) = places.signature {
        stream.hash_pages(
            &[&magic, &header[..], &bytes].concat(),
            start + signature.at,
        );
    }
    let mut rest = Rest {
        stream,
        start,
        slice: &mut slice,
        is_wide,
    };
    let whole = rest.read(&places, questions)?;
    binary.is_partly_read |= !whole;
    binary.slices.push(slice);
    Ok(())
}

/// What lies behind the commands.
struct Rest<'s, 'r> {
    stream: &'s mut Stream<'r>,
    start: u64,
    slice: &'s mut Slice,
    is_wide: bool,
}

impl Rest<'_, '_> {
    /// Reads the pieces in the order they lie in; `false` where one is not where it should be.
    fn read(&mut self, places: &Places, questions: &Questions) -> io::Result<bool> {
        let mut words = places.words.clone();
        words.sort_by_key(|(span, _)| span.at);
        let mut whole = true;
        for (span, kind) in words {
            whole &= self.words(span, kind, questions)?;
        }
        whole &= self.symbols(places, questions)?;
        let Some(span) = places.signature else {
            return Ok(whole);
        };
        Ok(self.signature(span)? && whole)
    }

    fn go_to(&mut self, at: u64) -> io::Result<bool> {
        match self.start.checked_add(at) {
            Some(place) => self.stream.skip_to(place),
            None => Ok(false),
        }
    }

    fn words(&mut self, span: Span, kind: Words, questions: &Questions) -> io::Result<bool> {
        if !self.go_to(span.at)? {
            return Ok(false);
        }
        let (matters, found) = match kind {
            Words::Selectors => (questions.selector, &mut self.slice.selectors),
            Words::Texts => (questions.text, &mut self.slice.texts),
        };
        self.stream.words(span.length, LONGEST_NAME, |word| {
            if let Ok(word) = std::str::from_utf8(word)
                && matters(word)
            {
                found.insert(word.to_owned());
            }
        })?;
        Ok(true)
    }

    fn symbols(&mut self, places: &Places, questions: &Questions) -> io::Result<bool> {
        let Some((table, count)) = places.symbols else {
            return Ok(true);
        };
        let (first, undefined) = places.undefined.unwrap_or((0, count));
        let undefined = undefined.min(count.saturating_sub(first)).min(MOST_SYMBOLS);
        if undefined == 0 {
            return Ok(true);
        }
        let length = if self.is_wide { 16 } else { 12 };
        if places.names.at < table || !self.go_to(table + first * length)? {
            return Ok(false);
        }
        let rows = self.stream.bytes(undefined * length)?;
        let mut wanted: Vec<u32> = rows
            .chunks_exact(length as usize)
            .filter(|row| is_import(row[4]))
            .map(|row| u32::from_le_bytes([row[0], row[1], row[2], row[3]]))
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        if !self.go_to(places.names.at)? {
            return Ok(false);
        }
        self.names(&wanted, places.names, questions)
    }

    fn names(&mut self, wanted: &[u32], span: Span, questions: &Questions) -> io::Result<bool> {
        let base = self.stream.at();
        let mut wanted = wanted.iter().peekable();
        while let Some(index) = wanted.next() {
            let at = u64::from(*index);
            if at >= span.length {
                return Ok(false);
            }
            // Names that follow each other are read in one go; a name in the middle of another is rare.
            if self.stream.at() > base + at {
                continue;
            }
            if !self.stream.skip_to(base + at)? {
                return Ok(false);
            }
            let most = wanted
                .peek()
                .map_or(LONGEST_NAME as u64, |next| u64::from(**next) - at)
                .min(span.length - at)
                .min(LONGEST_NAME as u64);
            let name = self.stream.bytes(most)?;
            let name = name.split(|byte| *byte == 0).next().unwrap_or_default();
            if let Ok(name) = std::str::from_utf8(name)
                && (questions.symbol)(name)
            {
                self.slice.imports.insert(name.to_owned());
            }
        }
        Ok(true)
    }

    fn signature(&mut self, span: Span) -> io::Result<bool> {
        if span.length > LARGEST_SIGNATURE || !self.go_to(span.at)? {
            return Ok(false);
        }
        let hashes = self.stream.hashes();
        let bytes = self.stream.bytes(span.length)?;
        let read: Option<Signature> = signature::read(&bytes, hashes.as_deref(), span.at);
        let is_there = read.is_some();
        self.slice.signature = read;
        Ok(is_there)
    }
}

/// An external symbol that another image defines: `N_EXT`, `N_UNDF`, no stab.
fn is_import(kind: u8) -> bool {
    kind & 0xe0 == 0 && kind & 0x0e == 0 && kind & 0x01 == 1
}
