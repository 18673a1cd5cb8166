//! Numbers and blobs at their places.

pub(super) fn blob(bytes: &[u8], offset: usize) -> Option<&[u8]> {
    let length = number(bytes, offset.checked_add(4)?)? as usize;
    bytes.get(offset..offset.checked_add(length)?)
}

pub(super) fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(four.try_into().ok()?))
}
