//! From files to bundles: which folder is one, what kind it is, and what belongs to it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use crate::bundle::harvest::Content;
use crate::bundle::package::{Bundle, BundleKind, Error, Form, Info, Package, owner};
use crate::bundle::zipped::Harvest;
use crate::ipa::Installation;

/// More bundles than any app has.
const MOST_BUNDLES: usize = 8_192;

/// Puts the package together.
pub(super) fn package(form: Form, harvest: Harvest) -> Result<Package, Error> {
    let Harvest {
        members,
        found,
        quarantined,
    } = harvest;
    let paths: Vec<String> = members.iter().map(|member| member.path.clone()).collect();
    let root = root(form, &paths).ok_or(Error::NoApp)?;
    let mut package = Package {
        form,
        bundles: bundles(&root, &paths, form),
        places: BTreeMap::new(),
        members,
        binaries: Vec::new(),
        lists: BTreeMap::new(),
        installer: Vec::new(),
        is_partly_read: false,
        installation: Installation::default(),
        quarantined,
        no_catalogues: Vec::new(),
        icons: BTreeMap::new(),
    };
    let mut found: Vec<(&str, Content)> = found
        .into_iter()
        .map(|(index, content)| (paths[index].as_str(), content))
        .collect();
    found.sort_by_key(|(path, _)| *path);
    let bundles = package.bundles.iter().enumerate();
    package.places = bundles
        .map(|(index, bundle)| (bundle.path.clone(), index))
        .collect();
    for (path, content) in found {
        let owner = owner(&package.places, path);
        take(&mut package, owner, path, content);
    }
    package
        .members
        .sort_by(|first, second| first.path.cmp(&second.path));
    link(&mut package);
    Ok(package)
}

/// The app's folder.
fn root(form: Form, paths: &[String]) -> Option<String> {
    let is_app = |name: &str| name.len() > 4 && name.ends_with(".app");
    let below = match form {
        Form::Ipa => "Payload/",
        Form::Archive => "Products/Applications/",
        Form::Pkg => {
            let apps = paths.iter().filter_map(|path| {
                let end = path.find(".app/")? + 4;
                Some(&path[..end])
            });
            let shallowest = apps.min_by_key(|path| (path.matches('/').count(), path.len()));
            return shallowest.map(str::to_owned);
        }
    };
    paths.iter().find_map(|path| {
        let (name, _) = path.strip_prefix(below)?.split_once('/')?;
        is_app(name).then(|| format!("{below}{name}"))
    })
}

/// Every folder that is a bundle, the app first.
fn bundles(root: &str, paths: &[String], form: Form) -> Vec<Bundle> {
    let mut found: BTreeSet<&str> = BTreeSet::from([root]);
    let mut with_info: BTreeSet<&str> = BTreeSet::new();
    for path in paths {
        let Some(rest) = path.strip_prefix(root) else {
            continue;
        };
        if let Some(folder) = path.strip_suffix("/Info.plist") {
            with_info.insert(home(folder));
        }
        for (at, _) in rest.match_indices('/').skip(1) {
            let folder = &path[..root.len() + at];
            if kind(folder, root).is_some() && found.len() < MOST_BUNDLES {
                found.insert(folder);
            }
        }
    }
    let mut bundles: Vec<Bundle> = found
        .into_iter()
        .filter_map(|path| {
            let kind = kind(path, root)?;
            let counts = match kind {
                BundleKind::Resources | BundleKind::PlugIn => with_info.contains(path),
                BundleKind::App
                | BundleKind::Extension
                | BundleKind::WatchApp
                | BundleKind::Clip
                | BundleKind::Framework
                | BundleKind::Helper => true,
            };
            counts.then(|| empty(path, kind))
        })
        .collect();
    bundles.sort_by_key(|bundle| bundle.path != root);
    let mac = form == Form::Pkg;
    for bundle in &mut bundles {
        bundle.is_deep = mac;
    }
    bundles
}

/// The bundle that an Info.plist in this folder describes.
fn home(folder: &str) -> &str {
    if let Some(home) = folder.strip_suffix("/Contents") {
        return home;
    }
    let versioned = folder.strip_suffix("/Resources").and_then(|version| {
        let (above, _) = version.rsplit_once('/')?;
        above.strip_suffix("/Versions")
    });
    versioned.unwrap_or(folder)
}

fn kind(path: &str, root: &str) -> Option<BundleKind> {
    if path == root {
        return Some(BundleKind::App);
    }
    let (folder, name) = path.rsplit_once('/')?;
    let (stem, ending) = name.rsplit_once('.')?;
    if stem.is_empty() {
        return None;
    }
    match ending {
        "app" if folder.ends_with("/Watch") => Some(BundleKind::WatchApp),
        "app" if folder.ends_with("/AppClips") => Some(BundleKind::Clip),
        "app" | "xpc" => Some(BundleKind::Helper),
        "appex" => Some(BundleKind::Extension),
        "framework" => Some(BundleKind::Framework),
        "bundle" => Some(BundleKind::Resources),
        "plugin" | "mdimporter" | "qlgenerator" | "systemextension" | "driver" => {
            Some(BundleKind::PlugIn)
        }
        _ => None,
    }
}

fn empty(path: &str, kind: BundleKind) -> Bundle {
    Bundle {
        path: path.to_owned(),
        kind,
        is_deep: false,
        host: None,
        info: Info::Missing,
        info_sha256: None,
        executable: None,
        profile: None,
        privacy: None,
        seal: None,
        seal_sha256: None,
        seal_home: String::new(),
        pictures: BTreeMap::new(),
        catalogue: None,
    }
}

/// The path below the bundle's own folder for such things: `Contents` on the Mac, the version of a framework.
fn plain(rest: &str) -> &str {
    if let Some(rest) = rest.strip_prefix("Contents/") {
        return rest;
    }
    let version = rest.strip_prefix("Versions/");
    let versioned = version.and_then(|rest| rest.split_once('/'));
    versioned.map_or(rest, |(_, rest)| rest)
}

fn take(package: &mut Package, owner: Option<(usize, &str)>, path: &str, content: Content) {
    let Some((index, rest)) = owner else {
        match content {
            Content::List(Ok(list), _) => {
                package.lists.insert(path.to_owned(), list);
            }
            Content::Binary(binary) => binary_at(package, path, binary),
            Content::List(Err(_), _)
            | Content::Profile(_)
            | Content::Seal(..)
            | Content::Picture(_)
            | Content::Icons(_)
            | Content::Catalogue(_)
            | Content::NoCatalogue => {}
        }
        return;
    };
    let bundle = &mut package.bundles[index];
    let rest_in = plain(rest);
    if rest_in.len() != rest.len() {
        bundle.is_deep = true;
    }
    let is_framework = bundle.kind == BundleKind::Framework;
    match content {
        Content::List(list, hash) => match rest_in {
            "Info.plist" => info(bundle, list, hash),
            "Resources/Info.plist" if is_framework => info(bundle, list, hash),
            "PrivacyInfo.xcprivacy" | "Resources/PrivacyInfo.xcprivacy" => {
                bundle.privacy.get_or_insert(list);
            }
            _ => {
                if let Ok(list) = list {
                    package.lists.insert(path.to_owned(), list);
                }
            }
        },
        Content::Profile(profile) => {
            if matches!(
                rest_in,
                "embedded.mobileprovision" | "embedded.provisionprofile"
            ) {
                bundle.profile = Some(*profile);
            }
        }
        Content::Seal(seal, hash) => {
            if rest_in == "_CodeSignature/CodeResources" {
                bundle.seal = Some(seal);
                bundle.seal_sha256 = Some(hash);
                rest[..rest.len() - rest_in.len()].clone_into(&mut bundle.seal_home);
            }
        }
        Content::Picture(picture) => {
            bundle.pictures.insert(rest.to_owned(), picture);
        }
        Content::Binary(binary) => binary_at(package, path, binary),
        Content::Icons(kinds) => {
            package.icons.insert(path.to_owned(), kinds);
        }
        Content::Catalogue(catalogue) => bundle.catalogue = Some(catalogue),
        Content::NoCatalogue => package.no_catalogues.push(path.to_owned()),
    }
}

fn info(
    bundle: &mut Bundle,
    list: Result<plist::Dictionary, crate::property_list::Error>,
    hash: [u8; 32],
) {
    bundle.info = match list {
        Ok(list) => Info::Read(list),
        Err(error) => Info::Unreadable(error),
    };
    bundle.info_sha256 = Some(hash);
}

fn binary_at(package: &mut Package, path: &str, mut binary: crate::bundle::image::Binary) {
    path.clone_into(&mut binary.path);
    package.binaries.push(binary);
}

/// Finds each bundle's host and code.
fn link(package: &mut Package) {
    let code: BTreeMap<&str, usize> = package
        .binaries
        .iter()
        .enumerate()
        .map(|(index, binary)| (binary.path.as_str(), index))
        .collect();
    for index in 0..package.bundles.len() {
        let bundle = &package.bundles[index];
        let host = owner(&package.places, &bundle.path).map(|(host, _)| host);
        let executable = bundle.text("CFBundleExecutable").and_then(|name| {
            let path = &bundle.path;
            let direct = code.get(format!("{path}/{name}").as_str());
            let mac = || code.get(format!("{path}/Contents/MacOS/{name}").as_str());
            let versioned = || {
                let start = format!("{path}/Versions/");
                let end = format!("/{name}");
                let from = (Bound::Included(start.as_str()), Bound::Unbounded);
                code.range::<str, _>(from)
                    .take_while(|(path, _)| path.starts_with(&start))
                    .find(|(path, _)| path.ends_with(&end))
                    .map(|(_, index)| index)
            };
            direct.or_else(mac).or_else(versioned).copied()
        });
        let bundle = &mut package.bundles[index];
        bundle.host = host;
        bundle.executable = executable;
    }
}
