//! The frameworks that projects are made with, and where each of them keeps what a finding is about. A
//! step for a framework is one line, and only where the repository has its files.

use std::collections::BTreeMap;

use crate::codes::catalogue::Catalogue;
use crate::codes::entry::Entry;
use crate::codes::paste;
use crate::codes::template::fill;
use crate::codes::topic::Topic;
use crate::diagnostic::{CASE, Diagnostic};

/// Every framework, with the name that is shown, in the order of the lines.
pub(super) const FRAMEWORKS: &[(&str, &str)] = &[
    ("flutter", "Flutter"),
    ("expo", "Expo"),
    ("react-native", "React Native"),
    ("capacitor", "Capacitor"),
    ("cordova", "Cordova"),
    ("unity", "Unity"),
    ("dotnet", ".NET"),
    ("tauri", "Tauri"),
    ("electron", "Electron"),
    ("xcodegen", "XcodeGen"),
    ("tuist", "Tuist"),
    ("fastlane", "fastlane"),
    ("codemagic", "Codemagic"),
];

/// Where each framework keeps what a subject stands for, for entries that say nothing else.
const PLACES: &[(&str, &str, &str)] = &[
    (
        "info-plist-key",
        "flutter",
        "the file is `ios/Runner/Info.plist`.",
    ),
    (
        "info-plist-key",
        "expo",
        "put `{key|the key}` under `expo.ios.infoPlist` in `app.json`, then build again with a clean prebuild.",
    ),
    (
        "info-plist-key",
        "react-native",
        "the file is `ios/<YourApp>/Info.plist`.",
    ),
    (
        "info-plist-key",
        "capacitor",
        "the file is `ios/App/App/Info.plist`.",
    ),
    (
        "info-plist-key",
        "cordova",
        "put `{key|the key}` into `config.xml` with `<config-file target=\"*-Info.plist\">`.",
    ),
    (
        "info-plist-key",
        "unity",
        "set `{key|the key}` in a post-process build script; the exported Xcode project is written again by each build.",
    ),
    (
        "info-plist-key",
        "dotnet",
        "the file is `Platforms/iOS/Info.plist`.",
    ),
    (
        "info-plist-key",
        "xcodegen",
        "set it in `project.yml` under `info: properties:` of the target.",
    ),
    (
        "info-plist-key",
        "tuist",
        "set it in `Project.swift` with `infoPlist: .extendingDefault(with:)`.",
    ),
    (
        "build-number",
        "flutter",
        "it is the part after `+` of `version:` in `pubspec.yaml`, or `flutter build ipa --build-number`.",
    ),
    (
        "build-number",
        "expo",
        "it is `expo.ios.buildNumber` in `app.json`; EAS can count it up with `autoIncrement`.",
    ),
    (
        "build-number",
        "cordova",
        "it is `ios-CFBundleVersion` of `<widget>` in `config.xml`.",
    ),
    (
        "build-number",
        "unity",
        "it is Player Settings > iOS > Other Settings > Build.",
    ),
    (
        "build-number",
        "dotnet",
        "it is `ApplicationVersion` in the project file.",
    ),
    (
        "build-number",
        "fastlane",
        "`increment_build_number` before `build_app` sets it.",
    ),
    (
        "marketing-version",
        "flutter",
        "it is the part before `+` of `version:` in `pubspec.yaml`, or `flutter build ipa --build-name`.",
    ),
    (
        "marketing-version",
        "expo",
        "it is `expo.version` in `app.json`.",
    ),
    (
        "marketing-version",
        "cordova",
        "it is `version` of `<widget>` in `config.xml`.",
    ),
    (
        "marketing-version",
        "unity",
        "it is Player Settings > iOS > Other Settings > Version.",
    ),
    (
        "marketing-version",
        "dotnet",
        "it is `ApplicationDisplayVersion` in the project file.",
    ),
    (
        "app-icon",
        "flutter",
        "the icons are in `ios/Runner/Assets.xcassets/AppIcon.appiconset`.",
    ),
    (
        "app-icon",
        "expo",
        "the icon is the file that `expo.icon` or `expo.ios.icon` in `app.json` names.",
    ),
    (
        "app-icon",
        "capacitor",
        "the icons are in `ios/App/App/Assets.xcassets/AppIcon.appiconset`.",
    ),
];

/// The entry's lines for frameworks, in their order: the framework's name, and the line with the name that
/// is shown.
pub(super) fn lines(
    entry: &Entry,
    topic: Topic<'_>,
    variables: &BTreeMap<String, String>,
) -> Vec<(&'static str, String)> {
    let line = |name: &str| {
        let general = PLACES
            .iter()
            .find(|place| Topic::Of(place.0) == topic && place.1 == name);
        let own = entry.framework.get(name).map(String::as_str);
        own.or(general.map(|place| place.2))
    };
    let each = FRAMEWORKS.iter().filter_map(|&(name, shown)| {
        let line = fill(line(name)?, variables);
        Some((name, format!("{shown}: {line}")))
    });
    each.collect()
}

/// Adds to a finding the lines for the frameworks that its repository is made with, or whose tools were at
/// work in its log.
pub fn suit(found: &mut Diagnostic, frameworks: &[&str]) {
    if frameworks.is_empty() {
        return;
    }
    let Some(entry) = Catalogue::get().find(found.code.as_str()) else {
        return;
    };
    for (name, line) in lines(entry, Topic::of_finding(found), &found.variables) {
        // The entry's own lines belong to its general steps.
        let is_general = entry.framework.contains_key(name) && found.variables.contains_key(CASE);
        if is_general {
            continue;
        }
        if frameworks.contains(&name) && !found.fix.contains(&line) {
            found.fix.push(line);
        }
    }
    found.paste = paste::of(entry, found, frameworks);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Subject};

    fn purpose() -> Diagnostic {
        Diagnostic::error(Code::new("itms-90683"), "a purpose string is missing")
            .variable("key", "NSCameraUsageDescription")
            .fix("Add it.")
    }

    #[test]
    fn only_the_frameworks_of_the_repository_are_spoken_of_with_the_findings_own_key() {
        let mut found = purpose();
        suit(&mut found, &["expo"]);
        assert_eq!(found.fix.len(), 2, "{:?}", found.fix);
        assert!(found.fix[1].starts_with("Expo: "), "{:?}", found.fix);
        assert!(
            found.fix[1].contains("NSCameraUsageDescription"),
            "{:?}",
            found.fix
        );
    }

    #[test]
    fn a_project_of_xcodes_alone_gets_no_line() {
        let mut found = purpose();
        suit(&mut found, &[]);
        assert_eq!(found.fix, ["Add it."]);
    }

    #[test]
    fn a_narrower_case_has_no_lines_of_the_general_steps() {
        let mut found = Diagnostic::error(Code::new("itms-91053"), "no reason is given")
            .variable(CASE, "framework");
        suit(&mut found, &["flutter"]);
        assert_eq!(found.fix, [""; 0]);
    }

    #[test]
    fn a_finding_that_passes_twice_says_it_once() {
        let mut found = purpose();
        suit(&mut found, &["flutter"]);
        suit(&mut found, &["flutter"]);
        assert_eq!(found.fix.len(), 2, "{:?}", found.fix);
    }

    #[test]
    fn where_a_framework_keeps_a_number_is_said_for_every_code_about_it() {
        let mut found = Diagnostic::error(Code::new("build-number-taken"), "taken");
        found.subjects = vec![Subject::BuildNumber];
        suit(&mut found, &["flutter"]);
        assert!(found.fix[0].contains("pubspec.yaml"), "{:?}", found.fix);
    }

    #[test]
    fn an_extensions_file_is_not_the_apps() {
        let mut found = Diagnostic::error(Code::new("itms-90360"), "missing");
        found.subjects = vec![Subject::InfoPlistKey {
            bundle: Some("Buoy.app/PlugIns/Share.appex".to_owned()),
            key: "CFBundleDisplayName".to_owned(),
        }];
        suit(&mut found, &["flutter"]);
        assert_eq!(found.fix, [""; 0]);
    }

    #[test]
    fn every_line_is_of_a_framework_that_is_known() {
        let known = |name: &str| FRAMEWORKS.iter().any(|(known, _)| *known == name);
        for (_, name, line) in PLACES {
            assert!(known(name) && line.ends_with('.'), "{name}: {line}");
        }
        for entry in Catalogue::get().entries() {
            for (name, line) in &entry.framework {
                assert!(known(name) && line.ends_with('.'), "{}: {line}", entry.code);
            }
        }
    }
}
