//! Builds archives for the tests, honest and hostile ones. Every field can be made to lie.

use std::io::Write;

use flate2::Crc;
use flate2::write::{DeflateEncoder, ZlibEncoder};
use plist::{Dictionary, Value};

/// The Info.plist of an app that nothing is wrong with.
pub(super) fn info() -> Dictionary {
    let mut info = Dictionary::new();
    for (key, value) in [
        ("CFBundleIdentifier", "com.example.app"),
        ("CFBundleShortVersionString", "1.4.0"),
        ("CFBundleVersion", "42"),
        ("CFBundleName", "Example"),
        ("DTPlatformName", "iphoneos"),
        ("DTSDKName", "iphoneos26.0"),
        ("DTXcode", "2600"),
        ("MinimumOSVersion", "17.0"),
    ] {
        info.insert(key.to_owned(), Value::String(value.to_owned()));
    }
    info.insert(
        "CFBundleSupportedPlatforms".to_owned(),
        Value::Array(vec![Value::String("iPhoneOS".to_owned())]),
    );
    info
}

/// The same, as a binary property list.
pub(super) fn info_plist() -> Vec<u8> {
    let mut bytes = Vec::new();
    Value::Dictionary(info())
        .to_writer_binary(&mut bytes)
        .unwrap();
    bytes
}

/// One entry, with what the central directory and the local header say of it.
#[derive(Clone)]
pub(super) struct Item {
    pub(super) listed_name: Vec<u8>,
    pub(super) local_name: Vec<u8>,
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) crc: u32,
    pub(super) size: u64,
    pub(super) mode: u32,
    /// Puts the directory's sizes and offset into a zip64 field.
    pub(super) wide: bool,
    pub(super) packed: Vec<u8>,
}

/// A deflated entry.
pub(super) fn item(name: &str, content: &[u8]) -> Item {
    let mut encoder = DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).unwrap();
    Item {
        method: 8,
        packed: encoder.finish().unwrap(),
        ..stored(name, content)
    }
}

/// A stored entry.
pub(super) fn stored(name: &str, content: &[u8]) -> Item {
    let mut crc = Crc::new();
    crc.update(content);
    Item {
        listed_name: name.into(),
        local_name: name.into(),
        flags: 0,
        method: 0,
        crc: crc.sum(),
        size: content.len() as u64,
        mode: 0o100_644,
        wide: false,
        packed: content.to_vec(),
    }
}

/// An app's Info.plist at its usual place, and an executable beside it.
pub(super) fn app() -> Vec<Item> {
    vec![
        stored("Payload/", b""),
        stored("Payload/Example.app/", b""),
        stored("Payload/Example.app/Example", b"\xcf\xfa\xed\xfe"),
        item("Payload/Example.app/Info.plist", &info_plist()),
    ]
}

/// The end records' numbers, to be changed before they are written.
#[derive(Clone, Copy)]
pub(super) struct Ending {
    pub(super) count: u64,
    pub(super) size: u64,
    pub(super) offset: u64,
    /// Writes the zip64 records, and leaves the narrow one full.
    pub(super) wide: bool,
}

/// The zip of the entries.
pub(super) fn zip(items: &[Item]) -> Vec<u8> {
    zip_with(items, |_| {})
}

/// The zip of the entries, with an end record as `change` makes it.
pub(super) fn zip_with(items: &[Item], change: impl FnOnce(&mut Ending)) -> Vec<u8> {
    let (mut bytes, directory) = parts(items, 0);
    let mut ending = Ending {
        count: items.len() as u64,
        size: directory.len() as u64,
        offset: bytes.len() as u64,
        wide: false,
    };
    change(&mut ending);
    bytes.extend(directory);
    let at = bytes.len() as u64;
    bytes.extend(end(&ending, at));
    bytes
}

/// The local part, to be put at `base`, and the central directory.
pub(super) fn parts(items: &[Item], base: u64) -> (Vec<u8>, Vec<u8>) {
    let (mut local, mut directory) = (Vec::new(), Vec::new());
    for item in items {
        let offset = base + local.len() as u64;
        let packed = item.packed.len() as u64;
        local.extend(b"PK\x03\x04\x14\x00");
        fields(&mut local, item, item.size, packed);
        local.extend((item.local_name.len() as u16).to_le_bytes());
        local.extend([0, 0]);
        local.extend(&item.local_name);
        local.extend(&item.packed);

        let mut extra = Vec::new();
        let wide = |number: u64| {
            if item.wide {
                u64::from(u32::MAX)
            } else {
                number
            }
        };
        if item.wide {
            extra.extend([1, 0, 24, 0]);
            for number in [item.size, packed, offset] {
                extra.extend(number.to_le_bytes());
            }
        }
        directory.extend(b"PK\x01\x02\x14\x03\x14\x00");
        fields(&mut directory, item, wide(item.size), wide(packed));
        directory.extend((item.listed_name.len() as u16).to_le_bytes());
        directory.extend((extra.len() as u16).to_le_bytes());
        directory.extend([0; 6]);
        directory.extend((item.mode << 16).to_le_bytes());
        directory.extend((wide(offset) as u32).to_le_bytes());
        directory.extend(&item.listed_name);
        directory.extend(extra);
    }
    (local, directory)
}

fn fields(bytes: &mut Vec<u8>, item: &Item, size: u64, packed: u64) {
    bytes.extend(item.flags.to_le_bytes());
    bytes.extend(item.method.to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend(item.crc.to_le_bytes());
    bytes.extend((packed as u32).to_le_bytes());
    bytes.extend((size as u32).to_le_bytes());
}

/// The end record, where `at` is its place in the file.
pub(super) fn end(ending: &Ending, at: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    if ending.wide {
        bytes.extend(b"PK\x06\x06");
        bytes.extend(44_u64.to_le_bytes());
        bytes.extend([45, 3, 45, 0]);
        bytes.extend([0; 8]);
        for number in [ending.count, ending.count, ending.size, ending.offset] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(b"PK\x06\x07\0\0\0\0");
        bytes.extend(at.to_le_bytes());
        bytes.extend(1_u32.to_le_bytes());
    }
    let [count, size, offset] = if ending.wide {
        [u64::MAX; 3]
    } else {
        [ending.count, ending.size, ending.offset]
    };
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend((count as u16).to_le_bytes());
    bytes.extend((count as u16).to_le_bytes());
    bytes.extend((size as u32).to_le_bytes());
    bytes.extend((offset as u32).to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

/// A xar of a table of contents and a heap.
pub(super) fn xar(table: &str, heap: &[u8]) -> Vec<u8> {
    let packed = deflated(table.as_bytes());
    let mut bytes = b"xar!\x00\x1c\x00\x01".to_vec();
    bytes.extend((packed.len() as u64).to_be_bytes());
    bytes.extend((table.len() as u64).to_be_bytes());
    bytes.extend([0, 0, 0, 1]);
    bytes.extend(packed);
    bytes.extend(heap);
    bytes
}

/// A zlib stream.
pub(super) fn deflated(content: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// A `.pkg` with a Distribution at its top and a PackageInfo in a component.
pub(super) fn pkg(distribution: &str, package_info: &str) -> Vec<u8> {
    let (first, second) = (deflated(distribution.as_bytes()), package_info.as_bytes());
    let checksum = 20;
    let table = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<xar><toc><checksum style="sha1"><offset>0</offset><size>20</size></checksum>
<file id="1"><data><length>{}</length><encoding style="application/x-gzip"/><offset>{checksum}</offset><size>{}</size></data><type>file</type><name>Distribution</name></file>
<file id="2"><type>directory</type><name>com.example.app.pkg</name>
<file id="3"><ea><offset>1</offset><length>2</length></ea><data><length>{}</length><encoding style="application/octet-stream"/><offset>{}</offset><size>{}</size></data><type>file</type><name>PackageInfo</name></file>
</file></toc></xar>"#,
        first.len(),
        distribution.len(),
        second.len(),
        checksum + first.len(),
        second.len(),
    );
    xar(&table, &[&[0; 20], first.as_slice(), second].concat())
}
