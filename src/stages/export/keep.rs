//! Keeps what an export wrote, where the user wants it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::archive::Archive;
use crate::signing::workspace::Workspace;
use crate::stages::export::output::Output;

/// What an export makes, the first thing to ship first.
const PACKAGES: &[&str] = &["ipa", "pkg", "app"];

/// Moves all that the export wrote into the output folder, and gives the package's new place. Whatever could
/// not have its own name is told.
pub fn products(
    from: &Path,
    output: &Output,
    tell: impl Fn(&Path, &Path),
) -> io::Result<Option<PathBuf>> {
    let entries = match fs::read_dir(from) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut moved = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let to = output.keep(&path)?;
        tell(&path, &to);
        moved.push(to);
    }
    moved.sort();
    let with = |ending: &str| {
        let mut found = moved.iter();
        found
            .find(|path| path.extension().is_some_and(|own| own == ending))
            .cloned()
    };
    Ok(PACKAGES.iter().find_map(|ending| with(ending)))
}

/// Zips the debugging symbols in the private directory; `None` where the archive has none.
pub fn dsyms(archive: &Archive, workspace: &Workspace) -> io::Result<Option<PathBuf>> {
    if archive.dsyms.is_empty() {
        return Ok(None);
    }
    let path = workspace.file(&format!("{}.dSYMs.zip", archive.name));
    let mut zip = ZipWriter::new(File::create_new(&path)?);
    for directory in &archive.dsyms {
        let name = directory.file_name().unwrap_or_default().to_string_lossy();
        add(&mut zip, directory, &name)?;
    }
    zip.finish().map_err(io::Error::other)?;
    Ok(Some(path))
}

fn add(zip: &mut ZipWriter<File>, path: &Path, name: &str) -> io::Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    if !fs::symlink_metadata(path)?.is_dir() {
        let large = options.large_file(fs::metadata(path)?.len() > u64::from(u32::MAX) / 2);
        zip.start_file(name, large).map_err(io::Error::other)?;
        io::copy(&mut File::open(path)?, zip)?;
        return Ok(());
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<_>>()?;
    entries.sort();
    for entry in entries {
        let below = entry.file_name().unwrap_or_default().to_string_lossy();
        add(zip, &entry, &format!("{name}/{below}"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_exported_takes_the_place_of_an_earlier_export_and_the_package_is_named() {
        let place = tempfile::tempdir().unwrap();
        let [from, folder] = ["from", "output"].map(|name| place.path().join(name));
        let output = Output::open(&folder, &[]).unwrap();
        let told = std::cell::RefCell::new(Vec::new());
        let keep = || {
            products(&from, &output, |from, to| {
                if from.file_name() != to.file_name() {
                    told.borrow_mut().push(to.to_owned());
                }
            })
        };
        assert_eq!(keep().unwrap(), None);
        fs::create_dir(&from).unwrap();
        fs::write(folder.join("Packaging.log"), "a person's").unwrap();
        for text in ["old", "new"] {
            fs::write(from.join("Demo.ipa"), text).unwrap();
            fs::write(from.join("Packaging.log"), text).unwrap();
            let package = keep().unwrap().unwrap();
            assert_eq!(package, folder.join("Demo.ipa"));
            assert_eq!(fs::read_to_string(&package).unwrap(), text);
            let log = folder.join("Packaging-2.log");
            assert_eq!(fs::read_to_string(&log).unwrap(), text);
            assert_eq!(told.take(), [log]);
        }
        let theirs = fs::read_to_string(folder.join("Packaging.log")).unwrap();
        assert_eq!(theirs, "a person's");
    }
}
