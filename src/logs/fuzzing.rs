//! What must hold for any log.

use crate::logs::{LogReader, Reading};

/// Reads a log whole and cut into pieces, and checks what must hold for any.
pub fn read_log(log: &[u8], cut: usize) {
    let read = |size: usize| -> Reading {
        let mut reader = LogReader::new();
        for chunk in log.chunks(size.max(1)) {
            reader.feed(chunk);
        }
        reader.finish()
    };
    let whole = read(log.len());
    assert_eq!(whole, read(cut), "the cuts do not matter");
    for found in &whole.findings {
        for text in found
            .variables
            .values()
            .chain([&found.message, &found.title])
        {
            assert!(!text.chars().any(char::is_control), "{text:?}");
        }
    }
}
