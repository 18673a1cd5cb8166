//! MD5 as the storage speaks it: of a part, and the composite of all parts.

use std::fmt::Write as _;
use std::io::{self, Read};

use md5::{Digest as _, Md5};

/// The MD5 of one part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PartDigest(pub [u8; 16]);

impl PartDigest {
    /// Uppercase hex, as Apple's storage writes its entity tags.
    pub fn hex(self) -> String {
        hex(self.0).to_ascii_uppercase()
    }

    /// Whether an entity tag names these bytes, however it is quoted and in whatever case.
    pub fn matches(self, entity_tag: &str) -> bool {
        bare(entity_tag).eq_ignore_ascii_case(&hex(self.0))
    }
}

/// Whether an entity tag is an MD5 at all; storages also give opaque ones.
pub fn is_md5(entity_tag: &str) -> bool {
    let bare = bare(entity_tag);
    bare.len() == 32 && bare.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The MD5 of the bytes.
#[cfg(test)]
pub fn digest(bytes: &[u8]) -> PartDigest {
    PartDigest(Md5::digest(bytes).into())
}

/// The composite checksum of parts in the order of their bytes: the MD5 of their binary MD5s, in
/// lowercase hex.
pub fn composite(parts: impl IntoIterator<Item = PartDigest>) -> String {
    let mut hasher = Md5::new();
    for part in parts {
        hasher.update(part.0);
    }
    hex(hasher.finalize().into())
}

/// The composite with the suffix it also goes by: `<hex>-<parts>-<part size>`.
#[cfg(test)]
pub fn with_suffix(composite: &str, parts: usize, part_size: u64) -> String {
    format!("{composite}-{parts}-{part_size}")
}

/// The composite checksum of everything that `reader` gives, cut into parts of `part_size` bytes; the
/// last one is the rest. Fails where reading fails or where `part_size` is zero.
pub fn composite_of_file(reader: impl Read, part_size: u64) -> io::Result<String> {
    if part_size == 0 {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "a part of no bytes",
        ));
    }
    let mut reader = reader;
    let mut buffer = vec![0; 128 * 1024];
    let mut parts = Vec::new();
    let mut hasher = Md5::new();
    let mut left = part_size;
    loop {
        let want = usize::try_from(left).map_or(buffer.len(), |left| left.min(buffer.len()));
        let got = match reader.read(&mut buffer[..want]) {
            Ok(got) => got,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hasher.update(&buffer[..got]);
        left -= got as u64;
        let ended = got == 0;
        if left == 0 || (ended && left < part_size) {
            parts.push(PartDigest(hasher.finalize_reset().into()));
            left = part_size;
        }
        if ended {
            return Ok(composite(parts));
        }
    }
}

/// The composite checksum of what a storage holds by the entity tags of all parts, in the order of their
/// bytes; `None` where any of them is no MD5 or is not known.
pub fn composite_of_tags<'a>(tags: impl Iterator<Item = Option<&'a str>>) -> Option<String> {
    let parts: Option<Vec<PartDigest>> = tags.map(|tag| of_tag(tag?)).collect();
    parts.map(composite)
}

fn of_tag(entity_tag: &str) -> Option<PartDigest> {
    let digits = bare(entity_tag);
    let mut digest = [0; 16];
    for (at, byte) in digest.iter_mut().enumerate() {
        let pair = digits.get(2 * at..2 * at + 2)?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    is_md5(entity_tag).then_some(PartDigest(digest))
}

/// Part sizes that are met, the likeliest first. Apple's own is 5 MiB; nobody promised that it stays.
const LIKELY_PART_SIZES: [u64; 11] = {
    const KIB: u64 = 1 << 10;
    const MIB: u64 = 1 << 20;
    [
        5 * MIB,
        8 * MIB,
        16 * MIB,
        10 * MIB,
        32 * MIB,
        64 * MIB,
        100 * MIB,
        128 * MIB,
        256 * MIB,
        MIB,
        256 * KIB,
    ]
};

/// The part sizes by which a file of `file_size` bytes may have been cut for this composite, the
/// likeliest first: the one behind the checksum where it names one, else those that are met. A
/// suffix that fits no cut of this file gives none.
pub fn cuts(theirs: &str, file_size: u64) -> Vec<u64> {
    let suffix = split(bare(theirs)).1.unwrap_or_default();
    let mut numbers = suffix.split('-').map(str::parse::<u64>);
    let (count, size) = match (numbers.next(), numbers.next()) {
        (Some(Ok(count)), Some(Ok(size))) => (Some(count), Some(size)),
        (Some(Ok(count)), None) => (Some(count), None),
        (_, _) => (None, None),
    };
    let fits = |size: &u64| count.is_none_or(|count| file_size.div_ceil(*size).max(1) == count);
    match size {
        Some(size) => vec![size]
            .into_iter()
            .filter(|size| *size > 0)
            .filter(fits)
            .collect(),
        None => {
            let mut whole = false;
            LIKELY_PART_SIZES
                .into_iter()
                .filter(fits)
                // From the file's size on every cut is the same: one part.
                .filter(|size| *size < file_size || !std::mem::replace(&mut whole, true))
                .collect()
        }
    }
}

/// Whether two composite checksums name the same bytes. Quotes, case and a `-parts-size` suffix on
/// either side do not matter, unless both have a suffix and the suffixes differ.
pub fn same_composite(ours: &str, theirs: &str) -> bool {
    let (ours, our_suffix) = split(bare(ours));
    let (theirs, their_suffix) = split(bare(theirs));
    ours.len() == 32
        && ours.eq_ignore_ascii_case(theirs)
        && match (our_suffix, their_suffix) {
            (Some(ours), Some(theirs)) => {
                ours == theirs || theirs == short(ours) || ours == short(theirs)
            }
            (None, _) | (_, None) => true,
        }
}

/// `4-5242880` also goes by its count alone, `4`, as S3 writes it.
fn short(suffix: &str) -> &str {
    suffix.split('-').next().unwrap_or(suffix)
}

fn split(text: &str) -> (&str, Option<&str>) {
    match text.split_once('-') {
        Some((hex, suffix)) => (hex, Some(suffix)),
        None => (text, None),
    }
}

/// The tag without a weak prefix, quotes and space.
fn bare(tag: &str) -> &str {
    let tag = tag.trim();
    let tag = tag
        .strip_prefix("W/")
        .or(tag.strip_prefix("w/"))
        .unwrap_or(tag);
    tag.trim_matches(['"', '\'', ' '])
}

fn hex(bytes: [u8; 16]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(32), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ABC: &str = "900150983cd24fb0d6963f7d28e17f72";

    #[test]
    fn a_digest_is_written_in_capitals() {
        assert_eq!(digest(b"abc").hex(), ABC.to_uppercase());
    }

    #[test]
    fn a_tag_matches_in_any_dress() {
        let digest = digest(b"abc");
        let upper = ABC.to_uppercase();
        for tag in [
            ABC.to_owned(),
            upper.clone(),
            format!("\"{upper}\""),
            format!("W/\"{ABC}\""),
            format!(" \"{ABC}\" "),
        ] {
            assert!(digest.matches(&tag), "{tag}");
        }
        for tag in [
            "",
            "\"\"",
            &ABC[1..],
            &format!("{ABC}0"),
            &format!("{ABC}-1"),
        ] {
            assert!(!digest.matches(tag), "{tag}");
        }
    }

    #[test]
    fn an_opaque_tag_is_no_md5() {
        assert!(is_md5(ABC) && is_md5(&format!("W/\"{}\"", ABC.to_uppercase())));
        for opaque in [
            "",
            "\"\"",
            "0x8D4BCC2E4835CD0",
            &format!("{ABC}-1"),
            &ABC[1..],
        ] {
            assert!(!is_md5(opaque), "{opaque}");
        }
    }

    #[test]
    fn the_composite_is_the_digest_of_the_binary_digests() {
        let (one, two) = (digest(b"abc"), digest(b"de"));
        let joined = [one.0, two.0].concat();
        assert_eq!(composite([one, two]), hex(digest(&joined).0));
        assert_eq!(with_suffix("ab", 4, 5_242_880), "ab-4-5242880");
    }

    #[test]
    fn the_tags_of_all_parts_give_the_composite_and_an_opaque_one_gives_none() {
        let parts = [digest(b"one"), digest(b"two")];
        let tags = [
            parts[0].hex(),
            format!("\"{}\"", parts[1].hex().to_lowercase()),
        ];
        let all = || tags.iter().map(|tag| Some(tag.as_str()));
        assert_eq!(composite_of_tags(all()), Some(composite(parts)));
        for other in [
            None,
            Some("opaque"),
            Some(""),
            Some("0123-1"),
            Some("++++++++++++++++++++++++++++++++"),
        ] {
            assert_eq!(composite_of_tags(all().chain([other])), None, "{other:?}");
        }
    }

    #[test]
    fn a_composite_is_the_same_in_any_dress() {
        let upper = ABC.to_uppercase();
        for (theirs, same) in [
            (ABC.to_owned(), true),
            (format!("\"{upper}\""), true),
            (format!("{ABC}-4-5242880"), true),
            (format!("{ABC}-4"), true),
            (format!("{ABC}-5-5242880"), false),
            (ABC.replace('9', "8"), false),
            (String::new(), false),
        ] {
            assert_eq!(
                same_composite(&format!("{ABC}-4-5242880"), &theirs),
                same,
                "{theirs}"
            );
        }
        assert!(!same_composite("", ""));
    }

    #[test]
    fn the_cut_is_the_one_that_the_checksum_names_if_the_file_can_be_cut_so() {
        let file = 12_000_000;
        assert_eq!(cuts(&format!("{ABC}-12-1048576"), file), [1_048_576]);
        assert_eq!(cuts(&format!("\"{ABC}-3\""), file), [5 << 20]);
        for lie in ["3-1", "12000000-0", "4", "18446744073709551615-1"] {
            assert_eq!(cuts(&format!("{ABC}-{lie}"), file), [0; 0], "{lie}");
        }
    }

    #[test]
    fn without_a_name_the_cuts_that_are_met_are_tried_and_one_part_only_once() {
        let mib = |sizes: &[u64]| sizes.iter().map(|size| size << 20).collect::<Vec<_>>();
        let mut small = mib(&[5, 1]);
        small.push(256 << 10);
        assert_eq!(cuts(ABC, 2_000_000), small);
        assert_eq!(cuts(ABC, 0), mib(&[5]));
        assert_eq!(cuts(ABC, 1 << 40).len(), LIKELY_PART_SIZES.len());
    }

    #[test]
    fn a_part_size_of_zero_is_refused() {
        assert!(composite_of_file(&b"abc"[..], 0).is_err());
    }

    proptest! {
        #[test]
        fn a_file_cut_into_parts_has_the_composite_of_its_parts(
            bytes in prop::collection::vec(any::<u8>(), 0..2_000),
            part_size in 1_usize..700,
        ) {
            let parts = bytes.chunks(part_size).map(digest);
            prop_assert_eq!(
                composite_of_file(&bytes[..], part_size as u64).unwrap(),
                composite(parts)
            );
        }

        #[test]
        fn tags_from_outside_never_panic(ours in ".*", theirs in ".*") {
            let _ = same_composite(&ours, &theirs);
            prop_assert!(!cuts(&theirs, 7).contains(&0));
            let _ = digest(b"abc").matches(&theirs);
        }
    }
}
