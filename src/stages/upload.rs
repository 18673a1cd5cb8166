//! Sends the bytes: reserve, parts, commit. What is reserved is noted in the journal first, so that
//! a run that ends early leaves nothing behind.

use crate::asc::Error;
use crate::asc::apps::App;
use crate::asc::build_upload_files::{self, BuildUploadFile, FileState, NewFile};
use crate::asc::build_uploads::{self, BuildUpload, Reservation};
use crate::event::{Events, Fact, Reached, Why};
use crate::ids::{AppId, BuildUploadId, Platform};
use crate::journal::OpenUpload;
use crate::stages::commit::settle;
use crate::stages::completion::{Again, Completed, complete};
use crate::stages::earlier_uploads::Start;
use crate::stages::package::OpenPackage;
use crate::stages::slot::{Fresh, Lost, Slot, Tools, fresh, remember};
use crate::stages::{Result, Stop, diagnostics, earlier_uploads, rivals};
use crate::upload::{self, Part, PartPlan, Sent};

/// An upload that Apple has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uploaded {
    /// Its id.
    pub id: BuildUploadId,
    /// Whether an earlier run had sent it.
    pub is_adopted: bool,
}

/// How filling an upload ended, where it is not the end of the run.
enum Filled {
    /// Apple has all of it.
    Committed(Box<BuildUploadFile>, Sent),
    /// The upload is gone, or complete by somebody else.
    Lost(Lost),
}

/// How often a run begins anew: two runs of one package may meet, three look like a fight.
const BEGINNINGS: u32 = 3;

/// Sends what is left to send, and says under which id Apple knows the upload. What is lost on the way to
/// another run is looked for anew.
pub async fn run(
    tools: &Tools<'_>,
    app: &App,
    open: &OpenPackage,
    start: Start,
) -> Result<Uploaded> {
    let mut start = start;
    let mut beginning = 1;
    loop {
        let lost = match begin(tools, app, open, start).await? {
            Begun::Uploaded(uploaded) => return Ok(uploaded),
            Begun::Lost(lost) => lost,
        };
        if beginning == BEGINNINGS {
            let told = tools.events.found(diagnostics::reservation_lost());
            return Err(Stop::after(told, Why::Unfinished));
        }
        tools.events.note(match lost {
            Lost::Removed => "The reservation of this upload is not there any more: another run or a person removed it. Looking what Apple has, and reserving anew.",
            Lost::CompletedElsewhere => "Another run completed an upload of this build meanwhile. Looking whether it is this very file.",
            Lost::Outrun => "Another run reserved this build a moment before this one: our reservation was given back, and that one is carried on with.",
        });
        start = earlier_uploads::run(tools.client, app, open, tools.events).await?;
        beginning += 1;
    }
}

/// How one beginning ended.
enum Begun {
    Uploaded(Uploaded),
    Lost(Lost),
}

async fn begin(tools: &Tools<'_>, app: &App, open: &OpenPackage, start: Start) -> Result<Begun> {
    let platform = open.package.build.platform;
    let mut slot = match start {
        Start::Adopt(upload) => {
            tools.position.reach(Reached::Sent);
            tell(tools.events, app, &upload.id, platform);
            tools
                .events
                .note("These very bytes are with Apple already: nothing to send.");
            return Ok(Begun::Uploaded(Uploaded {
                id: upload.id,
                is_adopted: true,
            }));
        }
        Start::Resume(upload, file) => match fresh(tools, &file.id).await? {
            Fresh::Open(file) => resume(tools, app, platform, upload, file),
            Fresh::Lost(lost) => return Ok(Begun::Lost(lost)),
        },
        Start::Fresh { known, .. } => {
            let slot = reserve(tools, app, open).await?;
            if let Some(lost) = rivals::ahead(tools, (app, open), &slot, &known).await {
                leave(tools, &slot, lost).await;
                return Ok(Begun::Lost(lost));
            }
            slot
        }
    };
    let upload = slot.upload.clone();
    match fill(tools, app, open, &mut slot).await? {
        Filled::Committed(file, sent) => {
            settle(tools, &file, &sent.composite)?;
            Ok(Begun::Uploaded(Uploaded {
                id: upload,
                is_adopted: false,
            }))
        }
        Filled::Lost(lost) => {
            leave(tools, &slot, lost).await;
            Ok(Begun::Lost(lost))
        }
    }
}

/// Carries on with what another run reserved. It is not ours to delete: that run may still be at it.
fn resume(
    tools: &Tools<'_>,
    app: &App,
    platform: Platform,
    upload: BuildUpload,
    file: BuildUploadFile,
) -> Slot {
    let entry = tools.journal.note(OpenUpload::Resumed {
        upload: upload.id.clone(),
    });
    tools.position.reach(Reached::Reserved);
    tell(tools.events, app, &upload.id, platform);
    tools
        .events
        .note("Another run reserved this upload and has not finished it: carrying on with it.");
    Slot {
        upload: upload.id,
        file,
        entry: entry.id,
        is_own: false,
    }
}

/// Leaves an upload that is lost to us. One of our own that still waits for bytes is given back.
async fn leave(tools: &Tools<'_>, slot: &Slot, lost: Lost) {
    let is_open = slot.is_own && lost != Lost::Removed && waits_for_bytes(tools, slot).await;
    if is_open {
        // What is not deleted now is looked at by the next run.
        let _ = build_uploads::delete(tools.client, &slot.upload).await;
    }
    tools.journal.settle(slot.entry);
    tools.position.give_back();
}

/// Whether nobody has completed the upload. Another run that carried on with it may have.
async fn waits_for_bytes(tools: &Tools<'_>, slot: &Slot) -> bool {
    let read = build_upload_files::read(tools.client, &slot.file.id).await;
    read.is_ok_and(|file| file.state == FileState::AwaitingUpload)
}

/// Sends the parts and says that all is there, as often as addresses run out or parts turn out to be
/// missing or another run's.
async fn fill(tools: &Tools<'_>, app: &App, open: &OpenPackage, slot: &mut Slot) -> Result<Filled> {
    let mut plan = plan(tools, open, &slot.file)?;
    let mut renewals = Renewals::default();
    let mut seconds = Again::default();
    loop {
        let again = match send(tools, open, &plan).await? {
            Ok(sent) => match complete(tools, (app, open), slot, sent, &mut seconds).await? {
                Completed::Committed(file, sent) => return Ok(Filled::Committed(file, sent)),
                Completed::Lost(lost) => return Ok(Filled::Lost(lost)),
                Completed::Again => {
                    plan.stored().forget();
                    fresh(tools, &slot.file.id).await?
                }
            },
            Err(refused) => match renewals.next(refused.status, plan.stored().count()) {
                Some(tries) => {
                    tools.client.rest(tries).await;
                    fresh(tools, &slot.file.id).await?
                }
                None => return Err(refused.stop(tools)),
            },
        };
        plan = match again {
            Fresh::Open(file) => self::plan(tools, open, &file)?.after(plan.stored().clone()),
            Fresh::Lost(lost) => return Ok(Filled::Lost(lost)),
        };
    }
}

/// How often addresses were asked for anew while no part got through.
#[derive(Default)]
struct Renewals {
    tries: u32,
    stored: usize,
}

impl Renewals {
    /// The number of the next try; `None` where the storage goes on refusing. A storage that does not know
    /// the upload any more is believed later: a commit that another run has sent needs seconds to show.
    fn next(&mut self, status: u16, stored: usize) -> Option<u32> {
        if stored > self.stored {
            *self = Self { tries: 0, stored };
        }
        let most = match status {
            404 | 410 => 6,
            _ => 2,
        };
        self.tries += 1;
        (self.tries <= most).then(|| self.tries - 1)
    }
}

fn plan(tools: &Tools<'_>, open: &OpenPackage, file: &BuildUploadFile) -> Result<PartPlan> {
    let plan = PartPlan::new(parts(file), open.size);
    let is_here = tools.client.is_on_this_machine();
    let plan = plan.and_then(|plan| if is_here { Ok(plan) } else { plan.elsewhere() });
    plan.map_err(|problem| {
        let told = tools
            .events
            .found(diagnostics::upload_plan_unusable(&problem));
        Stop::after(told, Why::Unfinished)
    })
}

/// The storage refused a part.
struct Refused {
    status: u16,
    error: upload::Error,
}

impl Refused {
    fn stop(&self, tools: &Tools<'_>) -> Stop {
        let told = tools
            .events
            .found(diagnostics::transfer_failed(&self.error));
        Stop::after(told, Why::Unfinished)
    }
}

async fn send(
    tools: &Tools<'_>,
    open: &OpenPackage,
    plan: &PartPlan,
) -> Result<std::result::Result<Sent, Refused>> {
    let sent = tools
        .engine
        .send(open.file.clone(), plan, tools.events, tools.cancel)
        .await;
    match sent {
        Ok(sent) => Ok(Ok(sent)),
        // Whoever stopped the sending knows why, tells it, and ends this stage.
        Err(upload::Error::Cancelled) => std::future::pending().await,
        Err(error) => match error.refused_address() {
            Some(status) => Ok(Err(Refused { status, error })),
            None => {
                let told = tools.events.found(diagnostics::transfer_failed(&error));
                Err(Stop::after(told, Why::Unfinished))
            }
        },
    }
}

async fn reserve(tools: &Tools<'_>, app: &App, open: &OpenPackage) -> Result<Slot> {
    let failed = |error: Error| super::asc_failed(tools.events, &error, "reserving the upload");
    let build = &open.package.build;
    let before = build_uploads::list(tools.client, &app.id, build)
        .await
        .map_err(failed)?;
    let before: Vec<BuildUploadId> = before.into_iter().map(|upload| upload.id).collect();
    let asked = remember(
        tools,
        None,
        OpenUpload::Asked {
            app: app.id.clone(),
            build: build.clone(),
            before: before.clone(),
        },
    );
    let reservation = Reservation {
        app: app.id.clone(),
        build: build.clone(),
    };
    let upload = build_uploads::reserve(tools.client, &reservation, &before)
        .await
        .map_err(failed)?;
    let entry = remember(
        tools,
        Some(asked),
        OpenUpload::Reserved {
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
        is_own: true,
    })
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
