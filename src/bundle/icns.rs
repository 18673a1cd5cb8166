//! The images in an `.icns`: <https://developer.apple.com/library/archive/documentation/GraphicsAnimation/Conceptual/HighResolutionOSX/Optimizing/Optimizing.html>.

use std::io::{self, Read};

/// Most images that are looked at; Apple's icons have ten.
const MOST: usize = 64;

/// The kinds of the images in it, such as `ic09` for 512 pixels and `ic10` for 1024; none where it is no such file.
pub(super) fn kinds(bytes: &mut dyn Read) -> io::Result<Vec<[u8; 4]>> {
    let mut kinds = Vec::new();
    let is_icns = head(bytes)?.is_some_and(|(magic, _)| &magic == b"icns");
    if !is_icns {
        return Ok(kinds);
    }
    while kinds.len() < MOST {
        let Some((kind, length)) = head(bytes)? else {
            break;
        };
        kinds.push(kind);
        let left = u64::from(length).saturating_sub(8);
        if io::copy(&mut bytes.take(left), &mut io::sink())? < left {
            break;
        }
    }
    Ok(kinds)
}

/// A name and the length of what it names, its own eight bytes among them.
fn head(bytes: &mut dyn Read) -> io::Result<Option<([u8; 4], u32)>> {
    let mut head = Vec::new();
    bytes.take(8).read_to_end(&mut head)?;
    let Ok(head) = <[u8; 8]>::try_from(head) else {
        return Ok(None);
    };
    let [a, b, c, d, length @ ..] = head;
    Ok(Some(([a, b, c, d], u32::from_be_bytes(length))))
}
