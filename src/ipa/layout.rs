//! Which entry is the app's Info.plist; and where there is none, what the zip is instead.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::io::{Read, Seek};

use crate::ipa::Error;
use crate::ipa::bytes::shown;
use crate::ipa::zip::{Directory, Entry};

/// The app's Info.plist and the folder that holds it.
#[derive(Debug)]
pub(super) struct Place {
    /// Such as `Payload/Example.app`.
    pub(super) app_path: String,
    /// Its Info.plist.
    pub(super) info_plist: Entry,
}

/// What was seen on the way through the directory. Each `Option` keeps the first.
#[derive(Default)]
struct Seen {
    place: Option<Place>,
    app_without_info: Option<String>,
    mac_app: Option<String>,
    bare_app: Option<String>,
    package: Option<String>,
    folder: Option<String>,
    archive: bool,
    android: bool,
    hashes: Vec<u64>,
}

/// Walks the directory once, refuses what no honest packer writes, and finds the app.
pub(super) fn find_app<R: Read + Seek>(
    reader: &mut R,
    directory: &Directory,
) -> Result<Place, Error> {
    let mut seen = Seen::default();
    directory.walk(reader, |entry| {
        check(entry)?;
        seen.take(entry)
    })?;
    if let Some(name) = duplicate(reader, directory, &mut seen.hashes)? {
        return Err(Error::Duplicate { name });
    }
    seen.verdict()
}

/// What is refused of any entry, whether we read it or not.
pub(super) fn check(entry: &Entry) -> Result<(), Error> {
    let name = entry.name.as_slice();
    let why = if name.is_empty() {
        "is empty"
    } else if name.contains(&b'\\') {
        "has a backslash in it"
    } else if name.starts_with(b"/") {
        "begins at the root of the disk"
    } else if name.split(|byte| *byte == b'/').any(|part| part == b"..") {
        "leads out of its folder"
    } else if name.iter().any(u8::is_ascii_control) && !name.ends_with(b"/Icon\r") {
        "has a control character in it"
    } else if entry.flags & 1 != 0 {
        return Err(Error::Encrypted {
            name: shown(&entry.name()),
        });
    } else {
        return Ok(());
    };
    Err(Error::UnsafeName {
        name: shown(&entry.name()),
        why,
    })
}

impl Seen {
    fn take(&mut self, entry: &Entry) -> Result<(), Error> {
        if !entry.name.ends_with(b"/") {
            self.hashes.push(hash(&entry.name));
        }
        let Ok(name) = std::str::from_utf8(&entry.name) else {
            return Ok(());
        };
        let mut parts = name.split('/');
        let parts: [Option<&str>; 4] = std::array::from_fn(|_| parts.next());
        match parts {
            [Some("Payload"), Some(app), Some("Info.plist"), None] if is_app(app) => {
                return self.found(app, entry);
            }
            [
                Some("Payload"),
                Some(app),
                Some("Contents"),
                Some("Info.plist"),
            ] if is_app(app) => {
                first(&mut self.mac_app, || format!("Payload/{app}"));
            }
            [Some("Payload"), Some(app), None, _] if is_app(app) && entry.is_link => {
                return Err(Error::Symlink { name: shown(name) });
            }
            [Some("Payload"), Some(app), Some(_), _] if is_app(app) => {
                first(&mut self.app_without_info, || format!("Payload/{app}"));
            }
            [Some(folder), Some("Payload"), Some(app), _] if is_app(app) => {
                first(&mut self.folder, || folder.to_owned());
            }
            [Some("Products"), Some("Applications"), Some(_), _] => self.archive = true,
            [Some(folder), Some(_), ..] if folder.ends_with(".xcarchive") => self.archive = true,
            [Some(app), Some(_), ..] if is_app(app) => {
                first(&mut self.bare_app, || app.to_owned());
            }
            [Some("AndroidManifest.xml"), None, ..] | [Some("base"), Some("manifest"), ..] => {
                self.android = true;
            }
            [_, _, None, _] if name.ends_with(".ipa") || name.ends_with(".pkg") => {
                first(&mut self.package, || name.to_owned());
            }
            _ => {}
        }
        Ok(())
    }

    fn found(&mut self, app: &str, entry: &Entry) -> Result<(), Error> {
        let app_path = format!("Payload/{app}");
        match &self.place {
            // The same path twice is a duplicate, and is told as such.
            Some(place) if place.app_path != app_path => Err(Error::ManyApps {
                first: shown(&place.app_path),
                second: shown(&app_path),
            }),
            _ => {
                self.place = Some(Place {
                    app_path,
                    info_plist: entry.clone(),
                });
                Ok(())
            }
        }
    }

    fn verdict(self) -> Result<Place, Error> {
        if let Some(place) = self.place {
            return Ok(place);
        }
        let named = |name: String| shown(&name);
        Err(if let Some(app) = self.mac_app.map(named) {
            Error::MacApp { app }
        } else if let Some(app) = self.app_without_info.map(named) {
            Error::NoInfoPlist { app }
        } else if let Some(folder) = self.folder.map(named) {
            Error::PayloadInFolder { folder }
        } else if self.archive {
            Error::Archive
        } else if let Some(app) = self.bare_app.map(named) {
            Error::AppOutsidePayload { app }
        } else if let Some(name) = self.package.map(named) {
            Error::Nested { name }
        } else if self.android {
            Error::Android
        } else {
            Error::NoApp
        })
    }
}

fn is_app(name: &str) -> bool {
    name.len() > ".app".len() && name.ends_with(".app")
}

fn first(slot: &mut Option<String>, value: impl FnOnce() -> String) {
    if slot.is_none() {
        *slot = Some(value());
    }
}

fn hash(name: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

/// The first name that stands twice. Hashes are cheap to keep for every entry; a second walk makes
/// sure that the names behind two equal ones are equal too.
fn duplicate<R: Read + Seek>(
    reader: &mut R,
    directory: &Directory,
    hashes: &mut [u64],
) -> Result<Option<String>, Error> {
    hashes.sort_unstable();
    let Some(twice) = hashes.windows(2).find(|pair| pair[0] == pair[1]) else {
        return Ok(None);
    };
    let twice = twice[0];
    let mut before: Option<Vec<u8>> = None;
    let mut found = None;
    directory.walk(reader, |entry| {
        if hash(&entry.name) == twice {
            match &before {
                Some(name) if *name == entry.name => found = Some(shown(&entry.name())),
                Some(_) => {}
                None => before = Some(entry.name.clone()),
            }
        }
        Ok(())
    })?;
    Ok(found)
}
