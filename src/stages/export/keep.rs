//! Keeps what an export wrote, where the user wants it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::archive::Archive;

/// What an export makes, the first thing to ship first.
const PACKAGES: &[&str] = &["ipa", "pkg", "app"];

/// Moves all that the export wrote into the output directory, and gives the package's new place.
pub fn products(from: &Path, output: &Path) -> io::Result<Option<PathBuf>> {
    let mut moved = Vec::new();
    let entries = match fs::read_dir(from) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let to = output.join(entry.file_name());
        remove(&to)?;
        // Another disk takes a copy instead.
        if fs::rename(entry.path(), &to).is_err() {
            copy(&entry.path(), &to)?;
        }
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

/// Zips the debugging symbols; `None` where the archive has none.
pub fn dsyms(archive: &Archive, output: &Path) -> io::Result<Option<PathBuf>> {
    if archive.dsyms.is_empty() {
        return Ok(None);
    }
    let path = output.join(format!("{}.dSYMs.zip", archive.name));
    let mut zip = ZipWriter::new(File::create(&path)?);
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

fn remove(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let found = fs::symlink_metadata(from)?;
    if found.is_symlink() {
        #[cfg(unix)]
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
        #[cfg(not(unix))]
        return Ok(());
    }
    if !found.is_dir() {
        return fs::copy(from, to).map(drop);
    }
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_exported_takes_the_place_of_an_earlier_export_and_the_package_is_named() {
        let place = tempfile::tempdir().unwrap();
        let [from, output] = ["from", "output"].map(|name| place.path().join(name));
        assert_eq!(products(&from, &output).unwrap(), None);
        for directory in [&from, &output] {
            fs::create_dir(directory).unwrap();
        }
        fs::write(output.join("Demo.ipa"), "old").unwrap();
        fs::write(from.join("Demo.ipa"), "new").unwrap();
        fs::write(from.join("Packaging.log"), "log").unwrap();
        let package = products(&from, &output).unwrap().unwrap();
        assert_eq!(fs::read_to_string(&package).unwrap(), "new");
        assert!(output.join("Packaging.log").is_file());
    }
}
