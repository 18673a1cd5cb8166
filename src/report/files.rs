//! Files that may be pipes: whoever reads them, or does not, never keeps the run waiting for long.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// A reader of a pipe that takes nothing for so long does not read.
const PATIENCE: Duration = Duration::from_secs(1);
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// Opens a pipe or device to write to. A pipe without a reader is an error, not a wait.
pub fn to_write(path: &Path) -> io::Result<File> {
    without_waiting(OpenOptions::new().write(true)).open(path)
}

/// Opens a file to append to, and makes it where there is none.
pub fn to_append(path: &Path) -> io::Result<File> {
    without_waiting(OpenOptions::new().append(true).create(true)).open(path)
}

/// Writes all of it, or fails where nobody takes it.
pub fn write(file: &mut File, mut bytes: &[u8]) -> io::Result<()> {
    let mut moved = Instant::now();
    while !bytes.is_empty() {
        match file.write(bytes) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(taken) => {
                bytes = &bytes[taken..];
                moved = Instant::now();
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock && moved.elapsed() < PATIENCE => {
                thread::sleep(LOOK_AGAIN);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn without_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed())
    }
    #[cfg(not(unix))]
    options
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_whose_reader_takes_nothing_is_given_up_and_one_that_reads_gets_all() {
        use std::io::Read as _;
        let (mut reader, writer) = io::pipe().unwrap();
        let mut writer = File::from(std::os::fd::OwnedFd::from(writer));
        let flags = rustix::fs::fcntl_getfl(&writer).unwrap();
        rustix::fs::fcntl_setfl(&writer, flags | rustix::fs::OFlags::NONBLOCK).unwrap();
        let bytes = vec![7; 1 << 20];
        let error = write(&mut writer, &bytes).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WouldBlock);
        let reading = thread::spawn(move || {
            let mut read = Vec::new();
            reader.read_to_end(&mut read).map(|_| read.len())
        });
        write(&mut writer, &bytes).unwrap();
        drop(writer);
        assert!(reading.join().unwrap().unwrap() > bytes.len());
    }
}
