//! Undoes what a run that ended early would leave. Each step has little time: a runner that cancels a
//! job gives ten seconds in all.

use std::path::PathBuf;
use std::time::Duration;

use tokio::time::timeout;

use crate::apple::Toolbox;
use crate::asc::build_uploads::{self, BuildUpload, Deleted, Reservation, UploadState};
use crate::asc::{Client, Error};
use crate::event::{Events, Fact, Reached};
#[cfg(unix)]
use crate::host::minder;
use crate::ids::BuildUploadId;
use crate::journal::{Journal, OpenUpload};
use crate::signing;
use crate::stages::position::Position;
use crate::text::chain;

/// All of the undoing ends within this time.
pub const BUDGET: Duration = Duration::from_secs(3);

/// What became of one entry.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Undone {
    /// Nothing of it is there, or nothing of it is ours.
    Nothing,
    /// It was there, and is gone by us.
    GivenBack(BuildUploadId),
    /// Apple has the bytes: it is Apple's now, and so far.
    Kept(BuildUploadId, UploadState),
    /// It stays for the next run, and why, in words.
    Stays(String),
}

/// Undoes what the journal holds, last first, and says what became of it: what is on this machine first,
/// for nobody else does it. Its tools have limits of their own, and are heard out unless there is a hurry.
pub(super) async fn undo(
    journal: &Journal,
    client: Option<&Client>,
    tools: &Toolbox,
    (position, events): (&Position, &Events),
    is_in_a_hurry: bool,
) {
    let machine = async {
        if let Some(directory) = journal.directory() {
            wait_for_tools(directory).await;
        }
        for why in on_this_machine(journal, tools).await {
            events.note(why);
        }
    };
    let apple = open_uploads(journal, client, (position, events));
    let ended = if is_in_a_hurry {
        let both = async {
            machine.await;
            apple.await;
        };
        timeout(BUDGET, both).await
    } else {
        machine.await;
        timeout(BUDGET, apple).await
    };
    if ended.is_err() {
        tell_what_stays(journal, events);
    }
}

/// A tool that was left in the middle may still change what is undone next.
pub(super) async fn wait_for_tools(directory: PathBuf) {
    #[cfg(unix)]
    let _ = tokio::task::spawn_blocking(move || minder::wait(&directory)).await;
    #[cfg(not(unix))]
    drop(directory);
}

/// Undoes what the journal holds of Apple's.
async fn open_uploads(
    journal: &Journal,
    client: Option<&Client>,
    (position, events): (&Position, &Events),
) {
    for (id, upload) in journal.open_uploads() {
        let undone = at_once(&upload, client).await;
        tell(&undone, events);
        match undone {
            Undone::Nothing | Undone::GivenBack(_) => {
                journal.settle(id);
                match upload {
                    OpenUpload::Resumed { .. } => {}
                    OpenUpload::Asked { .. } => position.take_back(),
                    OpenUpload::Reserved { .. } | OpenUpload::Committing { .. } => {
                        position.give_back();
                    }
                }
            }
            Undone::Kept(..) => {
                journal.settle(id);
                position.reach(Reached::Sent);
            }
            Undone::Stays(_) => {}
        }
    }
}

/// There was no more time.
fn tell_what_stays(journal: &Journal, events: &Events) {
    if !journal.acquired().is_empty() {
        events.note("Not all that this run set up on the machine could be given back in time. It stays for the next run, or for `jetway cleanup`.");
    }
    if !journal.open_uploads().is_empty() {
        events.note("App Store Connect did not answer in time; the reservation stays open, and the next run carries on with it.");
    }
}

/// Gives back what the journal holds of this machine, last first. What can't be given back stays for the
/// next run, and is told.
pub(super) async fn on_this_machine(journal: &Journal, tools: &Toolbox) -> Vec<String> {
    let mut stayed = Vec::new();
    for (id, acquired) in journal.acquired() {
        if let Err(error) = signing::give_back::give_back((id, &acquired), journal, tools).await {
            stayed.push(format!(
                "{} It stays for the next run, or for `jetway cleanup`.",
                chain::sentence(&error)
            ));
        }
    }
    stayed
}

/// Undoes one entry of a run that ends now.
pub(super) async fn at_once(open: &OpenUpload, client: Option<&Client>) -> Undone {
    match open {
        // Whoever reserved it may still be at it.
        OpenUpload::Resumed { .. } => Undone::Nothing,
        // Apple may be taking the bytes at this moment.
        OpenUpload::Committing { upload, .. } => Undone::Stays(format!(
            "Apple was not heard to say whether the upload {upload} is complete; the next run asks."
        )),
        OpenUpload::Asked { .. } | OpenUpload::Reserved { .. } => at_apple(open, client).await,
    }
}

/// Undoes one entry by asking Apple; only what still waits for bytes is deleted.
pub(super) async fn at_apple(open: &OpenUpload, client: Option<&Client>) -> Undone {
    let Some(client) = client else {
        return Undone::Stays("Without the API key nobody can ask Apple about it.".to_owned());
    };
    match open {
        OpenUpload::Resumed { .. } => Undone::Nothing,
        OpenUpload::Reserved { upload } | OpenUpload::Committing { upload, .. } => {
            give_back(client, upload).await
        }
        OpenUpload::Asked { app, build, before } => {
            let asked = Reservation {
                app: app.clone(),
                build: build.clone(),
            };
            match new_ones(client, &asked, before).await {
                Ok((waiting, taken)) => match (waiting.as_slice(), taken.as_slice()) {
                    ([], []) => Undone::Nothing,
                    ([], [first, ..]) => Undone::Kept(first.id.clone(), first.state),
                    ([only], _) => delete(client, &only.id).await,
                    // They can't all be ours, and nobody says which one is.
                    _ => Undone::Stays(format!(
                        "Several uploads of {build} wait for bytes; none was deleted, for they can't be told apart."
                    )),
                },
                Err(error) => Undone::Stays(format!(
                    "Apple did not say whether the upload of {build} was reserved ({error}); the next run asks."
                )),
            }
        }
    }
}

/// The uploads of this build that were not there before: those that wait for bytes, and those that Apple took.
async fn new_ones(
    client: &Client,
    asked: &Reservation,
    before: &[BuildUploadId],
) -> Result<(Vec<BuildUpload>, Vec<BuildUpload>), Error> {
    let listed = build_uploads::list(client, &asked.app, &asked.build).await?;
    let is_new =
        |upload: &BuildUpload| upload.state != UploadState::Failed && !before.contains(&upload.id);
    let new = listed.into_iter().filter(is_new);
    Ok(new.partition(|upload| upload.state == UploadState::AwaitingUpload))
}

/// Looks first: another run may have carried on with it meanwhile, and what Apple has is Apple's.
async fn give_back(client: &Client, id: &BuildUploadId) -> Undone {
    match build_uploads::read(client, id).await {
        Ok(found) if found.state == UploadState::AwaitingUpload => delete(client, id).await,
        Ok(found) => Undone::Kept(id.clone(), found.state),
        Err(error) if error.status() == Some(404) => Undone::Nothing,
        Err(error) => stays(id, &error),
    }
}

async fn delete(client: &Client, id: &BuildUploadId) -> Undone {
    match build_uploads::delete(client, id).await {
        Ok(Deleted::Deleted) => Undone::GivenBack(id.clone()),
        Ok(Deleted::AlreadyGone) => Undone::Nothing,
        Ok(Deleted::Refused) => match build_uploads::read(client, id).await {
            Ok(found) => Undone::Kept(id.clone(), found.state),
            Err(error) => stays(id, &error),
        },
        Err(error) => stays(id, &error),
    }
}

fn stays(id: &BuildUploadId, error: &Error) -> Undone {
    Undone::Stays(format!(
        "The upload {id} could not be given back ({error}); the next run carries on with it."
    ))
}

pub(super) fn tell(undone: &Undone, events: &Events) {
    match undone {
        Undone::Nothing => {}
        Undone::GivenBack(id) => events.note(format!(
            "The reservation {id} was given back: nothing is left at Apple."
        )),
        Undone::Kept(id, state) => {
            events.fact(Fact::ProcessingState(state.api_name().to_owned()));
            events.note(format!("Apple has the bytes of the upload {id}: it stays."));
        }
        Undone::Stays(why) => events.note(why.as_str()),
    }
}
