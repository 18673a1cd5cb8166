//! A key of a target's Info.plist, wherever the project states it: in the file, in a build setting from
//! which Xcode makes it, or in a generator's manifest.

use crate::locate::files::Files;
use crate::locate::place::Place;
use crate::locate::projects::flutter;
use crate::locate::projects::settings::{Source, sole_reference};
use crate::locate::projects::target::{List, Target};
use crate::locate::readers::node::Node;
use crate::locate::readers::xml_plist;

/// Where a key is stated, or where it is to be added.
pub fn place(files: &Files, target: &Target, key: &str) -> Option<Place> {
    let (name, inner) = key.split_once(':').unwrap_or((key, ""));
    if let Some(place) = in_manifest(files, target, name) {
        return Some(place);
    }
    let list = target.list(files, "INFOPLIST_FILE");
    if let Some(place) = list
        .as_ref()
        .and_then(|list| in_list(files, target, list, key, inner))
    {
        return Some(place);
    }
    let generated = target.settings.value("GENERATE_INFOPLIST_FILE").as_deref() == Some("YES");
    if let Some(setting) = setting_for(name, generated)
        && let Some(place) = setting_place(files, target, &setting)
    {
        return Some(place);
    }
    if written_by_the_build(name) {
        return None;
    }
    missing(target, list)
}

/// Where a build setting is stated.
pub fn setting_place(files: &Files, target: &Target, name: &str) -> Option<Place> {
    match target.settings.source(name)? {
        Source::Setting(setting) => Some(Place::stated(&setting.path, setting.line)),
        Source::Missing { name, setting } => flutter::place(files, target, name)
            .or_else(|| Some(Place::stated(&setting.path, setting.line))),
    }
}

/// A key in an Info.plist that no readable project mentions, by the identifier written in it.
pub fn loose(files: &Files, identifier: &str, key: &str) -> Option<Place> {
    let mut places = files
        .paths()
        .filter(|path| path.ends_with("Info.plist"))
        .filter_map(|path| {
            let root = xml_plist::parse(&files.text(path)?)?;
            (root.text_of("CFBundleIdentifier") == Some(identifier)).then_some((path, root))
        });
    let (path, root) = places.next()?;
    if places.next().is_some() {
        return None;
    }
    Some(match root.entry(key) {
        Some(entry) => Place::stated(path, entry.line),
        None => Place::to_add(path, root.line),
    })
}

fn in_manifest(files: &Files, target: &Target, key: &str) -> Option<Place> {
    let info = target.info.as_ref()?;
    let (_, line, value) = info.keys.iter().find(|(name, _, _)| name == key)?;
    stated(files, target, (&info.path, *line), value.as_deref())
}

fn in_list(files: &Files, target: &Target, list: &List, key: &str, inner: &str) -> Option<Place> {
    let root = list.root.as_ref()?;
    let path: Vec<&str> = key.split(':').collect();
    let entry = root.at(&path).or_else(|| match inner {
        "" => root.only_nested(key),
        _ => root.entry(path[0]),
    })?;
    stated(files, target, (&list.path, entry.line), entry.node.text())
}

/// The line of the key, or that of the setting where its value is nothing but a reference.
fn stated(
    files: &Files,
    target: &Target,
    (path, line): (&str, u32),
    value: Option<&str>,
) -> Option<Place> {
    let referred = value.and_then(sole_reference).and_then(|name| {
        flutter::place(files, target, name).or_else(|| setting_place(files, target, name))
    });
    referred.or_else(|| Some(Place::stated(path, line)))
}

fn missing(target: &Target, list: Option<List>) -> Option<Place> {
    if let Some(info) = &target.info {
        return Some(Place::to_add(&info.path, info.line));
    }
    if let Some(list) = list {
        return Some(match list.root {
            Some(Node { line, .. }) => Place::to_add(&list.path, line),
            // A binary list has no lines, yet it is the file.
            None => Place::file(&list.path),
        });
    }
    let setting = target
        .settings
        .get("INFOPLIST_FILE")
        .or_else(|| target.settings.get("GENERATE_INFOPLIST_FILE"))?;
    Some(Place::to_add(&setting.path, setting.line))
}

/// The build setting from which Xcode makes a key. See "Build settings reference" in Apple's Xcode
/// documentation.
fn setting_for(key: &str, generated: bool) -> Option<String> {
    let always = match key {
        "MinimumOSVersion" => Some("IPHONEOS_DEPLOYMENT_TARGET"),
        "LSMinimumSystemVersion" => Some("MACOSX_DEPLOYMENT_TARGET"),
        "UIDeviceFamily" => Some("TARGETED_DEVICE_FAMILY"),
        "CFBundleIdentifier" => Some("PRODUCT_BUNDLE_IDENTIFIER"),
        "CFBundleIconName" => Some("ASSETCATALOG_COMPILER_APPICON_NAME"),
        _ => None,
    };
    if let Some(name) = always {
        return Some(name.to_owned());
    }
    generated.then(|| match key {
        "CFBundleVersion" => "CURRENT_PROJECT_VERSION".to_owned(),
        "CFBundleShortVersionString" => "MARKETING_VERSION".to_owned(),
        "CFBundleName" => "PRODUCT_NAME".to_owned(),
        key => {
            let key = key.replace("~ipad", "_iPad").replace("~iphone", "_iPhone");
            format!("INFOPLIST_KEY_{key}")
        }
    })
}

/// Keys that the build tools write; nobody adds them to a source file.
fn written_by_the_build(key: &str) -> bool {
    key.starts_with("DT")
        || matches!(
            key,
            "BuildMachineOSBuild"
                | "CFBundleSupportedPlatforms"
                | "CFBundleIconName"
                | "CFBundleIcons"
                | "MinimumOSVersion"
                | "UIDeviceFamily"
        )
}
