mod bench;
mod catalogue;
mod flood;
mod golden;
mod robust;
mod score;
mod shapes;

use crate::logs::{LogReader, Reading};

/// Reads a whole text.
fn read(text: &str) -> Reading {
    let mut reader = LogReader::new();
    reader.feed(text.as_bytes());
    reader.finish()
}
