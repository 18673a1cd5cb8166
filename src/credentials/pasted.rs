//! From what people paste to the bytes of a key: quotes, literal `\n`, lost headers, wrapped lines,
//! base64 inside base64. Everything that is not the key itself is taken off, layer by layer.

use zeroize::Zeroizing;

use crate::credentials::armour::{Armoured, armour, decode};
use crate::credentials::problem::KeyProblem;
use crate::ids::{IssuerId, KeyId};
use crate::text;

/// Base64 of base64 of base64 is the most that is undone.
const LAYERS: usize = 5;

/// Apple's file has 250 characters; more than this is something else, and not worth the work.
const LONGEST: usize = 256 * 1024;

/// Takes off everything around the DER.
pub fn unwrap(text: &str) -> Result<Armoured, KeyProblem> {
    if text.len() > LONGEST {
        return Err(KeyProblem::Unrecognised(text.chars().count()));
    }
    layer(text, LAYERS)
}

fn layer(text: &str, left: usize) -> Result<Armoured, KeyProblem> {
    // Before `tidy`, which would take the `\n` of `C:\new\key.p8` for a line end.
    if is_path(text.trim_matches(is_wrapping)) {
        return Err(KeyProblem::FilePath);
    }
    let text = Zeroizing::new(tidy(text));
    let unrecognised = || KeyProblem::Unrecognised(text.chars().count());
    if left == 0 {
        return Err(unrecognised());
    }
    if text.is_empty() {
        return Err(KeyProblem::Empty);
    }
    if let Some(inner) = key_in_json(&text)? {
        return layer(&inner, left - 1);
    }
    let dense: Zeroizing<String> = Zeroizing::new(text.split_whitespace().collect());
    if let Some(armoured) = armour(&dense)? {
        return Ok(armoured);
    }
    if let Some(problem) = named(&text) {
        return Err(problem);
    }
    let bytes = decode(&dense).ok_or_else(unrecognised)?;
    match std::str::from_utf8(&bytes) {
        // DER of a key is not UTF-8, and text does not begin with the tag of a sequence and a length.
        Ok(inner) if inner.chars().all(|c| !c.is_control() || c.is_whitespace()) => {
            match layer(inner, left - 1) {
                Err(KeyProblem::Unrecognised(_)) => Err(unrecognised()),
                other => other,
            }
        }
        _ => Ok(Armoured {
            label: None,
            der: bytes,
        }),
    }
}

/// Without byte order mark, invisible characters, quotes and `NAME=`; literal `\n` become line ends.
fn tidy(text: &str) -> String {
    let mut text: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{feff}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\0'))
        .collect();
    for (written, meant) in [
        ("\\\\r", "\r"),
        ("\\\\n", "\n"),
        ("\\r", "\r"),
        ("\\n", "\n"),
        ("\\\r", "\r"),
        ("\\\n", "\n"),
        ("%0A", "\n"),
        ("%0D", "\r"),
        ("\u{2014}", "--"),
        ("\u{2013}", "-"),
        ("\u{2010}", "-"),
        ("\u{2011}", "-"),
    ] {
        if text.contains(written) {
            text = text.replace(written, meant);
        }
    }
    let mut rest = text.trim();
    loop {
        let before = rest.len();
        rest = rest.trim_matches(is_wrapping).trim_end_matches([',', ';']);
        rest = without_name(rest);
        if rest.len() == before {
            return rest.to_owned();
        }
    }
}

fn is_wrapping(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '“' | '”' | '‘' | '’')
}

/// `export NAME=value` and `data:…;base64,value` as the value alone.
fn without_name(text: &str) -> &str {
    let text = text.strip_prefix("export ").unwrap_or(text);
    if let Some((head, value)) = text.split_once(";base64,")
        && head.starts_with("data:")
    {
        return value;
    }
    match text.split_once('=') {
        // A base64 text ends in `=` and has lower-case letters before it.
        Some((name, value))
            if !value.trim_matches('=').is_empty()
                && name.contains('_')
                && name
                    .bytes()
                    .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_') =>
        {
            value
        }
        _ => text,
    }
}

/// The `key` of a JSON document, as fastlane keeps it.
fn key_in_json(text: &str) -> Result<Option<Zeroizing<String>>, KeyProblem> {
    if !text.starts_with('{') || text.starts_with("{{") {
        return Ok(None);
    }
    #[derive(serde::Deserialize)]
    struct Holder {
        key: Option<String>,
        private_key: Option<String>,
    }
    // `tidy` has turned "\n" inside strings into line ends, which JSON does not allow there.
    let joined = Zeroizing::new(text.replace(['\n', '\r'], " "));
    serde_json::from_str(&joined)
        .ok()
        .and_then(|holder: Holder| holder.key.or(holder.private_key))
        .map(|key| Some(Zeroizing::new(key)))
        .ok_or(KeyProblem::Json)
}

/// What a text is that holds no key at all.
fn named(text: &str) -> Option<KeyProblem> {
    if let Some(placeholder) = placeholder(text) {
        return Some(KeyProblem::NotExpanded(placeholder));
    }
    if KeyId::new(text).is_well_formed() {
        return Some(KeyProblem::KeyId);
    }
    if IssuerId::new(text).is_well_formed() {
        return Some(KeyProblem::IssuerId);
    }
    let is_token = text.starts_with("eyJ") && text.split('.').count() == 3;
    is_token.then_some(KeyProblem::Token)
}

/// The placeholder, when the text is nothing else; its name is no secret.
fn placeholder(text: &str) -> Option<String> {
    if text.lines().count() > 1 || text.len() > 200 {
        return None;
    }
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b':')
    };
    let inner = text
        .strip_prefix('$')
        .map(|rest| rest.trim_matches(|c| matches!(c, '{' | '}' | '(' | ')' | ' ')))
        .or_else(|| text.strip_prefix("{{")?.strip_suffix("}}").map(str::trim))
        .or_else(|| text.strip_prefix('%')?.strip_suffix('%'))
        .or_else(|| text.strip_prefix("secrets."))?;
    (text.starts_with("${{")
        || is_name(
            inner
                .trim_start_matches("secrets.")
                .trim_start_matches("env."),
        ))
    .then(|| text::line(text))
}

fn is_path(text: &str) -> bool {
    let text = text.strip_prefix("file://").unwrap_or(text);
    let lower = text.to_ascii_lowercase();
    let drive =
        text.as_bytes().get(1..3) == Some(b":\\") || text.as_bytes().get(1..3) == Some(b":/");
    text.lines().count() == 1
        && text.len() < 400
        && (drive
            || ["/", "./", "../", "~/", "$HOME/", "@"]
                .iter()
                .any(|start| text.starts_with(start))
            || [
                ".p8", ".pem", ".p12", ".key", ".txt", ".json", ".base64", ".b64", ".cer",
            ]
            .iter()
            .any(|end| lower.ends_with(end)))
}
