//! Sends the bytes: reserve, parts, commit. What is reserved is noted in the journal first, so that
//! a run that ends early leaves nothing behind.

use tokio_util::sync::CancellationToken;

use crate::asc::apps::App;
use crate::asc::build_upload_files::{self, BuildUploadFile, FileState, NewFile};
use crate::asc::build_uploads::{self, BuildUpload, Reservation};
use crate::asc::{Client, Error};
use crate::event::{Events, Fact, Outcome};
use crate::ids::{BuildUploadId, Platform};
use crate::upload::{self, Engine, Part, PartPlan, checksum};

use crate::stages::existing::{self, Start};
use crate::stages::journal::{Journal, Leftover};
use crate::stages::package::OpenPackage;
use crate::stages::{Result, Stop, diagnostics};

/// What the stage works with.
pub struct Tools<'a> {
    /// App Store Connect.
    pub client: &'a Client,
    /// Sends parts.
    pub engine: &'a Engine,
    /// Where undoing is noted.
    pub journal: &'a Journal,
    /// Where events go.
    pub events: &'a Events,
    /// Ends the sending.
    pub cancel: &'a CancellationToken,
}

/// Sends what is left to send, and says under which id Apple knows the upload.
pub async fn run(
    tools: &Tools<'_>,
    app: &App,
    open: &OpenPackage,
    start: Start,
) -> Result<BuildUpload> {
    let failed = |error: Error| super::asc_failed(tools.events, &error, "uploading");
    let (upload, file) = match start {
        Start::Adopt(upload) => {
            tools.journal.commit();
            tell(tools.events, app, &upload.id, open.package.platform);
            tools
                .events
                .note("These very bytes are with Apple already: nothing to send.");
            return Ok(upload);
        }
        Start::Resume(upload, file) => {
            tools.journal.note_reserved(upload.id.clone());
            tell(tools.events, app, &upload.id, open.package.platform);
            tools.events.note(
                "An earlier run reserved this upload and did not finish: carrying on with it.",
            );
            (upload, file)
        }
        Start::Fresh => reserve(tools, app, open).await?,
    };
    #[cfg(test)]
    assert_ne!(open.name, "panics.ipa", "as the test wishes");
    let plan = PartPlan::new(parts(&file), open.size).map_err(|problem| {
        tools
            .events
            .found(diagnostics::upload_plan_unusable(&problem));
        Stop(Outcome::Unfinished)
    })?;
    let sent = tools
        .engine
        .send(open.file.clone(), &plan, tools.events, tools.cancel)
        .await
        .map_err(|error| {
            // Whoever stopped the sending knows why, and tells it.
            if !matches!(error, upload::Error::Cancelled) {
                tools.events.found(diagnostics::transfer_failed(&error));
            }
            Stop(Outcome::Unfinished)
        })?;
    tools.events.note(diagnostics::sent_sentence(&sent));
    tools.journal.commit();
    let committed = match build_upload_files::commit(tools.client, &file.id).await {
        Ok(committed) => committed,
        Err(error) => {
            if was_refused(tools, &file, &error).await {
                tools.journal.reopen(upload.id);
            }
            return Err(failed(error));
        }
    };
    settle(tools, &committed, &sent.composite)?;
    Ok(upload)
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

async fn reserve(
    tools: &Tools<'_>,
    app: &App,
    open: &OpenPackage,
) -> Result<(BuildUpload, BuildUploadFile)> {
    let failed = |error: Error| super::asc_failed(tools.events, &error, "reserving the upload");
    let reservation = Reservation {
        app: app.id.clone(),
        marketing_version: open.package.marketing_version.clone(),
        build_number: open.package.build_number.clone(),
        platform: open.package.platform,
    };
    let before = build_uploads::list(tools.client, &app.id, &existing::wanted(open))
        .await
        .map_err(failed)?;
    tools.journal.note(Leftover::Asked {
        reservation: reservation.clone(),
        before: before.into_iter().map(|upload| upload.id).collect(),
    });
    let upload = build_uploads::reserve(tools.client, &reservation)
        .await
        .map_err(failed)?;
    tools.journal.note_reserved(upload.id.clone());
    tell(tools.events, app, &upload.id, open.package.platform);
    let file = build_upload_files::reserve(
        tools.client,
        &upload.id,
        &NewFile {
            name: open.name.clone(),
            size: open.size,
            uti: open.package.kind.uti(),
        },
    )
    .await
    .map_err(failed)?;
    Ok((upload, file))
}

fn tell(events: &Events, app: &App, id: &BuildUploadId, platform: Platform) {
    events.fact(Fact::BuildUpload {
        id: id.clone(),
        testflight_url: Some(format!(
            "https://appstoreconnect.apple.com/apps/{}/testflight/{}/{id}",
            app.id,
            platform.testflight_segment()
        )),
    });
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
    for detail in &file.details {
        tools.events.found(diagnostics::state_detail(detail));
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
            if file.details.is_empty() {
                tools
                    .events
                    .found(diagnostics::upload_failed_without_reason());
            }
            Err(Stop(Outcome::Failed))
        }
        FileState::AwaitingUpload
        | FileState::UploadComplete
        | FileState::Complete
        | FileState::Unknown => Ok(()),
    }
}
