//! One part seen through, from the first attempt to the last.

use std::sync::atomic::Ordering;

use tokio::time::{Instant, sleep_until};

use crate::http::retry::{Pause, Verdict};
use crate::upload::attempt::{Outcome, attempt};
use crate::upload::checksum::PartDigest;
use crate::upload::error::{Cause, Error};
use crate::upload::parts::PartRequest;
use crate::upload::reader::ReadEnd;
use crate::upload::retry;
use crate::upload::transfer::Transfer;

/// A part that is done.
pub(super) struct Done {
    pub(super) index: usize,
    pub(super) digest: PartDigest,
    /// The storage held it before this run.
    pub(super) skipped: bool,
}

/// Sees one part through: skips it where the storage holds it, else tries until it is stored.
pub(super) async fn part(
    transfer: &Transfer<'_>,
    index: usize,
    part: &PartRequest,
) -> Result<Done, Error> {
    let mut done = Done {
        index,
        digest: PartDigest([0; 16]),
        skipped: false,
    };
    if let Some(digest) = transfer.stored.digest(part.offset, part.length) {
        transfer.tally.confirm(index, part.length);
        done.digest = digest;
        return Ok(done);
    }
    if let Some(tag) = &part.entity_tag {
        done.digest = hash(transfer, part).await?;
        if done.digest.matches(tag) {
            transfer.tally.confirm(index, part.length);
            done.skipped = true;
            return Ok(done);
        }
    }
    let mut stalls = 0;
    let mut number = 0;
    let mut sent_on: Option<PartRequest> = None;
    loop {
        number += 1;
        transfer.held().await;
        let patience = transfer.patience(part, stalls);
        let to = sent_on.as_ref().unwrap_or(part);
        let outcome = attempt(transfer, index, to, patience).await?;
        let (cause, taken) = match outcome {
            Outcome::Stored {
                digest,
                confirmed,
                rate,
            } => {
                transfer.rate.store(rate, Ordering::Relaxed);
                done.digest = digest;
                let span = (part.offset, part.length);
                transfer.stored.note(span, digest, confirmed);
                return Ok(done);
            }
            Outcome::Failed { cause, taken } => (cause, taken),
        };
        transfer.stored.note_resent(taken);
        stalls += u32::from(matches!(cause, Cause::Stalled(_)));
        if let (
            Cause::Redirect {
                target: Some(to), ..
            },
            None,
        ) = (&cause, &sent_on)
        {
            sent_on = Some(part.sent_on((**to).clone()));
            continue;
        }
        pause(transfer, part.number, number, cause).await?;
    }
}

/// Waits before the next attempt, or gives the part up.
async fn pause(
    transfer: &Transfer<'_>,
    part: u32,
    attempt: u32,
    cause: Cause,
) -> Result<(), Error> {
    let settings = transfer.settings;
    let policy = retry::policy(settings.attempts, settings.first_pause);
    let pause = match retry::verdict(&cause, attempt, policy) {
        Verdict::Again(pause) => pause,
        Verdict::Done | Verdict::GiveUp => {
            return Err(Error::Part {
                number: part,
                attempts: attempt,
                cause,
            });
        }
    };
    let length = pause.length();
    if let Pause::Told(_) = pause
        && !settings.waits.has_room_for(length)
    {
        transfer.events.note(format!(
            "waiting {} s more would make it more than an hour that this run waits because Apple asks for it; part {part} \
             is not tried again",
            length.as_secs()
        ));
        return Err(Error::Part {
            number: part,
            attempts: attempt,
            cause,
        });
    }
    let until = Instant::now() + length;
    if let Pause::Told(_) = pause {
        transfer.hold(until);
    }
    transfer.events.note(format!(
        "part {part}: {}; trying again in {:.1} s",
        cause.in_short(),
        length.as_secs_f64()
    ));
    sleep_until(until).await;
    Ok(())
}

/// The digest of a part that the storage may hold already.
async fn hash(transfer: &Transfer<'_>, part: &PartRequest) -> Result<PartDigest, Error> {
    let (_wanted, reading) = transfer.span(part).hash(transfer.pool);
    let end = reading.await.unwrap_or(ReadEnd::Unwanted);
    transfer.watch.digest(end)?.ok_or(Error::Cancelled)
}
