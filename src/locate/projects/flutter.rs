//! Flutter's `pubspec.yaml`, which states both version numbers of an app.

use crate::locate::files::{Files, directory};
use crate::locate::place::Place;
use crate::locate::projects::target::Target;
use crate::locate::readers::yaml;

/// Files that Flutter writes on each build; what they say comes from `pubspec.yaml`.
pub const GENERATED: [&str; 2] = ["Generated.xcconfig", "Flutter-Generated.xcconfig"];

/// Where a name that Flutter fills in is stated; `None` for other names.
pub fn place(files: &Files, target: &Target, name: &str) -> Option<Place> {
    if !matches!(name, "FLUTTER_BUILD_NUMBER" | "FLUTTER_BUILD_NAME") {
        return None;
    }
    let mut above = target.directory.as_str();
    loop {
        let path = match above {
            "" => "pubspec.yaml".to_owned(),
            above => format!("{above}/pubspec.yaml"),
        };
        if let Some(text) = files.text(&path) {
            let root = yaml::parse(&text)?;
            return root
                .entry("version")
                .map(|entry| Place::stated(&path, entry.line));
        }
        if above.is_empty() {
            return None;
        }
        above = directory(above);
    }
}
