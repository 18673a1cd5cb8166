//! The word that all is there, and what Apple says to it.

use crate::asc::Error;
use crate::asc::build_upload_files::{self, BuildUploadFile, FileState};
use crate::event::{Reached, Why};
use crate::journal::OpenUpload;
use crate::stages::slot::{Fresh, Lost, Slot, Tools, fresh, remember};
use crate::stages::{Result, Stop, diagnostics};
use crate::upload::checksum;

/// Apple's code for a commit of which some bytes are not there.
const NOT_UPLOADED: &str = "STATE_ERROR.CONTENT_NOT_UPLOADED";
/// What Apple says to a commit.
pub(super) enum Said {
    /// It has all of it.
    Done(Box<BuildUploadFile>),
    /// There is no such upload any more, or somebody else completed it.
    Lost(Lost),
    /// Some parts are not there.
    Lacking,
}

/// Says that all is there. Until Apple has answered, nobody knows whose the bytes are; so they are
/// taken for Apple's, and nothing is deleted. Parts that Apple misses are asked for once.
pub(super) async fn commit(tools: &Tools<'_>, slot: &mut Slot, lacked: bool) -> Result<Said> {
    let committing = OpenUpload::Committing {
        upload: slot.upload.clone(),
        file: slot.file.id.clone(),
    };
    slot.entry = remember(tools, Some(slot.entry), committing);
    tools.position.reach(Reached::Sent);
    let error = match build_upload_files::commit(tools.client, &slot.file.id).await {
        Ok(done) => {
            tools.journal.settle(slot.entry);
            return Ok(match done.is_ours {
                true => Said::Done(Box::new(done.file)),
                // The bytes may be another run's, so what Apple has is compared.
                false => {
                    tools.position.take_back_the_commit();
                    Said::Lost(Lost::CompletedElsewhere)
                }
            });
        }
        Err(error) => error,
    };
    let is_gone = error.status() == Some(404);
    if is_gone || was_refused(tools, &slot.file, &error).await {
        tools.position.take_back_the_commit();
        slot.entry = remember(tools, Some(slot.entry), slot.leftover());
    }
    if is_gone && let Fresh::Lost(lost) = fresh(tools, &slot.file.id).await? {
        return Ok(Said::Lost(lost));
    }
    let is_lacking = error.has_code(NOT_UPLOADED);
    if is_lacking && !lacked {
        tools
            .events
            .note("Apple misses bytes of what was sent: sending what it does not name as stored.");
        return Ok(Said::Lacking);
    }
    let doing = "saying that the upload is complete";
    let stop = super::asc_failed(tools.events, &error, doing);
    // The app is not at fault where bytes or the reservation got lost.
    Err(match is_gone || is_lacking {
        true => stop.instead(Why::Unfinished),
        false => stop,
    })
}

/// Whether Apple said no to the commit and still waits for the file. Left open, it would be carried
/// on with and refused again and again.
async fn was_refused(tools: &Tools<'_>, file: &BuildUploadFile, error: &Error) -> bool {
    if error.is_retryable() || error.status().is_none() {
        return false;
    }
    build_upload_files::read(tools.client, &file.id)
        .await
        .is_ok_and(|now| now.state == FileState::AwaitingUpload)
}

/// Looks at what Apple says of the file after the commit.
pub(super) fn settle(tools: &Tools<'_>, file: &BuildUploadFile, composite: &str) -> Result<()> {
    let mut told = None;
    for detail in &file.details {
        told = Some(tools.events.found(diagnostics::state_detail(detail)));
    }
    if let Some(theirs) = &file.composite
        && !checksum::same_composite(composite, theirs)
    {
        tools
            .events
            .found(diagnostics::checksum_differs(composite, theirs));
    }
    match file.state {
        FileState::Failed => {
            let told = told.unwrap_or_else(|| {
                tools
                    .events
                    .found(diagnostics::upload_failed_without_reason())
            });
            Err(Stop::after(told, Why::Failed))
        }
        FileState::AwaitingUpload
        | FileState::UploadComplete
        | FileState::Complete
        | FileState::Unknown => Ok(()),
    }
}
