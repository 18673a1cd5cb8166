//! The frameworks that a repository's app is made with, told by the files that each of them has.

use crate::locate::files::{Files, file_name};

/// Files, by the end of their path, that only a project with this framework has.
const FILES: &[(&str, &str)] = &[
    ("pubspec.yaml", "flutter"),
    ("ProjectSettings/ProjectVersion.txt", "unity"),
    ("tauri.conf.json", "tauri"),
    ("Project.swift", "tuist"),
    ("Fastfile", "fastlane"),
    ("codemagic.yaml", "codemagic"),
];

/// Packages of npm, by the name with its quotes as `package.json` has it.
const PACKAGES: &[(&str, &str)] = &[
    ("\"expo\":", "expo"),
    ("\"react-native\":", "react-native"),
    ("\"@capacitor/core\":", "capacitor"),
    ("\"electron\":", "electron"),
    ("\"cordova-ios\":", "cordova"),
];

/// The frameworks of the repository, each once.
pub fn read(files: &Files) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = Vec::new();
    let mut add = |name| {
        if !found.contains(&name) {
            found.push(name);
        }
    };
    files.begin();
    for path in files.paths() {
        let name = file_name(path);
        for (end, framework) in FILES {
            let is_it = name == *end || end.contains('/') && path.ends_with(end);
            if is_it {
                add(*framework);
            }
        }
        match name {
            "project.yml" | "project.yaml" if holds(files, path, "targets:") => add("xcodegen"),
            "config.xml" if holds(files, path, "<widget") => add("cordova"),
            "package.json" => {
                for (package, framework) in PACKAGES {
                    if holds(files, path, package) {
                        add(*framework);
                    }
                }
            }
            _ if name.ends_with(".csproj") && holds(files, path, "-ios") => add("dotnet"),
            _ => {}
        }
    }
    // Expo's own answer is the one for a React Native app that it makes.
    if found.contains(&"expo") {
        found.retain(|name| *name != "react-native");
    }
    found
}

fn holds(files: &Files, path: &str, words: &str) -> bool {
    files.text(path).is_some_and(|text| text.contains(words))
}
