//! PEM and base64, read as forgivingly as they are copied.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

use crate::credentials::problem::KeyProblem;

/// Padding may be there or not, and the last bits may be anything.
const FORGIVING: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// DER bytes, with what their armour called them.
pub struct Armoured {
    /// `PRIVATEKEY`, `ECPRIVATEKEY` …, where there was a header or footer.
    pub label: Option<String>,
    /// The bytes between.
    pub der: Zeroizing<Vec<u8>>,
}

/// One `-----BEGIN …-----` or `-----END …-----`.
struct Marker<'a> {
    begins: bool,
    label: &'a str,
    at: usize,
    end: usize,
}

/// The first private key block, else the first block; header or footer may be missing. The text has
/// no white space, because spaces get lost and added anywhere.
pub fn armour(dense: &str) -> Result<Option<Armoured>, KeyProblem> {
    let markers = markers(dense);
    let Some(chosen) = markers
        .iter()
        .find(|marker| marker.label.ends_with("PRIVATEKEY"))
        .or_else(|| markers.iter().find(|marker| marker.label != "ECPARAMETERS"))
    else {
        return Ok(None);
    };
    let body = if chosen.begins {
        let stop = markers.iter().map(|marker| marker.at);
        let stop = stop.filter(|at| *at >= chosen.end).min();
        &dense[chosen.end..stop.unwrap_or(dense.len())]
    } else {
        let start = markers.iter().map(|marker| marker.end);
        let start = start.filter(|end| *end <= chosen.at).max();
        &dense[start.unwrap_or(0)..chosen.at]
    };
    match chosen.label {
        "ENCRYPTEDPRIVATEKEY" => return Err(KeyProblem::Encrypted),
        "OPENSSHPRIVATEKEY" | "DSAPRIVATEKEY" => return Err(KeyProblem::OtherAlgorithm),
        "CERTIFICATE" | "TRUSTEDCERTIFICATE" => return Err(KeyProblem::Certificate),
        _ if body.starts_with("Proc-Type") => return Err(KeyProblem::Encrypted),
        _ => {}
    }
    let body = body.trim_matches(|c| matches!(c, '"' | '\'' | '-'));
    if body.is_empty() {
        return Err(KeyProblem::Truncated);
    }
    let der = decode(body).ok_or(KeyProblem::Damaged)?;
    Ok(Some(Armoured {
        label: Some(chosen.label.to_owned()),
        der,
    }))
}

fn markers(dense: &str) -> Vec<Marker<'_>> {
    let mut found = Vec::new();
    for (word, begins) in [("--BEGIN", true), ("--END", false)] {
        for (index, _) in dense.match_indices(word) {
            let label = &dense[index + word.len()..];
            let length = label
                .find(|c: char| !c.is_ascii_uppercase() && !c.is_ascii_digit())
                .unwrap_or(label.len());
            let label = &label[..length];
            if ![
                "KEY",
                "CERTIFICATE",
                "REQUEST",
                "PARAMETERS",
                "CMS",
                "PKCS7",
            ]
            .iter()
            .any(|end| label.ends_with(end))
            {
                continue;
            }
            let after = &dense[index + word.len() + length..];
            let dashes = after.len() - after.trim_start_matches('-').len();
            let before = dense[..index].trim_end_matches('-').len();
            found.push(Marker {
                begins,
                label,
                at: before,
                end: index + word.len() + length + dashes,
            });
        }
    }
    found.sort_by_key(|marker| marker.at);
    found
}

/// Base64 of either alphabet, with or without padding; one character too many or too few at the end
/// is taken off, so that a cut is told from a damage.
pub fn decode(dense: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut text: Zeroizing<String> = Zeroizing::new(
        dense
            .trim_end_matches('=')
            .chars()
            .map(|c| match c {
                '-' => '+',
                '_' => '/',
                other => other,
            })
            .collect(),
    );
    if text.len() % 4 == 1 {
        text.pop();
    }
    if text.len() < 4 {
        return None;
    }
    FORGIVING.decode(text.as_bytes()).ok().map(Zeroizing::new)
}
