//! Files that are read whole, none of them without a limit, and no pipe for ever.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Whoever is to write a key into a pipe may have to ask somebody first, but not for longer than this.
const PIPE_PATIENCE: Duration = Duration::from_secs(30);

/// Reads a file whole. One that is larger, or a device that never ends, is refused after so many bytes, and
/// a pipe into which nobody writes after half a minute.
pub fn read_at_most(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    read_within(path, most, PIPE_PATIENCE)
}

fn read_within(path: &Path, most: u64, patience: Duration) -> io::Result<Vec<u8>> {
    if std::fs::metadata(path)?.is_file() {
        return read(path, most);
    }
    // Opening a pipe waits for a writer, and nothing but a thread of its own can be left waiting.
    let (sender, receiver) = mpsc::channel();
    let path = PathBuf::from(path);
    thread::Builder::new().spawn(move || sender.send(read(&path, most)))?;
    receiver
        .recv_timeout(patience)
        .unwrap_or_else(|_| Err(io::Error::other("nobody writes into it")))
}

/// Reads standard input whole.
pub fn standard_input(most: u64) -> io::Result<Vec<u8>> {
    whole(io::stdin(), most)
}

fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    whole(File::open(path)?, most)
}

fn whole(from: impl io::Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other("it is far too large"));
    }
    Ok(bytes)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_gives_what_is_written_into_it_and_is_not_waited_for_without_end() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("pipe");
        let mode = rustix::fs::Mode::from_raw_mode(0o600);
        rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, mode, 0).unwrap();
        let waited = read_within(&path, 9, Duration::from_millis(20)).unwrap_err();
        assert_eq!(waited.to_string(), "nobody writes into it");
        let writer = thread::spawn({
            let path = path.clone();
            move || std::fs::write(path, "a key")
        });
        // The reader that was left waiting may take the bytes; it is gone then.
        let read = read_within(&path, 9, Duration::from_millis(500));
        if let Ok(bytes) = read {
            assert!(bytes == b"a key" || bytes.is_empty());
        }
        writer.join().unwrap().unwrap();
    }
}
