//! The way in: bytes of a log, findings out.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::event::Verdict;
use crate::ids::BuildUploadId;
use crate::logs::stream::assemble::Assembler;
use crate::logs::stream::clean::plain;
use crate::logs::stream::lines::Lines;
use crate::logs::stream::prefix::strip;

/// What a log says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Whether the upload worked, or what comes before it where there was none.
    pub verdict: Verdict,
    /// What is wrong, each fault once: the worst first, else in the order of appearance.
    pub findings: Vec<Diagnostic>,
    /// The id of the build upload, which altool calls the delivery UUID.
    pub delivery_id: Option<BuildUploadId>,
    /// What the log says of the app: `app`, `version`, `build_number`, `app_id`.
    pub facts: BTreeMap<String, String>,
}

/// Reads a log of any of Apple's tools as it comes, in one pass. Holds some hundred kilobytes,
/// whatever the log's length; a document inside the log may take a few megabytes more.
#[derive(Debug, Default)]
pub struct LogReader {
    lines: Lines,
    assembler: Assembler,
    /// The first bytes, for a text that is no more than one message.
    head: Vec<u8>,
}

/// The longest text that may be one message and nothing else.
const PASTED: usize = 16 * 1024;

impl LogReader {
    /// A reader that has read nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in the next bytes. Where they are cut does not matter.
    pub fn feed(&mut self, bytes: &[u8]) {
        let room = (PASTED + 1).saturating_sub(self.head.len());
        self.head.extend_from_slice(&bytes[..room.min(bytes.len())]);
        self.lines.feed(bytes, &mut self.assembler);
    }

    /// The log has ended.
    pub fn finish(mut self) -> Reading {
        self.lines.finish(&mut self.assembler);
        let mut interpreter = self.assembler.finish();
        if self.head.len() <= PASTED {
            let lines: Vec<String> = self.head.split(|&b| b == b'\n').map(plain).collect();
            let lines: Vec<&str> = lines
                .iter()
                .map(|line| strip(line).body.trim_end())
                .collect();
            interpreter.pasted(&lines.join("\n"));
        }
        interpreter.finish()
    }
}
