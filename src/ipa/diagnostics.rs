//! The codes of this room, and the finding that an error becomes.

use crate::diagnostic::{Code, Diagnostic, Subject};

use crate::ipa::Error;

/// The package cannot be opened: damaged, encrypted, hostile, or no package at all.
pub const PACKAGE_UNREADABLE: Code = Code::new("package-unreadable");
/// The package opens, but the app is not where Apple looks for it.
pub const PACKAGE_LAYOUT: Code = Code::new("package-layout");
/// Info.plist cannot be parsed.
pub const INFO_PLIST_UNREADABLE: Code = Code::new("info-plist-unreadable");
/// A key that every app has is missing, empty, unexpanded or no string.
pub const INFO_PLIST_VALUE: Code = Code::new("info-plist-value");
/// The app was not built for a device that App Store Connect takes packages for.
pub const WRONG_PLATFORM: Code = Code::new("wrong-platform");

/// Every code of this room; the catalogue has a page for each.
#[cfg(test)]
pub const CODES: &[Code] = &[
    PACKAGE_UNREADABLE,
    PACKAGE_LAYOUT,
    INFO_PLIST_UNREADABLE,
    INFO_PLIST_VALUE,
    WRONG_PLATFORM,
];

impl Error {
    /// The error as a finding: title, fix, and what it is about. `None` where the disk failed, which
    /// says nothing of the package.
    pub fn finding(&self) -> Option<Diagnostic> {
        let sentence = self.to_string();
        let (title, fix) = sentence.rsplit_once("; ")?;
        let mut finding = Diagnostic::error(self.code()?, title).fix(fix);
        if let Some(source) = std::error::Error::source(self) {
            finding = finding.message(source.to_string());
        }
        Some(match self.key() {
            Some(key) => finding.variable("key", key).about(subject(key)),
            None => finding,
        })
    }

    fn code(&self) -> Option<Code> {
        Some(match self {
            Self::Io(_) => return None,
            Self::NotAPackage { .. }
            | Self::Truncated
            | Self::EmptyZip
            | Self::SplitZip
            | Self::Damaged(_)
            | Self::WrongCount { .. }
            | Self::TooManyEntries { .. }
            | Self::Encrypted { .. }
            | Self::UnsafeName { .. }
            | Self::Duplicate { .. }
            | Self::NameMismatch { .. }
            | Self::Symlink { .. }
            | Self::Method { .. }
            | Self::TooLarge { .. }
            | Self::DamagedPkg(_)
            | Self::PkgXml { .. }
            | Self::PkgEncoding { .. } => PACKAGE_UNREADABLE,
            Self::NoApp
            | Self::AppOutsidePayload { .. }
            | Self::Archive
            | Self::Nested { .. }
            | Self::PayloadInFolder { .. }
            | Self::MacApp { .. }
            | Self::Android
            | Self::NoInfoPlist { .. }
            | Self::ManyApps { .. }
            | Self::PkgSilent { .. } => PACKAGE_LAYOUT,
            Self::PlistFormat | Self::Plist(_) | Self::PlistUnreasonable(_) => {
                INFO_PLIST_UNREADABLE
            }
            Self::MissingKey { .. }
            | Self::EmptyValue { .. }
            | Self::WrongType { .. }
            | Self::Unexpanded { .. }
            | Self::BadValue { .. } => INFO_PLIST_VALUE,
            Self::Simulator { .. } | Self::UnknownPlatform { .. } => WRONG_PLATFORM,
        })
    }

    fn key(&self) -> Option<&'static str> {
        if let Self::MissingKey { key }
        | Self::EmptyValue { key }
        | Self::WrongType { key, .. }
        | Self::Unexpanded { key, .. }
        | Self::BadValue { key, .. } = self
        {
            return Some(key);
        }
        None
    }
}

fn subject(key: &str) -> Subject {
    match key {
        "CFBundleIdentifier" => Subject::BundleIdentifier,
        "CFBundleShortVersionString" => Subject::MarketingVersion,
        "CFBundleVersion" => Subject::BuildNumber,
        key => Subject::InfoPlistKey {
            bundle: None,
            key: key.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_package_becomes_a_finding_with_its_fix() {
        let error = Error::EmptyValue {
            key: "CFBundleVersion",
        };
        let finding = error.finding().unwrap();
        assert_eq!(finding.code, INFO_PLIST_VALUE);
        assert_eq!(finding.title, "CFBundleVersion in Info.plist is empty");
        assert_eq!(
            finding.fix,
            ["set CURRENT_PROJECT_VERSION for the app's target"]
        );
        assert_eq!(finding.subjects, [Subject::BuildNumber]);
    }

    #[test]
    fn a_failing_disk_is_no_finding() {
        let error = Error::Io(std::io::Error::other("unplugged"));
        assert_eq!(error.finding(), None);
    }

    #[test]
    fn no_code_is_given_twice() {
        let mut codes = CODES.to_vec();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), CODES.len());
    }
}
