//! The table of contents of a xar archive, which is what a `.pkg` is, and one small member of it.
//!
//! Layout: <https://github.com/apple-oss-distributions/xar>, `xar.h` and the wiki's "xarformat".

use std::io::{self, Read, Seek, SeekFrom};

use flate2::read::ZlibDecoder;
use quick_xml::events::{BytesStart, Event};

use crate::ipa::bytes::{array_at, fixed, shown};
use crate::ipa::entry::at_most;
use crate::ipa::{Error, PackageKind};

/// The largest table of contents that is read, unpacked, in bytes; real ones have some KB.
const LARGEST_TABLE: u64 = 4 << 20;
/// The largest member that is read, unpacked, in bytes; a Distribution has some KB.
const LARGEST_MEMBER: u64 = 1 << 20;
/// Deepest nesting of files in the table.
const DEEPEST: usize = 64;
/// Most members that are remembered; a product archive has one PackageInfo for each component.
const MOST_MEMBERS: usize = 256;
/// Most certificates of a signature; there are three.
const MOST_CERTIFICATES: usize = 16;

/// An archive's table of contents: the members that describe the installer.
#[derive(Debug)]
pub(super) struct Archive {
    heap: u64,
    length: u64,
    members: Vec<Member>,
    certificates: Vec<String>,
}

/// One file in the archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Member {
    /// Its own name, without its folders.
    pub(super) name: String,
    /// How many folders it lies in.
    pub(super) depth: usize,
    offset: u64,
    packed: u64,
    encoding: String,
}

impl Archive {
    /// Reads header and table of contents.
    pub(super) fn open<R: Read + Seek>(reader: &mut R) -> Result<Self, Error> {
        let length = reader.seek(SeekFrom::End(0)).map_err(Error::Io)?;
        if length < 28 {
            return Err(Error::not_a_package(reader, PackageKind::Pkg));
        }
        let header: [u8; 28] = array_at(reader, 0).map_err(Error::Io)?;
        if &header[..4] != b"xar!" {
            return Err(Error::not_a_package(reader, PackageKind::Pkg));
        }
        let header_size = u64::from(u16::from_be_bytes(fixed(&header, 4)));
        let packed = u64::from_be_bytes(fixed(&header, 8));
        let unpacked = u64::from_be_bytes(fixed(&header, 16));
        let heap = header_size.checked_add(packed);
        let Some(heap) = heap.filter(|heap| header_size >= 28 && *heap <= length) else {
            return Err(Error::DamagedPkg("its table of contents is cut off"));
        };
        if packed > LARGEST_TABLE || unpacked > LARGEST_TABLE {
            return Err(Error::DamagedPkg("its table of contents is far too large"));
        }
        reader
            .seek(SeekFrom::Start(header_size))
            .map_err(Error::Io)?;
        let table = at_most(ZlibDecoder::new(reader.take(packed)), unpacked + 1)
            .map_err(|error| inflating(error, "its table of contents does not inflate"))?;
        if table.len() as u64 != unpacked {
            return Err(Error::DamagedPkg(
                "its table of contents has not the length it states",
            ));
        }
        Ok(Self {
            heap,
            length,
            members: members(&table)?,
            certificates: certificates(&table)?,
        })
    }

    /// The members of that name, in the table's order.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(move |m| m.name == name)
    }

    /// The certificates of the archive's signature, as base64; the signer's comes first.
    pub(super) fn certificates(&self) -> &[String] {
        &self.certificates
    }

    /// A member's bytes as they lie in the archive.
    pub(super) fn packed<'r, R: Read + Seek>(
        &self,
        reader: &'r mut R,
        member: &Member,
    ) -> Result<io::Take<&'r mut R>, Error> {
        let start = self.heap.checked_add(member.offset);
        let end = start.and_then(|start| start.checked_add(member.packed));
        let (Some(start), Some(_)) = (start, end.filter(|end| *end <= self.length)) else {
            return Err(Error::DamagedPkg("one of its members is cut off"));
        };
        reader.seek(SeekFrom::Start(start)).map_err(Error::Io)?;
        Ok(reader.take(member.packed))
    }

    /// Reads a member, at most 1 MiB of it.
    pub(super) fn read<R: Read + Seek>(
        &self,
        reader: &mut R,
        member: &Member,
    ) -> Result<Vec<u8>, Error> {
        let packed = self.packed(reader, member)?.take(LARGEST_MEMBER + 1);
        let limit = LARGEST_MEMBER + 1;
        let content = match member.encoding.as_str() {
            "" | "application/octet-stream" => at_most(packed, limit).map_err(Error::Io)?,
            // The format says gzip and writes zlib.
            "application/x-gzip" => at_most(ZlibDecoder::new(packed), limit)
                .map_err(|error| inflating(error, "one of its members does not inflate"))?,
            encoding => {
                return Err(Error::PkgEncoding {
                    name: shown(&member.name),
                    encoding: shown(encoding),
                });
            }
        };
        if content.len() as u64 > LARGEST_MEMBER {
            return Err(Error::TooLarge {
                name: shown(&member.name),
                limit: LARGEST_MEMBER,
            });
        }
        Ok(content)
    }
}

/// The members that describe the installer, from the table's XML.
fn members(table: &[u8]) -> Result<Vec<Member>, Error> {
    let mut reader = quick_xml::Reader::from_reader(table);
    let mut found = Vec::new();
    let mut open: Vec<Member> = Vec::new();
    let mut elements: Vec<Element> = Vec::new();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(unparsed)? {
            Event::Start(start) => {
                let element = Element::of(&start);
                if elements.len() >= 2 * DEEPEST {
                    return Err(Error::DamagedPkg("its table of contents nests too deeply"));
                }
                if element == Element::File {
                    open.push(Member {
                        depth: open.len(),
                        ..Member::default()
                    });
                }
                elements.push(element);
                describe(&start, &elements, &mut open);
            }
            Event::Empty(start) => {
                elements.push(Element::of(&start));
                describe(&start, &elements, &mut open);
                elements.pop();
            }
            Event::Text(text) => state(text.as_ref(), &elements, &mut open),
            Event::End(_) => {
                let closed = elements.pop();
                if closed == Some(Element::File)
                    && let Some(member) = open.pop()
                    && matches!(
                        member.name.as_str(),
                        "Distribution" | "PackageInfo" | "Payload"
                    )
                    && found.len() < MOST_MEMBERS
                {
                    found.push(member);
                }
            }
            Event::Eof => return Ok(found),
            Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::DocType(_)
            | Event::GeneralRef(_)
            | Event::PI(_) => {}
        }
    }
}

/// The certificates in the first signature of the table.
fn certificates(table: &[u8]) -> Result<Vec<String>, Error> {
    let mut reader = quick_xml::Reader::from_reader(table);
    let mut found: Vec<String> = Vec::new();
    let mut is_inside = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(unparsed)? {
            Event::Start(start) => {
                is_inside = start.local_name().as_ref() == "X509Certificate";
                if is_inside && found.len() < MOST_CERTIFICATES {
                    found.push(String::new());
                }
            }
            Event::Text(text) if is_inside => {
                if let Some(last) = found.last_mut() {
                    last.extend(text.as_ref().split_whitespace());
                }
            }
            Event::End(end) => {
                is_inside = false;
                if !found.is_empty() && end.local_name().as_ref().ends_with("signature") {
                    return Ok(found);
                }
            }
            Event::Eof => return Ok(found),
            Event::Text(_)
            | Event::Empty(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::DocType(_)
            | Event::GeneralRef(_)
            | Event::PI(_) => {}
        }
    }
}

/// The elements of the table that matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    File,
    Name,
    Data,
    Offset,
    Length,
    Encoding,
    Other,
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Self {
        match start.local_name().as_ref() {
            "file" => Self::File,
            "name" => Self::Name,
            "data" => Self::Data,
            "offset" => Self::Offset,
            "length" => Self::Length,
            "encoding" => Self::Encoding,
            _ => Self::Other,
        }
    }
}

/// Takes the encoding's attribute.
fn describe(start: &BytesStart<'_>, elements: &[Element], open: &mut [Member]) {
    if let [.., Element::File, Element::Data, Element::Encoding] = elements
        && let Some(member) = open.last_mut()
    {
        member.encoding = start
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.as_ref() == "style")
            .map(|attribute| attribute.value.into_owned())
            .unwrap_or_default();
    }
}

/// Takes a name or a number.
fn state(text: &str, elements: &[Element], open: &mut [Member]) {
    let Some(member) = open.last_mut() else {
        return;
    };
    // A number that is none puts the member behind the end of every file, which is told on reading.
    let number = || text.trim().parse().unwrap_or(u64::MAX);
    match elements {
        [.., Element::File, Element::Name] => text.trim().clone_into(&mut member.name),
        [.., Element::File, Element::Data, Element::Offset] => member.offset = number(),
        [.., Element::File, Element::Data, Element::Length] => member.packed = number(),
        _ => {}
    }
}

fn unparsed(source: quick_xml::Error) -> Error {
    Error::PkgXml {
        part: "the table of contents",
        source,
    }
}

fn inflating(error: io::Error, what: &'static str) -> Error {
    match error.kind() {
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
            Error::DamagedPkg(what)
        }
        _ => Error::Io(error),
    }
}
