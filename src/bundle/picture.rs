//! The head of a PNG: <https://www.w3.org/TR/png-3/#11IHDR>, and Apple's `CgBI` before it.

/// What the head of a PNG says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picture {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

impl Picture {
    pub(super) fn read(head: &[u8]) -> Option<Self> {
        let mut rest = head.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
        loop {
            let length = u32::from_be_bytes(rest.get(..4)?.try_into().ok()?) as usize;
            let kind = rest.get(4..8)?;
            let number = |at: usize| {
                let four = rest.get(at..at + 4)?;
                Some(u32::from_be_bytes(four.try_into().ok()?))
            };
            if kind == b"IHDR" {
                return Some(Self {
                    width: number(8)?,
                    height: number(12)?,
                });
            }
            rest = rest.get(length.checked_add(12)?..)?;
        }
    }
}
