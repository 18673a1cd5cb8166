//! The files of a `.pkg`: a cpio archive in gzip or in blocks of xz, which can only be read from its start to its end.
//!
//! Layout: `cpio(5)`; `pkgbuild` writes the old portable form.

use std::io::{self, BufReader, Read};

use aws_lc_rs::digest::{Context, SHA256};
use flate2::read::GzDecoder;

use crate::bundle::blocks::{self, Blocks};
use crate::bundle::harvest::{self, Budget};
use crate::bundle::package::{Error, Member};
use crate::bundle::questions::Questions;
use crate::bundle::role::{Role, role};
use crate::bundle::source::{ReadAt, Reading};
use crate::bundle::zipped::{HASHED_UP_TO, Harvest, lost};
use crate::ipa::{Installation, Installer};
use crate::profiles::Certificate;

/// More files than the largest apps have by far.
const MOST_FILES: usize = 400_000;
/// Longest path, in bytes.
const LONGEST_PATH: u64 = 4_096;

/// What a `.pkg` holds beside its files.
pub(super) struct Unpacked {
    pub(super) harvest: Harvest,
    /// Who signed the package itself; the signer's certificate first.
    pub(super) certificates: Vec<Certificate>,
    /// Where and how it installs.
    pub(super) installation: Installation,
    /// Whether its payload could be read.
    pub(super) is_read: bool,
}

/// Reads the package.
pub(super) fn read(source: &dyn ReadAt, questions: &Questions) -> Result<Unpacked, Error> {
    let mut reader = Reading::new(source).map_err(Error::Io)?;
    let installer = Installer::open(&mut reader)?;
    let certificates = installer.certificates();
    let installation = installer.installation(&mut reader)?;
    let mut unpacked = Unpacked {
        harvest: Harvest::default(),
        certificates: certificates
            .iter()
            .filter_map(|bytes| Certificate::read(bytes))
            .collect(),
        installation,
        is_read: true,
    };
    for index in 0..installer.payloads() {
        let mut packed = BufReader::new(installer.payload(&mut reader, index)?);
        let mut magic = [0; 4];
        packed
            .read_exact(&mut magic)
            .map_err(|error| lost(error, "Payload"))?;
        let mut content: Box<dyn Read + '_> = if &magic == blocks::MAGIC {
            Box::new(Blocks::new(packed).map_err(|error| lost(error, "Payload"))?)
        } else if magic.starts_with(&[0x1f, 0x8b]) {
            Box::new(GzDecoder::new(io::Cursor::new(magic).chain(packed)))
        } else {
            unpacked.is_read = false;
            continue;
        };
        let read = files(&mut *content, questions, &mut unpacked.harvest);
        unpacked.is_read &= read.map_err(|error| lost(error, "Payload"))?;
    }
    Ok(unpacked)
}

/// One file's head.
struct Head {
    mode: u32,
    name: u64,
    size: u64,
    /// What lengths are rounded up to.
    padding: u64,
}

fn head(archive: &mut dyn Read) -> io::Result<Option<Head>> {
    let mut magic = [0; 6];
    archive.read_exact(&mut magic)?;
    let number = |digits: &[u8], base: u32| {
        let text = std::str::from_utf8(digits).ok()?;
        u64::from_str_radix(text, base).ok()
    };
    let head = match &magic {
        b"070707" => {
            let mut rest = [0; 70];
            archive.read_exact(&mut rest)?;
            (|| {
                Some(Head {
                    mode: number(&rest[12..18], 8)? as u32,
                    name: number(&rest[53..59], 8)?,
                    size: number(&rest[59..70], 8)?,
                    padding: 1,
                })
            })()
        }
        b"070701" | b"070702" => {
            let mut rest = [0; 104];
            archive.read_exact(&mut rest)?;
            (|| {
                Some(Head {
                    mode: number(&rest[8..16], 16)? as u32,
                    name: number(&rest[88..96], 16)?,
                    size: number(&rest[48..56], 16)?,
                    padding: 4,
                })
            })()
        }
        _ => None,
    };
    Ok(head.filter(|head| head.name > 0 && head.name <= LONGEST_PATH))
}

/// A file's bytes, hashed on their way.
struct Hashed<R> {
    content: io::Take<R>,
    context: Option<Context>,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.content.read(buffer)?;
        if let Some(context) = &mut self.context {
            context.update(&buffer[..count]);
        }
        Ok(count)
    }
}

impl<R: Read> Hashed<R> {
    /// Reads what nobody read, and gives the hash of all.
    fn finish(mut self) -> io::Result<Option<[u8; 32]>> {
        io::copy(&mut self, &mut io::sink())?;
        if self.content.limit() > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let hash = self.context.map(Context::finish);
        Ok(hash.and_then(|hash| hash.as_ref().try_into().ok()))
    }
}

/// What all files of a payload may cost together.
struct Budgets {
    values: Budget,
    hashed: u64,
}

/// Reads every file; `false` where the archive is of another form or has too many.
fn files(archive: &mut dyn Read, questions: &Questions, harvest: &mut Harvest) -> io::Result<bool> {
    let mut budgets = Budgets {
        values: Budget::new(),
        hashed: HASHED_UP_TO,
    };
    loop {
        let Some(head) = head(archive)? else {
            return Ok(false);
        };
        let mut name = vec![0; head.name as usize];
        archive.read_exact(&mut name)?;
        let fixed = if head.padding == 4 { 110 } else { 76 };
        skip(archive, padding(fixed + head.name, head.padding))?;
        let name = name.strip_suffix(&[0]).unwrap_or(&name);
        if name == b"TRAILER!!!" {
            return Ok(true);
        }
        if harvest.members.len() >= MOST_FILES {
            return Ok(false);
        }
        let path = String::from_utf8_lossy(name);
        let path = path.trim_start_matches("./").trim_start_matches('/');
        file(archive, (&head, path), questions, &mut budgets, harvest)?;
        skip(archive, padding(head.size, head.padding))?;
    }
}

/// Reads one file.
fn file(
    archive: &mut dyn Read,
    (head, path): (&Head, &str),
    questions: &Questions,
    budgets: &mut Budgets,
    harvest: &mut Harvest,
) -> io::Result<()> {
    let kind = head.mode & 0o170_000;
    let (is_file, is_link) = (kind == 0o100_000, kind == 0o120_000);
    let role = if is_file && head.size > 0 {
        role(path)
    } else {
        Role::Unread
    };
    let left = budgets.hashed.checked_sub(head.size).filter(|_| is_file);
    budgets.hashed = left.unwrap_or(budgets.hashed);
    let mut content = Hashed {
        content: archive.take(head.size),
        context: left.map(|_| Context::new(&SHA256)),
    };
    let name = path.rsplit('/').next().unwrap_or(path);
    if name.starts_with("._") && harvest.quarantined.is_none() && is_quarantined(&mut content)? {
        harvest.quarantined = Some(path.to_owned());
    }
    let mut target = Vec::new();
    if is_link {
        content
            .by_ref()
            .take(LONGEST_PATH)
            .read_to_end(&mut target)?;
    }
    let found = harvest::read(role, &mut content, questions, &budgets.values)?;
    let sha256 = content.finish()?;
    if let Some(found) = found {
        harvest.found.push((harvest.members.len(), found));
    }
    harvest.members.push(Member {
        path: match kind {
            0o040_000 => format!("{path}/"),
            _ => path.to_owned(),
        },
        size: head.size,
        is_link,
        target: is_link.then(|| String::from_utf8_lossy(&target).into_owned()),
        mode: Some(head.mode & 0o7777),
        sha256,
    });
    Ok(())
}

fn padding(length: u64, to: u64) -> u64 {
    (to - length % to) % to
}

fn skip(archive: &mut dyn Read, length: u64) -> io::Result<()> {
    let skipped = io::copy(&mut archive.take(length), &mut io::sink())?;
    if skipped == length {
        Ok(())
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

/// Whether the attributes that lie beside a file, as the Finder packs them, hold the mark of a download.
fn is_quarantined(attributes: &mut dyn Read) -> io::Result<bool> {
    let mut bytes = Vec::new();
    attributes.take(1 << 16).read_to_end(&mut bytes)?;
    Ok(memchr::memmem::find(&bytes, b"com.apple.quarantine").is_some())
}
