//! What a rehearsal's Xcode makes of an archive: its apps as they are, packed.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::cli::stand_ins::installer;

/// An app within an app within an app has not more directories above it.
const DEEPEST: usize = 32;

/// Packs the apps of the archive, each as its platform has it; one that can't be exported is refused before
/// this is asked for.
pub fn pack(archive: &Path, exports: &Path) -> io::Result<()> {
    fs::create_dir_all(exports)?;
    let apps = archive.join("Products/Applications");
    let Ok(entries) = fs::read_dir(&apps) else {
        return Ok(());
    };
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix(".app") else {
            continue;
        };
        let app = apps.join(&name);
        let package = exports.join(stem);
        match installer::is_of_a_mac(&app) {
            true => installer::write(&package.with_added_extension("pkg"), &app, DEEPEST)?,
            false => {
                let mut zip = ZipWriter::new(File::create(package.with_added_extension("ipa"))?);
                add(&mut zip, &app, &format!("Payload/{name}"), DEEPEST)?;
                zip.finish().map_err(io::Error::other)?;
            }
        }
    }
    Ok(())
}

fn add(zip: &mut ZipWriter<File>, path: &Path, name: &str, left: usize) -> io::Result<()> {
    let found = fs::symlink_metadata(path)?;
    if found.is_dir() && left > 0 {
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let below = format!("{name}/{}", entry.file_name().to_string_lossy());
            add(zip, &entry.path(), &below, left - 1)?;
        }
    } else if found.is_file() {
        let options = SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated)
            .large_file(found.len() > u64::from(u32::MAX) / 2);
        zip.start_file(name, options).map_err(io::Error::other)?;
        io::copy(&mut File::open(path)?, zip)?;
    }
    Ok(())
}
