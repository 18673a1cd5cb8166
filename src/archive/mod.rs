//! Xcode's archives: what an `.xcarchive` says of itself, and which bundles in it are signed with a profile.
//!
//! The room reads and says; it exports nothing, and knows neither profiles nor certificates. An archive is a
//! directory: `Info.plist`, `Products/Applications/<app>.app`, `dSYMs`.

mod bundles;
pub mod diagnostics;
mod problem;
mod tree;

use std::path::{Path, PathBuf};

use plist::{Dictionary, Value};

use crate::archive::tree::{entries, list};
use crate::ids::Platform;

pub use bundles::{Bundle, BundleKind};
pub use problem::Problem;

/// An archive with one app in it.
#[derive(Clone, Debug)]
pub struct Archive {
    /// The app's name, from its directory: `Demo` of `Demo.app`.
    pub name: String,
    /// For which platform the app is.
    pub platform: Platform,
    /// The team that it was signed for, where it says so.
    pub team: Option<String>,
    /// The bundles that are signed with a profile: the app first.
    pub bundles: Vec<Bundle>,
    /// Whether the app in it is signed at all.
    pub is_signed: bool,
    /// The debugging symbols.
    pub dsyms: Vec<PathBuf>,
}

impl Archive {
    /// Reads an archive.
    ///
    /// # Errors
    ///
    /// Why it can't be exported.
    pub fn read(path: &Path) -> Result<Self, Problem> {
        let info = list(path, "Info.plist").map_err(|problem| match problem {
            Problem::List { why, .. } => Problem::NoArchive {
                path: path.to_owned(),
                why: format!("its Info.plist {why}"),
            },
            other => other,
        })?;
        let properties = info
            .get("ApplicationProperties")
            .and_then(Value::as_dictionary);
        let app = the_app(path, properties.is_some())?;
        let below = path.join("Products/Applications").join(&app);
        let bundles = bundles::read(&below, path)?;
        let platform = bundles.first().and_then(|app| platform(&app.info));
        let seals = ["_CodeSignature", "Contents/_CodeSignature"];
        let mut dsyms = entries(&path.join("dSYMs"));
        dsyms.retain(|name| name.ends_with(".dSYM"));
        Ok(Self {
            name: app.trim_end_matches(".app").to_owned(),
            platform: platform.ok_or_else(|| Problem::List {
                file: format!("{app}/Info.plist"),
                why: "names no platform that an app is exported for".to_owned(),
            })?,
            team: properties
                .and_then(|properties| properties.get("Team")?.as_string())
                .filter(|team| !team.is_empty())
                .map(str::to_owned),
            bundles,
            is_signed: seals.iter().any(|seal| below.join(seal).exists()),
            dsyms: dsyms
                .iter()
                .map(|name| path.join("dSYMs").join(name))
                .collect(),
        })
    }
}

/// The one app's directory. Xcode knows an archive as an app's by its `ApplicationProperties`, which it
/// leaves out where anything else was installed beside the app. Where nothing is beside it, Xcode has the word.
fn the_app(path: &Path, is_an_apps: bool) -> Result<String, Problem> {
    let mut apps = entries(&path.join("Products/Applications"));
    apps.retain(|name| name.ends_with(".app"));
    let found = strays(&path.join("Products"));
    match apps.len() {
        0 => Err(Problem::NoApp { found }),
        1 if is_an_apps || found.is_empty() => Ok(apps.swap_remove(0)),
        1 => Err(Problem::MoreThanAnApp { found }),
        _ => Err(Problem::SeveralApps { found: apps }),
    }
}

/// What lies in `Products` beside apps, as far as a person needs it.
fn strays(products: &Path) -> Vec<String> {
    const DEEPEST: usize = 4;
    const MOST: usize = 10;
    let mut found = Vec::new();
    let mut next = vec![String::new()];
    for _ in 0..DEEPEST {
        let here = std::mem::take(&mut next);
        for directory in here {
            for name in entries(&products.join(&directory)) {
                let path = match directory.as_str() {
                    "" => name,
                    directory => format!("{directory}/{name}"),
                };
                let is_place = products.join(&path).is_dir() && !path.contains('.');
                match is_place {
                    true => next.push(path),
                    false if path.ends_with(".app") || found.len() == MOST => {}
                    false => found.push(path),
                }
            }
        }
    }
    found
}

fn platform(info: &Dictionary) -> Option<Platform> {
    let supported = info
        .get("CFBundleSupportedPlatforms")
        .and_then(Value::as_array);
    let first = supported.and_then(|names| names.first()?.as_string());
    let name = info
        .get("DTPlatformName")
        .and_then(Value::as_string)
        .or(first)?;
    Platform::from_dt_platform_name(&name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn write(archive: &Path, file: &str, entries: &[(&str, &str)]) {
        let mut dictionary = Dictionary::new();
        for (key, value) in entries {
            let value = match *key {
                "ApplicationProperties" => {
                    let team = [("Team".to_owned(), Value::from(*value))];
                    Value::Dictionary(team.into_iter().collect())
                }
                _ => Value::from(*value),
            };
            dictionary.insert((*key).to_owned(), value);
        }
        let path = archive.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        Value::Dictionary(dictionary).to_file_xml(path).unwrap();
    }

    fn bundle(archive: &Path, directory: &str, identifier: &str) {
        let file = format!("Products/Applications/{directory}/Info.plist");
        let facts = [
            ("CFBundleIdentifier", identifier),
            ("DTPlatformName", "iphoneos"),
        ];
        write(archive, &file, &facts);
    }

    fn archive() -> tempfile::TempDir {
        let place = tempfile::tempdir().unwrap();
        write(
            place.path(),
            "Info.plist",
            &[("ApplicationProperties", "ABCDE12345")],
        );
        bundle(place.path(), "Demo.app", "com.example.demo");
        place
    }

    #[test]
    fn the_app_comes_first_and_every_bundle_with_a_profile_after_it() {
        let place = archive();
        let more = [
            ("Demo.app/PlugIns/Share.appex", "com.example.demo.share"),
            ("Demo.app/Extensions/Kit.appex", "com.example.demo.kit"),
            ("Demo.app/Watch/Watch.app", "com.example.demo.watch"),
            (
                "Demo.app/Watch/Watch.app/PlugIns/Face.appex",
                "com.example.demo.watch.face",
            ),
            ("Demo.app/AppClips/Clip.app", "com.example.demo.Clip"),
            ("Demo.app/Frameworks/Lib.framework", "com.example.lib"),
        ];
        for (directory, identifier) in more {
            bundle(place.path(), directory, identifier);
        }
        fs::create_dir_all(place.path().join("dSYMs/Demo.app.dSYM")).unwrap();
        let archive = Archive::read(place.path()).unwrap();
        let found: Vec<_> = archive
            .bundles
            .iter()
            .map(|b| b.identifier.as_str())
            .collect();
        assert_eq!(found[0], "com.example.demo");
        assert_eq!(found.len(), 6, "{found:?}");
        assert!(
            !found.contains(&"com.example.lib"),
            "no framework has a profile"
        );
        assert_eq!(archive.team.as_deref(), Some("ABCDE12345"));
        assert_eq!((archive.name.as_str(), archive.dsyms.len()), ("Demo", 1));
        assert_eq!(archive.platform, Platform::Ios);
    }

    #[test]
    fn an_archive_without_an_app_or_with_two_or_with_more_says_what_is_in_it() {
        let place = archive();
        bundle(place.path(), "Other.app", "com.example.other");
        let problem = Archive::read(place.path()).unwrap_err();
        assert!(
            matches!(problem, Problem::SeveralApps { found } if found == ["Demo.app", "Other.app"])
        );

        let place = archive();
        fs::create_dir_all(place.path().join("Products/usr/local/lib")).unwrap();
        fs::write(place.path().join("Products/usr/local/lib/libPods.a"), "").unwrap();
        write(place.path(), "Info.plist", &[("Name", "Demo")]);
        let problem = Archive::read(place.path()).unwrap_err();
        assert!(
            matches!(problem, Problem::MoreThanAnApp { found } if found == ["usr/local/lib/libPods.a"])
        );

        fs::remove_dir_all(place.path().join("Products/Applications")).unwrap();
        assert!(matches!(
            Archive::read(place.path()),
            Err(Problem::NoApp { .. })
        ));
    }

    #[test]
    fn what_is_no_archive_is_told() {
        let place = tempfile::tempdir().unwrap();
        let problem = Archive::read(place.path()).unwrap_err();
        assert!(matches!(problem, Problem::NoArchive { .. }), "{problem}");
    }
}
