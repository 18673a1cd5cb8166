//! The load commands of one slice.

use crate::bundle::image::facts::{BuildPlatform, Dylib, Segment, Slice, Version};

/// Most segments, libraries and sections that are kept.
const MOST: usize = 4_096;
/// Most sections of texts that are read; the linker writes one of each kind.
const MOST_WORDS: usize = 8;
/// Longest name that is kept, in bytes.
const LONGEST_NAME: usize = 1_024;

/// A piece of the slice, counted from its start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) at: u64,
    pub(super) length: u64,
}

/// What a section of texts holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// Names of methods.
    Selectors,
    /// Constants, and names of classes.
    Texts,
}

/// Where the things lie that are read after the commands.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The symbol table: where, and how many symbols.
    pub(super) symbols: Option<(u64, u64)>,
    /// The symbols' names.
    pub(super) names: Span,
    /// The undefined symbols among them: the first, and how many.
    pub(super) undefined: Option<(u64, u64)>,
    /// Texts, each ended by a zero byte.
    pub(super) words: Vec<(Span, Words)>,
    /// The code signature.
    pub(super) signature: Option<Span>,
}

/// Numbers out of a command; what lies outside of it is zero.
struct Command<'a>(&'a [u8]);

impl Command<'_> {
    fn u32(&self, at: usize) -> u32 {
        let bytes = self.0.get(at..at + 4);
        bytes.map_or(0, |four| {
            u32::from_le_bytes(four.try_into().expect("four bytes"))
        })
    }

    fn u64(&self, at: usize) -> u64 {
        u64::from(self.u32(at)) | u64::from(self.u32(at + 4)) << 32
    }

    /// A name in a field of 16 bytes.
    fn name(&self, at: usize) -> String {
        text(self.0.get(at..at + 16).unwrap_or_default())
    }

    /// The text that an offset in the command points to.
    fn string(&self, at: usize) -> String {
        let start = self.u32(at) as usize;
        text(self.0.get(start..).unwrap_or_default())
    }

    fn span(&self, at: usize) -> Span {
        Span {
            at: self.u32(at).into(),
            length: self.u32(at + 4).into(),
        }
    }
}

fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0);
    let bytes = &bytes[..end.unwrap_or(bytes.len()).min(LONGEST_NAME)];
    String::from_utf8_lossy(bytes).into_owned()
}

/// Takes every command into the slice; `false` where they end too early.
pub(super) fn take(mut bytes: &[u8], slice: &mut Slice, places: &mut Places) -> bool {
    while !bytes.is_empty() {
        let head = Command(bytes);
        let (kind, size) = (head.u32(0), head.u32(4) as usize);
        if size < 8 || size > bytes.len() {
            return bytes.iter().all(|byte| *byte == 0);
        }
        one(kind, &Command(&bytes[..size]), slice, places);
        bytes = &bytes[size..];
    }
    true
}

fn one(kind: u32, command: &Command<'_>, slice: &mut Slice, places: &mut Places) {
    match kind {
        0x1 => segment(command, false, slice, places),
        0x19 => segment(command, true, slice, places),
        0x2 => {
            places.symbols = Some((command.u32(8).into(), command.u32(12).into()));
            places.names = command.span(16);
        }
        0xb => places.undefined = Some((command.u32(24).into(), command.u32(28).into())),
        0xc | 0x20 | 0x8000_0018 | 0x8000_001f | 0x8000_0023 if slice.dylibs.len() < MOST => {
            slice.dylibs.push(Dylib {
                name: command.string(8),
                is_weak: kind == 0x8000_0018,
            });
        }
        0x8000_001c if slice.rpaths.len() < MOST => slice.rpaths.push(command.string(8)),
        0x1b => slice.uuid = command.0.get(8..24).and_then(|bytes| bytes.try_into().ok()),
        0x1d => places.signature = Some(command.span(8)),
        0x21 | 0x2c => slice.encryption = Some(command.u32(16)),
        0x24 => built(slice, 1, command.u32(8), command.u32(12)),
        0x25 => built(slice, 2, command.u32(8), command.u32(12)),
        0x2f => built(slice, 3, command.u32(8), command.u32(12)),
        0x30 => built(slice, 4, command.u32(8), command.u32(12)),
        0x32 => built(slice, command.u32(8), command.u32(12), command.u32(16)),
        _ => {}
    }
}

/// The first platform counts: a second one is that of a zippered library.
fn built(slice: &mut Slice, platform: u32, minimum_os: u32, sdk: u32) {
    if slice.platforms.len() < 16 {
        slice.platforms.push(platform);
    }
    slice.build.get_or_insert(BuildPlatform {
        platform,
        minimum_os: Version::packed(minimum_os),
        sdk: Version::packed(sdk),
    });
}

fn segment(command: &Command<'_>, is_wide: bool, slice: &mut Slice, places: &mut Places) {
    let word = |wide: usize, narrow: usize| {
        if is_wide {
            command.u64(wide)
        } else {
            command.u32(narrow).into()
        }
    };
    if slice.segments.len() < MOST {
        slice.segments.push(Segment {
            name: command.name(8),
            offset: word(40, 32),
            size: word(48, 36),
            protection: command.u32(if is_wide { 60 } else { 44 }),
        });
    }
    let (head, length, count) = if is_wide {
        (72, 80, command.u32(64))
    } else {
        (56, 68, command.u32(48))
    };
    for index in 0..(count as usize).min(MOST) {
        let at = head + index * length;
        if at + length > command.0.len() {
            return;
        }
        let words = match command.name(at).as_str() {
            "__objc_methname" => Words::Selectors,
            "__cstring" | "__objc_classname" => Words::Texts,
            _ => continue,
        };
        let span = Span {
            at: command.u32(at + if is_wide { 48 } else { 40 }).into(),
            length: if is_wide {
                command.u64(at + 40)
            } else {
                command.u32(at + 36).into()
            },
        };
        if span.length > 0 && span.at > 0 && places.words.len() < MOST_WORDS {
            places.words.push((span, words));
        }
    }
}
