//! All parts were sent: whether they are what the storage holds, and the word that all is there. Two runs of other
//! bytes may fill one upload, for nothing tells their reservations apart before there are bytes in them. A part may
//! still be replaced between the look and the commit; Apple's checksum tells that.

use std::time::Duration;

use crate::asc::apps::App;
use crate::asc::build_upload_files::{self, BuildUploadFile};
use crate::asc::build_uploads;
use crate::event::Why;
use crate::stages::commit::{Said, commit};
use crate::stages::package::OpenPackage;
use crate::stages::slot::{Lost, Slot, Tools};
use crate::stages::{Result, Stop, diagnostics, earlier_uploads, rivals};
use crate::upload::{Sent, checksum};

/// How often what another run has written over is sent again. One that carried on with our upload stops where it
/// sees our bytes.
const REPAIRS: u32 = 3;

/// Which of the client's pauses is made before the look at another run's upload: a second or two.
const LOOK_LATER: u32 = 2;

/// So long what was seen of other runs right after the reservation is taken for true.
const SEEN_LATELY: Duration = Duration::from_secs(10);

/// Why parts were sent again after all were sent.
#[derive(Default)]
pub(super) struct Again {
    lacked: bool,
    mixed: u32,
}

impl Again {
    fn is_first(&self) -> bool {
        !self.lacked && self.mixed == 0
    }
}

/// How it ended, where it is not the end of the run.
pub(super) enum Completed {
    /// Apple has all of it.
    Committed(Box<BuildUploadFile>, Sent),
    /// The upload is gone, or complete by somebody else.
    Lost(Lost),
    /// Parts have to be sent again.
    Again,
}

/// Looks at what the storage holds, and says that all is there.
pub(super) async fn complete(
    tools: &Tools<'_>,
    (app, open): (&App, &OpenPackage),
    slot: &mut Slot,
    sent: Sent,
    again: &mut Again,
) -> Result<Completed> {
    let is_seen = slot.is_own && again.is_first() && sent.took < SEEN_LATELY;
    if !is_seen && has_other(tools, app, open, slot).await {
        return Ok(Completed::Lost(Lost::CompletedElsewhere));
    }
    if !slot.is_own {
        // Whoever reserved it may be about to send its own bytes again.
        tools.client.rest(LOOK_LATER).await;
    }
    if is_mixed(tools, slot, &sent).await {
        if !slot.is_own {
            let stop = earlier_uploads::taken_meanwhile(tools.client, app, open, tools.events);
            return Err(stop.await);
        }
        if again.mixed == REPAIRS {
            let told = tools.events.found(diagnostics::reservation_lost());
            return Err(Stop::after(told, Why::Unfinished));
        }
        again.mixed += 1;
        tools.events.note(
            "Another run has written other bytes into this upload: sending ours again where they are not there.",
        );
        return Ok(Completed::Again);
    }
    Ok(match commit(tools, slot, again.lacked).await? {
        // Between the look and the commit a part may still have become another run's.
        Said::Done(file) if (!slot.is_own || again.mixed > 0) && !has_bytes_of(&sent, &file) => {
            Completed::Lost(Lost::CompletedElsewhere)
        }
        Said::Done(file) => {
            tools.events.note(diagnostics::sent_sentence(&sent));
            Completed::Committed(file, sent)
        }
        Said::Lost(lost) => Completed::Lost(lost),
        Said::Lacking => {
            again.lacked = true;
            Completed::Again
        }
    })
}

/// Whether Apple took another upload of this build while ours was sent. Where nobody says so, ours goes on:
/// Apple decides.
async fn has_other(tools: &Tools<'_>, app: &App, open: &OpenPackage, slot: &Slot) -> bool {
    let listed = build_uploads::list(tools.client, &app.id, &open.package.build).await;
    listed.is_ok_and(|uploads| rivals::is_sent(&uploads, &slot.upload))
}

/// Whether the storage holds other bytes than were sent. Where it does not say so, ours goes on.
async fn is_mixed(tools: &Tools<'_>, slot: &Slot, sent: &Sent) -> bool {
    let Ok(file) = build_upload_files::read(tools.client, &slot.file.id).await else {
        return false;
    };
    let parts = file.operations.iter();
    let held = checksum::composite_of_tags(parts.map(|part| part.entity_tag.as_deref()));
    let held = held.filter(|_| !file.operations.is_empty());
    held.is_some_and(|held| !checksum::same_composite(&sent.composite, &held))
}

/// Whether Apple's checksum of the file, where it has one, is the one of what was sent.
fn has_bytes_of(sent: &Sent, file: &BuildUploadFile) -> bool {
    let theirs = file.composite.as_deref();
    theirs.is_none_or(|theirs| checksum::same_composite(&sent.composite, theirs))
}
