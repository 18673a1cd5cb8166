//! The envelope around a profile, and in a code signature: SignedData of RFC 5652, in DER or BER.

use crate::der::{self, Element, Elements, INTEGER, OBJECT, OCTET_STRING, SEQUENCE, SET, context};

/// `1.2.840.113549.1.7.2`
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
/// An OCTET STRING in pieces.
const OCTETS_IN_PIECES: u8 = 0x24;
/// Most certificates, signers, attributes and values that are read; a signature of Apple's has three, one, five, one.
const MOST: usize = 64;

/// A signed document.
#[derive(Debug)]
pub struct SignedData<'a> {
    content: Option<Element<'a>>,
    /// The certificates that come with it, each in DER.
    pub certificates: Vec<&'a [u8]>,
    /// Who signed it.
    pub signers: Vec<Signer<'a>>,
}

/// One signature.
#[derive(Debug)]
pub struct Signer<'a> {
    /// The issuer's name in DER and the serial number of the certificate that signed, where it is named so.
    pub issuer_and_serial: Option<(&'a [u8], &'a [u8])>,
    /// What is signed beside the content.
    pub signed: Vec<Attribute<'a>>,
    /// What was added later, such as a timestamp.
    pub unsigned: Vec<Attribute<'a>>,
}

/// An attribute of a signature.
#[derive(Debug)]
pub struct Attribute<'a> {
    /// The OBJECT IDENTIFIER's bytes.
    pub kind: &'a [u8],
    /// Its values.
    pub values: Vec<Element<'a>>,
}

impl<'a> SignedData<'a> {
    /// Reads the document. `None` where it is no SignedData.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut rest = bytes;
        let outer = der::element(&mut rest).ok()?;
        let mut outer = (outer.tag == SEQUENCE).then(|| outer.children())?;
        if outer.next_of(OBJECT)?.content != SIGNED_DATA {
            return None;
        }
        let mut body = outer
            .next_of(context(0))?
            .children()
            .next_of(SEQUENCE)?
            .children();
        body.next_of(INTEGER)?;
        body.next_of(SET)?;
        let mut enveloped = body.next_of(SEQUENCE)?.children();
        enveloped.next_of(OBJECT)?;
        let content = enveloped.next_of(context(0)).and_then(|tagged| {
            let mut inside = tagged.children();
            inside
                .next_of(OCTET_STRING)
                .or_else(|| inside.next_of(OCTETS_IN_PIECES))
        });
        let certificates = body.next_of(context(0)).map_or(Vec::new(), |set| {
            let whole = set.children().flatten().map(|one| one.whole);
            whole.take(MOST).collect()
        });
        body.next_of(context(1));
        let signers = body.next_of(SET).map_or(Vec::new(), |set| {
            let signers = set.children().flatten().filter_map(Signer::read);
            signers.take(MOST).collect()
        });
        Some(Self {
            content,
            certificates,
            signers,
        })
    }

    /// What is signed, where it is inside.
    pub fn content(&self) -> Option<Vec<u8>> {
        self.content?.octets()
    }
}

impl<'a> Signer<'a> {
    fn read(signer: Element<'a>) -> Option<Self> {
        let mut parts = (signer.tag == SEQUENCE).then(|| signer.children())?;
        parts.next_of(INTEGER)?;
        let issuer_and_serial = match parts.next_of(SEQUENCE) {
            Some(name) => {
                let mut inside = name.children();
                let issuer = inside.next_of(SEQUENCE)?;
                Some((issuer.whole, inside.next_of(INTEGER)?.content))
            }
            None => {
                parts.next();
                None
            }
        };
        parts.next_of(SEQUENCE)?;
        let signed = attributes(parts.next_of(context(0)));
        parts.next_of(SEQUENCE)?;
        parts.next_of(OCTET_STRING)?;
        Some(Self {
            issuer_and_serial,
            signed,
            unsigned: attributes(parts.next_of(context(1))),
        })
    }
}

fn attributes(set: Option<Element<'_>>) -> Vec<Attribute<'_>> {
    let each = set.map_or(Elements(&[]), Element::children).flatten();
    let read = each.filter_map(|attribute| {
        let mut parts = attribute.children();
        Some(Attribute {
            kind: parts.next_of(OBJECT)?.content,
            values: parts
                .next_of(SET)?
                .children()
                .flatten()
                .take(MOST)
                .collect(),
        })
    });
    read.take(MOST).collect()
}
