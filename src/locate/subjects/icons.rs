//! The app icon's set in an asset catalogue.

use crate::locate::files::Files;
use crate::locate::place::{Place, only};
use crate::locate::projects::target::Target;
use crate::locate::subjects::info_plist::setting_place;

const SETTING: &str = "ASSETCATALOG_COMPILER_APPICON_NAME";

/// The set's description, or the setting that names a set which does not exist.
pub fn place(files: &Files, target: &Target) -> Option<Place> {
    let name = target.settings.value(SETTING)?;
    let set = format!("/{name}.appiconset/Contents.json");
    let composed = format!("/{name}.icon/icon.json");
    let mut found = files
        .paths()
        .filter(|path| path.ends_with(&set) || path.ends_with(&composed))
        .filter(|path| target.carries(path))
        .peekable();
    if found.peek().is_some() {
        return only(found).map(Place::file);
    }
    // Only what is known to carry something is known to lack it.
    if target.members.is_empty() || !files.complete() {
        return None;
    }
    match setting_place(files, target, SETTING)? {
        Place::Stated(location) | Place::ToAdd(location) => Some(Place::ToAdd(location)),
    }
}
