//! Gives back what a run acquired on this machine, entry by entry, however far it got.

use crate::apple::Toolbox;
use crate::journal::{Acquired, EntryId, Journal};
use crate::signing::error::Error;
use crate::signing::{installing, keychain, workspace};

/// Gives back one entry and settles it.
pub async fn give_back(
    (id, acquired): (EntryId, &Acquired),
    journal: &Journal,
    tools: &Toolbox,
) -> Result<(), Error> {
    match acquired {
        Acquired::Workspace { path } => {
            workspace::remove(path)?;
            journal.settle(id);
        }
        Acquired::Keychain { path, tools: of } => {
            let alone = journal.alone().await.map_err(Error::NotAlone)?;
            keychain::remove(&tools.clone().in_directory(of), path).await?;
            journal.settle(id);
            drop(alone);
        }
        Acquired::Profile { .. } => {
            let alone = journal.alone().await.map_err(Error::NotAlone)?;
            installing::remove(acquired, journal)?;
            journal.settle(id);
            drop(alone);
        }
    }
    Ok(())
}
