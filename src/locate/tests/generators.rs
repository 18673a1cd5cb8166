use crate::locate::tests::*;

const APP: &str = "com.example.app";

#[test]
fn an_app_of_xcodegen() {
    let sample = Sample::of(&[
        (
            "project.yml",
            "name: App\noptions:\n  bundleIdPrefix: com.example\nsettings:\n  base:\n    MARKETING_VERSION: \"1.0\"\n  configs:\n    Debug:\n      CURRENT_PROJECT_VERSION: 1\n    Release:\n      CURRENT_PROJECT_VERSION: 2\npackages:\n  Kit:\n    url: https://example.com/kit-ios.git\ntargets:\n  app:\n    type: application\n    platform: iOS\n    sources: [Sources]\n    info:\n      path: Sources/Info.plist\n      properties:\n        CFBundleVersion: $(CURRENT_PROJECT_VERSION)\n        CFBundleShortVersionString: $(MARKETING_VERSION)\n        NSCameraUsageDescription: To scan\n    entitlements:\n      path: App.entitlements\n      properties:\n        aps-environment: production\n",
        ),
        ("App.xcodeproj/project.pbxproj", &project(&[], &[])),
        (
            "Sources/Assets.xcassets/AppIcon.appiconset/Contents.json",
            "{}",
        ),
        ("Sources/Info.plist", &plist(&[("CFBundleVersion", "1")])),
    ]);
    sample.leads(
        APP,
        &[
            (
                Subject::BuildNumber,
                "project.yml: CURRENT_PROJECT_VERSION: 2",
            ),
            (
                Subject::MarketingVersion,
                "project.yml: MARKETING_VERSION: \"1.0\"",
            ),
            (
                key("NSCameraUsageDescription"),
                "project.yml: NSCameraUsageDescription: To scan",
            ),
            (
                entitlement("aps-environment"),
                "project.yml: aps-environment: production",
            ),
            (
                Subject::AppIcon,
                "Sources/Assets.xcassets/AppIcon.appiconset/Contents.json",
            ),
            (dependency("kit-ios"), "project.yml: Kit:"),
            (key("UILaunchScreen"), "project.yml: properties:"),
        ],
    );
}

#[test]
fn an_app_of_tuist() {
    let sample = Sample::of(&[
        (
            "Project.swift",
            "import ProjectDescription\n\nlet project = Project(\n    name: \"App\",\n    settings: .settings(base: [\n        \"MARKETING_VERSION\": \"1.0\", // seen\n        \"CURRENT_PROJECT_VERSION\": \"5\",\n    ]),\n    targets: [\n        .target(\n            name: \"App\",\n            destinations: .iOS,\n            product: .app,\n            bundleId: \"com.example.app\",\n            infoPlist: .extendingDefault(with: [\n                \"CFBundleVersion\": \"$(CURRENT_PROJECT_VERSION)\",\n                \"NSCameraUsageDescription\": \"To scan\",\n            ]),\n            resources: [\"App/Resources/**\"],\n            entitlements: .file(path: \"App/App.entitlements\"),\n            dependencies: [.target(name: \"Kit\")]\n        ),\n    ]\n)\n",
        ),
        ("App/App.entitlements", &plist(&[("aps-environment", "x")])),
        (
            "App/Resources/PrivacyInfo.xcprivacy",
            "<plist><dict></dict></plist>",
        ),
    ]);
    sample.leads(
        APP,
        &[
            (
                Subject::BuildNumber,
                "Project.swift: \"CURRENT_PROJECT_VERSION\": \"5\",",
            ),
            (
                Subject::BundleIdentifier,
                "Project.swift: bundleId: \"com.example.app\",",
            ),
            (
                key("NSCameraUsageDescription"),
                "Project.swift: \"NSCameraUsageDescription\": \"To scan\",",
            ),
            (
                key("UILaunchScreen"),
                "Project.swift: infoPlist: .extendingDefault(with: [",
            ),
            (
                setting("MARKETING_VERSION"),
                "Project.swift: \"MARKETING_VERSION\": \"1.0\", // seen",
            ),
            (
                entitlement("aps-environment"),
                "App/App.entitlements: <key>aps-environment</key>",
            ),
            (privacy(None), "App/Resources/PrivacyInfo.xcprivacy"),
        ],
    );
}

#[test]
fn an_app_of_flutter() {
    let settings = [
        ("PRODUCT_BUNDLE_IDENTIFIER", APP),
        ("INFOPLIST_FILE", "Runner/Info.plist"),
        ("CURRENT_PROJECT_VERSION", "$(FLUTTER_BUILD_NUMBER)"),
    ];
    let runner = Made {
        name: "Runner",
        product: "application",
        settings: &settings,
        base: Some("Flutter/Release.xcconfig"),
        ..Made::default()
    };
    let sample = Sample::of(&[
        (
            "app/pubspec.yaml",
            "name: app\n# version: 0\nversion: 1.2.3+45\ndependencies:\n  share_plus: ^1.0.0\n",
        ),
        (
            "app/ios/Runner.xcodeproj/project.pbxproj",
            &project(&[], &[runner]),
        ),
        (
            "app/ios/Flutter/Release.xcconfig",
            "#include \"Generated.xcconfig\"\n",
        ),
        (
            "app/ios/Flutter/Generated.xcconfig",
            "FLUTTER_BUILD_NUMBER=45\n",
        ),
        (
            "app/ios/Runner/Info.plist",
            &plist(&[
                ("CFBundleShortVersionString", "$(FLUTTER_BUILD_NAME)"),
                ("CFBundleVersion", "$(CURRENT_PROJECT_VERSION)"),
                ("NSCameraUsageDescription", "x"),
            ]),
        ),
    ]);
    let version = "app/pubspec.yaml: version: 1.2.3+45";
    sample.leads(
        APP,
        &[
            (Subject::BuildNumber, version),
            (Subject::MarketingVersion, version),
            (key_of("Payload/Runner.app", "CFBundleVersion"), version),
            (
                key("NSCameraUsageDescription"),
                "app/ios/Runner/Info.plist: <key>NSCameraUsageDescription</key>",
            ),
            (
                dependency("share_plus.framework"),
                "app/pubspec.yaml: share_plus: ^1.0.0",
            ),
        ],
    );
}

#[test]
fn an_app_of_expo_and_one_with_native_files() {
    let json = "{\n \"expo\": {\n  \"version\": \"1.0.0\",\n  \"ios\": {\n   \"bundleIdentifier\": \"com.example.app\",\n   \"buildNumber\": \"7\",\n   \"infoPlist\": {\n    \"NSCameraUsageDescription\": \"x\"\n   }\n  }\n }\n}\n";
    let settings = [
        ("PRODUCT_BUNDLE_IDENTIFIER", APP),
        ("GENERATE_INFOPLIST_FILE", "YES"),
        ("CURRENT_PROJECT_VERSION", "3"),
    ];
    let native = project(
        &[],
        &[Made {
            name: "App",
            product: "application",
            settings: &settings,
            ..Made::default()
        }],
    );
    let files = [
        ("app.json", json),
        ("ios/App.xcodeproj/project.pbxproj", native.as_str()),
        (".gitignore", "/ios\n"),
    ];
    let managed = Sample::of(&files);
    managed.leads(
        APP,
        &[
            (Subject::BuildNumber, "app.json: \"buildNumber\": \"7\","),
            (
                Subject::MarketingVersion,
                "app.json: \"version\": \"1.0.0\",",
            ),
            (
                Subject::BundleIdentifier,
                "app.json: \"bundleIdentifier\": \"com.example.app\",",
            ),
            (
                key("NSCameraUsageDescription"),
                "app.json: \"NSCameraUsageDescription\": \"x\"",
            ),
            (
                key("NSMicrophoneUsageDescription"),
                "app.json: \"infoPlist\": {",
            ),
            (key_of("com.example.app.share", "CFBundleVersion"), "none"),
        ],
    );
    managed.leads("com.example.other", &[(Subject::BuildNumber, "none")]);
    let bare = Sample::of(&files[..2]);
    let native = "ios/App.xcodeproj/project.pbxproj: \"CURRENT_PROJECT_VERSION\" = \"3\";";
    bare.leads(APP, &[(Subject::BuildNumber, native)]);
}

#[test]
fn an_expo_script_and_a_cordova_configuration() {
    let script = Sample::of(&[(
        "app.config.ts",
        "export default {\n  ios: {\n    bundleIdentifier: 'com.example.app',\n    buildNumber: process.env.N,\n  },\n}\n",
    )]);
    script.leads(
        APP,
        &[
            (
                Subject::BuildNumber,
                "app.config.ts: buildNumber: process.env.N,",
            ),
            (Subject::MarketingVersion, "none"),
        ],
    );
    let cordova = Sample::of(&[(
        "config.xml",
        "<?xml version='1.0'?>\n<widget id=\"com.example.app\"\n  version=\"1.0.0\"\n  ios-CFBundleVersion=\"4\">\n</widget>\n",
    )]);
    cordova.leads(
        APP,
        &[
            (
                Subject::BuildNumber,
                "config.xml: ios-CFBundleVersion=\"4\">",
            ),
            (Subject::MarketingVersion, "config.xml: version=\"1.0.0\""),
        ],
    );
}
