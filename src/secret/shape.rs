//! Key material known by its shape: private keys in PEM, DER and JSON, tokens, each as it is, in base64
//! of base64, in hex or escaped, broken by white space or cut.
//!
//! Shapes are of two kinds. Some say what they are (`BEGIN PRIVATE KEY`, the first bytes of a key, `eyJ`);
//! the piece of a key that was cut out of its middle does not, and is known by nothing but how letters and
//! digits follow each other in base64 of random bytes.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use crate::secret::MASK;
use crate::secret::bits::{from_base64, from_hex, without_escapes};

/// Base64 of base64 of base64 is the most that is looked through.
const LAYERS: usize = 4;
/// No shorter word can hold enough of a key to be worth hiding.
const SHORTEST_WORD: usize = 16;
/// As much of a word is decoded: twice the longest key of 4,096 bits in base64 of base64.
const LONGEST_LOOK: usize = 16 * 1024;
/// A private key block has no more between its lines.
const LONGEST_BLOCK: usize = 16 * 1024;
/// So many letters has a head of a key that is written byte by byte at least.
const SHORTEST_DUMP: usize = 96;
/// No more stands between two bytes of a dump, a line end and its margin.
const LONGEST_GAP: usize = 10;
/// A piece of random base64 is told by a stretch of so many letters.
const STRETCH: usize = 40;

/// What stands in base64 for the beginning of a key or token, whoever changed its case.
const BEGINNINGS: [&str; 4] = [
    // `-----BEGI`
    "ls0tls1crudj",
    // The head of a PKCS #8 key on an elliptic curve, from its version on.
    "ageambmgbyqgsm49",
    // `{"alg":"` and `{"typ":"`
    "eyjhbgcioi",
    "eyj0exaioi",
];

/// How GitHub's tokens begin.
const GITHUBS: [&str; 6] = ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"];
/// How a JSON Web Token begins: base64 of `{"`.
const WEB_TOKEN: &str = "eyJ";
/// What stands in the lines around every private key.
const PRIVATE: &str = "private";
/// What stands before a secret that has no shape of its own, in lower case, and how long that is at least.
const NAMES: [(&str, usize); 3] = [("signature=", 16), ("signature%3d", 16), ("bearer ", 20)];

/// Whether the text holds key material, in whatever form; white space in it counts for nothing.
pub fn is_key(text: &str) -> bool {
    let text = cut(text);
    if text.len() < SHORTEST_WORD {
        return false;
    }
    let dense: String = without_escapes(text).split_whitespace().collect();
    let reversed: String = dense.chars().rev().collect();
    if !pairs(text).is_empty() {
        return true;
    }
    speaks(text, LAYERS) || speaks(&dense, LAYERS) || speaks(&reversed, LAYERS) || is_random(&dense)
}

/// The text with all key material in it replaced by `***`.
pub fn hidden(text: &str) -> Cow<'_, str> {
    if text.len() < SHORTEST_WORD {
        return Cow::Borrowed(text);
    }
    let mut spans = blocks(text);
    spans.extend(words(text));
    spans.extend(named(text));
    spans.extend(pairs(text));
    masked(text, spans)
}

/// Key material written byte by byte, as `30:81:87`, `30 81 87` or `0x30, 0x81, 0x87`.
fn pairs(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let (mut found, mut from) = (Vec::new(), 0);
    while bytes.len() - from >= SHORTEST_DUMP {
        let Some(first) = bytes[from..].iter().position(u8::is_ascii_hexdigit) else {
            break;
        };
        let start = from + first;
        let (digits, end) = dump(bytes, start);
        let decoded = from_hex(&digits).filter(|_| digits.len() >= SHORTEST_DUMP / 2);
        if decoded.is_some_and(|bytes| is_der(&bytes) || is_text_of_key(&bytes, LAYERS - 1)) {
            found.push(start..end);
        }
        from = end.max(start + 1);
        // The rest of a longer word begins no byte.
        let rest = bytes[from..]
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric());
        from += rest.count();
    }
    found
}

/// The digits of a stretch of single bytes from here, and where it ends.
fn dump(bytes: &[u8], start: usize) -> (String, usize) {
    let is_pair = |at: usize| {
        let pair = bytes.get(at..at + 2);
        let goes_on = bytes.get(at + 2).is_some_and(u8::is_ascii_alphanumeric);
        pair.is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit)) && !goes_on
    };
    let (mut digits, mut at, mut end) = (String::new(), start, start);
    at += prefix(bytes, at);
    while is_pair(at) {
        digits.extend(bytes[at..at + 2].iter().map(|byte| char::from(*byte)));
        end = at + 2;
        let gap = bytes[end..].iter().take(LONGEST_GAP);
        let gap = gap.take_while(|byte| !byte.is_ascii_alphanumeric()).count();
        at = end + gap;
        at += prefix(bytes, at);
        if gap == 0 {
            break;
        }
    }
    (digits, end)
}

/// How long the mark of a byte is, as in `0x30` and `\x30`.
fn prefix(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..at + 2) {
        Some(b"0x" | b"0X") => 2,
        Some([b'x', _]) => 1,
        Some(_) | None => 0,
    }
}

/// What follows a name that says that a secret follows.
fn named(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for (name, least) in NAMES {
        let mut from = 0;
        while let Some(at) = find(&bytes[from..], name.as_bytes()) {
            let start = from + at + name.len();
            let length = bytes[start..].iter().take_while(|byte| is_of_word(**byte));
            let length = length.count();
            if length >= least {
                found.push(start..start + length);
            }
            from = start + length;
        }
    }
    found
}

/// The text with these spans masked; spans that touch each other become one.
pub(super) fn masked(text: &str, mut spans: Vec<Range<usize>>) -> Cow<'_, str> {
    if spans.is_empty() {
        return Cow::Borrowed(text);
    }
    spans.sort_by_key(|span| span.start);
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for span in spans {
        if span.start >= from {
            kept.push_str(&text[from..span.start]);
            kept.push_str(MASK);
        }
        from = from.max(span.end);
    }
    kept.push_str(&text[from..]);
    Cow::Owned(kept)
}

fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST_LOOK)]
}

/// One `BEGIN … PRIVATE KEY` or `END … PRIVATE KEY`.
struct Marker {
    begins: bool,
    at: usize,
    end: usize,
}

/// The private key blocks; one without an end reaches as far as its body goes.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let markers = markers(text);
    let mut found = Vec::new();
    for (index, marker) in markers.iter().enumerate() {
        if !marker.begins {
            // The beginning was cut off: what stands before the end is the key.
            let before = index.checked_sub(1).map_or(0, |before| markers[before].end);
            let is_alone = index == 0 || !markers[index - 1].begins;
            if is_alone && let Some(start) = body_before(&text[before..marker.at]) {
                found.push(before + start..marker.end);
            }
            continue;
        }
        let end = markers
            .get(index + 1)
            .filter(|next| !next.begins && next.at - marker.end <= LONGEST_BLOCK);
        match end {
            Some(end) if has_body(&text[marker.end..end.at]) => found.push(marker.at..end.end),
            Some(_) => {}
            None => {
                let length = body_after(&text[marker.end..]);
                if has_body(&text[marker.end..marker.end + length]) {
                    found.push(marker.at..marker.end + length);
                }
            }
        }
    }
    found
}

fn markers(text: &str) -> Vec<Marker> {
    const KEY: &[u8] = b"key";
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = find(&bytes[from..], PRIVATE.as_bytes()).map(|at| at + from) {
        from = at + PRIVATE.len();
        let gap = bytes[from..].iter().take(6);
        let gap = gap.take_while(|byte| !byte.is_ascii_alphabetic()).count();
        let end = from + gap + KEY.len();
        if !bytes
            .get(from + gap..end)
            .is_some_and(|word| word.eq_ignore_ascii_case(KEY))
        {
            continue;
        }
        // `EC`, `RSA`, `ENCRYPTED` and what joins them are no more than this.
        let head = text.floor_char_boundary(at.saturating_sub(32));
        let before = text[head..at].to_ascii_lowercase();
        let begins = before.rfind("begin");
        let ends = before.rfind("end");
        let Some(word) = begins.max(ends) else {
            continue;
        };
        let dashes = |char: &char| matches!(char, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
        let opening = text[..head + word].chars().rev().take_while(dashes);
        let opening: usize = opening.map(char::len_utf8).sum();
        let closing = text[end..].chars().take_while(dashes);
        let closing: usize = closing.map(char::len_utf8).sum();
        if opening + closing < 2 {
            continue;
        }
        found.push(Marker {
            begins: begins >= ends,
            at: head + word - opening,
            end: end + closing,
        });
        from = end + closing;
    }
    found
}

/// The first place of a lowercase word, in whatever case.
fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let first = [word[0], word[0].to_ascii_uppercase()];
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|byte| first.contains(byte)) {
        let at = from + at;
        if bytes.get(at..at + word.len())?.eq_ignore_ascii_case(word) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

fn has_body(text: &str) -> bool {
    text.split(|char| !is_base64(char))
        .any(|run| run.len() >= SHORTEST_WORD)
}

/// How much of the text goes on as the body of a key: long words of base64, and a last short one.
fn body_after(text: &str) -> usize {
    let mut end = 0;
    for word in text.split_inclusive(|char: char| char.is_whitespace() || char == '\\') {
        let bare = word.trim_end_matches(|char: char| char.is_whitespace() || char == '\\');
        let bare = bare.trim_matches(['"', '\'', '`', ',', ';']);
        // What follows a backslash is an `n` or `r` before the word.
        let bare = bare.strip_prefix(['n', 'r']).unwrap_or(bare);
        let is_long = bare.len() >= SHORTEST_WORD || bare.ends_with('=') || bare.is_empty();
        if !is_long || !bare.chars().all(is_base64) || end > LONGEST_BLOCK {
            break;
        }
        end += word.len();
    }
    text[..end].trim_end().len()
}

/// Where the body of a key begins whose first line was cut off.
fn body_before(text: &str) -> Option<usize> {
    let mut start = text.len();
    let separates = |char: char| char.is_whitespace() || char == '\\';
    for word in text.rsplit(separates) {
        let bare = word.trim_matches(['"', '\'', '`']);
        let goes_on = bare.len() <= 1 || bare.ends_with('=') || bare.len() >= SHORTEST_WORD;
        if !goes_on || !bare.chars().all(is_base64) {
            break;
        }
        start = word.as_ptr().addr() - text.as_ptr().addr();
    }
    has_body(&text[start..]).then_some(start)
}

fn is_base64(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '+' | '/' | '=' | '-' | '_')
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'+' | b'/' | b'=' | b'-' | b'_' | b'.' | b'%' | b'\\' | b'~'
        )
}

/// The words that hold key material, and the words behind them that go on with it.
fn words(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !is_of_word(bytes[at]) {
            at += 1;
            continue;
        }
        let length = bytes[at..].iter().take_while(|byte| is_of_word(**byte));
        let word = at..at + length.count();
        at = word.end;
        let goes_on = found
            .last()
            .is_some_and(|last| text[last.end..word.start].chars().all(char::is_whitespace));
        let content = &text[word.clone()];
        let is_piece = goes_on
            && content.chars().all(|char| is_base64(char) || char == '.')
            && (content.len() >= SHORTEST_WORD && has_mixture(content) || content.ends_with('='));
        if is_piece {
            if let Some(last) = found.last_mut() {
                last.end = word.end;
            }
        } else if content.len() >= SHORTEST_WORD {
            // A Swift symbol mixes letters as a key does, and says by `$s` that it is one.
            let is_symbol = word.start > 0 && bytes[word.start - 1] == b'$';
            let content = cut(content);
            if speaks(content, LAYERS) || !is_symbol && is_random(content) {
                found.push(word);
            }
        }
    }
    found
}

/// Whether letters of both cases, or letters and digits, are mixed as no word mixes them.
fn has_mixture(word: &str) -> bool {
    let class = |byte: u8| (byte.is_ascii_uppercase(), byte.is_ascii_digit());
    let changes = word
        .as_bytes()
        .windows(2)
        .filter(|pair| class(pair[0]) != class(pair[1]))
        .count();
    changes * 3 >= word.len()
}

/// Whether the text says that it is key material, by itself or beneath some layers.
fn speaks(text: &str, layers: usize) -> bool {
    if text.len() < SHORTEST_WORD {
        return false;
    }
    if marks().is_match(text) && (begins(text) || !blocks(text).is_empty() || is_token(text)) {
        return true;
    }
    if layers == 0 {
        return false;
    }
    let plain = without_escapes(text);
    let runs = plain.split(|char| !is_base64(char));
    runs.filter(|run| run.len() >= SHORTEST_WORD)
        .any(|run| is_encoded(run, layers - 1))
}

/// What any text that says by itself that it is key material holds: most texts hold none of it.
fn marks() -> &'static AhoCorasick {
    static MARKS: OnceLock<AhoCorasick> = OnceLock::new();
    MARKS.get_or_init(|| {
        let tokens = GITHUBS.into_iter().chain([WEB_TOKEN]);
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(BEGINNINGS.into_iter().chain(tokens).chain([PRIVATE]))
            .expect("a dozen words build an automaton, a test says so")
    })
}

/// Whether base64 of the beginning of a key or token is in the text.
fn begins(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    BEGINNINGS.iter().any(|beginning| lower.contains(beginning))
}

/// Tokens that name themselves: GitHub's, and JSON Web Tokens.
fn is_token(text: &str) -> bool {
    let is_of_token = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let follows = |mark: &str, least: usize| {
        text.match_indices(mark).any(|(at, _)| {
            let rest = text[at + mark.len()..].bytes();
            rest.take_while(is_of_token).count() >= least
        })
    };
    let is_web_token = |(at, _): (usize, &str)| {
        let parts = text[at..].split('.').take(2);
        let long = parts.filter(|part| part.bytes().take_while(is_of_token).count() >= 10);
        long.count() == 2
    };
    GITHUBS.iter().any(|mark| follows(mark, 20)) || text.match_indices(WEB_TOKEN).any(is_web_token)
}

fn is_encoded(run: &str, layers: usize) -> bool {
    let is_hex = run.len() >= 2 * SHORTEST_WORD && run.bytes().all(|byte| byte.is_ascii_hexdigit());
    let hex = is_hex.then(|| from_hex(run)).flatten();
    let decoded = from_base64(run);
    [hex, decoded]
        .into_iter()
        .flatten()
        .any(|bytes| is_der(&bytes) || is_text_of_key(&bytes, layers))
}

/// The DER of a private key: a sequence that begins with a version of 0 or 1 and goes on as PKCS #8, as an
/// EC key or as an RSA key does.
fn is_der(bytes: &[u8]) -> bool {
    let Some(head) = bytes.first().filter(|tag| **tag == 0x30).and(bytes.get(1)) else {
        return false;
    };
    let skipped = match head {
        0x81 => 3,
        0x82 => 4,
        0x00..=0x7f => 2,
        _ => return false,
    };
    matches!(
        bytes.get(skipped..skipped + 4),
        Some([0x02, 0x01, 0x00, 0x30 | 0x02] | [0x02, 0x01, 0x01, 0x04])
    )
}

/// Text, perhaps of two bytes a letter, that is key material.
fn is_text_of_key(bytes: &[u8], layers: usize) -> bool {
    let letters: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    // A piece of base64 may begin in the middle of what it encodes.
    let text = String::from_utf8_lossy(&letters);
    let readable = text
        .chars()
        .filter(|char| !char.is_control() && *char != '\u{fffd}');
    if readable.count() * 10 < text.chars().count() * 9 {
        return false;
    }
    let is_bearer = text
        .get(..7)
        .is_some_and(|head| head.eq_ignore_ascii_case("bearer "));
    is_bearer || text.starts_with("{\"alg\"") || speaks(&text, layers)
}

/// Whether a stretch of the text is base64 of random bytes: capitals, small letters and digits follow each
/// other as in no word, path, identifier or hex number.
fn is_random(text: &str) -> bool {
    text.as_bytes()
        .split(|byte| !is_base64(char::from(*byte)))
        .filter(|run| run.len() >= STRETCH && Letters::of(run).are_many())
        .any(|run| run.windows(STRETCH).any(is_random_stretch))
}

fn is_random_stretch(stretch: &[u8]) -> bool {
    let class = |byte: u8| (byte.is_ascii_uppercase(), byte.is_ascii_lowercase());
    let changes = stretch
        .windows(2)
        .filter(|pair| class(pair[0]) != class(pair[1]))
        .count();
    Letters::of(stretch).are_many() && changes * 2 >= STRETCH
}

/// How many letters of each kind there are.
#[derive(Default)]
struct Letters {
    capitals: usize,
    smalls: usize,
    digits: usize,
}

impl Letters {
    fn of(bytes: &[u8]) -> Self {
        let mut letters = Self::default();
        for byte in bytes {
            letters.capitals += usize::from(byte.is_ascii_uppercase());
            letters.smalls += usize::from(byte.is_ascii_lowercase());
            letters.digits += usize::from(byte.is_ascii_digit());
        }
        letters
    }

    /// As many as random base64 has in a stretch.
    fn are_many(&self) -> bool {
        self.capitals >= 8 && self.smalls >= 8 && self.digits >= 2
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    use proptest::prelude::*;

    use super::*;
    use crate::secret::bits::to_hex;
    use crate::secret::samples::{der, pem, token};

    /// The text in every form that people paste it in.
    fn forms(text: &str) -> Vec<String> {
        let encoded = STANDARD.encode(text);
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let wrapped: Vec<&str> = encoded
            .as_bytes()
            .chunks(76)
            .map(|line| std::str::from_utf8(line).unwrap())
            .collect();
        vec![
            text.to_owned(),
            text.trim().replace('\n', "\\n"),
            text.trim().replace('\n', "\\\\n"),
            text.replace('\n', "\r\n"),
            text.trim().replace('\n', " "),
            text.to_lowercase(),
            encoded.clone(),
            wrapped.join("\n"),
            STANDARD.encode(&encoded),
            STANDARD.encode(wide),
            URL_SAFE_NO_PAD.encode(text),
            to_hex(text),
            STANDARD.encode(format!("Bearer {text}")),
            format!("Bearer {text}"),
            serde_json::json!({"key_id": "ABC", "key": text}).to_string(),
            STANDARD.encode(serde_json::json!({"key": text}).to_string()),
            percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC)
                .to_string(),
            text.trim()
                .chars()
                .map(|char| format!("\\u{:04x}", char as u32))
                .collect(),
        ]
    }

    /// A stretch of the secret that can be read in what is shown.
    fn leak<'a>(secret: &'a str, shown: &str) -> Option<&'a str> {
        let lower = shown.to_lowercase();
        (0..secret.len().saturating_sub(20))
            .map(|at| &secret[at..at + 20])
            .find(|piece| lower.contains(&piece.to_lowercase()))
    }

    #[test]
    fn a_key_that_nobody_told_us_of_is_known_in_every_form_that_is_pasted() {
        let body = STANDARD.encode(der());
        for secret in [pem(), body.clone(), token(), to_hex(&token())] {
            for form in forms(&secret) {
                assert!(is_key(&form), "{form}");
                let shown = hidden(&form);
                let dense: String = secret.split_whitespace().collect();
                // In lower case base64 says nothing; only its beginning is known then.
                if form != secret.to_lowercase() {
                    assert_eq!(leak(&dense, &shown), None, "{form}\n{shown}");
                    let dense: String = form.split_whitespace().collect();
                    assert_eq!(
                        leak(&dense[..dense.floor_char_boundary(300)], &shown),
                        None,
                        "{form}\n{shown}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_key_that_is_written_byte_by_byte_is_known_and_a_fingerprint_stays() {
        for bytes in [
            der(),
            pem().into_bytes(),
            STANDARD.encode(pem()).into_bytes(),
        ] {
            for (before, between) in [
                ("", ":"),
                ("", " "),
                ("0x", ", "),
                ("\\x", " "),
                ("", ":\n    "),
            ] {
                let dump: Vec<String> = bytes.iter().map(|b| format!("{before}{b:02x}")).collect();
                let dump = dump.join(between);
                assert!(is_key(&dump), "{dump}");
                let text = format!("it is {dump} and no more");
                let shown = hidden(&text).into_owned();
                assert!(
                    shown.len() < 40 && shown.ends_with("*** and no more"),
                    "{shown}"
                );
            }
        }
        let print: Vec<String> = (0..32).map(|n| format!("{:02X}", n * 7 + 9)).collect();
        let text = format!("SHA-256 Fingerprint={} of it", print.join(":"));
        assert_eq!(hidden(&text), text);
        assert!(!is_key(&text));
    }

    #[test]
    fn a_key_within_other_text_takes_nothing_else_with_it() {
        for secret in [
            pem(),
            pem().replace('\n', "\\n"),
            STANDARD.encode(pem()),
            token(),
        ] {
            let text = format!("error: can't open {secret}\nnext line of words");
            let shown = hidden(&text);
            assert!(shown.starts_with("error: can't open ***"), "{shown}");
            assert!(shown.trim_end().ends_with("next line of words"), "{shown}");
        }
    }

    #[test]
    fn a_piece_of_a_key_is_known_by_its_letters_and_a_cut_key_by_what_is_left() {
        let body = STANDARD.encode(der());
        assert_eq!(hidden(&body[64..128]), "***");
        let pem = pem();
        for end in (70..pem.len()).step_by(7) {
            let shown = hidden(&pem[..end]).into_owned();
            assert_eq!(leak(&pem[28..end.max(28)], &shown), None, "{shown}");
            let shown = hidden(&pem[end - 40..]).into_owned();
            assert!(
                !shown.contains(&pem[end - 40..][..20]) || end < 80,
                "{shown}"
            );
        }
    }

    #[test]
    fn words_paths_identifiers_and_numbers_stay() {
        for text in [
            "/Users/runner/work/MyApp/MyApp/build/Release-iphoneos/MyApp.ipa",
            "/private/var/folders/zz/zyxvpxvq6csfxvn_n0000000000000/T/tmp.Xa9Qk2Lm/App.ipa",
            "DerivedData/MyApp-gqjfvzlphrbnmyfwhxsauvmfkjtc/Build/Intermediates.noindex/ArchiveIntermediates",
            "_$s7SwiftUI4ViewPAAE10navigationBarTitle_11displayModeQrqd___AA010NavigationF4ItemV0H11DisplayModeOtSyRd__lF",
            "5f3c1e9b7a2d4c6e8f0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60",
            "6053B7FE-68A8-4ACB-89BE-165AA6465141 6053b7fe-68a8-4acb-89be-165aa6465141",
            "-----BEGIN PRIVATE KEY----- and -----END PRIVATE KEY----- are the lines around it",
            "com.example.TheVeryLongNameOfAnApplication.NotificationServiceExtension",
            "The bearer token is missing; the private key can't be read; the signature=invalid",
            "NSLocationAlwaysAndWhenInUseUsageDescription CFBundleShortVersionString",
            "https://appstoreconnect.apple.com/apps/1234567890/testflight/ios/6053b7fe-68a8-4acb-89be-165aa6465141",
        ] {
            assert_eq!(hidden(text), text);
            assert!(text.contains("$s7Swift") || !is_key(text), "{text}");
        }
    }

    #[test]
    fn a_signature_in_an_address_is_known_by_its_name() {
        let url = "https://s3.example/b?X-Amz-Signature=0123456789abcdef0123&partNumber=4";
        assert_eq!(
            hidden(url),
            "https://s3.example/b?X-Amz-Signature=***&partNumber=4"
        );
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,60}", more in "[A-Za-z0-9+/=%\\\\ \n-]{0,80}") {
            for text in [format!("{text}{more}"), format!("-----BEGIN PRIVATE KEY-----{text}{more}"),
                format!("{more}{text}-----END PRIVATE KEY-----")] {
                let shown = hidden(&text).into_owned();
                let _ = is_key(&text);
                prop_assert!(shown.len() <= text.len() + 3);
            }
        }
    }
}
