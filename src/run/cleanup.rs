//! `cleanup`: undoes what runs left that were killed, by the journals that they left.

use std::path::PathBuf;

use crate::event::{Completed, Ending, Why};
use crate::plan::Account;
use crate::run::client;
use crate::run::sequence::{Leg, Surroundings, sequence};
use crate::run::{diagnostics, killed_runs};
use crate::stages::{Result, Stop};

/// Undoes what is left, and says how that went. Without a key, what is at Apple stays.
pub async fn run(account: Option<Account>, around: &Surroundings) -> Ending {
    let journals = around.journals.clone();
    sequence(around, |leg| clean(leg, account, journals)).await
}

async fn clean(leg: Leg, account: Option<Account>, journals: Option<PathBuf>) -> Result<Completed> {
    let client = match &account {
        Some(account) => Some(client::of_key(&leg, account).await?),
        None => None,
    };
    let stayed = match &journals {
        Some(directory) => {
            killed_runs::undo(directory, client.as_ref(), &leg.tools, &leg.events).await
        }
        None => Vec::new(),
    };
    if stayed.is_empty() {
        return Ok(Completed::Done);
    }
    let told = leg.events.found(diagnostics::left_behind(&stayed));
    Err(Stop::after(told, Why::Unfinished))
}
