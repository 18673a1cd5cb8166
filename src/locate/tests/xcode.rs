use crate::locate::tests::*;

const APP: &str = "com.example.app";
const CATEGORY: &str = "NSPrivacyAccessedAPICategoryUserDefaults";

fn app<'a>(settings: &'a [(&'a str, &'a str)]) -> Made<'a> {
    Made {
        name: "App",
        product: "application",
        settings,
        ..Made::default()
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "one project and its table")]
fn an_app_with_its_own_plist() {
    let info = plist(&[
        ("CFBundleIdentifier", "$(PRODUCT_BUNDLE_IDENTIFIER)"),
        ("CFBundleShortVersionString", "1.4.0"),
        ("CFBundleVersion", "$(CURRENT_PROJECT_VERSION)"),
        ("NSCameraUsageDescription", "To scan"),
    ]);
    let entitlements = plist(&[("aps-environment", "development")]);
    let manifest = format!(
        "<plist><dict>\n<key>NSPrivacyAccessedAPITypes</key>\n<array><dict>\n<key>NSPrivacyAccessedAPIType</key>\n<string>{CATEGORY}</string>\n</dict></array></dict></plist>"
    );
    let project = project(
        &[
            ("CURRENT_PROJECT_VERSION", "41"),
            ("IPHONEOS_DEPLOYMENT_TARGET", "12.0"),
        ],
        &[Made {
            resources: &["App/PrivacyInfo.xcprivacy", "App/Assets.xcassets"],
            ..app(&[
                ("PRODUCT_BUNDLE_IDENTIFIER", "com.example.app"),
                ("INFOPLIST_FILE", "$(SRCROOT)/App/Info.plist"),
                ("CODE_SIGN_ENTITLEMENTS", "App/App.entitlements"),
                ("ASSETCATALOG_COMPILER_APPICON_NAME", "Logo"),
            ])
        }],
    );
    let sample = Sample::of(&[
        ("ios/App.xcodeproj/project.pbxproj", &project),
        ("ios/App/Info.plist", &info),
        ("ios/App/App.entitlements", &entitlements),
        ("ios/App/PrivacyInfo.xcprivacy", &manifest),
        (
            "ios/App/Assets.xcassets/Logo.appiconset/Contents.json",
            "{}",
        ),
        ("ios/Widget/PrivacyInfo.xcprivacy", &manifest),
        ("ExportOptions.plist", &plist(&[("method", "app-store")])),
    ]);
    let project = "ios/App.xcodeproj/project.pbxproj";
    sample.leads(
        APP,
        &[
            (
                key("NSCameraUsageDescription"),
                "ios/App/Info.plist: <key>NSCameraUsageDescription</key>",
            ),
            (
                key("NSMicrophoneUsageDescription"),
                "ios/App/Info.plist: <dict>",
            ),
            (
                key_of("Payload/App.app", "NSCameraUsageDescription"),
                "ios/App/Info.plist: <key>NSCameraUsageDescription</key>",
            ),
            (
                key_of("App.app", "NSCameraUsageDescription"),
                "ios/App/Info.plist: <key>NSCameraUsageDescription</key>",
            ),
            (
                key_of(APP, "NSCameraUsageDescription"),
                "ios/App/Info.plist: <key>NSCameraUsageDescription</key>",
            ),
            (
                key_of("com.example.other", "NSCameraUsageDescription"),
                "none",
            ),
            (key("DTXcode"), "none"),
            (
                Subject::MarketingVersion,
                "ios/App/Info.plist: <key>CFBundleShortVersionString</key>",
            ),
            (
                Subject::BuildNumber,
                &format!("{project}: \"CURRENT_PROJECT_VERSION\" = \"41\";"),
            ),
            (
                Subject::BundleIdentifier,
                &format!("{project}: \"PRODUCT_BUNDLE_IDENTIFIER\" = \"com.example.app\";"),
            ),
            (
                setting("IPHONEOS_DEPLOYMENT_TARGET"),
                &format!("{project}: \"IPHONEOS_DEPLOYMENT_TARGET\" = \"12.0\";"),
            ),
            (
                key("MinimumOSVersion"),
                &format!("{project}: \"IPHONEOS_DEPLOYMENT_TARGET\" = \"12.0\";"),
            ),
            (setting("ENABLE_BITCODE"), "none"),
            (
                entitlement("aps-environment"),
                "ios/App/App.entitlements: <key>aps-environment</key>",
            ),
            (entitlement("beta-reports-active"), "none"),
            (
                privacy(Some(CATEGORY)),
                &format!("ios/App/PrivacyInfo.xcprivacy: <string>{CATEGORY}</string>"),
            ),
            (
                privacy(Some("NSPrivacyAccessedAPICategoryDiskSpace")),
                "ios/App/PrivacyInfo.xcprivacy: <key>NSPrivacyAccessedAPITypes</key>",
            ),
            (privacy(None), "ios/App/PrivacyInfo.xcprivacy"),
            (
                Subject::AppIcon,
                "ios/App/Assets.xcassets/Logo.appiconset/Contents.json",
            ),
            (
                Subject::ExportOption {
                    key: "method".into(),
                },
                "ExportOptions.plist: <key>method</key>",
            ),
            (
                Subject::ExportOption {
                    key: "teamID".into(),
                },
                "ExportOptions.plist: <dict>",
            ),
            (
                Subject::File {
                    path: "ios/App/Info.plist".into(),
                },
                "ios/App/Info.plist",
            ),
            (
                Subject::File {
                    path: "../secret".into(),
                },
                "none",
            ),
            (Subject::WorkflowXcode, "none"),
        ],
    );
    assert_eq!(
        sample.shown("com.example.elsewhere", &[Subject::BuildNumber]),
        "none"
    );
}

#[test]
fn a_present_key_is_better_than_the_place_of_a_missing_one() {
    let info = plist(&[("UILaunchScreen", "x")]);
    let project = project(
        &[],
        &[app(&[
            ("PRODUCT_BUNDLE_IDENTIFIER", APP),
            ("INFOPLIST_FILE", "Info.plist"),
        ])],
    );
    let sample = Sample::of(&[
        ("App.xcodeproj/project.pbxproj", &project),
        ("Info.plist", &info),
    ]);
    let subjects = [key("UILaunchStoryboardName"), key("UILaunchScreen")];
    assert_eq!(
        sample.shown(APP, &subjects),
        "Info.plist: <key>UILaunchScreen</key>"
    );
    let subjects = [key("UILaunchStoryboardName"), setting("INFOPLIST_FILE")];
    assert_eq!(sample.shown(APP, &subjects), "Info.plist: <dict>");
}

#[test]
fn an_app_whose_plist_xcode_makes() {
    let settings = [
        (
            "PRODUCT_BUNDLE_IDENTIFIER",
            "com.example.$(TARGET_NAME:lower)",
        ),
        ("GENERATE_INFOPLIST_FILE", "YES"),
        ("MARKETING_VERSION", "2.0"),
        ("INFOPLIST_KEY_NSCameraUsageDescription", "To scan"),
        ("INFOPLIST_KEY_UISupportedInterfaceOrientations_iPad", "x"),
        ("ASSETCATALOG_COMPILER_APPICON_NAME", "AppIcon"),
    ];
    let project = project(
        &[],
        &[Made {
            folders: &["App"],
            ..app(&settings)
        }],
    );
    let sample = Sample::of(&[
        ("App.xcodeproj/project.pbxproj", &project),
        ("App/PrivacyInfo.xcprivacy", "bplist00"),
        ("App/App.swift", ""),
    ]);
    let at = |words: &str| format!("App.xcodeproj/project.pbxproj: {words}");
    sample.leads(
        APP,
        &[
            (
                key("NSCameraUsageDescription"),
                &at("\"INFOPLIST_KEY_NSCameraUsageDescription\" = \"To scan\";"),
            ),
            (
                key("UISupportedInterfaceOrientations~ipad"),
                &at("\"INFOPLIST_KEY_UISupportedInterfaceOrientations_iPad\" = \"x\";"),
            ),
            (
                key("NSMicrophoneUsageDescription"),
                &at("\"GENERATE_INFOPLIST_FILE\" = \"YES\";"),
            ),
            (
                Subject::MarketingVersion,
                &at("\"MARKETING_VERSION\" = \"2.0\";"),
            ),
            (
                Subject::BuildNumber,
                &at("\"GENERATE_INFOPLIST_FILE\" = \"YES\";"),
            ),
            (
                Subject::AppIcon,
                &at("\"ASSETCATALOG_COMPILER_APPICON_NAME\" = \"AppIcon\";"),
            ),
            (privacy(Some(CATEGORY)), "App/PrivacyInfo.xcprivacy"),
        ],
    );
}

#[test]
fn settings_in_included_xcconfig_files() {
    let project = project(
        &[],
        &[Made {
            base: Some("Config/App.xcconfig"),
            ..app(&[
                ("GENERATE_INFOPLIST_FILE", "YES"),
                ("MARKETING_VERSION", "$(inherited)"),
            ])
        }],
    );
    let sample = Sample::of(&[
        ("App.xcodeproj/project.pbxproj", &project),
        (
            "Config/App.xcconfig",
            "#include \"../Shared/Versions.xcconfig\"\n#include? \"None.xcconfig\"\nPRODUCT_BUNDLE_IDENTIFIER = $(ORGANISATION).app // the app\nCURRENT_PROJECT_VERSION = $(BUILD)\n",
        ),
        (
            "Shared/Versions.xcconfig",
            "#include \"../Config/App.xcconfig\"\nORGANISATION = com.example\nBUILD = 7\nMARKETING_VERSION = 1.2\n",
        ),
    ]);
    sample.leads(
        APP,
        &[
            (Subject::BuildNumber, "Shared/Versions.xcconfig: BUILD = 7"),
            (
                Subject::MarketingVersion,
                "Shared/Versions.xcconfig: MARKETING_VERSION = 1.2",
            ),
            (
                Subject::BundleIdentifier,
                "Config/App.xcconfig: PRODUCT_BUNDLE_IDENTIFIER = $(ORGANISATION).app // the app",
            ),
        ],
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "one project and its table")]
fn two_apps_and_an_extension_in_one_repository() {
    let extension = Made {
        name: "Share",
        product: "app-extension",
        settings: &[
            ("PRODUCT_BUNDLE_IDENTIFIER", "com.example.app.share"),
            ("INFOPLIST_FILE", "Share/Info.plist"),
            ("CURRENT_PROJECT_VERSION", "9"),
        ],
        ..Made::default()
    };
    let version = plist(&[("CFBundleVersion", "$(CURRENT_PROJECT_VERSION)")]);
    let first = project(
        &[("CURRENT_PROJECT_VERSION", "1")],
        &[
            app(&[
                ("PRODUCT_BUNDLE_IDENTIFIER", APP),
                ("GENERATE_INFOPLIST_FILE", "YES"),
            ]),
            extension,
        ],
    );
    let second = project(
        &[("CURRENT_PROJECT_VERSION", "2")],
        &[app(&[
            ("PRODUCT_BUNDLE_IDENTIFIER", "com.example.second"),
            ("GENERATE_INFOPLIST_FILE", "YES"),
        ])],
    );
    let sample = Sample::of(&[
        ("apps/first/First.xcodeproj/project.pbxproj", &first),
        ("apps/first/Share/Info.plist", &version),
        ("apps/second/Second.xcodeproj/project.pbxproj", &second),
        ("apps/second/Podfile", "pod 'Lib'\n"),
        (
            "apps/first/Podfile",
            "target 'App' do\n  pod 'Lib/Core', '~> 1'\nend\n",
        ),
    ]);
    let first = |value: &str| {
        format!(
            "apps/first/First.xcodeproj/project.pbxproj: \"CURRENT_PROJECT_VERSION\" = \"{value}\";"
        )
    };
    sample.leads(
        APP,
        &[
            (Subject::BuildNumber, &first("1")),
            (
                key_of("Payload/App.app/PlugIns/Share.appex", "CFBundleVersion"),
                &first("9"),
            ),
            (
                key_of("com.example.app.share", "CFBundleVersion"),
                &first("9"),
            ),
            (
                dependency("Lib.framework"),
                "apps/first/Podfile: pod 'Lib/Core', '~> 1'",
            ),
        ],
    );
    sample.leads(
        "com.example.second",
        &[(
            Subject::BuildNumber,
            "apps/second/Second.xcodeproj/project.pbxproj: \"CURRENT_PROJECT_VERSION\" = \"2\";",
        )],
    );
    sample.leads(
        "",
        &[(Subject::BuildNumber, "none"), (dependency("Lib"), "none")],
    );
}

#[test]
fn a_mac_app_and_two_apps_that_share_a_line() {
    let made = |name| Made {
        name,
        product: "application",
        settings: &[
            ("GENERATE_INFOPLIST_FILE", "YES"),
            ("MACOSX_DEPLOYMENT_TARGET", "13.0"),
        ],
        ..Made::default()
    };
    let text = project(&[("MARKETING_VERSION", "3.1")], &[made("One"), made("Two")]);
    let sample = Sample::of(&[("Mac.xcodeproj/project.pbxproj", &text)]);
    let shared = "Mac.xcodeproj/project.pbxproj: \"MARKETING_VERSION\" = \"3.1\";";
    sample.leads(
        "",
        &[
            (Subject::MarketingVersion, shared),
            (key("LSMinimumSystemVersion"), "none"),
        ],
    );
    let text = project(&[], &[made("One")]);
    let sample = Sample::of(&[("Mac.xcodeproj/project.pbxproj", &text)]);
    let own = "Mac.xcodeproj/project.pbxproj: \"MACOSX_DEPLOYMENT_TARGET\" = \"13.0\";";
    sample.leads(APP, &[(key("LSMinimumSystemVersion"), own)]);
}

#[test]
fn the_entitlements_of_a_target_are_known_by_its_identifier() {
    let project = project(
        &[],
        &[app(&[
            ("PRODUCT_BUNDLE_IDENTIFIER", APP),
            ("CODE_SIGN_ENTITLEMENTS", "App/App.entitlements"),
        ])],
    );
    let asked = plist(&[("aps-environment", "development")]);
    let sample = Sample::of(&[
        ("App.xcodeproj/project.pbxproj", &project),
        ("App/App.entitlements", &asked),
        ("Other/Other.entitlements", &plist(&[("lamp", "1")])),
    ]);
    let found = Repository::open(sample.directory.path()).entitlements();
    assert_eq!(found.len(), 1);
    assert_eq!(found[APP], ["aps-environment"]);
    let two = Sample::of(&[
        ("macos/DebugProfile.entitlements", &plist(&[("lamp", "1")])),
        ("macos/Release.entitlements", &asked),
    ]);
    assert_eq!(
        Repository::open(two.directory.path()).entitlements()[""],
        ["aps-environment"]
    );
}
