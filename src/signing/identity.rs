//! From what was given as a certificate to what can be imported, and to what is known of it: whatever is
//! wrong with it is said before anything of the machine is touched.

use std::time::SystemTime;

use zeroize::Zeroizing;

use crate::der::{BIT_STRING, Element, INTEGER, OBJECT, OCTET_STRING, SEQUENCE, context, element};
use crate::diagnostic::Diagnostic;
use crate::profiles::{Certificate, Profile};
use crate::secret::Secret;
use crate::signing::diagnostics;
use crate::signing::error::Error;
use crate::signing::material::{Given, Mistaken};
use crate::signing::pkcs12::{self, Contents, Form, Problem};
use crate::signing::random;

/// A PKCS#12 file that every macOS reads, with its password.
#[derive(Clone)]
pub struct Importable {
    /// How a person knows it.
    pub name: String,
    /// The file.
    pub pkcs12: Zeroizing<Vec<u8>>,
    /// Its password.
    pub password: Secret,
}

/// What the given certificates come to.
#[derive(Default)]
pub struct Identities {
    /// What is to be imported.
    pub importables: Vec<Importable>,
    /// The certificates whose private keys are there.
    pub certificates: Vec<Certificate>,
    /// Those above them that lay in the same files, DER. They are not imported with them: certificates of
    /// authorities in a keychain that goes away are missed by whoever else signs at that moment.
    pub authorities: Vec<Vec<u8>>,
}

/// Reads all of them. Each is tried with the password at its place first, then with the others.
///
/// # Errors
///
/// Everything that is wrong, each as a finding.
pub fn read(
    given: &[Given],
    passwords: &[Secret],
    now: SystemTime,
) -> Result<Identities, Vec<Diagnostic>> {
    let mut found = Identities::default();
    let mut problems = Vec::new();
    for (index, given) in given.iter().enumerate() {
        match one(given, &in_order(passwords, index), now, &mut found) {
            Ok(()) => {}
            Err(problem) => problems.push(*problem),
        }
    }
    match problems.is_empty() {
        true => Ok(found),
        false => Err(problems),
    }
}

/// The passwords in the order in which they are tried for the certificate at this place: its own, the
/// others, and last each without the blanks around it, which get there by copying.
fn in_order(passwords: &[Secret], index: usize) -> Vec<Secret> {
    let none = Secret::new("");
    let own = passwords.get(index).or(passwords.last()).unwrap_or(&none);
    let mut order = vec![own.clone()];
    let trimmed = passwords
        .iter()
        .map(|password| Secret::new(password.expose().trim()));
    for password in passwords.iter().cloned().chain(trimmed) {
        if !order.contains(&password) {
            order.push(password);
        }
    }
    order
}

fn one(
    given: &Given,
    passwords: &[Secret],
    now: SystemTime,
    found: &mut Identities,
) -> Result<(), Box<Diagnostic>> {
    let (contents, password) = open(given, passwords)?;
    let pairs = pairs(&contents);
    if pairs.is_empty() {
        let names: Vec<String> = certificates(&contents)
            .map(|known| known.common_name)
            .collect();
        return Err(Box::new(diagnostics::without_key(&given.name, &names)));
    }
    for (certificate, ..) in &pairs {
        if now >= certificate.not_after {
            return Err(Box::new(diagnostics::expired(&given.name, certificate)));
        }
        if now < certificate.not_before {
            return Err(Box::new(diagnostics::not_yet_valid(
                &given.name,
                certificate,
            )));
        }
    }
    let authorities = contents.certificates.iter().enumerate();
    let authorities = authorities.filter(|(at, _)| pairs.iter().all(|(_, own, _)| own != at));
    let authorities: Vec<Vec<u8>> = authorities.map(|(_, der)| der.clone()).collect();
    let importables = importables(given, &contents, &pairs, &password);
    found
        .importables
        .extend(importables.map_err(|error| Box::new(diagnostics::not_set_up(&error)))?);
    for authority in authorities {
        if !found.authorities.contains(&authority) {
            found.authorities.push(authority);
        }
    }
    for (certificate, ..) in pairs {
        if !found.certificates.contains(&certificate) {
            found.certificates.push(certificate);
        }
    }
    Ok(())
}

fn open(given: &Given, passwords: &[Secret]) -> Result<(Contents, Secret), Box<Diagnostic>> {
    let mut worst = Problem::WrongPassword;
    for password in passwords {
        match pkcs12::read(&given.bytes, password.expose()) {
            Ok(contents) => return Ok((contents, password.clone())),
            Err(Problem::WrongPassword) => {}
            Err(problem) => {
                worst = problem;
                break;
            }
        }
    }
    Err(Box::new(match worst {
        Problem::WrongPassword => {
            let is_given = passwords
                .iter()
                .any(|password| !password.expose().is_empty());
            diagnostics::wrong_password(&given.name, is_given)
        }
        Problem::Unsupported => diagnostics::unsupported(&given.name),
        Problem::Malformed => diagnostics::not_pkcs12(&given.name, looks_like(&given.bytes)),
    }))
}

fn looks_like(bytes: &[u8]) -> Mistaken {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4_096)]);
    match () {
        () if Certificate::read(bytes).is_some() => Mistaken::Certificate,
        () if text.contains("PRIVATE KEY-----") => Mistaken::Key,
        () if text.contains("BEGIN CERTIFICATE-----") => Mistaken::Certificate,
        () if Profile::read(bytes).is_ok() => Mistaken::Profile,
        () => Mistaken::Unknown,
    }
}

/// A certificate with the places of its own bytes and of its private key among the contents.
type Pair = (Certificate, usize, usize);

fn certificates(contents: &Contents) -> impl Iterator<Item = Certificate> {
    contents
        .certificates
        .iter()
        .filter_map(|der| Certificate::read(der))
}

/// The certificates that belong to a private key.
fn pairs(contents: &Contents) -> Vec<Pair> {
    let mut found = Vec::new();
    for (key_at, key) in contents.keys.iter().enumerate() {
        let public = public_part(key);
        let at = contents.certificates.iter().position(|der| match &public {
            Some(public) => contains(der, public),
            // A key that does not say to what it belongs is that of the first.
            None => true,
        });
        let pair =
            at.and_then(|at| Some((Certificate::read(&contents.certificates[at])?, at, key_at)));
        found.extend(pair);
    }
    found
}

fn contains(whole: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(whole, part).is_some()
}

/// What of a private key (PKCS#8) is in its certificate too: the modulus of RSA, the point of a curve.
fn public_part(key: &[u8]) -> Option<Vec<u8>> {
    let mut parts = sequence(key)?;
    parts.next_of(INTEGER)?;
    let kind = parts.next_of(SEQUENCE)?.children().next_of(OBJECT)?;
    let inner = parts.next_of(OCTET_STRING)?;
    let mut parts = sequence(inner.content)?;
    parts.next_of(INTEGER)?;
    /// `rsaEncryption`
    const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
    if kind.content == RSA {
        return Some(parts.next_of(INTEGER)?.content.to_vec());
    }
    parts.next_of(OCTET_STRING)?;
    let public = parts.flatten().find(|part| part.tag == context(1))?;
    let point = public.children().next_of(BIT_STRING)?.content;
    point.get(1..).map(<[u8]>::to_vec)
}

fn sequence(bytes: &[u8]) -> Option<crate::der::Elements<'_>> {
    let found: Element<'_> = element(&mut { bytes }).ok()?;
    (found.tag == SEQUENCE).then(|| found.children())
}

/// The file as it was given where every macOS reads it, else the same anew under a password of our own:
/// what OpenSSL 3 writes is refused by some, an empty password by others, and one with strange
/// characters is spelled by each in its own way. One with more certificates than keys is written anew without
/// the others.
fn importables(
    given: &Given,
    contents: &Contents,
    pairs: &[Pair],
    password: &Secret,
) -> Result<Vec<Importable>, Error> {
    let plain = |char: char| char.is_ascii() && !char.is_ascii_control();
    let is_plain = !password.expose().is_empty()
        && password.expose().len() <= 256
        && password.expose().chars().all(plain);
    let is_alone = contents.certificates.len() == pairs.len();
    if contents.form == Form::Classic && is_plain && is_alone {
        return Ok(vec![Importable {
            name: given.name.clone(),
            pkcs12: given.bytes.clone(),
            password: password.clone(),
        }]);
    }
    pairs
        .iter()
        .map(|(_, at, key_at)| {
            let certificates = [contents.certificates[*at].as_slice()];
            let password = random::password()?;
            let salts = [random::bytes()?, random::bytes()?, random::bytes()?];
            let key = &contents.keys[*key_at];
            Ok(Importable {
                name: given.name.clone(),
                pkcs12: pkcs12::write(key, &certificates, password.expose(), salts),
                password,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const LEGACY: &[u8] = include_bytes!("../../tests/fixtures/signing/legacy.p12");
    const MODERN: &[u8] = include_bytes!("../../tests/fixtures/signing/modern.p12");
    const EMPTY: &[u8] = include_bytes!("../../tests/fixtures/signing/empty-password.p12");
    const NO_KEY: &[u8] = include_bytes!("../../tests/fixtures/signing/no-key.p12");
    const PASSWORD: &str = "tüst \"1";

    fn now() -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_796_000_000)
    }

    fn reading(
        files: &[&[u8]],
        passwords: &[&str],
        now: SystemTime,
    ) -> Result<Identities, Vec<Diagnostic>> {
        let given: Vec<Given> = files
            .iter()
            .map(|bytes| Given {
                name: "certificate".to_owned(),
                bytes: Zeroizing::new(bytes.to_vec()),
            })
            .collect();
        let passwords: Vec<Secret> = passwords.iter().map(|text| Secret::new(*text)).collect();
        read(&given, &passwords, now)
    }

    fn refused(files: &[&[u8]], passwords: &[&str]) -> String {
        let problems = reading(files, passwords, now()).err().unwrap();
        assert_eq!(problems.len(), 1);
        let case = problems[0].variables.get("case").cloned();
        format!("{} {}", problems[0].code, case.unwrap_or_default())
    }

    #[test]
    fn whatever_wrote_the_file_what_is_imported_is_read_by_every_macos() {
        for (file, password) in [(LEGACY, PASSWORD), (MODERN, PASSWORD), (EMPTY, "")] {
            let found = reading(&[file], &[password], now()).unwrap_or_else(|p| panic!("{p:?}"));
            assert_eq!(found.certificates.len(), 1);
            let import = &found.importables[0];
            assert!(!import.password.expose().is_empty() && import.password.expose().is_ascii());
            let again = pkcs12::read(&import.pkcs12, import.password.expose()).unwrap();
            assert_eq!((again.form, again.keys.len()), (Form::Classic, 1));
        }
    }

    #[test]
    fn several_files_find_their_passwords_in_any_order_and_with_blanks_around_them() {
        let found = reading(&[EMPTY, MODERN], &[&format!(" {PASSWORD}\r"), ""], now());
        assert_eq!(
            found.unwrap_or_else(|p| panic!("{p:?}")).importables.len(),
            2
        );
    }

    #[test]
    fn what_is_wrong_with_a_certificate_is_said_by_its_name() {
        assert_eq!(
            refused(&[MODERN], &["wrong"]),
            "certificate-password-wrong "
        );
        assert_eq!(refused(&[MODERN], &[]), "certificate-password-wrong none");
        assert_eq!(refused(&[NO_KEY], &[PASSWORD]), "certificate-without-key ");
        assert_eq!(refused(&[b"nothing"], &[""]), "certificate-unreadable ");
        let pem = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert_eq!(refused(&[pem], &[""]), "certificate-without-key ");
    }

    #[test]
    fn a_certificate_out_of_its_time_is_refused() {
        let long = Duration::from_secs(60 * 365 * 86_400);
        for (now, case) in [(now() + long, "expired"), (now() - long / 2, "not-yet")] {
            let problems = reading(&[LEGACY], &[PASSWORD], now).err().unwrap();
            assert_eq!(problems[0].code.as_str(), "certificate-expired");
            let is_early = problems[0].variables.contains_key("case");
            assert_eq!(is_early, case == "not-yet");
        }
    }
}
