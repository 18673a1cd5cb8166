//! The upload that a run fills: what it is called, whose it is, and how it stands with it.

use tokio_util::sync::CancellationToken;

use crate::asc::Client;
use crate::asc::build_upload_files::{self, BuildUploadFile, FileState};
use crate::event::Events;
use crate::ids::{BuildUploadFileId, BuildUploadId};
use crate::journal::{EntryId, Journal, OpenUpload};
use crate::stages::Result;
use crate::stages::position::Position;
use crate::upload::Engine;

/// What the stage works with.
pub struct Tools<'a> {
    /// App Store Connect.
    pub client: &'a Client,
    /// Sends parts.
    pub engine: &'a Engine,
    /// Where undoing is noted.
    pub journal: &'a Journal,
    /// How far the run is.
    pub position: &'a Position,
    /// Where events go.
    pub events: &'a Events,
    /// Ends the sending.
    pub cancel: &'a CancellationToken,
}

/// An upload that is ours to fill.
pub(super) struct Slot {
    pub(super) upload: BuildUploadId,
    pub(super) file: BuildUploadFile,
    pub(super) entry: EntryId,
    pub(super) is_own: bool,
}

impl Slot {
    /// What is left behind of it before the commit.
    pub(super) fn leftover(&self) -> OpenUpload {
        let upload = self.upload.clone();
        match self.is_own {
            true => OpenUpload::Reserved { upload },
            false => OpenUpload::Resumed { upload },
        }
    }
}

/// What became of an upload under our hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// It is not there any more.
    Removed,
    /// Another run has completed it, or another one of this build.
    CompletedElsewhere,
    /// Another run reserved this build a moment before us.
    Outrun,
}

/// A file as it is now.
pub(super) enum Fresh {
    Open(BuildUploadFile),
    Lost(Lost),
}

/// Asks for the file itself: with what is stored of it, and with addresses signed anew.
pub(super) async fn fresh(tools: &Tools<'_>, id: &BuildUploadFileId) -> Result<Fresh> {
    let mut read = build_upload_files::read(tools.client, id).await;
    if read
        .as_ref()
        .is_err_and(|error| error.status() == Some(404))
    {
        // Of what exists Apple says now and then that it does not.
        tools.client.rest(1).await;
        read = build_upload_files::read(tools.client, id).await;
    }
    match read {
        Ok(file) => Ok(match file.state {
            FileState::UploadComplete | FileState::Complete => {
                Fresh::Lost(Lost::CompletedElsewhere)
            }
            FileState::Failed => Fresh::Lost(Lost::Removed),
            FileState::AwaitingUpload | FileState::Unknown => Fresh::Open(file),
        }),
        Err(error) if error.status() == Some(404) => Ok(Fresh::Lost(Lost::Removed)),
        Err(error) => Err(super::asc_failed(
            tools.events,
            &error,
            "asking how far the upload is",
        )),
    }
}

/// Writes down what is about to be acquired. What is at Apple is found again by asking Apple, so a disk
/// that takes no journal is worth a note and no more.
pub(super) fn remember(tools: &Tools<'_>, old: Option<EntryId>, upload: OpenUpload) -> EntryId {
    let noted = tools.journal.replace(old, upload);
    if let Err(error) = noted.on_disk {
        tools.events.note(format!(
            "What would have to be undone after a kill could not be written down ({error}); going on without."
        ));
    }
    noted.id
}
