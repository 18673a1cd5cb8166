//! fastlane: the time before each line, and the words of its actions around those of Apple's tools.

use crate::logs::dialect::{Dialect, Level, Prefix, Sign};

/// What it prints as errors around an error, in lines of its own.
const CHATTER: &str = concat!(
    r"^(?:\W*Check out the few lines of raw|Looks like fastlane ran into a build|It's hard to tell what's causing",
    r"|to troubleshoot build and signing issues|Before submitting an issue on GitHub|sure your project is set up",
    r"|fastlane uses \x60xcodebuild\x60 commands|the full commands printed out|Make sure to inspect the output",
    r"|Variable Dump:|ERROR!!!)",
);

/// fastlane with gym, pilot, deliver and match.
pub const DIALECT: Dialect = Dialect {
    name: "fastlane",
    prefixes: &[
        // CocoaPods marks its warnings like errors.
        Prefix::begins(concat!(
            r"^\[!\] (?P<rest>The .{1,200} target overrides|CocoaPods did not set|Automatically assigning platform",
            r"|Can't merge |Your project does not explicitly|\S+ has been deprecated|The version of CocoaPods used",
            r"|Smart quotes|Unable to load a (?:specification|license)|Skipping code signing)",
        ))
        .at(Level::Warning),
        Prefix::begins(r"^\[!\] +").at(Level::Error),
        // The place in its own source, in front of what it says.
        Prefix::carrier(r"^\S{1,300}\.rb:\d+:in [\x60'][^'\x60]{1,80}': (?P<rest>\[!\])"),
        // How Ruby ends with an exception.
        Prefix::begins(r"^\S{1,300}\.rb:\d+:in [\x60'][^'\x60]{1,80}': ").at(Level::Error),
        // Where the terminal has no such letter, a question mark stands for the bullet.
        Prefix::begins(concat!(
            r"^(?:\[\d\d:\d\d:\d\d\]: ?",
            r"|(?P<level>DEBUG|INFO|WARN|WARNING|ERROR|FATAL) +\[\d{4}-\d\d-\d\d[^\]]{0,40}\]: ?)\? {1,12}",
        )),
        Prefix::begins(r"^\[\d\d:\d\d:\d\d\]: ?"),
        Prefix::begins(
            r"^(?P<level>DEBUG|INFO|WARN|WARNING|ERROR|FATAL) +\[\d{4}-\d\d-\d\d[^\]]{0,40}\]: ?",
        ),
    ],
    marks: &["fastlane", "spaceship", "gym_"],
    hot: &[
        "error [2",
        "fastlane finished with errors",
        "successfully exported and signed",
        "fastlane.tools finished successfully",
        "[!] ",
        "spaceship::",
        "successfully finished processing the build",
    ],
    wrappings: &[r"Uploading IPA failed: ", r"Error uploading ipa file:\s+"],
    known_by: &[CHATTER],
    harmless: &[CHATTER],
    only_failed: &[
        r"error (?:building|packaging up) the application",
        r"error uploading ipa file, more information see above",
        r"the call to the \w+ completed",
        r"\w+ transfer failed connect operation error\.?$",
        r"fastlane finished with errors",
    ],
    signs: &[
        (Sign::Built, r"^Successfully exported and signed the ipa file"),
        // It ends at once where something is wrong, so what it said before was none of that.
        (Sign::Verified, r"^fastlane\.tools finished successfully"),
        (Sign::JobPassed, r"^fastlane\.tools finished successfully"),
        (Sign::JobFailed, r"^fastlane finished with errors"),
        (
            Sign::JobFailed,
            r"\((?:Spaceship|FastlaneCore|Fastlane|FastlanePty\w*)::[\w:]{3,60}\)\s*$",
        ),
    ],
    ..Dialect::SILENT
};
