//! Every file of a zip, each of which can be opened.

use std::io::{self, Read, Seek};

use flate2::Crc;

use crate::ipa::Error;
use crate::ipa::entry;
use crate::ipa::layout;
use crate::ipa::zip::{Directory, Entry};

/// A zip's files, in the order of its directory.
#[derive(Debug)]
pub struct Contents {
    directory: Directory,
    /// The files and folders.
    pub files: Vec<Entry>,
}

impl Contents {
    /// Lists the zip.
    ///
    /// # Errors
    ///
    /// What no honest packer writes, as for [`read`](crate::ipa::read).
    pub fn list<R: Read + Seek>(reader: &mut R) -> Result<Self, Error> {
        let directory = Directory::find(reader)?;
        let mut files = Vec::new();
        directory.walk(reader, |entry| {
            layout::check(entry)?;
            files.push(entry.clone());
            Ok(())
        })?;
        Ok(Self { directory, files })
    }

    /// Opens a file. Its checksum is compared when it has been read to its end.
    ///
    /// # Errors
    ///
    /// Where the entry is not what the directory says.
    pub fn open<'r, R: Read + Seek>(
        &self,
        reader: &'r mut R,
        file: &Entry,
    ) -> Result<impl Read + use<'r, R>, Error> {
        Ok(Checked {
            content: entry::open(reader, &self.directory, file)?,
            crc: Crc::new(),
            stated: file.crc,
            left: file.size,
        })
    }
}

/// A file's content that is compared with its length and checksum on the way.
struct Checked<R> {
    content: R,
    crc: Crc,
    stated: u32,
    left: u64,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.content.read(buffer)?;
        let differs = |what: &str| Err(io::Error::new(io::ErrorKind::InvalidData, what));
        if count as u64 > self.left {
            return differs("it is longer than it states");
        }
        self.crc.update(&buffer[..count]);
        self.left -= count as u64;
        if count == 0 && !buffer.is_empty() && (self.left > 0 || self.crc.sum() != self.stated) {
            return differs("it does not match its checksum");
        }
        Ok(count)
    }
}
