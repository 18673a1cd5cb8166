//! All that Xcode says during an export: kept in a file without secrets, and read on the way.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::host::process::Stream;
use crate::logs::{LogReader, Reading};
use crate::secret::Vault;
use crate::stages::export::output::Output;
use crate::text::{self, cut};

/// A line that goes on for longer is cut into pieces.
const LONGEST_LINE: usize = 1 << 20;
/// So much of each file of the distribution logs is read.
const LONGEST_FILE: u64 = 8 << 20;
/// The last words that are shown.
const TAIL_LINES: usize = 6;
/// Each of them in so many letters.
const TAIL_LETTERS: usize = 240;

/// The files of Xcode's own log of an export; what stands on standard output is often no more than that it
/// failed.
const FILES: &[&str] = &[
    "IDEDistribution.critical.log",
    "IDEDistribution.standard.log",
    "IDEDistributionPipeline.log",
];

/// The log of an export.
pub struct Log {
    file: BufWriter<File>,
    path: PathBuf,
    output_folder: Output,
    vault: Vault,
    reader: LogReader,
    output: Vec<u8>,
    errors: Vec<u8>,
    tail: Vec<String>,
    bundle: Option<PathBuf>,
}

impl Log {
    /// Begins the file in the output folder, for its owner alone.
    pub fn create(output: &Output, name: &str, vault: &Vault) -> io::Result<Self> {
        let path = output.clear(name)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        Ok(Self {
            file: BufWriter::new(options.open(&path)?),
            path,
            output_folder: output.clone(),
            vault: vault.clone(),
            reader: LogReader::new(),
            output: Vec::new(),
            errors: Vec::new(),
            tail: Vec::new(),
            bundle: None,
        })
    }

    /// Where it is kept.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Takes in what Xcode writes. Where it is cut does not matter.
    pub fn hear(&mut self, stream: Stream, bytes: &[u8]) {
        let mut open = std::mem::take(self.open(stream));
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            open.extend_from_slice(piece);
            if piece.ends_with(b"\n") || open.len() > LONGEST_LINE {
                let line = String::from_utf8_lossy(&open).into_owned();
                self.line(line.trim_end_matches(['\r', '\n']));
                open.clear();
            }
        }
        *self.open(stream) = open;
    }

    fn open(&mut self, stream: Stream) -> &mut Vec<u8> {
        match stream {
            Stream::Output => &mut self.output,
            Stream::Errors => &mut self.errors,
        }
    }

    /// Takes in one line.
    pub fn line(&mut self, line: &str) {
        if let Some(path) = bundle(line) {
            self.bundle = Some(path);
        }
        let line = self.vault.redact(line);
        // A full disk is told where the package is kept; the log alone stops no export.
        let _ = writeln!(self.file, "{line}");
        self.reader.feed(line.as_bytes());
        self.reader.feed(b"\n");
        let shown = text::line(&line);
        if !shown.trim().is_empty() {
            if self.tail.len() == TAIL_LINES {
                self.tail.remove(0);
            }
            self.tail.push(cut::letters(shown.trim(), TAIL_LETTERS));
        }
    }

    /// The last words of standard output and error.
    pub fn tail(&self) -> String {
        self.tail.join("\n")
    }

    /// What the log says up to here, with Xcode's own log of the export; the next try begins anew.
    pub fn end_of_a_try(&mut self) -> Reading {
        for stream in [Stream::Output, Stream::Errors] {
            let rest = std::mem::take(self.open(stream));
            if !rest.is_empty() {
                self.line(&String::from_utf8_lossy(&rest));
            }
        }
        let tail = self.tail.clone();
        if let Some(bundle) = self.bundle.take() {
            self.read(&bundle);
        }
        self.tail = tail;
        let _ = self.file.flush();
        std::mem::take(&mut self.reader).finish()
    }

    fn read(&mut self, bundle: &Path) {
        for name in FILES {
            let mut bytes = Vec::new();
            let Ok(file) = File::open(bundle.join(name)) else {
                continue;
            };
            if file.take(LONGEST_FILE).read_to_end(&mut bytes).is_ok() {
                self.line(&format!("--- {name}"));
                for line in String::from_utf8_lossy(&bytes).lines() {
                    self.line(line);
                }
            }
        }
    }
}

/// However the export ends, the next one may begin the log anew.
impl Drop for Log {
    fn drop(&mut self) {
        let _ = self.file.flush();
        let _ = self.output_folder.note(&self.path, &self.path);
    }
}

/// `… Created bundle at path "/var/folders/…/Demo_2026-….xcdistributionlogs".`
fn bundle(line: &str) -> Option<PathBuf> {
    const ENDING: &str = ".xcdistributionlogs";
    let (_, rest) = line.split_once("Created bundle at path \"")?;
    let end = rest.find(ENDING)? + ENDING.len();
    Some(PathBuf::from(&rest[..end])).filter(|path| path.is_absolute())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

    #[test]
    fn the_log_is_kept_without_secrets_and_its_bundle_is_read() {
        let place = tempfile::tempdir().unwrap();
        let bundle = place.path().join("Demo_1.xcdistributionlogs");
        std::fs::create_dir(&bundle).unwrap();
        let words = "rsync: on remote machine: --extended-attributes: unknown option\n";
        std::fs::write(bundle.join(FILES[1]), words).unwrap();
        let vault = Vault::default();
        vault.keep(&Secret::new("hunter2hunter2"));
        let output = Output::open(place.path(), &[]).unwrap();
        let mut log = Log::create(&output, "export.log", &vault).unwrap();
        let path = log.path().to_owned();
        let said = format!(
            "2026-11-28 IDEDistribution: -[IDEDistributionLogging _createLoggingBundleAtPath:]: Created bundle at path \"{}\".\n\
             error: exportArchive Copy failed\npassword hunter2hunter2",
            bundle.display()
        );
        let (first, second) = said.as_bytes().split_at(said.len() - 5);
        log.hear(Stream::Errors, first);
        log.hear(Stream::Output, b"** EXPORT FAILED **\n");
        log.hear(Stream::Errors, second);
        let reading = log.end_of_a_try();
        let kept = std::fs::read_to_string(&path).unwrap();
        assert!(
            kept.contains("password ***") && !kept.contains("hunter2"),
            "{kept}"
        );
        assert!(kept.contains("extended-attributes"), "{kept}");
        assert!(log.tail().contains("EXPORT FAILED") && !log.tail().contains("rsync"));
        let codes: Vec<_> = reading
            .findings
            .iter()
            .map(|found| found.code.as_str())
            .collect();
        assert!(codes.iter().any(|code| code.contains("copy")), "{codes:?}");
    }
}
