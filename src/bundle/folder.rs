//! The files of an `.xcarchive`, which is a folder.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::bundle::harvest::{self, Budget};
use crate::bundle::package::{Error, Member};
use crate::bundle::questions::Questions;
use crate::bundle::role::{Role, role};
use crate::bundle::zipped::{HASHED_UP_TO, Harvest, sha256};

/// More files than the largest archives have by far.
const MOST_FILES: usize = 400_000;
/// Deepest nesting of folders.
const DEEPEST: usize = 64;
/// What lies beside the app and is not looked at: debug symbols are as large as the app.
const LEFT_OUT: &[&str] = &["dSYMs", "BCSymbolMaps"];

/// Reads the folder.
pub(super) fn read(root: &Path, questions: &Questions) -> Result<Harvest, Error> {
    let mut harvest = Harvest::default();
    let mut files: Vec<PathBuf> = Vec::new();
    walk(root, "", 0, &mut harvest, &mut files).map_err(Error::Io)?;
    let budget = Budget::new();
    let total = harvest.members.iter().map(|member| member.size);
    let is_hashed = total.fold(0_u64, u64::saturating_add) <= HASHED_UP_TO;
    for (index, file) in files.iter().enumerate() {
        let member = &mut harvest.members[index];
        if member.is_link || member.size == 0 || member.path.ends_with('/') {
            continue;
        }
        let role = role(&member.path);
        if role != Role::Unread {
            let mut bytes = File::open(file).map_err(Error::Io)?;
            let found = harvest::read(role, &mut bytes, questions, &budget).map_err(Error::Io)?;
            if let Some(found) = found {
                harvest.found.push((index, found));
            }
        }
        if is_hashed {
            let mut bytes = File::open(file).map_err(Error::Io)?;
            member.sha256 = Some(sha256(&mut bytes).map_err(Error::Io)?);
        }
    }
    Ok(harvest)
}

fn walk(
    folder: &Path,
    below: &str,
    depth: usize,
    harvest: &mut Harvest,
    files: &mut Vec<PathBuf>,
) -> io::Result<()> {
    if depth > DEEPEST {
        return Ok(());
    }
    let mut entries: Vec<fs::DirEntry> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        if files.len() >= MOST_FILES || (depth == 0 && LEFT_OUT.contains(&name.as_str())) {
            continue;
        }
        let kind = entry.file_type()?;
        let path = format!("{below}{name}");
        let shown = if kind.is_dir() {
            format!("{path}/")
        } else {
            path.clone()
        };
        harvest.members.push(Member {
            path: shown,
            size: if kind.is_file() {
                entry.metadata()?.len()
            } else {
                0
            },
            is_link: kind.is_symlink(),
            target: target(&entry, kind),
            mode: None,
            sha256: None,
        });
        files.push(entry.path());
        if kind.is_dir() {
            walk(
                &entry.path(),
                &format!("{path}/"),
                depth + 1,
                harvest,
                files,
            )?;
        }
    }
    Ok(())
}

/// Where a link leads to.
fn target(entry: &fs::DirEntry, kind: fs::FileType) -> Option<String> {
    let target = kind.is_symlink().then(|| fs::read_link(entry.path()))?;
    Some(target.ok()?.to_string_lossy().into_owned())
}
