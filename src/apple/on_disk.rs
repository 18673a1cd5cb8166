//! What of Apple's lies on the disk: the Xcodes among the applications, and keychains.

use std::fs;
use std::path::{Path, PathBuf};

use plist::{Dictionary, Value};

/// An Xcode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Xcode {
    /// Where it is.
    pub path: PathBuf,
    /// Its version, such as `26.4.1`.
    pub version: String,
    /// Its build, such as `17E202`.
    pub build: String,
}

/// All Xcodes in a directory, each once: names that only lead to another one are left out.
pub fn installed(applications: &Path) -> Vec<Xcode> {
    let Ok(entries) = fs::read_dir(applications) else {
        return Vec::new();
    };
    let mut found: Vec<Xcode> = entries
        .flatten()
        .filter(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            name.starts_with("Xcode") && name.ends_with(".app")
        })
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .filter_map(|entry| read(&entry.path()))
        .collect();
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

fn read(path: &Path) -> Option<Xcode> {
    let list = Value::from_file(path.join("Contents/version.plist")).ok()?;
    let list: &Dictionary = list.as_dictionary()?;
    let text = |key: &str| Some(list.get(key)?.as_string()?.to_owned());
    Some(Xcode {
        path: path.to_owned(),
        version: text("CFBundleShortVersionString")?,
        build: text("ProductBuildVersion").unwrap_or_default(),
    })
}

/// The keychains of a list that are not there.
pub fn missing(keychains: &[String]) -> Vec<String> {
    let gone = keychains.iter().filter(|path| !Path::new(path).exists());
    gone.cloned().collect()
}
