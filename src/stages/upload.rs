//! Sends the bytes: reserve, parts, commit. What is reserved is noted in the journal first, so that
//! a run that ends early leaves nothing behind.

use tokio_util::sync::CancellationToken;

use crate::asc::apps::App;
use crate::asc::build_upload_files::{self, BuildUploadFile, FileState, NewFile};
use crate::asc::build_uploads::{self, BuildUpload, Reservation};
use crate::asc::{Client, Error};
use crate::event::{Events, Fact, Reached, Why};
use crate::ids::{AppId, BuildUploadId, Platform};
use crate::journal::{EntryId, Journal, Leftover};
use crate::stages::earlier_uploads::Start;
use crate::stages::package::OpenPackage;
use crate::stages::position::Position;
use crate::stages::{Result, Stop, diagnostics};
use crate::upload::{self, Engine, Part, PartPlan, Sent, checksum};

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

/// An upload that Apple has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uploaded {
    /// Its id.
    pub id: BuildUploadId,
    /// Whether an earlier run had sent it.
    pub is_adopted: bool,
}

/// An upload that is ours to fill.
struct Slot {
    upload: BuildUploadId,
    file: BuildUploadFile,
    entry: EntryId,
}

/// Sends what is left to send, and says under which id Apple knows the upload.
pub async fn run(
    tools: &Tools<'_>,
    app: &App,
    open: &OpenPackage,
    start: Start,
) -> Result<Uploaded> {
    let platform = open.package.build.platform;
    let slot = match start {
        Start::Adopt(upload) => {
            tools.position.reach(Reached::Sent);
            tell(tools.events, app, &upload.id, platform);
            tools
                .events
                .note("These very bytes are with Apple already: nothing to send.");
            return Ok(Uploaded {
                id: upload.id,
                is_adopted: true,
            });
        }
        Start::Resume(upload, file) => resume(tools, app, platform, upload, file),
        Start::Fresh => reserve(tools, app, open).await?,
    };
    let sent = send(tools, open, &slot.file).await?;
    tools.events.note(diagnostics::sent_sentence(&sent));
    let committed = commit(tools, &slot).await?;
    settle(tools, &committed, &sent.composite)?;
    Ok(Uploaded {
        id: slot.upload,
        is_adopted: false,
    })
}

/// Carries on with what another run reserved. It is not ours to delete: that run may still be at it.
fn resume(
    tools: &Tools<'_>,
    app: &App,
    platform: Platform,
    upload: BuildUpload,
    file: BuildUploadFile,
) -> Slot {
    let entry = tools.journal.note(Leftover::UploadResumed {
        upload: upload.id.clone(),
    });
    tools.position.reach(Reached::Reserved);
    tell(tools.events, app, &upload.id, platform);
    tools
        .events
        .note("An earlier run reserved this upload and did not finish: carrying on with it.");
    Slot {
        upload: upload.id,
        file,
        entry: entry.id,
    }
}

async fn send(tools: &Tools<'_>, open: &OpenPackage, file: &BuildUploadFile) -> Result<Sent> {
    let plan = PartPlan::new(parts(file), open.size).map_err(|problem| {
        let told = tools
            .events
            .found(diagnostics::upload_plan_unusable(&problem));
        Stop::after(told, Why::Unfinished)
    })?;
    let sent = tools
        .engine
        .send(open.file.clone(), &plan, tools.events, tools.cancel)
        .await;
    match sent {
        Ok(sent) => Ok(sent),
        // Whoever stopped the sending knows why, tells it, and ends this stage.
        Err(upload::Error::Cancelled) => std::future::pending().await,
        Err(error) => {
            let told = tools.events.found(diagnostics::transfer_failed(&error));
            Err(Stop::after(told, Why::Unfinished))
        }
    }
}

/// Says that all is there. Until Apple has answered, nobody knows whose the bytes are; so they are
/// taken for Apple's, and nothing is deleted.
async fn commit(tools: &Tools<'_>, slot: &Slot) -> Result<BuildUploadFile> {
    let committing = remember(
        tools,
        Some(slot.entry),
        Leftover::UploadCommitting {
            upload: slot.upload.clone(),
            file: slot.file.id.clone(),
        },
    );
    tools.position.reach(Reached::Sent);
    let error = match build_upload_files::commit(tools.client, &slot.file.id).await {
        Ok(committed) => {
            tools.journal.settle(committing);
            return Ok(committed);
        }
        Err(error) => error,
    };
    if was_refused(tools, &slot.file, &error).await {
        tools.position.take_back_the_commit();
        remember(
            tools,
            Some(committing),
            Leftover::UploadReserved {
                upload: slot.upload.clone(),
            },
        );
    }
    Err(crate::stages::asc_failed(
        tools.events,
        &error,
        "saying that the upload is complete",
    ))
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

async fn reserve(tools: &Tools<'_>, app: &App, open: &OpenPackage) -> Result<Slot> {
    let failed =
        |error: Error| crate::stages::asc_failed(tools.events, &error, "reserving the upload");
    let build = &open.package.build;
    let before = build_uploads::list(tools.client, &app.id, build)
        .await
        .map_err(failed)?;
    let asked = remember(
        tools,
        None,
        Leftover::UploadAsked {
            app: app.id.clone(),
            build: build.clone(),
            before: before.into_iter().map(|upload| upload.id).collect(),
        },
    );
    let reservation = Reservation {
        app: app.id.clone(),
        build: build.clone(),
    };
    let upload = build_uploads::reserve(tools.client, &reservation)
        .await
        .map_err(failed)?;
    let entry = remember(
        tools,
        Some(asked),
        Leftover::UploadReserved {
            upload: upload.id.clone(),
        },
    );
    tools.position.reach(Reached::Reserved);
    tell(tools.events, app, &upload.id, build.platform);
    let new = NewFile {
        name: open.name.clone(),
        size: open.size,
        uti: open.package.kind.uti(),
    };
    let file = build_upload_files::reserve(tools.client, &upload.id, &new)
        .await
        .map_err(failed)?;
    Ok(Slot {
        upload: upload.id,
        file,
        entry,
    })
}

/// Writes down what is about to be acquired. What is at Apple is found again by asking Apple, so a disk
/// that takes no journal is worth a note and no more.
fn remember(tools: &Tools<'_>, old: Option<EntryId>, leftover: Leftover) -> EntryId {
    let noted = tools.journal.replace(old, leftover);
    if let Err(error) = noted.on_disk {
        tools.events.note(format!(
            "What would have to be undone after a kill could not be written down ({error}); going on without."
        ));
    }
    noted.id
}

fn tell(events: &Events, app: &App, id: &BuildUploadId, platform: Platform) {
    events.fact(build_upload(&app.id, id, platform));
}

/// A build upload and its page in App Store Connect.
pub fn build_upload(app: &AppId, id: &BuildUploadId, platform: Platform) -> Fact {
    let segment = platform.testflight_segment();
    Fact::BuildUpload {
        id: id.clone(),
        testflight_url: Some(format!(
            "https://appstoreconnect.apple.com/apps/{app}/testflight/{segment}/{id}"
        )),
    }
}

fn parts(file: &BuildUploadFile) -> Vec<Part> {
    file.operations
        .iter()
        .zip(1..)
        .map(|(operation, position)| Part {
            number: operation.part_number.unwrap_or(position),
            method: operation.method.clone(),
            url: operation.url.clone(),
            offset: operation.offset,
            length: operation.length,
            headers: operation.headers.clone(),
            entity_tag: operation.entity_tag.clone(),
        })
        .collect()
}

/// Looks at what Apple says of the file after the commit.
fn settle(tools: &Tools<'_>, file: &BuildUploadFile, composite: &str) -> Result<()> {
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
