//! A PKCS#12 file that every macOS reads: three keys of DES and SHA-1, as the Keychain's own are. What it
//! protects lies in a private directory for seconds, under a password that nobody knows.

use aws_lc_rs::{digest, hmac};
use zeroize::Zeroizing;

use crate::der::{INTEGER, OBJECT, OCTET_STRING, SEQUENCE, SET, context};
use crate::signing::pkcs12::ciphers::triple_des;
use crate::signing::pkcs12::derive::{Purpose, derive, spellings};

const ITERATIONS: u32 = 2_048;
const NULL: &[u8] = &[0x05, 0x00];

const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
const ENCRYPTED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x06];
const PBE_SHA1_3DES: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01, 0x03];
const SHROUDED_KEY_BAG: &[u8] = &[
    0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01, 0x02,
];
const CERTIFICATE_BAG: &[u8] = &[
    0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01, 0x03,
];
const X509: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x16, 0x01];
const SHA1: &[u8] = &[0x2b, 0x0e, 0x03, 0x02, 0x1a];
const LOCAL_KEY_ID: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x15];

/// One private key with its certificates, the key's own first, under a password of ASCII. `salts` are
/// random bytes.
pub fn write(
    key: &[u8],
    certificates: &[&[u8]],
    password: &str,
    salts: [[u8; 8]; 3],
) -> Zeroizing<Vec<u8>> {
    let [for_certificates, for_key, for_mac] = salts;
    let spelling = spellings(password).swap_remove(0);
    let id = digest::digest(
        &digest::SHA1_FOR_LEGACY_USE_ONLY,
        certificates.first().copied().unwrap_or_default(),
    );
    let bags: Vec<u8> = certificates
        .iter()
        .enumerate()
        .flat_map(|(index, certificate)| {
            let id = (index == 0).then_some(id.as_ref());
            bag(CERTIFICATE_BAG, &certificate_bag(certificate), id)
        })
        .collect();
    let bags = sequence(&[&bags]);
    let (algorithm, text) = shroud(&bags, &spelling, &for_certificates);
    let content = sequence(&[
        &tagged(OBJECT, DATA),
        &algorithm,
        // [0] IMPLICIT OCTET STRING
        &tagged(0x80, &text),
    ]);
    let encrypted = sequence(&[&tagged(INTEGER, &[0]), &content]);
    let certificates = sequence(&[
        &tagged(OBJECT, ENCRYPTED_DATA),
        &tagged(context(0), &encrypted),
    ]);

    let (algorithm, text) = shroud(key, &spelling, &for_key);
    let shrouded = sequence(&[&algorithm, &tagged(OCTET_STRING, &text)]);
    let key = data(&sequence(&[&bag(
        SHROUDED_KEY_BAG,
        &shrouded,
        Some(id.as_ref()),
    )]));

    let safe = sequence(&[&certificates, &key]);
    let mac = mac(&safe, &spelling, &for_mac);
    Zeroizing::new(sequence(&[&tagged(INTEGER, &[3]), &data(&safe), &mac]))
}

fn certificate_bag(certificate: &[u8]) -> Vec<u8> {
    let octets = tagged(OCTET_STRING, certificate);
    sequence(&[&tagged(OBJECT, X509), &tagged(context(0), &octets)])
}

fn bag(kind: &[u8], value: &[u8], id: Option<&[u8]>) -> Vec<u8> {
    let attributes = id.map(|id| {
        let values = tagged(SET, &tagged(OCTET_STRING, id));
        tagged(SET, &sequence(&[&tagged(OBJECT, LOCAL_KEY_ID), &values]))
    });
    let attributes = attributes.unwrap_or_default();
    sequence(&[
        &tagged(OBJECT, kind),
        &tagged(context(0), value),
        &attributes,
    ])
}

/// The bytes encrypted, with what says how.
fn shroud(bytes: &[u8], password: &[u8], salt: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let hash = &digest::SHA1_FOR_LEGACY_USE_ONLY;
    let key = derive(hash, Purpose::Key, password, (salt, ITERATIONS), 24);
    let vector = derive(hash, Purpose::Vector, password, (salt, ITERATIONS), 8);
    let parameters = sequence(&[&tagged(OCTET_STRING, salt), &iterations()]);
    let algorithm = sequence(&[&tagged(OBJECT, PBE_SHA1_3DES), &parameters]);
    (algorithm, triple_des(&key, &vector, bytes))
}

fn mac(safe: &[u8], password: &[u8], salt: &[u8]) -> Vec<u8> {
    let hash = &digest::SHA1_FOR_LEGACY_USE_ONLY;
    let key = derive(hash, Purpose::Mac, password, (salt, ITERATIONS), 20);
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &key);
    let sum = hmac::sign(&key, safe);
    let algorithm = sequence(&[&tagged(OBJECT, SHA1), NULL]);
    let sum = sequence(&[&algorithm, &tagged(OCTET_STRING, sum.as_ref())]);
    sequence(&[&sum, &tagged(OCTET_STRING, salt), &iterations()])
}

fn iterations() -> Vec<u8> {
    // No sign bit is set: 2,048 is 0x0800.
    tagged(INTEGER, &ITERATIONS.to_be_bytes()[2..])
}

fn data(content: &[u8]) -> Vec<u8> {
    let octets = tagged(OCTET_STRING, content);
    sequence(&[&tagged(OBJECT, DATA), &tagged(context(0), &octets)])
}

fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tagged(SEQUENCE, &parts.concat())
}

fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let bytes = length.to_be_bytes();
    let digits =
        &bytes[bytes.len() - (usize::BITS - length.leading_zeros()).div_ceil(8) as usize..];
    let mut whole = vec![tag];
    match length {
        0..=0x7f => whole.push(length as u8),
        _ => {
            whole.push(0x80 | digits.len() as u8);
            whole.extend_from_slice(digits);
        }
    }
    whole.extend_from_slice(content);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signing::pkcs12::{Contents, Form, Problem, read};

    /// Made by `openssl pkcs12 -export` of 3.0.19 from one key and one certificate: with `-legacy`, as it
    /// does by itself, with `-keypbe AES-128-CBC -certpbe AES-192-CBC -macalg sha512`, and with an empty
    /// password. The password of the others is `tüst "1`.
    const LEGACY: &[u8] = include_bytes!("../../../tests/fixtures/signing/legacy.p12");
    const MODERN: &[u8] = include_bytes!("../../../tests/fixtures/signing/modern.p12");
    const MIXED: &[u8] = include_bytes!("../../../tests/fixtures/signing/aes-sha512.p12");
    const EMPTY: &[u8] = include_bytes!("../../../tests/fixtures/signing/empty-password.p12");
    const NO_KEY: &[u8] = include_bytes!("../../../tests/fixtures/signing/no-key.p12");
    const PASSWORD: &str = "tüst \"1";

    fn opened(bytes: &[u8], password: &str) -> Contents {
        read(bytes, password).unwrap_or_else(|problem| panic!("{problem}"))
    }

    #[test]
    fn every_form_of_openssls_is_read_to_the_same_key_and_certificate() {
        let legacy = opened(LEGACY, PASSWORD);
        assert_eq!((legacy.certificates.len(), legacy.keys.len()), (1, 1));
        assert_eq!(legacy.form, Form::Classic);
        for (bytes, password) in [(MODERN, PASSWORD), (MIXED, PASSWORD), (EMPTY, "")] {
            let other = opened(bytes, password);
            assert_eq!(other.certificates, legacy.certificates);
            assert_eq!(other.keys, legacy.keys);
            let form = if password.is_empty() {
                Form::Classic
            } else {
                Form::Modern
            };
            assert_eq!(other.form, form);
        }
    }

    #[test]
    fn a_wrong_password_is_told_from_a_damaged_file() {
        for bytes in [LEGACY, MODERN, MIXED, EMPTY] {
            let problem = read(bytes, "another").unwrap_err();
            assert_eq!(problem, Problem::WrongPassword);
        }
        let cut = &MODERN[..MODERN.len() - 100];
        assert_eq!(read(cut, PASSWORD).unwrap_err(), Problem::Malformed);
        assert_eq!(read(b"", "").unwrap_err(), Problem::Malformed);
    }

    #[test]
    fn a_file_without_a_key_has_none() {
        let contents = opened(NO_KEY, PASSWORD);
        assert_eq!((contents.certificates.len(), contents.keys.len()), (1, 0));
    }

    fn written_anew(given: &Contents) -> Zeroizing<Vec<u8>> {
        let certificates = [given.certificates[0].as_slice()];
        let salts = [[1; 8], [2; 8], [3; 8]];
        write(&given.keys[0], &certificates, "password", salts)
    }

    #[test]
    fn what_is_written_is_read_again_and_is_of_the_classic_form() {
        let given = opened(MODERN, PASSWORD);
        let written = written_anew(&given);
        let again = opened(&written, "password");
        assert_eq!(again.certificates, given.certificates);
        assert_eq!(again.keys, given.keys);
        assert_eq!(again.form, Form::Classic);
    }

    #[test]
    fn openssl_reads_what_is_written() {
        let written = written_anew(&opened(MODERN, PASSWORD));
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("written.p12");
        std::fs::write(&path, &*written).unwrap();
        let ran = std::process::Command::new("openssl")
            .args(["pkcs12", "-noenc", "-passin", "pass:password", "-in"])
            .arg(&path)
            .output();
        let Ok(ran) = ran else {
            eprintln!("skipped: no openssl here");
            return;
        };
        let shown = String::from_utf8_lossy(&ran.stdout);
        assert!(shown.contains("BEGIN PRIVATE KEY"), "{ran:?}");
        assert!(shown.contains("BEGIN CERTIFICATE"), "{ran:?}");
        assert_eq!(shown.matches("localKeyID").count(), 2, "{shown}");
    }

    proptest::proptest! {
        #[test]
        fn no_change_of_a_byte_makes_it_panic(at in 0..MODERN.len(), byte: u8) {
            let mut bytes = EMPTY.to_vec();
            let at = at % bytes.len();
            bytes[at] = byte;
            let _ = read(&bytes, "");
        }
    }
}
