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
