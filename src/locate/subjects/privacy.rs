//! The privacy manifest that a target carries.

use crate::locate::files::Files;
use crate::locate::place::{Place, only};
use crate::locate::projects::target::Target;
use crate::locate::readers::xml_plist;

const NAME: &str = "PrivacyInfo.xcprivacy";

/// The line of a category, the list to which it is to be added, or the file. A missing manifest has no
/// place.
pub fn place(files: &Files, target: &Target, category: Option<&str>) -> Option<Place> {
    let path = only(files.named(NAME).filter(|path| target.carries(path)))?;
    let root = xml_plist::parse(&files.text(path)?);
    let (Some(root), Some(category)) = (root, category) else {
        return Some(Place::file(path));
    };
    if let Some(line) = root.only_text(category) {
        return Some(Place::stated(path, line));
    }
    Some(match root.entry("NSPrivacyAccessedAPITypes") {
        Some(entry) => Place::to_add(path, entry.line),
        None => Place::file(path),
    })
}
