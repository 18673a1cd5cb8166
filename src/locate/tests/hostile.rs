use std::time::{Duration, Instant};

use crate::locate::tests::*;

const MANIFESTS: [&str; 9] = [
    "App.xcodeproj/project.pbxproj",
    "project.yml",
    "Project.swift",
    "pubspec.yaml",
    "app.json",
    "Podfile.lock",
    "Package.resolved",
    "App/Info.plist",
    "config.xml",
];

fn subjects() -> Vec<Subject> {
    vec![
        key("NSCameraUsageDescription"),
        Subject::BuildNumber,
        Subject::AppIcon,
        privacy(None),
        dependency("Alamofire"),
        Subject::WorkflowXcode,
    ]
}

#[test]
fn hostile_files_lead_nowhere_and_take_no_long_time() {
    let texts = [
        "{".repeat(200_000),
        "a: [".repeat(50_000),
        "<dict><key>a</key>".repeat(50_000),
        "ProjectDescription Project(name: \".target(".repeat(20_000),
        "x".repeat(3_000_000),
        "$(A)".repeat(100_000),
    ];
    let start = Instant::now();
    for text in &texts {
        let files: Vec<(&str, &str)> = MANIFESTS
            .iter()
            .map(|path| (*path, text.as_str()))
            .collect();
        assert_eq!(
            Sample::of(&files).shown("com.example.app", &subjects()),
            "none"
        );
    }
    assert!(
        start.elapsed() < Duration::from_secs(30),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn bytes_that_are_no_text_keep_their_lines() {
    let sample = Sample::of(&[]);
    let mut bytes = b"<plist><dict>\n<!-- \xff\xfe -->\n<key>CFBundleIdentifier</key>\n".to_vec();
    bytes.extend(b"<string>com.example.app</string></dict></plist>");
    fs::write(sample.directory.path().join("Info.plist"), bytes).unwrap();
    let repository = Repository::open(sample.directory.path());
    let diagnostic = Diagnostic::error(Code::new("x"), "x").about(Subject::BundleIdentifier);
    let location = repository
        .finding(diagnostic, Some(&BundleIdentifier::new("com.example.app")))
        .location;
    assert_eq!(location.unwrap().line, Some(3));
}
