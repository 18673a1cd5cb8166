//! Flutter: marks of its checks, and how its build for iOS ends.

use crate::logs::dialect::{Dialect, Level, Prefix, Sign};

/// `flutter build`, with the Xcode errors that it repeats.
pub const DIALECT: Dialect = Dialect {
    name: "flutter",
    prefixes: &[
        // An advice, and no error: the build goes on.
        Prefix::begins(r"^\[!\] (?P<rest>App (?:Icon|Settings)|Xcode |Android |Chrome |Flutter )")
            .at(Level::Warning),
        // The kind of issue as Xcode names it; its place comes in the next line.
        Prefix::says(concat!(
            r"^(?:Swift Compiler (?P<level>Error|Warning)|Semantic Issue|Parse Issue|ARC Semantic Issue",
            r"|Lexical or Preprocessor Issue) \(Xcode\): ",
        ))
        .at(Level::Error),
        Prefix::says(
            r"^(?P<level>Error|Warning) \((?:Xcode|Swift Compiler|Semantic Issue|Parse Issue)\): (?:error: )?",
        ),
    ],
    hot: &[
        "error (xcode)",
        "error (swift compiler)",
        "issue (xcode)",
        "encountered error while",
        "failed to build ios app",
        "failed to build ipa",
        "built ipa to",
        "xcarchive (",
        "flutter build ",
        "building app store ipa",
        "version solving failed",
        "must exist. if you",
        "target kernel_snapshot",
    ],
    marks: &[
        "flutter build",
        "runner.xcarchive",
        "runner.xcodeproj",
        "runner.xcworkspace",
        "building app store ipa",
    ],
    begins: &[
        r"Encountered error while",
        r"Failed to build",
        r"Could not build",
    ],
    heads: &[r"encountered error while creating the ipa"],
    only_failed: &[
        r"encountered error while (?:archiving|building|creating)",
        r"failed to build (?:ios app|ipa|for ios)",
        r"could not build the (?:precompiled )?application",
        r"uncategorized \(xcode\): ",
        r"target kernel_snapshot\S* failed",
    ],
    signs: &[
        (
            Sign::Built,
            r"\bBuilt IPA to \S|^\s*Built build/ios/(?:ipa|iphoneos)/",
        ),
        (
            Sign::NotBuilt,
            r"^Encountered error while (?:archiving|building)",
        ),
        (Sign::NotBuilt, r"^Failed to build (?:iOS app|ipa|IPA)"),
        (
            Sign::Stumbled,
            r"^Could not build the (?:precompiled )?application",
        ),
    ],
    ..Dialect::SILENT
};
