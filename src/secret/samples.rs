//! Keys of our own making, good for nothing.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// Bytes that look like random ones.
fn noise(length: usize, mut seed: u64) -> Vec<u8> {
    std::iter::repeat_with(|| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed.to_be_bytes()[3]
    })
    .take(length)
    .collect()
}

/// A PKCS #8 key on P-256 by its head; the rest is noise.
pub fn der() -> Vec<u8> {
    let head = [
        0x30, 0x81, 0x87, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d,
        0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x04, 0x6d, 0x30,
        0x6b, 0x02, 0x01, 0x01, 0x04, 0x20,
    ];
    [head.as_slice(), &noise(102, 0x9e37_79b9_7f4a_7c15)].concat()
}

/// The same as Apple's file has it.
pub fn pem() -> String {
    let body = STANDARD.encode(der());
    let lines = body.as_bytes().chunks(64);
    let lines: Vec<&str> = lines
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        lines.join("\n")
    )
}

/// A token of 520 letters, with dots, dashes and underscores.
pub fn token() -> String {
    let head = URL_SAFE_NO_PAD.encode(r#"{"alg":"ES256","kid":"ABCDE12345","typ":"JWT"}"#);
    let claims = URL_SAFE_NO_PAD.encode(noise(260, 7));
    let signature = URL_SAFE_NO_PAD.encode(noise(82, 11));
    let mut token = format!("{head}.{claims}.{signature}");
    token.truncate(520);
    token
}
