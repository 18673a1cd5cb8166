//! The body of a part's request: the chunks as they come, in frames small enough to see a slow link
//! move.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::sync::mpsc;

use crate::upload::movement::Movement;

/// One TLS record holds as much.
const FRAME: usize = 16 << 10;

/// Bytes on their way from the disk to a connection. Its exact size makes the transport send
/// `Content-Length`.
pub(super) struct PartBody {
    chunks: mpsc::Receiver<Bytes>,
    chunk: Bytes,
    left: u64,
    movement: Arc<Movement>,
}

impl PartBody {
    /// A body of `length` bytes.
    pub(super) fn new(chunks: mpsc::Receiver<Bytes>, length: u64, movement: Arc<Movement>) -> Self {
        Self {
            chunks,
            chunk: Bytes::new(),
            left: length,
            movement,
        }
    }
}

impl Body for PartBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        if self.chunk.is_empty() {
            match self.chunks.poll_recv(context) {
                Poll::Ready(Some(chunk)) => self.chunk = chunk,
                Poll::Ready(None) => {
                    let error =
                        io::Error::new(io::ErrorKind::UnexpectedEof, "the file gave no more");
                    return Poll::Ready(Some(Err(error)));
                }
                Poll::Pending => {
                    self.movement.waits_for_disk();
                    return Poll::Pending;
                }
            }
        }
        let size = self.chunk.len().min(FRAME);
        let frame = self.chunk.split_to(size);
        self.left = self.left.saturating_sub(size as u64);
        self.movement.took(size as u64);
        Poll::Ready(Some(Ok(Frame::data(frame))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
