//! What lies in an archive, read from the disk.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use plist::Dictionary;

use crate::archive::problem::Problem;
use crate::property_list;

/// No Info.plist is longer.
const LONGEST_LIST: u64 = 16 << 20;

/// The names in a directory, sorted, without hidden ones; none where it is not there.
pub fn entries(directory: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(directory) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    names
}

/// A property list in the archive.
pub fn list(archive: &Path, file: &str) -> Result<Dictionary, Problem> {
    let problem = |why: String| Problem::List {
        file: file.to_owned(),
        why,
    };
    let mut bytes = Vec::new();
    File::open(archive.join(file))
        .and_then(|open| open.take(LONGEST_LIST).read_to_end(&mut bytes))
        .map_err(|error| problem(format!("can't be read: {error}")))?;
    property_list::parse(&bytes).map_err(|error| problem(error.to_string()))
}
