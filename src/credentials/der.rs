//! Just enough DER to tell one kind of key file from another, and to wrap a SEC1 key into PKCS#8.
//! Nothing here checks mathematics; the test signature does.

use crate::der::{
    BIT_STRING, Broken, Element, Elements, INTEGER, OBJECT, OCTET_STRING, SEQUENCE, context,
    element,
};

/// What a DER document turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// PKCS#8 (RFC 5208) with a P-256 key.
    Pkcs8P256,
    /// SEC1 (RFC 5915) with a P-256 key, or with a key of 32 bytes that names no curve.
    Sec1P256,
    /// An elliptic-curve key on this other curve.
    OtherCurve(&'static str),
    /// An RSA private key, in PKCS#8 or PKCS#1.
    Rsa,
    /// PKCS#8 with an algorithm that is neither RSA nor an elliptic curve of NIST's.
    OtherAlgorithm,
    /// An encrypted PKCS#8 key.
    Encrypted,
    /// A public key of any algorithm.
    PublicKey,
    /// An X.509 certificate.
    Certificate,
    /// A certificate signing request.
    SigningRequest,
    /// A PKCS#12 file.
    Pkcs12,
    /// A CMS document, as a provisioning profile is.
    Cms,
    /// The document says that it is longer than what is there.
    Truncated,
    /// Nothing of the above.
    Unknown,
}

const CURVE_PARAMETERS: u8 = context(0);

const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const CMS_SIGNED: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
const CURVES: &[(&[u8], &str)] = &[
    (&[0x2b, 0x81, 0x04, 0x00, 0x22], "P-384"),
    (&[0x2b, 0x81, 0x04, 0x00, 0x23], "P-521"),
    (&[0x2b, 0x81, 0x04, 0x00, 0x0a], "secp256k1"),
    (&[0x2b, 0x81, 0x04, 0x00, 0x21], "P-224"),
];

/// The version and algorithm that make a SEC1 key a PKCS#8 one.
const PKCS8_HEAD: &[u8] = &[
    0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
    0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07,
];

/// Tells what the bytes are. Bytes after the document are ignored; see [`document`].
pub fn kind(bytes: &[u8]) -> Kind {
    let mut rest = bytes;
    match element(&mut rest) {
        Ok(Element {
            tag: SEQUENCE,
            content,
            ..
        }) => children(content).map_or(Kind::Unknown, |children| of_children(&children)),
        Err(Broken::Short) if bytes.first() == Some(&SEQUENCE) => Kind::Truncated,
        Ok(_) | Err(Broken::Short | Broken::Malformed) => Kind::Unknown,
    }
}

/// The document without the bytes that follow it.
pub fn document(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    match element(&mut rest) {
        Ok(_) => &bytes[..bytes.len() - rest.len()],
        Err(_) => bytes,
    }
}

/// A SEC1 key of P-256 as PKCS#8.
pub fn pkcs8_from_sec1(sec1: &[u8]) -> Vec<u8> {
    let mut content = PKCS8_HEAD.to_vec();
    append(&mut content, OCTET_STRING, sec1);
    let mut whole = Vec::with_capacity(content.len() + 4);
    append(&mut whole, SEQUENCE, &content);
    zeroize::Zeroize::zeroize(&mut content);
    whole
}

fn append(to: &mut Vec<u8>, tag: u8, content: &[u8]) {
    to.push(tag);
    match content.len() {
        length @ 0..=0x7f => to.push(length as u8),
        length @ 0x80..=0xff => to.extend([0x81, length as u8]),
        length => to.extend([0x82, (length >> 8) as u8, length as u8]),
    }
    to.extend_from_slice(content);
}

fn children(content: &[u8]) -> Option<Vec<Element<'_>>> {
    Elements(content).collect::<Result<_, _>>().ok()
}

fn of_children(children: &[Element<'_>]) -> Kind {
    let tags: Vec<u8> = children.iter().map(|child| child.tag).collect();
    match tags.as_slice() {
        [INTEGER, SEQUENCE, OCTET_STRING, ..] => of_private_algorithm(children[1].content),
        [INTEGER, SEQUENCE, ..] if children[0].content == [3] => Kind::Pkcs12,
        [INTEGER, OCTET_STRING, ..] => of_sec1(children),
        [INTEGER, INTEGER] => Kind::PublicKey,
        [INTEGER, INTEGER, ..] if children.len() >= 9 => Kind::Rsa,
        [SEQUENCE, OCTET_STRING] => Kind::Encrypted,
        [SEQUENCE, BIT_STRING] => Kind::PublicKey,
        [SEQUENCE, SEQUENCE, BIT_STRING] => of_signed(children[0].content),
        [OBJECT, ..] if children[0].content == CMS_SIGNED => Kind::Cms,
        _ => Kind::Unknown,
    }
}

fn of_private_algorithm(algorithm: &[u8]) -> Kind {
    let Some(parts) = children(algorithm) else {
        return Kind::Unknown;
    };
    match parts.first().map(|object| object.content) {
        Some(object) if object == RSA => Kind::Rsa,
        Some(object) if object == EC_PUBLIC_KEY => match parts.get(1) {
            Some(curve) if curve.content == P256 => Kind::Pkcs8P256,
            Some(curve) => Kind::OtherCurve(curve_name(curve.content)),
            None => Kind::Unknown,
        },
        _ => Kind::OtherAlgorithm,
    }
}

fn of_sec1(parts: &[Element<'_>]) -> Kind {
    let curve = parts
        .iter()
        .find(|part| part.tag == CURVE_PARAMETERS)
        .and_then(|part| children(part.content))
        .and_then(|inside| inside.first().map(|object| object.content));
    match curve {
        Some(curve) if curve == P256 => Kind::Sec1P256,
        Some(curve) => Kind::OtherCurve(curve_name(curve)),
        None if parts[1].content.len() == 32 => Kind::Sec1P256,
        None => Kind::Unknown,
    }
}

fn of_signed(signed: &[u8]) -> Kind {
    // A request begins with version 0; a certificate with its tagged version or its serial number.
    let mut rest = signed;
    match element(&mut rest) {
        Ok(first) if first.tag == INTEGER && first.content == [0] => Kind::SigningRequest,
        Ok(_) => Kind::Certificate,
        Err(_) => Kind::Unknown,
    }
}

fn curve_name(object: &[u8]) -> &'static str {
    CURVES
        .iter()
        .find(|(known, _)| *known == object)
        .map_or("another curve", |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = kind(&bytes);
            prop_assert!(document(&bytes).len() <= bytes.len());
        }

        #[test]
        fn bytes_that_begin_like_a_key_do_not_make_it_panic(
            tail in proptest::collection::vec(any::<u8>(), 0..120),
        ) {
            let mut bytes = vec![0x30, 0x81, 0x87];
            bytes.extend_from_slice(PKCS8_HEAD);
            bytes.extend(tail);
            let _ = kind(&bytes);
        }
    }

    #[test]
    fn a_length_beyond_the_end_is_a_truncated_document() {
        assert_eq!(kind(&[0x30, 0x81, 0x93, 0x02, 0x01]), Kind::Truncated);
        assert_eq!(kind(&[0x30]), Kind::Truncated);
        assert_eq!(kind(&[]), Kind::Unknown);
        assert_eq!(kind(b"hello"), Kind::Unknown);
    }
}
