//! A key of the entitlements with which a target is signed.

use crate::locate::files::Files;
use crate::locate::place::Place;
use crate::locate::projects::target::Target;

/// The line of a key. A missing key has no place: it may as well belong into the profile.
pub fn place(files: &Files, target: &Target, key: &str) -> Option<Place> {
    if let Some(manifest) = &target.entitlements
        && let Some((_, line, _)) = manifest.keys.iter().find(|(name, _, _)| name == key)
    {
        return Some(Place::stated(&manifest.path, *line));
    }
    let list = target.list(files, "CODE_SIGN_ENTITLEMENTS")?;
    let entry = list.root.as_ref()?.entry(key)?;
    Some(Place::stated(&list.path, entry.line))
}
