use crate::locate::tests::*;

#[test]
fn a_pod_is_found_in_the_podfile_and_else_in_its_lock() {
    let sample = Sample::of(&[
        (
            "ios/Podfile",
            "pod \"Alamofire\", '5.0'\npod 'Firebase/Core'\n",
        ),
        (
            "ios/Podfile.lock",
            "PODS:\n  - Alamofire (5.0.0)\n  - GoogleUtilities/Logger (7.0):\n    - Inner\n  - GoogleUtilities/Network (7.0)\n\nDEPENDENCIES:\n  - Alamofire (= 5.0)\n",
        ),
        ("ios/Pods/Other/Podfile", "pod 'Alamofire'\n"),
        ("node_modules/x/Podfile", "pod 'Alamofire'\n"),
    ]);
    sample.leads(
        "",
        &[
            (
                dependency("Payload/A.app/Frameworks/alamofire.framework"),
                "ios/Podfile: pod \"Alamofire\", '5.0'",
            ),
            (
                dependency("GoogleUtilities"),
                "ios/Podfile.lock: - GoogleUtilities/Logger (7.0):",
            ),
            (dependency("Firebase"), "ios/Podfile: pod 'Firebase/Core'"),
            (dependency("Inner"), "none"),
            (dependency("Unknown"), "none"),
        ],
    );
}

#[test]
fn a_swift_package_is_found_where_it_is_asked_for() {
    let resolved = "{\n \"pins\": [\n  {\n   \"identity\": \"deep\",\n   \"location\": \"https://example.com/x/Deep.git\"\n  }\n ],\n \"version\": 2\n}\n";
    let sample = Sample::of(&[
        (
            "Package.swift",
            "let package = Package(name: \"P\", dependencies: [\n  .package(url: \"https://example.com/lottie-ios.git\", from: \"4.0.0\"),\n])\n",
        ),
        (
            "App.xcodeproj/project.pbxproj",
            "{ objects = {\n R = { isa = XCRemoteSwiftPackageReference;\n repositoryURL = \"https://example.com/x/kit-ios\"; };\n D = { isa = XCSwiftPackageProductDependency; package = R; productName = KitUI; };\n}; }",
        ),
        (
            "App.xcodeproj/project.xcworkspace/xcshareddata/swiftpm/Package.resolved",
            resolved,
        ),
        ("Cartfile", "github \"x/Charts\" ~> 4.0 # c\n"),
        (
            "package.json",
            "{\n \"dependencies\": {\n  \"lib\": \"1\"\n }\n}\n",
        ),
    ]);
    let address =
        "App.xcodeproj/project.pbxproj: repositoryURL = \"https://example.com/x/kit-ios\"; };";
    sample.leads(
        "",
        &[
            (dependency("Lottie.framework"), "Package.swift: .package(url: \"https://example.com/lottie-ios.git\", from: \"4.0.0\"),"),
            (dependency("KitUI"), address),
            (dependency("kit-ios"), address),
            (dependency("Deep"), "App.xcodeproj/project.xcworkspace/xcshareddata/swiftpm/Package.resolved: \"identity\": \"deep\","),
            (dependency("Charts"), "Cartfile: github \"x/Charts\" ~> 4.0 # c"),
            (dependency("lib"), "package.json: \"lib\": \"1\""),
        ],
    );
}
