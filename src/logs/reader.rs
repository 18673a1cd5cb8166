//! The way in: bytes of a log, findings out.

use crate::logs::assemble::Assembler;
use crate::logs::reading::Reading;
use crate::logs::stream::clean::plain;
use crate::logs::stream::lines::Lines;
use crate::logs::stream::prefix::strip;

/// Reads a log of any of Apple's tools as it comes, in one pass. Holds some hundred kilobytes,
/// whatever the log's length; a document inside the log may take a few megabytes more.
#[derive(Debug, Default)]
pub struct LogReader {
    lines: Lines,
    assembler: Assembler,
    /// The first bytes, for a text that is no more than one message.
    head: Vec<u8>,
    /// The last bytes, for how it ended.
    tail: Vec<u8>,
}

/// The longest text that may be one message and nothing else.
const PASTED: usize = 16 * 1024;

/// How much of the end says how it ended.
const TAIL: usize = 4 * 1024;

impl LogReader {
    /// A reader that has read nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in the next bytes. Where they are cut does not matter.
    pub fn feed(&mut self, bytes: &[u8]) {
        let room = (PASTED + 1).saturating_sub(self.head.len());
        self.head.extend_from_slice(&bytes[..room.min(bytes.len())]);
        let last = &bytes[bytes.len().saturating_sub(TAIL)..];
        self.tail.extend_from_slice(last);
        if self.tail.len() > 2 * TAIL {
            self.tail.drain(..self.tail.len() - TAIL);
        }
        self.lines.feed(bytes, &mut self.assembler);
    }

    /// The log has ended.
    pub fn finish(mut self) -> Reading {
        self.lines.finish(&mut self.assembler);
        let mut interpreter = self.assembler.finish();
        let last = &self.tail[self.tail.len().saturating_sub(TAIL)..];
        let last: Vec<String> = last.split(|&b| b == b'\n').map(plain).collect();
        interpreter.last_lines(last.iter().map(|line| strip(line)).rev());
        if self.head.len() <= PASTED {
            let lines: Vec<String> = self.head.split(|&b| b == b'\n').map(plain).collect();
            let lines: Vec<&str> = lines
                .iter()
                .map(|line| strip(line).body.trim_end())
                .collect();
            interpreter.list_without_head(&lines);
            interpreter.pasted(&lines.join("\n"));
        }
        interpreter.finish()
    }
}
