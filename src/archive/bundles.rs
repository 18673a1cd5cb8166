//! The bundles of an app that are signed with a provisioning profile of their own.

use std::path::{Path, PathBuf};

use plist::{Dictionary, Value};

use crate::archive::problem::Problem;
use crate::archive::tree::{entries, list};
use crate::ids::BundleIdentifier;

/// Apps within apps end here: a watch app has extensions, and nothing lies deeper.
const DEEPEST: usize = 4;

/// Where an app keeps bundles that have a profile, and with which ending. Frameworks and XPC services have none.
const PLACES: &[(&str, &str)] = &[
    ("PlugIns", ".appex"),
    ("Extensions", ".appex"),
    ("Watch", ".app"),
    ("AppClips", ".app"),
    ("Contents/PlugIns", ".appex"),
    ("Contents/Extensions", ".appex"),
    ("Contents/Library/LoginItems", ".app"),
    ("Contents/Library/SystemExtensions", ".systemextension"),
];

/// What a bundle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BundleKind {
    /// The app of the archive.
    App,
    /// An app inside of it: for the watch, a clip, a login item.
    InnerApp,
    /// An extension.
    Extension,
}

/// A bundle that is signed with a profile.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// Its path in the archive.
    pub path: String,
    /// Its `CFBundleIdentifier`.
    pub identifier: BundleIdentifier,
    /// What it is.
    pub kind: BundleKind,
    /// Its Info.plist.
    pub info: Dictionary,
    /// The rights that it was built for, where that was noted in it.
    pub noted: Vec<String>,
}

/// The app and the bundles in it.
pub fn read(app: &Path, archive: &Path) -> Result<Vec<Bundle>, Problem> {
    let mut bundles = Vec::new();
    let mut next: Vec<PathBuf> = vec![app.to_owned()];
    for _ in 0..DEEPEST {
        for path in std::mem::take(&mut next) {
            let kind = match path.extension() {
                Some(ending) if ending == "app" && path == app => BundleKind::App,
                Some(ending) if ending == "app" => BundleKind::InnerApp,
                Some(_) | None => BundleKind::Extension,
            };
            bundles.push(bundle(&path, archive, kind)?);
            for (place, ending) in PLACES {
                let place = path.join(place);
                let inner = entries(&place);
                let inner = inner.iter().filter(|name| name.ends_with(ending));
                next.extend(inner.map(|name| place.join(name)));
            }
        }
    }
    Ok(bundles)
}

fn bundle(path: &Path, archive: &Path, kind: BundleKind) -> Result<Bundle, Problem> {
    let inside = path.strip_prefix(archive).unwrap_or(path);
    let inside = inside.to_string_lossy().into_owned();
    let is_for_mac = path.join("Contents/Info.plist").is_file();
    let file = match is_for_mac {
        true => format!("{inside}/Contents/Info.plist"),
        false => format!("{inside}/Info.plist"),
    };
    let info = list(archive, &file)?;
    let identifier = info.get("CFBundleIdentifier").and_then(Value::as_string);
    let identifier = identifier.filter(|text| !text.trim().is_empty());
    Ok(Bundle {
        identifier: BundleIdentifier::new(identifier.ok_or_else(|| Problem::List {
            file,
            why: "has no CFBundleIdentifier".to_owned(),
        })?),
        noted: noted(archive, &inside, is_for_mac),
        path: inside,
        kind,
        info,
    })
}

/// What a build without a signature leaves behind for whoever signs it.
const NOTED: &str = "archived-expanded-entitlements.xcent";

fn noted(archive: &Path, bundle: &str, is_for_mac: bool) -> Vec<String> {
    let below = if is_for_mac {
        "/Contents/Resources"
    } else {
        ""
    };
    let found = list(archive, &format!("{bundle}{below}/{NOTED}"));
    let found = found.into_iter().flatten();
    found
        .filter(|(_, value)| *value != Value::from(false))
        .map(|(key, _)| key)
        .collect()
}
