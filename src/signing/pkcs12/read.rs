//! What is in a PKCS#12 file.

use std::num::NonZeroU32;

use aws_lc_rs::digest::{self, Algorithm};
use aws_lc_rs::{hmac, pbkdf2};
use zeroize::Zeroizing;

use crate::der::{Element, Elements, INTEGER, OBJECT, OCTET_STRING, SEQUENCE, context, element};
use crate::signing::pkcs12::ciphers::{Cipher, decrypt};
use crate::signing::pkcs12::derive::{Purpose, derive, spellings};

/// Many times what real files ask for; beyond it a file would only keep us busy.
const MOST_ITERATIONS: u32 = 10_000_000;
/// Safes within safes, and bags within bags, end here.
const MOST_BAGS: usize = 200;

const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
const ENCRYPTED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x06];
const PBES2: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d];
const PBKDF2: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0c];
const PBMAC1: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0e];
const DES_EDE3_CBC: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x03, 0x07];
const AES_CBC: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01];
/// What PKCS#12's own encryptions begin with; the next number says which.
const PKCS12_PBE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01];
/// What the kinds of bags begin with.
const BAG: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01];
const KEY_BAG: u8 = 1;
const SHROUDED_KEY_BAG: u8 = 2;
const CERTIFICATE_BAG: u8 = 3;
const SAFE_BAG: u8 = 6;
const X509: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x16, 0x01];
const SHA1: &[u8] = &[0x2b, 0x0e, 0x03, 0x02, 0x1a];
/// What SHA-2 begins with; the next number says which.
const SHA2: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02];
/// What HMACs begin with; the next number says which.
const HMAC: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02];

/// What is in a file.
#[derive(Debug)]
pub struct Contents {
    /// The certificates, DER, in the order of the file.
    pub certificates: Vec<Vec<u8>>,
    /// The private keys, PKCS#8.
    pub keys: Vec<Zeroizing<Vec<u8>>>,
    /// Whether every macOS reads the file as it is.
    pub form: Form,
}

/// How a file is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As the Keychain writes it: every macOS reads it.
    Classic,
    /// As OpenSSL 3 writes it where it is not told otherwise: AES, or a checksum of SHA-2.
    Modern,
}

/// Why nothing came out of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// It has not the form of one.
    #[error("it is no PKCS#12 file, or a damaged one")]
    Malformed,
    /// It was made with another password.
    #[error("the password is not the one that it was made with")]
    WrongPassword,
    /// It uses an encryption that is not known here.
    #[error("it uses an encryption that neither jetway nor macOS reads")]
    Unsupported,
}

/// Reads a file. The password is tried by the checksum first, so that a wrong one is known for sure.
pub fn read(bytes: &[u8], password: &str) -> Result<Contents, Problem> {
    let mut parts = children_of(&mut { bytes }, SEQUENCE)?;
    if parts.next_of(INTEGER).and_then(small) != Some(3) {
        return Err(Problem::Malformed);
    }
    let safe = data_of(parts.next_of(SEQUENCE).ok_or(Problem::Malformed)?)?;
    let mut form = Form::Classic;
    let spelling = match parts.next_of(SEQUENCE) {
        Some(mac) => check(mac, &safe, password, &mut form)?,
        None => None,
    };
    let mut reader = Reader {
        spellings: spelling.map_or_else(|| spellings(password), |found| vec![found]),
        password,
        contents: Contents {
            certificates: Vec::new(),
            keys: Vec::new(),
            form,
        },
        left: MOST_BAGS,
    };
    for info in children_of(&mut &safe[..], SEQUENCE)? {
        reader.safe(info.map_err(|_| Problem::Malformed)?)?;
    }
    Ok(reader.contents)
}

struct Reader<'a> {
    spellings: Vec<Zeroizing<Vec<u8>>>,
    password: &'a str,
    contents: Contents,
    left: usize,
}

impl Reader<'_> {
    fn safe(&mut self, info: Element<'_>) -> Result<(), Problem> {
        let mut parts = info.children();
        let kind = parts.next_of(OBJECT).ok_or(Problem::Malformed)?;
        if kind.content == DATA {
            let bags = Zeroizing::new(data_of(info)?);
            return self.bags(&bags);
        }
        if kind.content != ENCRYPTED_DATA {
            // Encrypted for somebody's public key: nothing of it is for a password.
            return Err(Problem::Unsupported);
        }
        let whole = parts.next_of(context(0)).ok_or(Problem::Malformed)?;
        let mut data = whole
            .children()
            .next_of(SEQUENCE)
            .ok_or(Problem::Malformed)?
            .children();
        data.next_of(INTEGER);
        let mut content = data.next_of(SEQUENCE).ok_or(Problem::Malformed)?.children();
        content.next_of(OBJECT);
        let algorithm = content.next_of(SEQUENCE).ok_or(Problem::Malformed)?;
        let text = content
            .next()
            .and_then(Result::ok)
            .and_then(Element::octets);
        let plain = self.open(algorithm, &text.ok_or(Problem::Malformed)?)?;
        self.bags(&plain)
    }

    fn bags(&mut self, safe: &[u8]) -> Result<(), Problem> {
        for bag in children_of(&mut { safe }, SEQUENCE)? {
            self.bag(bag.map_err(|_| Problem::Malformed)?)?;
        }
        Ok(())
    }

    fn bag(&mut self, bag: Element<'_>) -> Result<(), Problem> {
        self.left = self.left.checked_sub(1).ok_or(Problem::Malformed)?;
        let mut parts = bag.children();
        let kind = parts.next_of(OBJECT).ok_or(Problem::Malformed)?;
        let value = parts.next_of(context(0)).ok_or(Problem::Malformed)?;
        let inner = value
            .children()
            .next()
            .and_then(Result::ok)
            .ok_or(Problem::Malformed)?;
        match kind.content.strip_prefix(BAG) {
            Some([KEY_BAG]) => self
                .contents
                .keys
                .push(Zeroizing::new(inner.whole.to_vec())),
            Some([SHROUDED_KEY_BAG]) => {
                let mut parts = inner.children();
                let algorithm = parts.next_of(SEQUENCE).ok_or(Problem::Malformed)?;
                let text = parts.next().and_then(Result::ok).and_then(Element::octets);
                let key = self.open(algorithm, &text.ok_or(Problem::Malformed)?)?;
                self.contents.keys.push(key);
            }
            Some([CERTIFICATE_BAG]) => {
                let mut parts = inner.children();
                let kind = parts.next_of(OBJECT).ok_or(Problem::Malformed)?;
                let value = parts.next_of(context(0)).ok_or(Problem::Malformed)?;
                let octets = value.children().next().and_then(Result::ok);
                let octets = octets.and_then(Element::octets).ok_or(Problem::Malformed)?;
                if kind.content == X509 {
                    self.contents.certificates.push(octets);
                }
            }
            Some([SAFE_BAG]) => self.bags(inner.whole)?,
            // Revocation lists and secrets sign nothing.
            Some(_) | None => {}
        }
        Ok(())
    }

    fn open(
        &mut self,
        algorithm: Element<'_>,
        bytes: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Problem> {
        let mut parts = algorithm.children();
        let object = parts.next_of(OBJECT).ok_or(Problem::Malformed)?.content;
        let parameters = parts.next_of(SEQUENCE).ok_or(Problem::Malformed)?;
        if object == PBES2 {
            self.contents.form = Form::Modern;
            return self.open_pbes2(parameters, bytes);
        }
        let cipher = match object.strip_prefix(PKCS12_PBE) {
            Some([3]) => Cipher::TripleDes,
            Some([5]) => Cipher::Rc2(16),
            Some([6]) => Cipher::Rc2(5),
            Some(_) | None => return Err(Problem::Unsupported),
        };
        let mut parts = parameters.children();
        let salt = parts
            .next_of(OCTET_STRING)
            .ok_or(Problem::Malformed)?
            .content;
        let salted = (salt, iterations(parts.next_of(INTEGER))?);
        let algorithm = &digest::SHA1_FOR_LEGACY_USE_ONLY;
        self.spellings
            .iter()
            .find_map(|spelling| {
                let length = cipher.key_length();
                let key = derive(algorithm, Purpose::Key, spelling, salted, length);
                let vector = derive(algorithm, Purpose::Vector, spelling, salted, 8);
                decrypt(cipher, &key, &vector, bytes)
            })
            .ok_or(Problem::WrongPassword)
    }

    fn open_pbes2(
        &self,
        parameters: Element<'_>,
        bytes: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Problem> {
        let mut parts = parameters.children();
        let derivation = parts.next_of(SEQUENCE).ok_or(Problem::Malformed)?;
        let mut scheme = parts
            .next_of(SEQUENCE)
            .ok_or(Problem::Malformed)?
            .children();
        let object = scheme.next_of(OBJECT).ok_or(Problem::Malformed)?.content;
        let vector = scheme
            .next_of(OCTET_STRING)
            .ok_or(Problem::Unsupported)?
            .content;
        let cipher = match (object == DES_EDE3_CBC, object.strip_prefix(AES_CBC)) {
            (true, _) => Cipher::TripleDes,
            (false, Some([2])) => Cipher::Aes(16),
            (false, Some([22])) => Cipher::Aes(24),
            (false, Some([42])) => Cipher::Aes(32),
            (false, Some(_) | None) => return Err(Problem::Unsupported),
        };
        let key = pbkdf2(derivation, self.password, cipher.key_length())?;
        decrypt(cipher, &key, vector, bytes).ok_or(Problem::WrongPassword)
    }
}

/// The spelling of the password that the checksum fits to; `None` where the checksum is of a kind that is
/// not checked here.
fn check(
    mac: Element<'_>,
    safe: &[u8],
    password: &str,
    form: &mut Form,
) -> Result<Option<Zeroizing<Vec<u8>>>, Problem> {
    let mut parts = mac.children();
    let mut sum = parts
        .next_of(SEQUENCE)
        .ok_or(Problem::Malformed)?
        .children();
    let object = sum
        .next_of(SEQUENCE)
        .and_then(|algorithm| algorithm.children().next_of(OBJECT));
    let object = object.ok_or(Problem::Malformed)?.content;
    let expected = sum.next_of(OCTET_STRING).ok_or(Problem::Malformed)?.content;
    let salt = parts
        .next_of(OCTET_STRING)
        .ok_or(Problem::Malformed)?
        .content;
    let iterations = iterations(parts.next_of(INTEGER))?;
    let (hash, hmac): (&'static Algorithm, _) = match (object == SHA1, object.strip_prefix(SHA2)) {
        (true, _) => (
            &digest::SHA1_FOR_LEGACY_USE_ONLY,
            hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
        ),
        (false, Some([1])) => (&digest::SHA256, hmac::HMAC_SHA256),
        (false, Some([2])) => (&digest::SHA384, hmac::HMAC_SHA384),
        (false, Some([3])) => (&digest::SHA512, hmac::HMAC_SHA512),
        // Its encryption tells the password as well.
        (false, Some(_) | None) if object == PBMAC1 => {
            *form = Form::Modern;
            return Ok(None);
        }
        (false, Some(_) | None) => return Err(Problem::Unsupported),
    };
    if object != SHA1 {
        *form = Form::Modern;
    }
    spellings(password)
        .into_iter()
        .find(|spelling| {
            let length = hash.output_len();
            let key = derive(hash, Purpose::Mac, spelling, (salt, iterations), length);
            hmac::verify(&hmac::Key::new(hmac, &key), safe, expected).is_ok()
        })
        .map(Some)
        .ok_or(Problem::WrongPassword)
}

fn pbkdf2(
    derivation: Element<'_>,
    password: &str,
    length: usize,
) -> Result<Zeroizing<Vec<u8>>, Problem> {
    let mut parts = derivation.children();
    if parts.next_of(OBJECT).ok_or(Problem::Malformed)?.content != PBKDF2 {
        return Err(Problem::Unsupported);
    }
    let mut parts = parts
        .next_of(SEQUENCE)
        .ok_or(Problem::Malformed)?
        .children();
    let salt = parts
        .next_of(OCTET_STRING)
        .ok_or(Problem::Malformed)?
        .content;
    let iterations = iterations(parts.next_of(INTEGER))?;
    parts.next_of(INTEGER);
    let prf = parts
        .next_of(SEQUENCE)
        .and_then(|prf| prf.children().next_of(OBJECT));
    let algorithm = match prf.map(|object| object.content.strip_prefix(HMAC)) {
        None | Some(Some([7])) => pbkdf2::PBKDF2_HMAC_SHA1,
        Some(Some([9])) => pbkdf2::PBKDF2_HMAC_SHA256,
        Some(Some([10])) => pbkdf2::PBKDF2_HMAC_SHA384,
        Some(Some([11])) => pbkdf2::PBKDF2_HMAC_SHA512,
        Some(Some(_) | None) => return Err(Problem::Unsupported),
    };
    let iterations = NonZeroU32::new(iterations).ok_or(Problem::Malformed)?;
    let mut key = Zeroizing::new(vec![0; length]);
    pbkdf2::derive(algorithm, iterations, salt, password.as_bytes(), &mut key);
    Ok(key)
}

/// Left out, it is one.
fn iterations(number: Option<Element<'_>>) -> Result<u32, Problem> {
    match number {
        None => Ok(1),
        Some(element) => small(element)
            .filter(|count| (1..=MOST_ITERATIONS).contains(count))
            .ok_or(Problem::Malformed),
    }
}

/// A small number that is not negative.
fn small(element: Element<'_>) -> Option<u32> {
    let digits = element.content;
    if digits.is_empty() || digits.len() > 5 || digits[0] & 0x80 != 0 {
        return None;
    }
    let number = digits
        .iter()
        .fold(0_u64, |sum, digit| sum << 8 | u64::from(*digit));
    u32::try_from(number).ok()
}

/// The octets inside of a `ContentInfo` of plain data.
fn data_of(info: Element<'_>) -> Result<Vec<u8>, Problem> {
    let mut parts = info.children();
    let kind = parts.next_of(OBJECT).ok_or(Problem::Malformed)?;
    if kind.content != DATA {
        return Err(Problem::Unsupported);
    }
    parts
        .next_of(context(0))
        .and_then(|content| content.children().next()?.ok()?.octets())
        .ok_or(Problem::Malformed)
}

fn children_of<'a>(bytes: &mut &'a [u8], tag: u8) -> Result<Elements<'a>, Problem> {
    match element(bytes) {
        Ok(found) if found.tag == tag => Ok(found.children()),
        Ok(_) | Err(_) => Err(Problem::Malformed),
    }
}
