//! The key itself: read from what was pasted, proven by a signature, and never shown.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::{Algorithm, EncodingKey};
use zeroize::Zeroizing;

use crate::credentials::der::{self, Kind};
use crate::credentials::pasted;
use crate::credentials::problem::KeyProblem;
use crate::secret::Secret;

/// An App Store Connect API key that has signed once. The bytes are overwritten when the last clone
/// goes.
#[derive(Clone)]
pub struct ApiKey(Arc<EncodingKey>);

impl ApiKey {
    /// Reads a key as people paste it: the .p8 file, its base64, either of them quoted, wrapped, with
    /// literal `\n`, without header or footer, or encoded twice. A SEC1 key of P-256 is taken too.
    pub fn parse(text: &str) -> Result<Self, KeyProblem> {
        let armoured = pasted::unwrap(text)?;
        let bytes = &armoured.der;
        let pkcs8 = match der::kind(bytes) {
            Kind::Pkcs8P256 => Zeroizing::new(der::document(bytes).to_vec()),
            Kind::Sec1P256 => Zeroizing::new(der::pkcs8_from_sec1(der::document(bytes))),
            Kind::OtherCurve(name) => return Err(KeyProblem::OtherCurve(name)),
            Kind::Rsa => return Err(KeyProblem::Rsa),
            Kind::OtherAlgorithm => return Err(KeyProblem::OtherAlgorithm),
            Kind::Encrypted => return Err(KeyProblem::Encrypted),
            Kind::PublicKey => return Err(KeyProblem::PublicKey),
            Kind::Certificate => return Err(KeyProblem::Certificate),
            Kind::SigningRequest => return Err(KeyProblem::SigningRequest),
            Kind::Pkcs12 => return Err(KeyProblem::Pkcs12),
            Kind::Cms => return Err(KeyProblem::ProvisioningProfile),
            Kind::Truncated => return Err(truncated(armoured.label.as_deref())),
            Kind::Unknown if armoured.label.is_some() => return Err(KeyProblem::Damaged),
            Kind::Unknown => return Err(KeyProblem::Unrecognised(text.chars().count())),
        };
        let key = EncodingKey::from_ec_der(&pkcs8);
        jsonwebtoken::crypto::sign(b"jetway", &key, Algorithm::ES256)
            .map_err(|_| KeyProblem::Damaged)?;
        Ok(Self(Arc::new(key)))
    }

    /// The key as Apple gives it out, PKCS#8 in PEM, for the tools that want a file.
    pub fn pem(&self) -> Secret {
        let base64 = Zeroizing::new(STANDARD.encode(self.0.as_bytes()));
        let mut pem = String::from("-----BEGIN PRIVATE KEY-----\n");
        for line in base64.as_bytes().chunks(64) {
            pem.push_str(&String::from_utf8_lossy(line));
            pem.push('\n');
        }
        pem.push_str("-----END PRIVATE KEY-----\n");
        Secret::new(pem)
    }

    /// For the signature of a token.
    pub(super) fn signing(&self) -> &EncodingKey {
        &self.0
    }

    /// The key's base64, for the vault.
    pub(super) fn as_secret(&self) -> Secret {
        Secret::new(STANDARD.encode(self.0.as_bytes()))
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A piece of an RSA key is an RSA key first of all.
fn truncated(label: Option<&str>) -> KeyProblem {
    match label {
        Some("RSAPRIVATEKEY") => KeyProblem::Rsa,
        Some("PUBLICKEY" | "RSAPUBLICKEY") => KeyProblem::PublicKey,
        _ => KeyProblem::Truncated,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::credentials::diagnostics::{CASES, CODES};
    use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
    use proptest::prelude::*;
    use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384, PKCS_ED25519};

    pub fn generated() -> KeyPair {
        KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).expect("aws-lc makes keys")
    }

    fn wrapped(text: &str, columns: usize) -> String {
        let lines: Vec<&str> = text
            .as_bytes()
            .chunks(columns)
            .map(|line| std::str::from_utf8(line).unwrap())
            .collect();
        lines.join("\n")
    }

    fn pem(label: &str, der: &[u8]) -> String {
        let body = wrapped(&STANDARD.encode(der), 64);
        format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n")
    }

    fn body(pem: &str) -> String {
        let lines: Vec<&str> = pem.lines().filter(|l| !l.starts_with("-----")).collect();
        lines.join("\n")
    }

    /// The SEC1 key inside a PKCS#8 one, which follows version and algorithm.
    fn sec1(pkcs8: &[u8]) -> Vec<u8> {
        // The first one: what is random comes after it.
        let inside = pkcs8
            .windows(5)
            .position(|w| w == [0x02, 0x01, 0x01, 0x04, 0x20])
            .expect("a SEC1 key is inside");
        let start = if pkcs8[inside - 3] == 0x30 {
            inside - 3
        } else {
            inside - 2
        };
        pkcs8[start..].to_vec()
    }

    fn problem(text: &str) -> KeyProblem {
        ApiKey::parse(text).expect_err("no key is in it")
    }

    /// Every single way of wrapping that is known from the field.
    fn wrap(way: usize, text: &str) -> String {
        match way {
            0 => text.to_owned(),
            1 => text.replace('\n', "\\n"),
            2 => text.replace('\n', "\r\n"),
            3 => format!("\"{text}\""),
            4 => format!("'{}'\n", text.trim()),
            5 => format!("\u{feff}  {text}\t\n\n"),
            6 => STANDARD.encode(text),
            7 => wrapped(&STANDARD.encode(text), 76),
            8 => URL_SAFE.encode(text),
            9 => STANDARD_NO_PAD.encode(text),
            10 => URL_SAFE_NO_PAD.encode(text),
            11 => text.replace('\n', "\\r\\n"),
            12 => text.replace('\n', " "),
            13 => text.replace('\n', "\\\\n"),
            14 => text.split_whitespace().collect(),
            15 => format!("JETWAY_API_KEY={text}"),
            16 => text.replace('\n', "\n    "),
            _ => format!("{text}\n\n{text}")
                .lines()
                .take(text.lines().count())
                .collect::<Vec<_>>()
                .join("\n"),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn every_wrapping_of_a_key_is_undone(
            form in 0usize..6,
            first in 0usize..18,
            second in 0usize..18,
        ) {
            let key = generated();
            let pem = pem("PRIVATE KEY", key.serialized_der());
            let text = match form {
                0 => pem,
                1 => body(&pem),
                2 => pem.replace("-----BEGIN PRIVATE KEY-----\n", ""),
                3 => pem.replace("-----END PRIVATE KEY-----\n", ""),
                4 => STANDARD.encode(key.serialized_der()),
                _ => URL_SAFE_NO_PAD.encode(key.serialized_der()),
            };
            let pasted = wrap(second, &wrap(first, &text));
            let read = ApiKey::parse(&pasted).map(|key| key.signing().as_bytes().to_vec());
            prop_assert_eq!(read, Ok(key.serialized_der().to_vec()), "{}", pasted);
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,400}") {
            let _ = ApiKey::parse(&text);
        }

        #[test]
        fn no_damage_makes_it_panic_or_goes_unnoticed(at in 0usize..240, with in any::<char>()) {
            let key = generated();
            let mut text: Vec<char> = pem("PRIVATE KEY", key.serialized_der()).chars().collect();
            if let Some(place) = text.get_mut(at) {
                *place = with;
            }
            let text: String = text.into_iter().collect();
            if let Ok(read) = ApiKey::parse(&text) {
                prop_assert!(!read.signing().as_bytes().is_empty());
            }
        }

        #[test]
        fn a_cut_key_is_called_cut(keep in 40usize..180) {
            let key = generated();
            let text = pem("PRIVATE KEY", key.serialized_der());
            prop_assert_eq!(problem(&text[..keep]), KeyProblem::Truncated);
            prop_assert_eq!(problem(&STANDARD.encode(&text[..keep])), KeyProblem::Truncated);
        }
    }

    #[test]
    fn a_sec1_key_of_p256_is_repaired() {
        let key = generated();
        let sec1 = sec1(key.serialized_der());
        for text in [
            pem("EC PRIVATE KEY", &sec1),
            STANDARD.encode(&sec1),
            format!(
                "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n{}",
                pem("EC PRIVATE KEY", &sec1)
            ),
        ] {
            let read = ApiKey::parse(&text).unwrap_or_else(|problem| panic!("{problem}"));
            let parsed = KeyPair::try_from(read.signing().as_bytes()).unwrap();
            assert_eq!(parsed.public_key_raw(), key.public_key_raw());
        }
    }

    #[test]
    fn fastlanes_json_gives_its_key() {
        let pem = pem("PRIVATE KEY", generated().serialized_der());
        let document = serde_json::json!({"key_id": "2X9R4HXF34", "issuer_id": "x", "key": pem});
        assert!(ApiKey::parse(&document.to_string()).is_ok());
        let indented = serde_json::to_string_pretty(&document).unwrap();
        assert!(ApiKey::parse(&STANDARD.encode(indented)).is_ok());
    }

    #[test]
    fn each_wrong_kind_is_named() {
        use KeyProblem as P;
        let p384 = KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384).unwrap();
        let ed = KeyPair::generate_for(&PKCS_ED25519).unwrap();
        let key = generated();
        let certificate = rcgen::CertificateParams::new(vec!["a.example".into()]).unwrap();
        let request = certificate.serialize_request(&key).unwrap();
        let certificate = certificate.self_signed(&key).unwrap();
        let p12 = [
            0x30, 0x09, 0x02, 0x01, 0x03, 0x30, 0x04, 0x06, 0x02, 0x2a, 0x03,
        ];
        let encrypted = [0x30, 0x06, 0x30, 0x02, 0x06, 0x00, 0x04, 0x00];
        let cms = [
            0x30, 0x0b, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02,
        ];
        let cases: Vec<(String, P)> = vec![
            (
                pem("PRIVATE KEY", p384.serialized_der()),
                P::OtherCurve("P-384"),
            ),
            (STANDARD.encode(ed.serialized_der()), P::OtherAlgorithm),
            (pem("CERTIFICATE", certificate.der()), P::Certificate),
            (STANDARD.encode(certificate.der()), P::Certificate),
            (STANDARD.encode(request.der()), P::SigningRequest),
            (pem("PUBLIC KEY", &spki(&key)), P::PublicKey),
            (STANDARD.encode(p12), P::Pkcs12),
            (STANDARD.encode(encrypted), P::Encrypted),
            (pem("ENCRYPTED PRIVATE KEY", &encrypted), P::Encrypted),
            (STANDARD.encode(cms), P::ProvisioningProfile),
            (
                pem("OPENSSH PRIVATE KEY", b"openssh-key-v1"),
                P::OtherAlgorithm,
            ),
            (
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n".into(),
                P::Encrypted,
            ),
            (
                "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n".into(),
                P::Rsa,
            ),
            ("-----BEGIN PRIVATE KEY-----".into(), P::Truncated),
        ];
        named(cases);
    }

    fn named(cases: Vec<(String, KeyProblem)>) {
        for (text, expected) in cases {
            assert_eq!(problem(&text), expected, "{text}");
            assert!(
                expected.diagnostic().is_listed(CODES, CASES),
                "{expected:?}"
            );
        }
    }

    #[test]
    fn each_text_that_is_no_key_is_named() {
        use KeyProblem as P;
        named(vec![
            (" \n\"\" ".into(), P::Empty),
            ("\u{feff}".into(), P::Empty),
            (
                "${{ secrets.KEY }}".into(),
                P::NotExpanded("${{ secrets.KEY }}".into()),
            ),
            ("$API_KEY".into(), P::NotExpanded("$API_KEY".into())),
            ("${API_KEY}".into(), P::NotExpanded("${API_KEY}".into())),
            ("%API_KEY%".into(), P::NotExpanded("%API_KEY%".into())),
            ("./keys/AuthKey_2X9R4HXF34.p8".into(), P::FilePath),
            ("/Users/me/AuthKey.p8\n".into(), P::FilePath),
            ("C:\\new\\key.p8".into(), P::FilePath),
            ("~/private_keys/key".into(), P::FilePath),
            (STANDARD.encode("/home/me/AuthKey.p8\n"), P::FilePath),
            ("{\"type\": \"service_account\"}".into(), P::Json),
            ("eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln".into(), P::Token),
            ("2X9R4HXF34".into(), P::KeyId),
            ("57246542-96fe-1a63-e053-0824d011072a".into(), P::IssuerId),
            ("hello world".into(), P::Unrecognised(11)),
            (pem("PRIVATE KEY", b"not a key at all"), P::Damaged),
        ]);
    }

    #[test]
    fn an_rsa_key_is_named_in_both_forms() {
        let key = KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
        let pkcs8 = key.serialized_der();
        assert_eq!(problem(&pem("PRIVATE KEY", pkcs8)), KeyProblem::Rsa);
        // PKCS#1 is what the octet string holds: version, algorithm and two headers take 26 bytes.
        assert_eq!(problem(&STANDARD.encode(&pkcs8[26..])), KeyProblem::Rsa);
    }

    #[test]
    fn neither_debug_nor_a_problem_shows_the_key() {
        let key = generated();
        let text = pem("PRIVATE KEY", key.serialized_der());
        assert_eq!(format!("{:?}", ApiKey::parse(&text).unwrap()), "***");
        let damaged = text.replacen('M', "N", 1);
        let problem = problem(&damaged);
        let shown = format!("{problem} {problem:?} {:?}", problem.diagnostic());
        for line in body(&damaged).lines() {
            assert!(!shown.contains(line), "{shown}");
        }
    }

    fn spki(key: &KeyPair) -> Vec<u8> {
        // SEQUENCE { SEQUENCE { ecPublicKey, P-256 }, BIT STRING }
        let mut der = vec![
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06,
            0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
        ];
        der.extend_from_slice(key.public_key_raw());
        der
    }
}
