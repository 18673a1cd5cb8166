use crate::locate::tests::*;

#[test]
fn a_place_that_is_no_repository_holds_nothing() {
    let gone = Repository::open(std::path::Path::new("/nowhere/at/all"));
    let diagnostic = Diagnostic::error(Code::new("x"), "x").about(Subject::BuildNumber);
    assert_eq!(gone.finding(diagnostic, None).location, None);
    Sample::of(&[]).leads(
        "com.example.app",
        &[(Subject::BuildNumber, "none"), (Subject::AppIcon, "none")],
    );
}

#[test]
fn a_path_of_another_machine_leads_to_the_one_file_that_it_can_be() {
    let sample = Sample::of(&[
        ("ios/App/Sea.swift", "one\ntwo\n"),
        ("macos/App/Sea.swift", "one\ntwo\n"),
        ("Tide.swift", "one\n"),
    ]);
    let repository = Repository::open(sample.directory.path());
    let place = |path: &str, line: &str| {
        let found = Diagnostic::error(Code::new("x"), "x")
            .variable("source_line", line)
            .about(Subject::File { path: path.into() });
        let location = repository.finding(found, None).location;
        location.map_or_else(
            || "none".to_owned(),
            |at| format!("{}:{}", at.path, at.line.unwrap_or(0)),
        )
    };
    for (path, line, is) in [
        (
            "/Users/runner/work/buoy/buoy/ios/App/Sea.swift",
            "2",
            "ios/App/Sea.swift:2",
        ),
        (
            "/Volumes/workspace/repository/macos/App/Sea.swift",
            "9",
            "macos/App/Sea.swift:0",
        ),
        ("/elsewhere/App/Sea.swift", "1", "none"),
        (
            "/Volumes/workspace/repository/Tide.swift",
            "1",
            "Tide.swift:1",
        ),
        ("/dd/SourcePackages/checkouts/lamp/Tide.swift", "1", "none"),
        ("ios/App/Sea.swift", "1", "ios/App/Sea.swift:1"),
    ] {
        assert_eq!(place(path, line), is, "{path}:{line}");
    }
}

#[test]
fn what_git_ignores_and_what_a_build_makes_is_no_place() {
    let info = plist(&[
        ("CFBundleIdentifier", "com.example.app"),
        ("CFBundleVersion", "1"),
    ]);
    let paths = [
        "build/Info.plist",
        "DerivedData/Info.plist",
        "ios/Pods/Info.plist",
        "out/Info.plist",
        "A.xcframework/Info.plist",
    ];
    let mut files: Vec<(&str, &str)> = paths.iter().map(|path| (*path, info.as_str())).collect();
    files.push((".gitignore", "out/\n"));
    Sample::of(&files).leads("com.example.app", &[(Subject::BuildNumber, "none")]);
    files.push(("App/Info.plist", &info));
    Sample::of(&files).leads(
        "com.example.app",
        &[(
            Subject::BuildNumber,
            "App/Info.plist: <key>CFBundleVersion</key>",
        )],
    );
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_not_followed() {
    let outside = Sample::of(&[(
        "Info.plist",
        &plist(&[("CFBundleIdentifier", "com.example.app")]),
    )]);
    let sample = Sample::of(&[("README.md", "")]);
    let link = |from: &std::path::Path, name| {
        std::os::unix::fs::symlink(from, sample.directory.path().join(name)).unwrap();
    };
    link(&outside.directory.path().join("Info.plist"), "Info.plist");
    link(outside.directory.path(), "linked");
    sample.leads(
        "com.example.app",
        &[
            (Subject::BundleIdentifier, "none"),
            (
                Subject::File {
                    path: "Info.plist".into(),
                },
                "none",
            ),
            (
                Subject::File {
                    path: "linked/Info.plist".into(),
                },
                "none",
            ),
        ],
    );
}
