//! The temporary keychain: in it the certificates that were given, and in nobody's way.
//!
//! It stands in front of the user's search list, where `codesign` looks; the default keychain stays what it
//! is. The list is the user's, and other runs change it too: it is changed under a lock among our own, an
//! entry is added to what is there at that moment, and only our own is taken out again.

use crate::apple::{Toolbox, security};
use crate::journal::{Acquired, Journal};
use crate::secret::{Secret, Vault};
use crate::signing::error::Error;
use crate::signing::identity::Importable;
use crate::signing::random;
use crate::signing::workspace::Workspace;

const NAME: &str = "jetway.keychain-db";
/// Programs of others may change the list at the same moment; more often than this they do not.
const TRIES: usize = 3;

/// A keychain of ours.
#[derive(Debug)]
pub struct Keychain {
    path: String,
}

impl Keychain {
    /// Makes one, imports all of it, and gives it to Apple's signing tools.
    pub async fn create(
        tools: &Toolbox,
        workspace: &Workspace,
        identities: &[Importable],
        journal: &Journal,
        vault: &Vault,
    ) -> Result<Self, Error> {
        let path = workspace.file(NAME).to_string_lossy().into_owned();
        let password = random::password()?;
        vault.keep(&password);
        let noted = journal.note(Acquired::Keychain {
            path: path.clone(),
            tools: tools.directory().to_owned(),
        });
        noted.on_disk.map_err(Error::disk("noting", &path))?;
        security::create_keychain(tools, &path, &password).await?;
        security::never_lock(tools, &path).await?;
        security::unlock_keychain(tools, &path, &password).await?;
        for (index, identity) in identities.iter().enumerate() {
            import(tools, workspace, (&path, index), identity, vault).await?;
        }
        security::set_key_partition_list(tools, &path, &password).await?;
        let alone = journal.alone().await.map_err(Error::NotAlone)?;
        put_in_front(tools, &path).await?;
        drop(alone);
        Ok(Self { path })
    }

    /// Imports certificates of authorities, DER, which the machine lacks.
    pub async fn add_authorities(
        &self,
        tools: &Toolbox,
        workspace: &Workspace,
        authorities: &[Vec<u8>],
    ) -> Result<(), Error> {
        for (index, der) in authorities.iter().enumerate() {
            let file = workspace.write(&format!("authority-{}.cer", index + 1), der)?;
            let path = file.to_string_lossy();
            security::import_certificate(tools, &path, &self.path).await?;
        }
        Ok(())
    }

    /// Where it is.
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// The file is there for the import alone.
async fn import(
    tools: &Toolbox,
    workspace: &Workspace,
    (keychain, index): (&str, usize),
    identity: &Importable,
    vault: &Vault,
) -> Result<(), Error> {
    let password: Secret = identity.password.clone();
    vault.keep(&password);
    let file = workspace.write(&format!("certificate-{}.p12", index + 1), &identity.pkcs12)?;
    let imported = security::import(tools, &file.to_string_lossy(), keychain, &password).await;
    std::fs::remove_file(&file).map_err(Error::disk("removing", &file))?;
    imported.map_err(|source| match source.code() {
        Some(_) if !source.is_a_window_for_nobody() => Error::NotImported {
            name: identity.name.clone(),
            source,
        },
        Some(_) | None => source.into(),
    })
}

/// Puts the keychain in front of the search list, and leaves the rest as it is.
async fn put_in_front(tools: &Toolbox, path: &str) -> Result<(), Error> {
    for _ in 0..TRIES {
        let before = security::search_list(tools).await?;
        let mut list = vec![path.to_owned()];
        list.extend(before.iter().filter(|entry| *entry != path).cloned());
        security::set_search_list(tools, &list).await?;
        if security::search_list(tools).await? == list {
            return Ok(());
        }
    }
    Err(Error::SearchList)
}

/// Deletes the keychain and takes it out of the search list; what is gone already is no fault. Where
/// `security` does not delete it, its file goes with the workspace, and only its entry would be left.
pub async fn remove(tools: &Toolbox, path: &str) -> Result<(), Error> {
    let _ = security::delete_keychain(tools, path).await;
    let mut list = security::search_list(tools).await?;
    if list.iter().any(|entry| entry == path) {
        list.retain(|entry| entry != path);
        security::set_search_list(tools, &list).await?;
    }
    Ok(())
}
