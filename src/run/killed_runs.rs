//! What killed runs left, undone by the journals that they left.

use std::path::Path;

use crate::apple::Toolbox;
use crate::asc::Client;
use crate::event::Events;
use crate::journal::{Journal, OpenUpload};
use crate::run::undo::{self, Undone, at_apple, tell};

/// Undoes the entries of every journal whose process is gone, last first. What another process works with
/// at this moment is left to it. Gives back why the others stay, one sentence each.
pub(super) async fn undo(
    directory: &Path,
    client: Option<&Client>,
    tools: &Toolbox,
    events: &Events,
) -> Vec<String> {
    let mut stayed = on_this_machine(directory, tools).await;
    // Asked first: what is left behind is locked by us from then on.
    let in_use = Journal::uploads_of_the_living(directory);
    for journal in Journal::left_behind(directory) {
        for (id, upload) in journal.open_uploads() {
            if is_in_use(&upload, &in_use) {
                continue;
            }
            match at_apple(&upload, client).await {
                // Nothing was left but the entry: that run, or one after it, brought it to its end.
                Undone::Nothing | Undone::Kept(..) => journal.settle(id),
                undone @ Undone::GivenBack(_) => {
                    tell(&undone, events);
                    journal.settle(id);
                }
                Undone::Stays(why) => stayed.push(why),
            }
        }
    }
    stayed
}

/// The same for what they left on this machine alone.
pub(super) async fn on_this_machine(directory: &Path, tools: &Toolbox) -> Vec<String> {
    undo::wait_for_tools(directory.to_owned()).await;
    let mut stayed = Vec::new();
    for journal in Journal::left_behind(directory) {
        stayed.extend(undo::on_this_machine(&journal, tools).await);
    }
    stayed
}

fn is_in_use(upload: &OpenUpload, in_use: &[OpenUpload]) -> bool {
    let id = upload.id();
    id.is_some() && in_use.iter().any(|other| other.id() == id)
}
