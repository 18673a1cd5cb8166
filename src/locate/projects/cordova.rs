//! Cordova's `config.xml`, for projects whose `platforms` directory is made by each build.

use crate::diagnostic::Subject;
use crate::ids::BundleIdentifier;
use crate::locate::files::Files;
use crate::locate::place::{Place, only};

/// Where a version or an identifier of the app itself is stated.
pub fn place(files: &Files, subject: &Subject, app: Option<&BundleIdentifier>) -> Option<Place> {
    let attributes: &[&str] = match subject {
        Subject::MarketingVersion => &["version"],
        Subject::BuildNumber => &["ios-CFBundleVersion", "version"],
        Subject::BundleIdentifier => &["ios-CFBundleIdentifier", "id"],
        _ => return None,
    };
    let app = app?.as_str();
    only(files.named("config.xml").filter_map(|path| {
        let text = files.text(path)?;
        let start = text.find("<widget")?;
        let tag = &text[start..start + text[start..].find('>')?];
        let attribute = |name: &str| {
            let written = format!("{name}=\"");
            let (at, _) = tag
                .match_indices(&written)
                .find(|(at, _)| tag[..*at].ends_with(|c: char| c.is_ascii_whitespace()))?;
            let value = tag[at + written.len()..].split('"').next()?;
            Some((start + at, value))
        };
        let own = attribute("ios-CFBundleIdentifier").or_else(|| attribute("id"))?;
        if own.1 != app {
            return None;
        }
        let (at, _) = attributes.iter().find_map(|name| attribute(name))?;
        let line = text[..at].matches('\n').count();
        Some(Place::stated(
            path,
            u32::try_from(line).ok()?.saturating_add(1),
        ))
    }))
}
