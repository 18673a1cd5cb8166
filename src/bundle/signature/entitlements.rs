//! Entitlements in DER, as the kernel reads them since iOS 15.

use plist::{Dictionary, Value};

use crate::der::{self, BOOLEAN, Element, INTEGER, OCTET_STRING, SEQUENCE};

/// `[APPLICATION 16]`
const ENTITLEMENTS: u8 = 0x70;
/// `[16]`
const DICTIONARY: u8 = 0xb0;
const UTF8: u8 = 0x0c;
/// Deepest nesting; real ones have two levels.
const DEEPEST: u32 = 16;
/// The largest that are read, in bytes.
const LARGEST: usize = 1 << 20;

/// The claims as a dictionary. `None` where they are not of that form.
pub(super) fn read(bytes: &[u8]) -> Option<Dictionary> {
    if bytes.len() > LARGEST {
        return None;
    }
    let whole = der::element(&mut { bytes }).ok()?;
    let mut parts = (whole.tag == ENTITLEMENTS).then(|| whole.children())?;
    parts.next_of(INTEGER)?;
    dictionary(parts.next_of(DICTIONARY)?, 0)
}

fn dictionary(element: Element<'_>, depth: u32) -> Option<Dictionary> {
    let mut found = Dictionary::new();
    for pair in element.children() {
        let mut pair = pair.ok()?.children();
        let key = std::str::from_utf8(pair.next_of(UTF8)?.content).ok()?;
        found.insert(key.to_owned(), value(pair.next()?.ok()?, depth)?);
    }
    Some(found)
}

fn value(element: Element<'_>, depth: u32) -> Option<Value> {
    if depth > DEEPEST {
        return None;
    }
    Some(match element.tag {
        BOOLEAN => Value::Boolean(element.content.first().is_some_and(|byte| *byte != 0)),
        INTEGER => Value::from(element.number()?),
        UTF8 => Value::String(String::from_utf8_lossy(element.content).into_owned()),
        OCTET_STRING => Value::Data(element.content.to_vec()),
        SEQUENCE => {
            let each = element.children().map(|one| value(one.ok()?, depth + 1));
            Value::Array(each.collect::<Option<_>>()?)
        }
        DICTIONARY => Value::Dictionary(dictionary(element, depth + 1)?),
        _ => return None,
    })
}
