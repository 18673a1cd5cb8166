//! What a file is that is not the package its name promises.

use std::fmt;
use std::io::{self, Read, Seek};

use crate::ipa::bytes::vec_at;
use crate::ipa::package::PackageKind;

/// How much of the file's start is looked at, in bytes.
const LOOKED_AT: u64 = 512;

/// What the first bytes of a file look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// No bytes at all.
    Nothing,
    /// Zeros only.
    Zeros,
    /// A web page, such as a log-in page saved by a download.
    Html,
    /// JSON, such as an error that a download saved.
    Json,
    /// A Git LFS pointer in place of the file.
    GitLfsPointer,
    /// A zip.
    Zip,
    /// An installer package (xar).
    Xar,
    /// A gzip or tar.gz.
    Gzip,
    /// A tar.
    Tar,
    /// A disk image, or anything else that we do not know.
    Unknown,
}

impl Found {
    /// The catalogue's case for a file that stands in place of the package wanted.
    pub(super) fn case(self, wanted: PackageKind) -> Option<&'static str> {
        match (self, wanted) {
            (Self::Nothing | Self::Zeros | Self::Unknown, _)
            | (Self::Zip, PackageKind::Ipa)
            | (Self::Xar, PackageKind::Pkg) => None,
            (Self::Html | Self::Json, _) => Some("download"),
            (Self::GitLfsPointer, _) => Some("git-lfs"),
            (Self::Zip, PackageKind::Pkg) => Some("ipa-as-pkg"),
            (Self::Xar, PackageKind::Ipa) => Some("pkg-as-ipa"),
            (Self::Gzip | Self::Tar, _) => Some("wrapped"),
        }
    }

    /// Looks at the start of a file.
    pub(super) fn look<R: Read + Seek>(reader: &mut R) -> io::Result<Self> {
        Ok(Self::of(&vec_at(reader, 0, LOOKED_AT)?))
    }

    fn of(start: &[u8]) -> Self {
        let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
        let text = text.trim_ascii_start();
        let tag = text
            .get(..text.len().min(14))
            .unwrap_or_default()
            .to_ascii_lowercase();
        if start.is_empty() {
            Self::Nothing
        } else if start.iter().all(|byte| *byte == 0) {
            Self::Zeros
        } else if start.starts_with(b"PK") {
            Self::Zip
        } else if start.starts_with(b"xar!") {
            Self::Xar
        } else if start.starts_with(&[0x1f, 0x8b]) {
            Self::Gzip
        } else if start.get(257..262) == Some(b"ustar") {
            Self::Tar
        } else if tag.starts_with(b"<!doctype html") || tag.starts_with(b"<html") {
            Self::Html
        } else if text.starts_with(b"version https://git-lfs") {
            Self::GitLfsPointer
        } else if text.starts_with(b"{") || text.starts_with(b"[") {
            Self::Json
        } else {
            Self::Unknown
        }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "empty",
            Self::Zeros => "a row of zeros",
            Self::Html => "a web page",
            Self::Json => "a piece of JSON",
            Self::GitLfsPointer => "a Git LFS pointer",
            Self::Zip => "a zip",
            Self::Xar => "an installer package (.pkg)",
            Self::Gzip => "a gzip",
            Self::Tar => "a tar",
            Self::Unknown => "something else",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_impostors_are_known_by_their_first_bytes() {
        let mut tar = vec![b'a'; 257];
        tar.extend(b"ustar\0");
        for (bytes, found) in [
            (&b""[..], Found::Nothing),
            (&[0; 64], Found::Zeros),
            (b"\xef\xbb\xbf\n<!DOCTYPE html><html>", Found::Html),
            (b"<HTML lang=en>", Found::Html),
            (b"{\"message\":\"Not Found\"}", Found::Json),
            (
                b"version https://git-lfs.github.com/spec/v1\noid",
                Found::GitLfsPointer,
            ),
            (b"PK\x03\x04", Found::Zip),
            (b"xar!\0", Found::Xar),
            (&[0x1f, 0x8b, 8], Found::Gzip),
            (&tar, Found::Tar),
            (b"koly", Found::Unknown),
        ] {
            assert_eq!(Found::of(bytes), found);
        }
    }
}
