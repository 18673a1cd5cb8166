//! The bytes of a part: read once, hashed in the same pass, handed on in chunks that are used again.

use std::fs::File;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use md5::{Digest as _, Md5};
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, spawn_blocking};

use crate::upload::checksum::PartDigest;

/// Large enough to make system calls rare, small enough to stay in the processor's cache between
/// reading, hashing and sending.
const CHUNK: usize = 128 << 10;
/// Chunks that wait between the disk and the connection.
const WAITING: usize = 2;

/// How reading a part ended.
#[derive(Debug)]
pub(super) enum ReadEnd {
    /// All of it was read.
    Whole(PartDigest),
    /// Nobody wanted the rest.
    Unwanted,
    /// The file ended within the part.
    FileEnded,
    /// The file could not be read.
    Failed(io::Error),
}

/// Chunks that wait to be used again; their number is bounded by what is under way at one time.
#[derive(Clone, Default)]
pub(super) struct ChunkPool(Arc<Mutex<Vec<Box<[u8]>>>>);

impl ChunkPool {
    fn get(&self) -> PooledChunk {
        let free = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        PooledChunk {
            bytes: free.unwrap_or_else(|| vec![0; CHUNK].into_boxed_slice()),
            filled: 0,
            pool: self.clone(),
        }
    }
}

/// A chunk that goes back to its pool when its last user lets go.
struct PooledChunk {
    bytes: Box<[u8]>,
    filled: usize,
    pool: ChunkPool,
}

impl AsRef<[u8]> for PooledChunk {
    fn as_ref(&self) -> &[u8] {
        &self.bytes[..self.filled]
    }
}

impl Drop for PooledChunk {
    fn drop(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        self.pool
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(bytes);
    }
}

/// The bytes of a file from `offset` on, `length` of them.
#[derive(Clone)]
pub(super) struct Span {
    pub(super) file: Arc<File>,
    pub(super) offset: u64,
    pub(super) length: u64,
}

impl Span {
    /// Reads on a thread of its own and hands the chunks on as they come. Reading stops when the
    /// receiver is dropped.
    pub(super) fn stream(self, pool: &ChunkPool) -> (mpsc::Receiver<Bytes>, JoinHandle<ReadEnd>) {
        let (sender, receiver) = mpsc::channel(WAITING);
        let pool = pool.clone();
        let reading =
            spawn_blocking(move || self.read(&pool, |chunk| sender.blocking_send(chunk).is_ok()));
        (receiver, reading)
    }

    /// Reads on a thread of its own for the digest alone. Reading stops when the returned receiver of
    /// nothing is dropped.
    pub(super) fn hash(self, pool: &ChunkPool) -> (mpsc::Receiver<()>, JoinHandle<ReadEnd>) {
        let (alive, receiver) = mpsc::channel(1);
        let pool = pool.clone();
        let reading = spawn_blocking(move || self.read(&pool, |_| !alive.is_closed()));
        (receiver, reading)
    }

    fn read(&self, pool: &ChunkPool, mut hand_on: impl FnMut(Bytes) -> bool) -> ReadEnd {
        let mut hasher = Md5::new();
        let mut offset = self.offset;
        let end = self.offset + self.length;
        while offset < end {
            let mut chunk = pool.get();
            let want = usize::try_from(end - offset).map_or(CHUNK, |left| left.min(CHUNK));
            match read_at(&self.file, &mut chunk.bytes[..want], offset) {
                Ok(0) => return ReadEnd::FileEnded,
                Ok(got) => chunk.filled = got,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return ReadEnd::Failed(error),
            }
            hasher.update(chunk.as_ref());
            offset += chunk.filled as u64;
            if !hand_on(Bytes::from_owner(chunk)) {
                return ReadEnd::Unwanted;
            }
        }
        ReadEnd::Whole(PartDigest(hasher.finalize().into()))
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}
