//! One attempt at one part, and what came of it.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::upload::body::PartBody;
use crate::upload::checksum::{PartDigest, is_md5};
use crate::upload::client::{self, Answer};
use crate::upload::error::{Cause, Error};
use crate::upload::movement::{Movement, Patience};
use crate::upload::parts::PartRequest;
use crate::upload::reader::ReadEnd;
use crate::upload::storage_words;
use crate::upload::transfer::Transfer;

/// A reader whose body is gone ends with its next chunk.
const READER_STOPS_WITHIN: Duration = Duration::from_secs(1);

/// What came of an attempt.
pub(super) enum Outcome {
    /// The storage has the part.
    Stored {
        digest: PartDigest,
        /// Whether the storage named the same MD5; else it named none.
        confirmed: bool,
        /// Bytes a second, from the first byte to the answer.
        rate: u64,
    },
    /// It has not.
    Failed {
        cause: Cause,
        /// Bytes that were on their way.
        taken: u64,
    },
}

/// Tries a part once. An error is one that no further attempt mends: the file.
pub(super) async fn attempt(
    transfer: &Transfer<'_>,
    index: usize,
    part: &PartRequest,
    patience: Patience,
) -> Result<Outcome, Error> {
    let movement = Arc::new(Movement::begin());
    let flight = transfer.tally.fly(index, movement.clone());
    let (chunks, reading) = transfer.span(part).stream(transfer.pool);
    let body = PartBody::new(chunks, part.length, movement.clone());
    let answer = tokio::select! {
        answer = client::exchange(transfer, part, body, &movement) => answer.map_err(Cause::of_exchange),
        silent = movement.stalled(patience) => Err(Cause::Stalled(silent)),
    };
    let digest = match read_end(&answer, movement.taken() == part.length, reading).await {
        Some(end) => transfer.watch.digest(end)?,
        None => None,
    };
    transfer.watch.check()?;
    match answer.and_then(|answer| judge(part, &answer, digest)) {
        Ok((digest, confirmed)) => {
            flight.confirm(part.length);
            Ok(Outcome::Stored {
                digest,
                confirmed,
                rate: movement.rate(),
            })
        }
        Err(cause) => Ok(Outcome::Failed {
            cause,
            taken: movement.taken(),
        }),
    }
}

/// How reading ended, where that matters: it has handed on the whole part, or it may be the reason why
/// the exchange failed. Else the body is gone, and the reader stops by itself.
async fn read_end(
    answer: &Result<Answer, Cause>,
    whole: bool,
    reading: JoinHandle<ReadEnd>,
) -> Option<ReadEnd> {
    match answer {
        Ok(_) if whole => reading.await.ok(),
        Err(Cause::Transport(_)) => timeout(READER_STOPS_WITHIN, reading).await.ok()?.ok(),
        Ok(_) | Err(_) => None,
    }
}

/// Reads an answer: the part's digest and whether the storage confirmed it, or what went wrong.
fn judge(
    part: &PartRequest,
    answer: &Answer,
    digest: Option<PartDigest>,
) -> Result<(PartDigest, bool), Cause> {
    let status = answer.status;
    match status {
        200..=299 => {
            let digest = digest.ok_or(Cause::TooEarly { status })?;
            match answer.entity_tag.as_deref() {
                Some(tag) if digest.matches(tag) => Ok((digest, true)),
                // A tag that is no MD5 says nothing of the bytes.
                Some(tag) if !is_md5(tag) => Ok((digest, false)),
                None => Ok((digest, false)),
                Some(tag) => Err(Cause::WrongTag {
                    sent: digest.hex(),
                    got: storage_words::show(tag, &part.url),
                }),
            }
        }
        300..=399 => Err(Cause::Redirect {
            status,
            to: answer
                .redirect_to
                .as_ref()
                .and_then(|to| to.host_str())
                .unwrap_or("nowhere")
                .to_owned(),
            target: answer
                .redirect_to
                .clone()
                .filter(|to| [307, 308].contains(&status) && part.may_go_to(to))
                .map(Box::new),
        }),
        _ => {
            let words = storage_words::read(&answer.body, &part.url);
            Err(Cause::Refused {
                status,
                words: words.text,
                code: words.code,
                retry_after: answer.retry_after,
            })
        }
    }
}
