//! Mach-O files made byte by byte: load commands, undefined symbols, selectors and a code signature.

use aws_lc_rs::digest::{SHA256, digest};
use plist::{Dictionary, Value};

use super::certificates::{self, Certificate};
use super::der::{element, indefinite, integer, object, octets, sequence, set, utf8};

/// The size of the first segment before anything is added to it.
const TEXT: usize = 0x4000;
const SELECTORS_AT: usize = 0x2000;

/// What one slice is made of; every field can be made to lie.
#[derive(Clone, Debug)]
pub struct Image {
    /// Processor and its kind.
    pub cpu: (u32, u32),
    /// 2 executable, 6 library.
    pub file_type: u32,
    /// The header's flags.
    pub flags: u32,
    /// The number of `LC_BUILD_VERSION`.
    pub platform: u32,
    /// The lowest OS, packed.
    pub minimum_os: u32,
    /// The SDK, packed.
    pub sdk: u32,
    /// Undefined symbols.
    pub imports: Vec<String>,
    /// What stands in `__objc_methname`.
    pub selectors: Vec<String>,
    /// Constant texts.
    pub texts: Vec<String>,
    /// Its `LC_UUID`.
    pub uuid: Option<[u8; 16]>,
    /// Libraries that are loaded.
    pub dylibs: Vec<String>,
    /// `cryptid`, where the command is there at all.
    pub encryption: Option<u32>,
    /// Names of empty segments beside the usual ones, with their protection.
    pub segments: Vec<(String, u32)>,
    /// Bytes of code beyond the first 16 KiB.
    pub bulk: usize,
    /// How many bytes the last segment begins behind a page.
    pub shift: usize,
}

/// What a signature is made of.
#[derive(Clone, Debug)]
pub struct Signing {
    /// The identifier that the code is signed as.
    pub identifier: String,
    /// The team.
    pub team: String,
    /// The entitlements.
    pub entitlements: Option<Dictionary>,
    /// Other entitlements in DER.
    pub other_der: Option<Dictionary>,
    /// The signer; nobody signs ad hoc.
    pub signer: Option<Certificate>,
    /// Info.plist's bytes, where the code is a bundle's.
    pub info: Option<Vec<u8>>,
    /// The seal's bytes.
    pub seal: Option<Vec<u8>>,
    /// The flags of the executable segment.
    pub executable_flags: u64,
    /// Whether a time authority countersigned it.
    pub is_stamped: bool,
}

/// A version as `xxxx.yy.zz`.
pub fn packed(major: u32, minor: u32) -> u32 {
    major << 16 | minor << 8
}

/// An executable for the iPhone: arm64, iOS 17.0, SDK 26.0.
pub fn executable() -> Image {
    Image {
        cpu: (0x0100_000c, 0),
        file_type: 2,
        flags: 0x0020_0085,
        platform: 2,
        minimum_os: packed(17, 0),
        sdk: packed(26, 0),
        imports: vec!["_objc_msgSend".into(), "_malloc".into()],
        selectors: vec!["viewDidLoad".into(), "init".into()],
        texts: Vec::new(),
        uuid: None,
        dylibs: vec![
            "/usr/lib/libSystem.B.dylib".into(),
            "/System/Library/Frameworks/UIKit.framework/UIKit".into(),
        ],
        encryption: Some(0),
        segments: Vec::new(),
        bulk: 0,
        shift: 0,
    }
}

/// A dynamic library for the iPhone.
pub fn library() -> Image {
    Image {
        file_type: 6,
        flags: 0x0010_0085,
        ..executable()
    }
}

impl Image {
    /// The slice without a signature.
    pub fn unsigned(&self) -> Vec<u8> {
        self.bytes(0)
    }

    /// The slice with a signature.
    pub fn signed(&self, signing: &Signing) -> Vec<u8> {
        // The signature's length is part of what it signs; it does not depend on the hashes.
        let length = signing.bytes(&self.bytes(1)).len();
        let code = self.bytes(length);
        let mut whole = code.clone();
        let signature = signing.bytes(&code);
        assert_eq!(
            signature.len(),
            length,
            "the length of a signature is settled"
        );
        whole.extend(signature);
        whole
    }

    #[expect(
        clippy::too_many_lines,
        reason = "it is the layout, from top to bottom"
    )]
    fn bytes(&self, signature: usize) -> Vec<u8> {
        let is_wide = self.cpu.0 & 0x0300_0000 == 0x0100_0000;
        let text = TEXT + self.bulk.next_multiple_of(0x4000) + self.shift;
        let (symbols, names) = self.symbols(is_wide);
        let names_at = text + symbols.len();
        let end = (names_at + names.len()).next_multiple_of(16);
        let linkedit = end - text + signature;
        let ended = |words: &[String]| -> Vec<u8> {
            let each = words.iter().map(|word| [word.as_bytes(), &[0]].concat());
            each.flatten().collect()
        };
        let (selectors, texts) = (ended(&self.selectors), ended(&self.texts));
        let mut commands: Vec<Vec<u8>> = Vec::new();
        if self.file_type == 2 {
            commands.push(segment(is_wide, "__PAGEZERO", 0, 0, 0, &[]));
        }
        let texts_at = SELECTORS_AT + selectors.len();
        let sections = [
            ("__objc_methname", SELECTORS_AT, selectors.len()),
            ("__cstring", texts_at, texts.len()),
        ];
        commands.push(segment(is_wide, "__TEXT", 0, text, 5, &sections));
        for (name, protection) in &self.segments {
            commands.push(segment(is_wide, name, text, 0, *protection, &[]));
        }
        commands.push(segment(is_wide, "__LINKEDIT", text, linkedit, 1, &[]));
        let count = self.imports.len() as u32;
        commands.push(command(
            2,
            &[text as u32, count, names_at as u32, names.len() as u32],
        ));
        let mut dynamic = vec![0; 18];
        (dynamic[4], dynamic[5]) = (0, count);
        commands.push(command(0xb, &dynamic));
        let build = [self.platform, self.minimum_os, self.sdk, 1, 3, packed(1, 0)];
        commands.push(command(0x32, &build));
        commands.push(command(0x2a, &[0, 0]));
        if let Some(uuid) = self.uuid {
            let words = uuid.chunks_exact(4);
            let words = words.map(|four| u32::from_le_bytes(four.try_into().expect("four bytes")));
            commands.push(command(0x1b, &words.collect::<Vec<u32>>()));
        }
        if let Some(id) = self.encryption {
            let words = [0x1000, 0x1000, id, 0];
            let kind = if is_wide { 0x2c } else { 0x21 };
            commands.push(command(kind, &words[..if is_wide { 4 } else { 3 }]));
        }
        for name in &self.dylibs {
            commands.push(dylib(name));
        }
        if signature > 0 {
            commands.push(command(0x1d, &[end as u32, signature as u32]));
        }
        let size: usize = commands.iter().map(Vec::len).sum();
        let mut bytes = if is_wide {
            0xfeed_facf_u32
        } else {
            0xfeed_face
        }
        .to_le_bytes()
        .to_vec();
        let header = [
            self.cpu.0,
            self.cpu.1,
            self.file_type,
            commands.len() as u32,
            size as u32,
            self.flags,
        ];
        for word in header {
            bytes.extend(word.to_le_bytes());
        }
        bytes.extend(vec![0; if is_wide { 4 } else { 0 }]);
        bytes.extend(commands.concat());
        assert!(
            bytes.len() <= SELECTORS_AT,
            "the commands fit before the code"
        );
        bytes.resize(SELECTORS_AT, 0xc3);
        bytes.extend(selectors);
        bytes.extend(texts);
        bytes.resize(text, 0xc3);
        bytes.extend(symbols);
        bytes.extend(names);
        bytes.resize(end, 0);
        bytes
    }

    fn symbols(&self, is_wide: bool) -> (Vec<u8>, Vec<u8>) {
        let (mut table, mut names) = (Vec::new(), vec![b' ', 0]);
        for name in &self.imports {
            table.extend((names.len() as u32).to_le_bytes());
            table.extend([1, 0, 0, 1]);
            table.extend(vec![0; if is_wide { 8 } else { 4 }]);
            names.extend(name.as_bytes());
            names.push(0);
        }
        (table, names)
    }
}

/// A universal file of the slices.
pub fn universal(slices: &[((u32, u32), Vec<u8>)]) -> Vec<u8> {
    let mut bytes = 0xcafe_babe_u32.to_be_bytes().to_vec();
    bytes.extend((slices.len() as u32).to_be_bytes());
    let mut at = 0x4000;
    let mut places = Vec::new();
    for ((cpu, kind), slice) in slices {
        for word in [*cpu, *kind, at as u32, slice.len() as u32, 14] {
            bytes.extend(word.to_be_bytes());
        }
        places.push(at);
        at = (at + slice.len()).next_multiple_of(0x4000);
    }
    for (at, (_, slice)) in places.iter().zip(slices) {
        bytes.resize(*at, 0);
        bytes.extend(slice);
    }
    bytes
}

fn command(kind: u32, words: &[u32]) -> Vec<u8> {
    let mut bytes = kind.to_le_bytes().to_vec();
    let length = (8 + words.len() * 4).next_multiple_of(8);
    bytes.extend((length as u32).to_le_bytes());
    for word in words {
        bytes.extend(word.to_le_bytes());
    }
    bytes.resize(length, 0);
    bytes
}

fn dylib(name: &str) -> Vec<u8> {
    let mut bytes = command(0xc, &[24, 2, 0x1_0000, 0x1_0000]);
    bytes.extend(name.as_bytes());
    bytes.push(0);
    bytes.resize(bytes.len().next_multiple_of(8), 0);
    let length = bytes.len() as u32;
    bytes[4..8].copy_from_slice(&length.to_le_bytes());
    bytes
}

#[expect(clippy::too_many_arguments, reason = "the fields of the command")]
fn segment(
    is_wide: bool,
    name: &str,
    at: usize,
    size: usize,
    protection: u32,
    sections: &[(&str, usize, usize)],
) -> Vec<u8> {
    let field = |name: &str| {
        let mut bytes = name.as_bytes().to_vec();
        bytes.resize(16, 0);
        bytes
    };
    let number = |value: usize| {
        if is_wide {
            (value as u64).to_le_bytes().to_vec()
        } else {
            (value as u32).to_le_bytes().to_vec()
        }
    };
    let mut body = field(name);
    for value in [at, size, at, size] {
        body.extend(number(value));
    }
    for word in [protection, protection, sections.len() as u32, 0] {
        body.extend(word.to_le_bytes());
    }
    for (section, at, length) in sections {
        body.extend(field(section));
        body.extend(field(name));
        body.extend(number(*at));
        body.extend(number(*length));
        body.extend((*at as u32).to_le_bytes());
        body.extend(vec![0; if is_wide { 28 } else { 24 }]);
    }
    let mut bytes = if is_wide { 0x19_u32 } else { 1 }.to_le_bytes().to_vec();
    bytes.extend((body.len() as u32 + 8).to_le_bytes());
    bytes.extend(body);
    bytes
}

impl Signing {
    /// The signature of the code.
    fn bytes(&self, code: &[u8]) -> Vec<u8> {
        let requirements = blob(0xfade_0c01, &[0, 0, 0, 0]);
        let xml = self.entitlements.as_ref().map(|list| {
            let mut xml = Vec::new();
            Value::Dictionary(list.clone())
                .to_writer_xml(&mut xml)
                .expect("a list can be written");
            blob(0xfade_7171, &xml)
        });
        let der = self.other_der.as_ref().or(self.entitlements.as_ref());
        let der = der.map(|list| {
            let body = [integer(1), dictionary(list)].concat();
            blob(0xfade_7172, &element(0x70, &body))
        });
        let special = [
            der.clone(),
            None,
            xml.clone(),
            None,
            self.seal.clone(),
            Some(requirements.clone()),
            self.info.clone(),
        ];
        let directory = self.directory(code, &special);
        let cms = self.signer.as_ref().map_or(Vec::new(), |signer| {
            cms(signer, &directory, self.is_stamped)
        });
        let mut parts = vec![(0_u32, directory), (2, requirements)];
        parts.extend(xml.map(|xml| (5, xml)));
        parts.extend(der.map(|der| (7, der)));
        parts.push((0x1_0000, blob(0xfade_0b01, &cms)));
        let mut at = 12 + parts.len() * 8;
        let length: usize = at + parts.iter().map(|(_, part)| part.len()).sum::<usize>();
        let mut bytes = 0xfade_0cc0_u32.to_be_bytes().to_vec();
        bytes.extend((length as u32).to_be_bytes());
        bytes.extend((parts.len() as u32).to_be_bytes());
        for (slot, part) in &parts {
            bytes.extend(slot.to_be_bytes());
            bytes.extend((at as u32).to_be_bytes());
            at += part.len();
        }
        parts.into_iter().for_each(|(_, part)| bytes.extend(part));
        bytes
    }

    /// A directory of SHA-256 over pages of 4 KiB; the special slots come last first.
    fn directory(&self, code: &[u8], special: &[Option<Vec<u8>>; 7]) -> Vec<u8> {
        let hash = |bytes: &[u8]| digest(&SHA256, bytes).as_ref().to_vec();
        let names = [self.identifier.as_bytes(), &[0], self.team.as_bytes(), &[0]].concat();
        let head = 88;
        let hashes = head + names.len() + special.len() * 32;
        let pages: Vec<Vec<u8>> = code.chunks(4096).map(hash).collect();
        let mut body = Vec::new();
        let flags = if self.signer.is_some() { 0 } else { 2 };
        let team = head + self.identifier.len() + 1;
        for word in [
            0x2_0400,
            flags,
            hashes as u32,
            head as u32,
            special.len() as u32,
            pages.len() as u32,
            code.len() as u32,
            0x2002_000c,
            0,
            0,
            if self.team.is_empty() { 0 } else { team as u32 },
            0,
            0,
            0,
            0,
            0,
            0,
            0x4000,
            (self.executable_flags >> 32) as u32,
            self.executable_flags as u32,
        ] {
            body.extend(u32::to_be_bytes(word));
        }
        body.extend(names);
        for slot in special {
            body.extend(slot.as_ref().map_or(vec![0; 32], |bytes| hash(bytes)));
        }
        pages.iter().for_each(|page| body.extend(page));
        blob(0xfade_0c02, &body)
    }
}

fn blob(magic: u32, content: &[u8]) -> Vec<u8> {
    let mut bytes = magic.to_be_bytes().to_vec();
    bytes.extend((content.len() as u32 + 8).to_be_bytes());
    bytes.extend(content);
    bytes
}

fn dictionary(list: &Dictionary) -> Vec<u8> {
    let mut pairs: Vec<(&String, &Value)> = list.iter().collect();
    pairs.sort_by_key(|(key, _)| *key);
    let pairs: Vec<u8> = pairs
        .into_iter()
        .flat_map(|(key, entry)| sequence(&[utf8(key), value(entry)]))
        .collect();
    element(0xb0, &pairs)
}

fn value(entry: &Value) -> Vec<u8> {
    match entry {
        Value::Boolean(yes) => element(1, &[if *yes { 0xff } else { 0 }]),
        Value::String(text) => utf8(text),
        Value::Array(values) => sequence(&values.iter().map(value).collect::<Vec<_>>()),
        Value::Dictionary(list) => dictionary(list),
        other => panic!("no entitlement is {other:?}"),
    }
}

/// The signer's part, with indefinite lengths as Apple writes it.
fn cms(signer: &Certificate, directory: &[u8], is_stamped: bool) -> Vec<u8> {
    let sha256 = sequence(&[object("2.16.840.1.101.3.4.2.1"), element(5, &[])]);
    let certificates = [
        certificates::developer_relations().der(),
        certificates::root().der(),
        signer.der(),
    ];
    let attribute = |kind: &str, value: Vec<u8>| sequence(&[object(kind), set(&[value])]);
    let signed = [
        attribute("1.2.840.113549.1.9.3", object("1.2.840.113549.1.7.1")),
        attribute(
            "1.2.840.113549.1.9.4",
            octets(digest(&SHA256, directory).as_ref()),
        ),
    ];
    let info = sequence(&[
        integer(1),
        sequence(&[signer.issuer_name(), integer(signer.serial)]),
        sha256.clone(),
        element(0xa0, &signed.concat()),
        sequence(&[object("1.2.840.113549.1.1.1"), element(5, &[])]),
        octets(&[9; 256]),
        if is_stamped {
            let stamp = attribute("1.2.840.113549.1.9.16.2.14", sequence(&[integer(1)]));
            element(0xa1, &stamp)
        } else {
            Vec::new()
        },
    ]);
    let body = [
        integer(1),
        set(&[sha256]),
        indefinite(0x30, &object("1.2.840.113549.1.7.1")),
        indefinite(0xa0, &certificates.concat()),
        set(&[info]),
    ];
    let body = indefinite(0xa0, &indefinite(0x30, &body.concat()));
    indefinite(0x30, &[object("1.2.840.113549.1.7.2"), body].concat())
}
