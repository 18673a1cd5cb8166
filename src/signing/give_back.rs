//! Gives back what a run acquired on this machine, entry by entry, however far it got.

use crate::apple::Toolbox;
use crate::journal::{EntryId, Journal, Leftover};
use crate::signing::error::Error;
use crate::signing::{installing, keychain, workspace};

/// Gives back one entry and settles it. What is at Apple is left to others.
pub async fn give_back(
    (id, leftover): (EntryId, &Leftover),
    journal: &Journal,
    tools: &Toolbox,
) -> Result<(), Error> {
    match leftover {
        Leftover::UploadAsked { .. }
        | Leftover::UploadReserved { .. }
        | Leftover::UploadCommitting { .. }
        | Leftover::UploadResumed { .. } => return Ok(()),
        Leftover::Workspace { path } => {
            workspace::remove(path)?;
            journal.settle(id);
        }
        Leftover::Keychain { path, tools: of } => {
            let alone = journal.alone().await.map_err(Error::NotAlone)?;
            keychain::remove(&tools.clone().in_directory(of), path).await?;
            journal.settle(id);
            drop(alone);
        }
        Leftover::Profile { .. } => {
            let alone = journal.alone().await.map_err(Error::NotAlone)?;
            installing::remove(leftover, journal)?;
            journal.settle(id);
            drop(alone);
        }
    }
    Ok(())
}
