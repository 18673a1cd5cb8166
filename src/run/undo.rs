//! Undoes what a run that ended early would leave at Apple. Each step has little time: a runner that
//! cancels a job gives ten seconds in all.

use std::time::Duration;

use crate::asc::build_uploads::{self, Deleted, UploadState};
use crate::asc::{Client, Error, Wanted};
use crate::event::Events;
use crate::ids::BuildUploadId;
use crate::stages::journal::{Journal, Leftover};

/// All of the undoing ends within this time.
const BUDGET: Duration = Duration::from_secs(3);

/// Undoes what the journal holds, last first, and says what became of it.
pub(crate) async fn undo(client: &Client, journal: &Journal, events: &Events) {
    let entries = journal.take();
    if entries.is_empty() {
        return;
    }
    let work = async {
        for entry in entries {
            match entry {
                Leftover::Reserved(id) => delete(client, &id, events).await,
                Leftover::Asked {
                    reservation,
                    before,
                } => {
                    let wanted = Wanted {
                        marketing_version: reservation.marketing_version.clone(),
                        build_number: reservation.build_number.clone(),
                        platform: reservation.platform,
                    };
                    let listed = build_uploads::list(client, &reservation.app, &wanted).await;
                    let ours = listed.map(|uploads| {
                        uploads
                            .into_iter()
                            .filter(|upload| upload.state == UploadState::AwaitingUpload)
                            .map(|upload| upload.id)
                            .filter(|id| !before.contains(id))
                            .collect::<Vec<_>>()
                    });
                    // Two new ones can't both be ours, and nobody says which one is.
                    if let Ok([only]) = ours.as_deref() {
                        delete(client, only, events).await;
                    }
                }
            }
        }
    };
    if tokio::time::timeout(BUDGET, work).await.is_err() {
        events.note("App Store Connect did not answer in time; the reservation stays open, and the next run carries on with it.");
    }
}

async fn delete(client: &Client, id: &BuildUploadId, events: &Events) {
    let deleted: Result<Deleted, Error> = build_uploads::delete(client, id).await;
    events.note(match deleted {
        Ok(Deleted::Deleted | Deleted::AlreadyGone) => {
            format!("The reservation {id} was given back: nothing is left at Apple.")
        }
        Ok(Deleted::Refused) => format!("Apple keeps the upload {id}; its build number stays free if it failed."),
        Err(error) => format!("The reservation {id} could not be given back ({error}); the next run carries on with it."),
    });
}
