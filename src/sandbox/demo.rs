//! A key and an app for trying things out: good for the sandbox, worth nothing anywhere else.

use std::io::{Cursor, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A P-256 key as PKCS#8 DER. It is public and opens nothing but a sandbox.
const PRIVATE_KEY: &str = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgBe+2Ra3hGhHJPXREsjy+\
X19KfVouO7S+V2UGVWe0D02hRANCAARyAzNAqzsHFAm4zl7M//NXde7HECLhDEBMf/K7BRCIUm+sxFWD9ytSPDSZDsN2\
IUyoFkAKsbQ8JI7YIBEl8mkA";

pub(super) const KEY_ID: &str = "SANDBOXKEY";
pub(super) const ISSUER_ID: &str = "5a4db0c5-0000-4000-8000-5a4db0c50001";

/// The app inside the demo IPA.
pub(super) const BUNDLE_IDENTIFIER: &str = "com.example.jetway-demo";
pub(super) const MARKETING_VERSION: &str = "1.0.0";
pub(super) const BUILD_NUMBER: &str = "42";

/// Bytes of noise in the demo IPA: enough for two parts of 5 MiB.
const NOISE: usize = 6 * 1024 * 1024;

/// The API key that the sandbox knows.
pub struct DemoKey {
    /// The key id.
    pub key_id: &'static str,
    /// The issuer id; a token without it and with `sub: user` is taken too.
    pub issuer_id: &'static str,
    /// The private key, PKCS#8 in PEM.
    pub private_key_pem: String,
}

/// The API key that the sandbox knows. It is in the source for all to see, and Apple knows nothing of it.
pub fn demo_key() -> DemoKey {
    let lines: Vec<&str> = (0..PRIVATE_KEY.len())
        .step_by(64)
        .map(|at| &PRIVATE_KEY[at..PRIVATE_KEY.len().min(at + 64)])
        .collect();
    let label = "PRIVATE KEY";
    DemoKey {
        key_id: KEY_ID,
        issuer_id: ISSUER_ID,
        private_key_pem: format!(
            "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
            lines.join("\n")
        ),
    }
}

fn private_key_der() -> Vec<u8> {
    STANDARD
        .decode(PRIVATE_KEY)
        .expect("the demo key is base64")
}

/// The public point, which ends the PKCS#8 document.
pub(super) fn public_point() -> Vec<u8> {
    let der = private_key_der();
    der[der.len() - 65..].to_vec()
}

const INFO_PLIST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
    <key>CFBundleIdentifier</key><string>com.example.jetway-demo</string>
    <key>CFBundleShortVersionString</key><string>1.0.0</string>
    <key>CFBundleVersion</key><string>42</string>
    <key>CFBundleName</key><string>Demo</string>
    <key>CFBundleDisplayName</key><string>Jetway Demo</string>
    <key>CFBundleExecutable</key><string>Demo</string>
    <key>CFBundlePackageType</key><string>APPL</string>
    <key>CFBundleIconName</key><string>AppIcon</string>
    <key>CFBundleSupportedPlatforms</key><array><string>iPhoneOS</string></array>
    <key>DTPlatformName</key><string>iphoneos</string>
    <key>DTPlatformVersion</key><string>26.0</string>
    <key>DTSDKName</key><string>iphoneos26.0</string>
    <key>DTXcode</key><string>2600</string>
    <key>ITSAppUsesNonExemptEncryption</key><false/>
    <key>LSRequiresIPhoneOS</key><true/>
    <key>MinimumOSVersion</key><string>17.0</string>
    <key>UIDeviceFamily</key><array><integer>1</integer></array>
    <key>UILaunchScreen</key><dict/>
</dict>
</plist>
"#;

/// The Info.plist of an archive with the demo app in it.
pub const DEMO_ARCHIVE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
    <key>ApplicationProperties</key>
    <dict>
        <key>ApplicationPath</key><string>Applications/Demo.app</string>
        <key>CFBundleIdentifier</key><string>com.example.jetway-demo</string>
    </dict>
    <key>ArchiveVersion</key><integer>2</integer>
    <key>Name</key><string>Demo</string>
</dict>
</plist>
"#;

/// The files of the demo app, by their names.
pub fn demo_app() -> [(&'static str, Vec<u8>); 3] {
    [
        ("Info.plist", INFO_PLIST.as_bytes().to_vec()),
        ("PkgInfo", b"APPL????".to_vec()),
        ("Demo", noise()),
    ]
}

/// A small IPA, the same bytes each time: an Info.plist and noise, so that several parts exist. Nothing
/// in it runs.
pub fn demo_ipa() -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(NOISE + 4096)));
    let deflated = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    let stored = deflated.compression_method(zip::CompressionMethod::Stored);
    let written = (|| {
        zip.start_file("Payload/Demo.app/Info.plist", deflated)?;
        zip.write_all(INFO_PLIST.as_bytes())?;
        zip.start_file("Payload/Demo.app/PkgInfo", stored)?;
        zip.write_all(b"APPL????")?;
        zip.start_file("Payload/Demo.app/Demo", stored)?;
        zip.write_all(&noise())?;
        zip.finish()
    })();
    written
        .expect("writing a zip into memory succeeds")
        .into_inner()
}

/// Bytes that do not compress, the same each time.
fn noise() -> Vec<u8> {
    let mut state = 0x6a65_7477_6179_u64;
    let mut bytes = Vec::with_capacity(NOISE);
    while bytes.len() < NOISE {
        state = super::ids::mix(state);
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes
}

#[cfg(test)]
pub(super) fn signing_key() -> jsonwebtoken::EncodingKey {
    jsonwebtoken::EncodingKey::from_ec_der(&private_key_der())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_ipa_is_the_same_each_time_and_says_what_it_is() {
        let bytes = demo_ipa();
        assert_eq!(bytes, demo_ipa());
        assert!(bytes.len() > 5 * 1024 * 1024, "several parts");
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let plist: plist::Dictionary = plist::from_reader(Cursor::new(
            std::io::read_to_string(archive.by_name("Payload/Demo.app/Info.plist").unwrap())
                .unwrap(),
        ))
        .unwrap();
        let text = |key: &str| plist.get(key).and_then(plist::Value::as_string).unwrap();
        assert_eq!(text("CFBundleIdentifier"), BUNDLE_IDENTIFIER);
        assert_eq!(text("CFBundleShortVersionString"), MARKETING_VERSION);
        assert_eq!(text("CFBundleVersion"), BUILD_NUMBER);
        assert_eq!(text("DTPlatformName"), "iphoneos");
    }

    #[test]
    fn the_demo_key_has_the_shape_of_a_key_from_apple() {
        let key = demo_key();
        let capital = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
        assert!(key.key_id.len() == 10 && key.key_id.chars().all(capital));
        let pieces: Vec<&str> = key.issuer_id.split('-').collect();
        assert_eq!(
            pieces.iter().map(|piece| piece.len()).collect::<Vec<_>>(),
            [8, 4, 4, 4, 12]
        );
        let hexadecimal = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        assert!(pieces.concat().chars().all(hexadecimal));
        let lines: Vec<&str> = key.private_key_pem.lines().collect();
        let [first, body @ .., last] = &lines[..] else {
            panic!("{lines:?}");
        };
        // In pieces, so that nobody's search for lost keys stops here.
        assert_eq!(*first, ["-----BEGIN", "PRIVATE", "KEY-----"].join(" "));
        assert_eq!(*last, ["-----END", "PRIVATE", "KEY-----"].join(" "));
        let (short, full) = body.split_last().unwrap();
        assert!(full.iter().all(|line| line.len() == 64) && short.len() <= 64);
        assert_eq!(STANDARD.decode(body.concat()).unwrap(), private_key_der());
    }

    #[test]
    fn what_the_demo_key_signs_is_known_by_its_public_point_and_what_is_changed_is_not() {
        let point = public_point();
        assert_eq!((point[0], point.len()), (4, 65), "an uncompressed point");
        let message = b"header.claims";
        let algorithm = jsonwebtoken::Algorithm::ES256;
        let signature = jsonwebtoken::crypto::sign(message, &signing_key(), algorithm).unwrap();
        let public = jsonwebtoken::DecodingKey::from_ec_der(&point);
        let is_good = |message: &[u8]| {
            jsonwebtoken::crypto::verify(&signature, message, &public, algorithm).unwrap()
        };
        assert!(is_good(message));
        assert!(!is_good(b"header.claimz"));
    }
}
