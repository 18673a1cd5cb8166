//! Provisioning profiles among those of the user, where Xcode looks for them: since Xcode 16 in one folder,
//! before it in another, and both are served.
//!
//! One that is there stays as it is. One that we put there goes when the last run that uses it has ended:
//! each of them has it in its journal.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use aws_lc_rs::digest;

use crate::journal::{Acquired, Journal};
use crate::signing::error::Error;
use crate::signing::random;

/// Below the home of the user.
const FOLDERS: &[&str] = &[
    "Library/Developer/Xcode/UserData/Provisioning Profiles",
    "Library/MobileDevice/Provisioning Profiles",
];

/// A profile to install.
#[derive(Clone, Copy, Debug)]
pub struct Installable<'a> {
    /// Its UUID.
    pub uuid: &'a str,
    /// Whether it is for the Mac, whose profiles have an ending of their own.
    pub is_for_mac: bool,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// Installs profiles in both folders.
pub async fn install(
    home: &Path,
    profiles: &[Installable<'_>],
    journal: &Journal,
) -> Result<(), Error> {
    let alone = journal.alone().await.map_err(Error::NotAlone)?;
    for profile in profiles {
        let ending = if profile.is_for_mac {
            "provisionprofile"
        } else {
            "mobileprovision"
        };
        for folder in FOLDERS {
            let path = home.join(folder).join(format!("{}.{ending}", profile.uuid));
            one(&path, profile.bytes, journal)?;
        }
    }
    drop(alone);
    Ok(())
}

fn one(path: &Path, bytes: &[u8], journal: &Journal) -> Result<(), Error> {
    let others = journal.acquired_by_others();
    let is_there = fs::symlink_metadata(path).is_ok();
    if is_there && !is_others(path, &others) {
        return Ok(());
    }
    let staged = path.with_extension(format!("jetway-{}", random::hex(&random::bytes::<8>()?)));
    let folder = path.parent().unwrap_or(path);
    let noted = journal.note(Acquired::Profile {
        path: path.to_owned(),
        staged: staged.clone(),
        sha256: sha256(bytes),
        made: made_for(path, &others),
    });
    noted.on_disk.map_err(Error::disk("noting", path))?;
    if is_there {
        return Ok(());
    }
    DirBuilder::new()
        .recursive(true)
        .create(folder)
        .map_err(Error::disk("making", folder))?;
    // Whole or not at all, and never over another file.
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&staged)
        .and_then(|mut file| file.write_all(bytes))
        .map_err(Error::disk("writing", &staged))?;
    let linked = fs::hard_link(&staged, path);
    fs::remove_file(&staged).map_err(Error::disk("removing", &staged))?;
    match linked {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(Error::disk("writing", path)(error))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Takes a profile of ours away where no other run uses it. Whoever calls keeps other runs away.
pub fn remove(profile: &Acquired, journal: &Journal) -> Result<(), Error> {
    let Acquired::Profile {
        path,
        staged,
        sha256: expected,
        made,
    } = profile
    else {
        return Ok(());
    };
    gone(fs::remove_file(staged)).map_err(Error::disk("removing", staged))?;
    if !is_others(path, &journal.acquired_by_others()) {
        match fs::read(path) {
            Ok(bytes) if sha256(&bytes) == *expected => {
                gone(fs::remove_file(path)).map_err(Error::disk("removing", path))?;
            }
            // Somebody put another one there, or nothing is.
            Ok(_) | Err(_) => {}
        }
    }
    for directory in made {
        // One that is not empty is still needed.
        let _ = fs::remove_dir(directory);
    }
    Ok(())
}

/// Whether another run has put the same profile there, and still needs it.
fn is_others(path: &Path, others: &[Acquired]) -> bool {
    others
        .iter()
        .any(|other| matches!(other, Acquired::Profile { path: theirs, .. } if theirs == path))
}

/// The directories above the profile that are not there, or that a run made which has not ended: whoever
/// ends last removes them. The innermost come first.
fn made_for(path: &Path, others: &[Acquired]) -> Vec<PathBuf> {
    let folder = path.parent().unwrap_or(path);
    let is_others = |directory: &&Path| {
        others.iter().any(|other| {
            matches!(other, Acquired::Profile { made, .. } if made.iter().any(|theirs| theirs == directory))
        })
    };
    folder
        .ancestors()
        .take_while(|directory| !directory.exists() || is_others(directory))
        .map(Path::to_owned)
        .collect()
}

fn gone(removed: std::io::Result<()>) -> std::io::Result<()> {
    match removed {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

fn sha256(bytes: &[u8]) -> String {
    random::hex(digest::digest(&digest::SHA256, bytes).as_ref())
}
