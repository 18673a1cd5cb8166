//! Undoes what runs left that were killed, by the journals that they left.

use std::path::{Path, PathBuf};

use crate::asc::Client;
use crate::event::{Ending, Events, Why};
use crate::journal::{Journal, Leftover};
use crate::plan::Account;
use crate::run::diagnostics;
use crate::run::sequence::{Leg, Surroundings, sequence};
use crate::run::ship::sign;
use crate::run::undo::{Undone, at_apple, tell};
use crate::stages::{Result, Stop};

/// Undoes what is left, and says how that went. Without a key, what is at Apple stays.
pub async fn run(account: Option<Account>, around: &Surroundings) -> Ending {
    let journals = around.journals.clone();
    sequence(around, |leg| clean(leg, account, journals)).await
}

async fn clean(leg: Leg, account: Option<Account>, journals: Option<PathBuf>) -> Result<Why> {
    let client = match &account {
        Some(account) => Some(sign(&leg, account).await?),
        None => None,
    };
    let stayed = match &journals {
        Some(directory) => left_behind(directory, client.as_ref(), &leg.events).await,
        None => Vec::new(),
    };
    if stayed.is_empty() {
        return Ok(Why::Done);
    }
    let told = leg.events.found(diagnostics::left_behind(&stayed));
    Err(Stop::after(told, Why::Unfinished))
}

/// Undoes the entries of every journal whose process is gone, last first. What another process works with
/// at this moment is left to it. Gives back why the others stay, one sentence each.
pub(super) async fn left_behind(
    directory: &Path,
    client: Option<&Client>,
    events: &Events,
) -> Vec<String> {
    let mut stayed = Vec::new();
    // Asked first: what is left behind is locked by us from then on.
    let in_use = Journal::held_by_the_living(directory);
    for journal in Journal::left_behind(directory) {
        for (id, leftover) in journal.open_entries() {
            if is_in_use(&leftover, &in_use) {
                continue;
            }
            match at_apple(&leftover, client).await {
                // Nothing was left but the entry: that run, or one after it, brought it to its end.
                Undone::Nothing | Undone::Kept(_) => journal.settle(id),
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

fn is_in_use(leftover: &Leftover, in_use: &[Leftover]) -> bool {
    leftover
        .upload()
        .is_some_and(|upload| in_use.iter().any(|other| other.upload() == Some(upload)))
}
