//! Expo's `app.json` or `app.config.js`, for projects whose `ios` directory is made by each build.

use crate::diagnostic::Subject;
use crate::ids::BundleIdentifier;
use crate::locate::files::{Files, directory, file_name, join, lines};
use crate::locate::place::{Place, only};
use crate::locate::readers::json;
use crate::locate::readers::node::Node;

const SCRIPTS: [&str; 2] = ["app.config.js", "app.config.ts"];

/// Where a subject of the app itself is stated.
pub fn place(files: &Files, subject: &Subject, app: Option<&BundleIdentifier>) -> Option<Place> {
    let documents = files.named("app.json").filter_map(|path| {
        let root = json::parse(&files.text(path)?)?;
        let expo = root.get("expo")?.clone();
        is_of(identifier(&expo), app).then_some((path, expo))
    });
    let documents: Vec<_> = documents.collect();
    if documents.is_empty() {
        return in_script(files, subject, app);
    }
    if !files.complete() && app.is_none() {
        return None;
    }
    let (path, expo) = only(documents.into_iter())?;
    // A script beside the document may replace whatever it says.
    let stated = in_document(path, &expo, subject)?;
    let script = SCRIPTS
        .iter()
        .any(|name| join(directory(path), name).is_some_and(|script| files.has(&script)));
    match stated {
        Place::ToAdd(_) if script => None,
        place => Some(place),
    }
}

fn identifier(expo: &Node) -> Option<&str> {
    expo.at(&["ios", "bundleIdentifier"])?.node.text()
}

fn is_of(identifier: Option<&str>, app: Option<&BundleIdentifier>) -> bool {
    match (identifier, app) {
        (Some(identifier), Some(app)) => identifier == app.as_str(),
        (None, _) | (_, None) => true,
    }
}

fn in_document(path: &str, expo: &Node, subject: &Subject) -> Option<Place> {
    let ways: Vec<Vec<&str>> = match subject {
        Subject::MarketingVersion => vec![vec!["ios", "version"], vec!["version"]],
        Subject::BuildNumber => vec![vec!["ios", "buildNumber"]],
        Subject::BundleIdentifier => vec![vec!["ios", "bundleIdentifier"]],
        Subject::AppIcon => vec![vec!["ios", "icon"], vec!["icon"]],
        Subject::InfoPlistKey { key, .. } => match key.as_str() {
            "CFBundleVersion" => return in_document(path, expo, &Subject::BuildNumber),
            "CFBundleShortVersionString" => {
                return in_document(path, expo, &Subject::MarketingVersion);
            }
            "CFBundleIdentifier" => return in_document(path, expo, &Subject::BundleIdentifier),
            "CFBundleDisplayName" => vec![vec!["ios", "infoPlist", key], vec!["name"]],
            key => vec![vec!["ios", "infoPlist", key]],
        },
        Subject::Entitlement { key, .. } => vec![vec!["ios", "entitlements", key]],
        Subject::PrivacyManifest { category, .. } => {
            let manifests = expo.at(&["ios", "privacyManifests"])?;
            let line = category
                .as_deref()
                .and_then(|text| manifests.node.only_text(text));
            return Some(Place::stated(path, line.unwrap_or(manifests.line)));
        }
        Subject::BuildSetting { .. }
        | Subject::Dependency { .. }
        | Subject::ExportOption { .. }
        | Subject::WorkflowInput { .. }
        | Subject::WorkflowPermission { .. }
        | Subject::WorkflowXcode
        | Subject::File { .. } => return None,
    };
    if let Some(entry) = ways.iter().find_map(|way| expo.at(way)) {
        return Some(Place::stated(path, entry.line));
    }
    if matches!(subject, Subject::Entitlement { .. }) {
        return None;
    }
    let above = expo
        .at(&["ios", "infoPlist"])
        .filter(|_| matches!(subject, Subject::InfoPlistKey { .. }));
    let above = above.or_else(|| expo.entry("ios"))?;
    Some(Place::to_add(path, above.line))
}

/// A configuration that is a program: the only line that gives the key a literal.
fn in_script(files: &Files, subject: &Subject, app: Option<&BundleIdentifier>) -> Option<Place> {
    let key = match subject {
        Subject::MarketingVersion => "version",
        Subject::BuildNumber => "buildNumber",
        Subject::BundleIdentifier => "bundleIdentifier",
        Subject::InfoPlistKey { key, .. } => match key.as_str() {
            "CFBundleVersion" => "buildNumber",
            "CFBundleShortVersionString" => "version",
            "CFBundleIdentifier" => "bundleIdentifier",
            key => key,
        },
        _ => return None,
    };
    let mut scripts = files
        .paths()
        .filter(|path| SCRIPTS.contains(&file_name(path)))
        .filter_map(|path| Some((path, files.text(path)?)))
        .filter(|(_, text)| {
            let named = property(text, "bundleIdentifier").and_then(|(_, value)| literal(value));
            is_of(named, app)
        });
    let (path, text) = scripts.next()?;
    if scripts.next().is_some() {
        return None;
    }
    property(&text, key).map(|(line, _)| Place::stated(path, line))
}

/// The only line that begins with a key, and what stands after its colon.
fn property<'a>(text: &'a str, key: &str) -> Option<(u32, &'a str)> {
    only(lines(text).filter_map(|(number, line)| {
        let quote = line.chars().next().filter(|c| matches!(c, '"' | '\''));
        let rest = match quote {
            Some(quote) => line[1..].strip_prefix(key)?.strip_prefix(quote)?,
            None => line.strip_prefix(key)?,
        };
        let value = rest.trim_start().strip_prefix(':')?;
        Some((number, value.trim()))
    }))
}

fn literal(value: &str) -> Option<&str> {
    let value = value.trim_end_matches(',').trim_end();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.strip_prefix(quote)?.strip_suffix(quote)
}
