//! Property lists of strangers, binary or XML, from bytes to a dictionary. What they mean is not asked here.
//!
//! The property list crate follows references wherever they lead; so the work that a list asks for is
//! measured first, and one that nests or repeats itself beyond reason is refused. The binary layout:
//! CFBinaryPList.c in Apple's CoreFoundation, <https://github.com/apple-oss-distributions/CF>.

use std::borrow::Cow;

use plist::{Dictionary, Value};
use quick_xml::events::Event;

/// Deepest nesting; real lists stay below 10.
const DEEPEST: u32 = 64;

const TOO_DEEP: Error = Error::Unreasonable("nests deeper than 64 levels");
const TOO_MANY: Error = Error::Unreasonable("unfolds into more values than any app needs");
const BROKEN: Error = Error::Unreasonable("points outside itself, so it is damaged");

/// Why a list can't be read. The words go on after the list's name.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Neither binary nor XML.
    #[error("is neither a binary nor an XML property list")]
    Format,
    /// It does not parse.
    #[error("does not parse")]
    Unparsed(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It is made to hurt, or damaged.
    #[error("{0}")]
    Unreasonable(&'static str),
}

/// How much a list may unfold into after every reference is followed.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Most values.
    values: u64,
    /// Most bytes of text and data.
    bytes: u64,
}

impl Limits {
    /// Enough for any Info.plist, profile or manifest: real ones have some hundreds of values.
    const USUAL: Self = Self {
        values: 20_000,
        bytes: 4 << 20,
    };
}

impl Limits {
    /// Enough for the list of all files of a signed bundle, at about eight values a file.
    pub const SEAL: Self = Self {
        values: 400_000,
        bytes: 32 << 20,
    };
}

/// Parses the bytes within the usual limits.
pub fn parse(bytes: &[u8]) -> Result<Dictionary, Error> {
    parse_within(bytes, Limits::USUAL)
}

/// Parses the bytes within the limits.
pub fn parse_within(bytes: &[u8], limits: Limits) -> Result<Dictionary, Error> {
    let text = &*of_halves(bytes).map_or(Cow::Borrowed(bytes), Cow::Owned);
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let value = if bytes.starts_with(b"bplist00") {
        Binary::new(bytes, limits)?.measure(limits)?;
        Value::from_reader(std::io::Cursor::new(bytes))
    } else if text.trim_ascii_start().starts_with(b"<") {
        measure_xml(text, limits)?;
        Value::from_reader_xml(text)
    } else {
        return Err(Error::Format);
    };
    value
        .map_err(|source| Error::Unparsed(Box::new(source)))?
        .into_dictionary()
        .ok_or(Error::Unreasonable("is no dictionary at its top"))
}

/// A text in UTF-16 with its mark, in UTF-8.
fn of_halves(bytes: &[u8]) -> Option<Vec<u8>> {
    let read: fn([u8; 2]) -> u16 = match bytes.get(..2)? {
        b"\xff\xfe" => u16::from_le_bytes,
        b"\xfe\xff" => u16::from_be_bytes,
        _ => return None,
    };
    let halves = bytes[2..].chunks_exact(2);
    let halves = halves.map(|pair| read([pair[0], pair[1]]));
    let text: Result<String, _> = char::decode_utf16(halves).collect();
    Some(text.ok()?.into_bytes())
}

/// What is left to spend while a list is measured.
struct Budget {
    values: u64,
    bytes: u64,
}

impl Budget {
    fn new(limits: Limits) -> Self {
        Self {
            values: limits.values,
            bytes: limits.bytes,
        }
    }

    fn spend(&mut self, values: u64, bytes: u64) -> Result<(), Error> {
        self.values = self.values.checked_sub(values).ok_or(TOO_MANY)?;
        self.bytes = self.bytes.checked_sub(bytes).ok_or(TOO_MANY)?;
        Ok(())
    }
}

/// XML has no references of its own that are followed: its elements and their depth are its cost.
fn measure_xml(text: &[u8], limits: Limits) -> Result<(), Error> {
    let mut reader = quick_xml::Reader::from_reader(text);
    let mut budget = Budget::new(limits);
    let mut buffer = Vec::new();
    let mut depth = 0_u32;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(_)) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(TOO_DEEP);
                }
                budget.spend(1, 0)?;
            }
            Ok(Event::Empty(_)) => budget.spend(1, 0)?,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(source) => return Err(Error::Unparsed(Box::new(source))),
        }
    }
}

/// A binary list's trailer, and the objects that it leads to.
struct Binary<'a> {
    bytes: &'a [u8],
    table: usize,
    offset_size: usize,
    reference_size: usize,
    count: usize,
    root: usize,
}

impl<'a> Binary<'a> {
    fn new(bytes: &'a [u8], limits: Limits) -> Result<Self, Error> {
        let (_, trailer) = bytes.split_last_chunk::<32>().ok_or(BROKEN)?;
        let word = |at: usize| number(trailer, at, 8);
        let list = Self {
            bytes,
            table: word(24)?,
            offset_size: trailer[6].into(),
            reference_size: trailer[7].into(),
            count: word(8)?,
            root: word(16)?,
        };
        let sizes = [list.offset_size, list.reference_size];
        if !sizes.iter().all(|size| matches!(size, 1 | 2 | 3 | 4 | 8)) {
            return Err(BROKEN);
        }
        if list.count as u64 > limits.values {
            return Err(TOO_MANY);
        }
        Ok(list)
    }

    fn measure(&self, limits: Limits) -> Result<(), Error> {
        self.visit(self.root, 0, &mut Budget::new(limits))
    }

    /// Follows an object as the parser will. A circle ends at the depth limit, and a list that
    /// repeats itself at the budget.
    fn visit(&self, index: usize, depth: u32, budget: &mut Budget) -> Result<(), Error> {
        if depth > DEEPEST {
            return Err(TOO_DEEP);
        }
        if index >= self.count {
            return Err(BROKEN);
        }
        let slot = self.slot(self.table, index, self.offset_size)?;
        let at = number(self.bytes, slot, self.offset_size)?;
        let token = *self.bytes.get(at).ok_or(BROKEN)?;
        let (length, content) = self.length(at, token)?;
        let references = match token >> 4 {
            0x4 | 0x5 => return budget.spend(1, length as u64),
            0x6 => return budget.spend(1, (length as u64).saturating_mul(2)),
            0xa..=0xc => length,
            0xd => length.checked_mul(2).ok_or(BROKEN)?,
            _ => return budget.spend(1, 0),
        };
        budget.spend(1, 0)?;
        for position in 0..references {
            let slot = self.slot(content, position, self.reference_size)?;
            let child = number(self.bytes, slot, self.reference_size)?;
            self.visit(child, depth + 1, budget)?;
        }
        Ok(())
    }

    /// An object's length, and where its content starts.
    fn length(&self, at: usize, token: u8) -> Result<(usize, usize), Error> {
        let short = usize::from(token & 0x0f);
        if short < 0x0f || !matches!(token >> 4, 0x4..=0xd) {
            return Ok((short, at + 1));
        }
        let size = 1_usize << (self.bytes.get(at + 1).ok_or(BROKEN)? & 0x03);
        Ok((number(self.bytes, at + 2, size)?, at + 2 + size))
    }

    fn slot(&self, start: usize, index: usize, size: usize) -> Result<usize, Error> {
        index
            .checked_mul(size)
            .and_then(|distance| start.checked_add(distance))
            .filter(|slot| *slot < self.bytes.len())
            .ok_or(BROKEN)
    }
}

/// The big-endian number of `size` bytes, at most eight, at `at`.
fn number(bytes: &[u8], at: usize, size: usize) -> Result<usize, Error> {
    let end = at.checked_add(size).ok_or(BROKEN)?;
    let value = bytes
        .get(at..end)
        .ok_or(BROKEN)?
        .iter()
        .fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
    usize::try_from(value).map_err(|_| BROKEN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A binary list from its objects; object 0 is the root.
    fn binary(objects: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = b"bplist00".to_vec();
        let mut table = Vec::new();
        for object in objects {
            table.extend(u32::try_from(bytes.len()).unwrap().to_be_bytes());
            bytes.extend(object);
        }
        let start = bytes.len() as u64;
        bytes.extend(table);
        bytes.extend([0, 0, 0, 0, 0, 0, 4, 1]);
        for word in [objects.len() as u64, 0, start] {
            bytes.extend(word.to_be_bytes());
        }
        bytes
    }

    fn refusal(bytes: &[u8]) -> String {
        parse(bytes).unwrap_err().to_string()
    }

    #[test]
    fn binary_and_xml_say_the_same() {
        let mut info = Dictionary::new();
        info.insert("CFBundleVersion".into(), Value::String("42".into()));
        info.insert("Ünï".into(), Value::Array(vec![Value::Boolean(true)]));
        let value = Value::Dictionary(info.clone());
        let (mut xml, mut binary) = (Vec::new(), Vec::new());
        value.to_writer_xml(&mut xml).unwrap();
        value.to_writer_binary(&mut binary).unwrap();
        assert_eq!(parse(&xml).unwrap(), info);
        assert_eq!(parse(&binary).unwrap(), info);
        let marked = [b"\xef\xbb\xbf".to_vec(), xml].concat();
        assert_eq!(parse(&marked).unwrap(), info);
    }

    #[test]
    fn a_list_that_holds_itself_is_refused() {
        assert!(refusal(&binary(&[vec![0xa1, 0]])).contains("nests deeper"));
        assert!(refusal(&binary(&[vec![0xa1, 1], vec![0xa1, 0]])).contains("nests deeper"));
    }

    #[test]
    fn a_list_that_doubles_itself_thirty_times_is_refused() {
        let mut objects: Vec<Vec<u8>> = (1..=30).map(|next| vec![0xa2, next, next]).collect();
        objects.push(vec![0x51, b'x']);
        assert!(refusal(&binary(&objects)).contains("unfolds"));
    }

    #[test]
    fn one_long_text_repeated_is_refused() {
        let mut text = vec![0x5f, 0x12];
        text.extend(1_000_000_u32.to_be_bytes());
        text.extend(vec![b'x'; 1_000_000]);
        let root = [vec![0xaf, 0x10, 200], vec![1; 200]].concat();
        assert!(refusal(&binary(&[root, text])).contains("unfolds"));
    }

    #[test]
    fn deep_xml_is_refused_before_it_is_built() {
        let deep = format!("<plist>{}", "<array>".repeat(500_000));
        assert!(refusal(deep.as_bytes()).contains("nests deeper"));
        let wide = format!(
            "<plist><array>{}</array></plist>",
            "<true/>".repeat(500_000)
        );
        assert!(refusal(wide.as_bytes()).contains("unfolds"));
    }

    #[test]
    fn a_text_of_two_bytes_a_letter_is_read() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><plist><dict><key>k</key><string>ü</string></dict></plist>";
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let halves = "\u{feff}".encode_utf16().chain(text.encode_utf16());
            let bytes: Vec<u8> = halves.flat_map(order).collect();
            let list = parse(&bytes).unwrap();
            assert_eq!(list.get("k").and_then(Value::as_string), Some("ü"));
        }
        assert!(refusal(b"\xff\xfe\x00\xd8").contains("neither"));
    }

    #[test]
    fn what_is_no_dictionary_is_said_so() {
        assert!(refusal(b"<plist><array/></plist>").contains("no dictionary"));
        assert!(refusal(b"{ CFBundleVersion = 1; }").contains("neither"));
        assert!(refusal(b"").contains("neither"));
        assert!(refusal(b"bplist00").contains("damaged"));
        assert!(refusal(b"<plist><dict><key>a</key>").contains("does not parse"));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = parse(&bytes);
            let _ = parse(&[b"bplist00".to_vec(), bytes.clone()].concat());
            let _ = parse(&[b"<plist><dict>".to_vec(), bytes].concat());
        }

        #[test]
        fn no_arrangement_of_objects_makes_it_panic_or_hang(
            objects in proptest::collection::vec(
                proptest::collection::vec(prop_oneof![0_u8..8, Just(0xa2), Just(0xd1), any::<u8>()], 1..12),
                1..12,
            )
        ) {
            let _ = parse(&binary(&objects));
        }
    }
}
