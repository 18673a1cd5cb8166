//! The containers of packages: zips in the forms that packers write, and installer packages.

use std::collections::BTreeMap;
use std::io::Write as _;

use flate2::Crc;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

use super::certificates::Certificate;

/// Files by their paths.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A zip of the files.
pub fn zip(files: &Files) -> Vec<u8> {
    Zip::default().bytes(files)
}

/// A `.pkg` that installs the files; `certificates` signed it.
pub fn pkg(files: &Files, identifier: &str, certificates: &[Certificate]) -> Vec<u8> {
    Pkg {
        certificates: certificates.to_vec(),
        ..Pkg::new(files.clone(), identifier)
    }
    .bytes()
}

/// How a zip is written.
#[derive(Clone, Debug, Default)]
pub struct Zip {
    /// Lengths and checksums stand behind the content, as streams are packed.
    pub has_descriptors: bool,
    /// Lengths and places are given in the fields for large zips.
    pub is_large: bool,
    /// Nothing is compressed.
    pub is_stored: bool,
    /// Every folder has an entry of its own, and these are there though they are empty.
    pub folders: Vec<String>,
    /// Symbolic links: path and where to.
    pub links: Vec<(String, String)>,
}

/// One entry before it is written.
struct Entry<'a> {
    name: &'a str,
    content: &'a [u8],
    mode: u32,
}

impl Zip {
    /// The zip of the files.
    pub fn bytes(&self, files: &Files) -> Vec<u8> {
        let folders = self.folders.iter().map(|name| Entry {
            name,
            content: b"",
            mode: 0o040_755,
        });
        let links = self.links.iter().map(|(name, target)| Entry {
            name,
            content: target.as_bytes(),
            mode: 0o120_755,
        });
        let files = files.iter().map(|(name, content)| Entry {
            name,
            content,
            mode: 0o100_644,
        });
        let (mut bytes, mut directory, mut count) = (Vec::new(), Vec::new(), 0_u64);
        for entry in folders.chain(links).chain(files) {
            self.entry(&entry, &mut bytes, &mut directory);
            count += 1;
        }
        let (at, size) = (bytes.len() as u64, directory.len() as u64);
        bytes.extend(directory);
        if self.is_large {
            let end = bytes.len() as u64;
            bytes.extend(b"PK\x06\x06");
            bytes.extend(44_u64.to_le_bytes());
            bytes.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            for number in [count, count, size, at] {
                bytes.extend(number.to_le_bytes());
            }
            bytes.extend(b"PK\x06\x07\0\0\0\0");
            bytes.extend(end.to_le_bytes());
            bytes.extend(1_u32.to_le_bytes());
        }
        bytes.extend(b"PK\x05\x06\0\0\0\0");
        let short = if self.is_large {
            u16::MAX
        } else {
            count as u16
        };
        bytes.extend([short.to_le_bytes(), short.to_le_bytes()].concat());
        for number in [size, at] {
            let number = if self.is_large {
                u32::MAX
            } else {
                number as u32
            };
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend([0, 0]);
        bytes
    }

    #[expect(
        clippy::too_many_lines,
        reason = "it is the layout, from top to bottom"
    )]
    fn entry(&self, entry: &Entry<'_>, bytes: &mut Vec<u8>, directory: &mut Vec<u8>) {
        let is_stored = self.is_stored || entry.content.is_empty();
        let packed = if is_stored {
            entry.content.to_vec()
        } else {
            let mut encoder = DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(entry.content).expect("memory takes all");
            encoder.finish().expect("memory takes all")
        };
        let mut crc = Crc::new();
        crc.update(entry.content);
        let at = bytes.len() as u64;
        let lengths = [packed.len() as u64, entry.content.len() as u64];
        let flags = if self.has_descriptors { 8 } else { 0 };
        let method = if is_stored { 0 } else { 8 };
        let start = [20, 0, flags, 8, method, 0, 0, 0, 0x21, 0x5a];
        // In the local header what stands behind the content is zero.
        let mut local = start.to_vec();
        let mut central = start.to_vec();
        let numbers = [u64::from(crc.sum()), lengths[0], lengths[1]];
        for (place, number) in numbers.into_iter().enumerate() {
            let is_wide = self.is_large && place > 0;
            let known = if is_wide { u32::MAX } else { number as u32 };
            local.extend(if self.has_descriptors { 0 } else { known }.to_le_bytes());
            central.extend(known.to_le_bytes());
        }
        let wide = |numbers: &[u64]| {
            let mut field = Vec::new();
            if self.is_large {
                field.extend([1, 0]);
                field.extend((numbers.len() as u16 * 8).to_le_bytes());
                numbers
                    .iter()
                    .for_each(|number| field.extend(number.to_le_bytes()));
            }
            field
        };
        let of_local = if self.has_descriptors {
            Vec::new()
        } else {
            wide(&[lengths[1], lengths[0]])
        };
        let of_central = wide(&[lengths[1], lengths[0], at]);
        for (head, extra) in [(&mut local, &of_local), (&mut central, &of_central)] {
            head.extend((entry.name.len() as u16).to_le_bytes());
            head.extend((extra.len() as u16).to_le_bytes());
        }
        bytes.extend(b"PK\x03\x04");
        bytes.extend(local);
        bytes.extend(entry.name.as_bytes());
        bytes.extend(of_local);
        bytes.extend(packed);
        if self.has_descriptors {
            bytes.extend(b"PK\x07\x08");
            bytes.extend(crc.sum().to_le_bytes());
            for length in lengths {
                if self.is_large {
                    bytes.extend(length.to_le_bytes());
                } else {
                    bytes.extend((length as u32).to_le_bytes());
                }
            }
        }
        directory.extend(b"PK\x01\x02\x14\x03");
        directory.extend(central);
        directory.extend([0; 6]);
        directory.extend((entry.mode << 16).to_le_bytes());
        let place = if self.is_large { u32::MAX } else { at as u32 };
        directory.extend(place.to_le_bytes());
        directory.extend(entry.name.as_bytes());
        directory.extend(of_central);
    }
}

/// An installer package before it is written.
#[derive(Clone, Debug)]
pub struct Pkg {
    /// The files at the payload's top.
    pub files: Files,
    /// The package's identifier.
    pub identifier: String,
    /// Who signed it.
    pub certificates: Vec<Certificate>,
    /// Symbolic links: path and where to.
    pub links: Vec<(String, String)>,
    /// Who may read, write and run a file, where not `644`.
    pub modes: BTreeMap<String, u32>,
    /// Where it installs.
    pub location: String,
    /// What the Distribution says of the lowest macOS; there is none without.
    pub minimum: Option<String>,
    /// Whether the payload is packed as newer tools do, in blocks.
    pub is_pbzx: bool,
}

impl Pkg {
    /// A package of the files for `/Applications`, signed by nobody.
    pub fn new(files: Files, identifier: &str) -> Self {
        Self {
            files,
            identifier: identifier.to_owned(),
            certificates: Vec::new(),
            links: Vec::new(),
            modes: BTreeMap::new(),
            location: "/Applications".to_owned(),
            minimum: None,
            is_pbzx: false,
        }
    }

    fn payload(&self) -> Vec<u8> {
        let mut cpio = Vec::new();
        let entry = |name: &str, mode: u32, content: &[u8]| {
            let mut bytes = format!(
                "070707000000000000{mode:06o}000000000000000001000000{:011o}{:06o}{:011o}",
                0,
                name.len() + 1,
                content.len()
            )
            .into_bytes();
            bytes.extend(name.as_bytes());
            bytes.push(0);
            bytes.extend(content);
            bytes
        };
        for (name, content) in &self.files {
            let mode = self.modes.get(name).copied().unwrap_or(0o644);
            cpio.extend(entry(&format!("./{name}"), 0o100_000 | mode, content));
        }
        for (name, target) in &self.links {
            cpio.extend(entry(&format!("./{name}"), 0o120_755, target.as_bytes()));
        }
        cpio.extend(entry("TRAILER!!!", 0, b""));
        if self.is_pbzx {
            return blocks(&cpio);
        }
        let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(&cpio).expect("memory takes all");
        encoder.finish().expect("memory takes all")
    }

    fn signature(&self) -> String {
        let each = self.certificates.iter().map(|one| {
            use base64::Engine as _;
            let text = base64::engine::general_purpose::STANDARD.encode(one.der());
            format!("<X509Certificate>{text}</X509Certificate>")
        });
        let each: String = each.collect();
        if each.is_empty() {
            return each;
        }
        format!(
            "<signature style=\"RSA\"><offset>20</offset><size>256</size><KeyInfo><X509Data>\
             {each}</X509Data></KeyInfo></signature>"
        )
    }

    fn description(&self) -> String {
        let (identifier, location) = (&self.identifier, &self.location);
        let app = self.files.keys().find_map(|path| {
            let end = path.find(".app/")? + 4;
            Some(&path[..end])
        });
        format!(
            "<pkg-info identifier=\"{identifier}\" install-location=\"{location}\"><bundle \
             path=\"./{}\" id=\"{identifier}\" CFBundleShortVersionString=\"1.4.0\" \
             CFBundleVersion=\"42\"/></pkg-info>",
            app.unwrap_or_default()
        )
    }

    /// The package.
    pub fn bytes(&self) -> Vec<u8> {
        let payload = self.payload();
        let description = self.description();
        let distribution = self.minimum.as_ref().map(|minimum| {
            format!(
                "<installer-gui-script><product id=\"{}\" version=\"42\"/><allowed-os-versions>\
                 <os-version min=\"{minimum}\"/></allowed-os-versions></installer-gui-script>",
                self.identifier
            )
        });
        let distribution = distribution.unwrap_or_default();
        let first = 20 + 256;
        let second = first + description.len();
        let third = second + payload.len();
        let plain = |id: u8, name: &str, at: usize, length: usize| {
            format!(
                "<file id=\"{id}\"><data><length>{length}</length><encoding \
                 style=\"application/octet-stream\"/><offset>{at}</offset><size>{length}</size>\
                 </data><type>file</type><name>{name}</name></file>"
            )
        };
        let top = if distribution.is_empty() {
            String::new()
        } else {
            plain(4, "Distribution", third, distribution.len())
        };
        let table = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><xar><toc><checksum style=\"sha1\"><offset>\
             0</offset><size>20</size></checksum>{}{top}<file id=\"1\"><type>directory</type>\
             <name>{}.pkg</name>{}{}</file></toc></xar>",
            self.signature(),
            self.identifier,
            plain(2, "PackageInfo", first, description.len()),
            plain(3, "Payload", second, payload.len()),
        );
        let mut encoder = ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder
            .write_all(table.as_bytes())
            .expect("memory takes all");
        let packed = encoder.finish().expect("memory takes all");
        let mut bytes = b"xar!\x00\x1c\x00\x01".to_vec();
        bytes.extend((packed.len() as u64).to_be_bytes());
        bytes.extend((table.len() as u64).to_be_bytes());
        bytes.extend([0, 0, 0, 1]);
        bytes.extend(packed);
        bytes.extend([0; 20 + 256]);
        bytes.extend(description.as_bytes());
        bytes.extend(payload);
        bytes.extend(distribution.as_bytes());
        bytes
    }
}

/// Blocks that are kept as they are, as the packer does with what does not shrink.
fn blocks(bytes: &[u8]) -> Vec<u8> {
    const BLOCK: usize = 1 << 24;
    let mut packed = b"pbzx".to_vec();
    packed.extend((BLOCK as u64).to_be_bytes());
    for block in bytes.chunks(BLOCK) {
        let length = (block.len() as u64).to_be_bytes();
        packed.extend([length, length].concat());
        packed.extend(block);
    }
    packed
}
