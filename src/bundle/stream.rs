//! A file read once, forwards: places are reached by skipping, and pages are hashed on the way.

use std::io::{self, BufRead, BufReader, Read};

use aws_lc_rs::digest::{Context, SHA256};

/// The pages of a code signature; Apple's are 4 KiB.
pub(super) const PAGE: u64 = 4096;

/// A stream and where in it we are, counted from `start`.
pub(super) struct Stream<'a> {
    reader: BufReader<&'a mut dyn Read>,
    at: u64,
    pages: Option<Pages>,
}

/// SHA-256 of each page up to a limit.
struct Pages {
    from: u64,
    until: u64,
    context: Context,
    filled: u64,
    hashes: Vec<[u8; 32]>,
}

impl<'a> Stream<'a> {
    pub(super) fn new(reader: &'a mut dyn Read) -> Self {
        Self {
            reader: BufReader::with_capacity(1 << 17, reader),
            at: 0,
            pages: None,
        }
    }

    /// Where we are.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// Hashes the pages between here and `until`. What was read before, since the pages began, is handed over.
    pub(super) fn hash_pages(&mut self, read: &[u8], until: u64) {
        let mut pages = Pages {
            from: self.at,
            until,
            context: Context::new(&SHA256),
            filled: 0,
            hashes: Vec::new(),
        };
        pages.from = self.at - read.len() as u64;
        let length = (until.saturating_sub(pages.from)).min(read.len() as u64);
        pages.add(&read[..usize::try_from(length).unwrap_or(read.len())]);
        self.pages = Some(pages);
    }

    /// The hashes, where every page was passed.
    pub(super) fn hashes(&mut self) -> Option<Vec<[u8; 32]>> {
        let mut pages = self.pages.take()?;
        if self.at < pages.until {
            return None;
        }
        if pages.filled > 0 {
            pages.close();
        }
        Some(pages.hashes)
    }

    fn advance(&mut self, count: usize) {
        if let Some(pages) = &mut self.pages
            && self.at < pages.until
        {
            let wanted = usize::try_from(pages.until - self.at).unwrap_or(usize::MAX);
            let bytes = &self.reader.buffer()[..count.min(wanted)];
            pages.add(bytes);
        }
        self.reader.consume(count);
        self.at += count as u64;
    }

    /// Goes on to a place further down. `false` where the file ends before it, or it lies behind us.
    pub(super) fn skip_to(&mut self, place: u64) -> io::Result<bool> {
        while self.at < place {
            let there = self.reader.fill_buf()?.len();
            if there == 0 {
                return Ok(false);
            }
            let count = usize::try_from(place - self.at).map_or(there, |left| left.min(there));
            self.advance(count);
        }
        Ok(self.at == place)
    }

    /// Reads at most `length` bytes; fewer where the file ends.
    pub(super) fn bytes(&mut self, length: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut left = length;
        while left > 0 {
            let there = self.reader.fill_buf()?;
            if there.is_empty() {
                break;
            }
            let count = usize::try_from(left).map_or(there.len(), |left| left.min(there.len()));
            bytes.extend_from_slice(&there[..count]);
            self.advance(count);
            left -= count as u64;
        }
        Ok(bytes)
    }

    /// Calls `word` with each text before a zero byte in the next `length` bytes; one longer than `most` is cut.
    pub(super) fn words(
        &mut self,
        length: u64,
        most: usize,
        mut word: impl FnMut(&[u8]),
    ) -> io::Result<()> {
        let mut open: Vec<u8> = Vec::new();
        let mut left = length;
        while left > 0 {
            let there = self.reader.fill_buf()?;
            if there.is_empty() {
                break;
            }
            let count = usize::try_from(left).map_or(there.len(), |left| left.min(there.len()));
            let mut rest = &there[..count];
            while let Some(end) = memchr::memchr(0, rest) {
                if open.is_empty() {
                    word(&rest[..end.min(most)]);
                } else {
                    open.extend_from_slice(&rest[..end.min(most)]);
                    open.truncate(most);
                    word(&open);
                    open.clear();
                }
                rest = &rest[end + 1..];
            }
            if open.len() < most {
                open.extend_from_slice(&rest[..rest.len().min(most)]);
            }
            self.advance(count);
            left -= count as u64;
        }
        Ok(())
    }
}

impl Pages {
    fn add(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let room = (PAGE - self.filled) as usize;
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.context.update(now);
            self.filled += now.len() as u64;
            if self.filled == PAGE {
                self.close();
            }
            bytes = later;
        }
    }

    fn close(&mut self) {
        let context = std::mem::replace(&mut self.context, Context::new(&SHA256));
        let hash = context.finish();
        self.hashes
            .push(hash.as_ref().try_into().expect("SHA-256 has 32 bytes"));
        self.filled = 0;
    }
}
