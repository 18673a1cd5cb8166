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

/// Every case of them that has steps of its own.
#[cfg(test)]
pub const CASES: &[(Code, &str)] = &[
    (PACKAGE_UNREADABLE, "download"),
    (PACKAGE_UNREADABLE, "git-lfs"),
    (PACKAGE_UNREADABLE, "ipa-as-pkg"),
    (PACKAGE_UNREADABLE, "pkg-as-ipa"),
    (PACKAGE_UNREADABLE, "wrapped"),
    (PACKAGE_UNREADABLE, "split"),
    (PACKAGE_UNREADABLE, "too-much"),
    (PACKAGE_UNREADABLE, "encrypted"),
    (PACKAGE_UNREADABLE, "names"),
    (PACKAGE_UNREADABLE, "link"),
    (PACKAGE_UNREADABLE, "method"),
    (PACKAGE_UNREADABLE, "pkg-encoding"),
    (PACKAGE_LAYOUT, "zipped-package"),
    (PACKAGE_LAYOUT, "mac-app"),
    (PACKAGE_LAYOUT, "android"),
    (PACKAGE_LAYOUT, "no-info-plist"),
    (PACKAGE_LAYOUT, "two-apps"),
    (PACKAGE_LAYOUT, "pkg"),
    (INFO_PLIST_VALUE, "type"),
    (INFO_PLIST_VALUE, "by-xcode"),
    (WRONG_PLATFORM, "other"),
];

impl Error {
    /// The error as a finding: title, case, and what it is about. `None` where the disk failed, which
    /// says nothing of the package.
    pub fn finding(&self) -> Option<Diagnostic> {
        let mut finding = Diagnostic::error(self.code()?, self.to_string());
        if let Some(case) = self.case() {
            finding = finding.case(case);
        }
        if let Some(source) = std::error::Error::source(self) {
            finding = finding.message(source.to_string());
        }
        if let Some(code) = self.delivery_code() {
            finding = finding.also_known_as(code);
        }
        let Some(key) = self.key() else {
            return Some(finding);
        };
        if let Some(setting) = setting(key) {
            finding = finding.variable("setting", setting);
        }
        Some(finding.variable("key", key).about(subject(key)))
    }

    /// What Apple calls the same fault, where it has one name for it.
    fn delivery_code(&self) -> Option<&'static str> {
        match self {
            Self::MissingKey {
                key: "CFBundleVersion",
            } => Some("ITMS-90056"),
            Self::MissingKey {
                key: "CFBundleShortVersionString",
            } => Some("ITMS-90057"),
            Self::Simulator { .. } => Some("ITMS-91169"),
            Self::UnknownPlatform { .. } => Some("ITMS-90508"),
            Self::NoApp
            | Self::ManyApps { .. }
            | Self::AppOutsidePayload { .. }
            | Self::PayloadInFolder { .. } => Some("ITMS-90017"),
            _ => None,
        }
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

    /// The case of the code that the catalogue has steps of its own for.
    fn case(&self) -> Option<&'static str> {
        match self {
            Self::NotAPackage { wanted, found } => found.case(*wanted),
            Self::SplitZip => Some("split"),
            Self::TooManyEntries { .. } | Self::TooLarge { .. } => Some("too-much"),
            Self::Encrypted { .. } => Some("encrypted"),
            Self::UnsafeName { .. } | Self::Duplicate { .. } | Self::NameMismatch { .. } => {
                Some("names")
            }
            Self::Symlink { .. } => Some("link"),
            Self::Method { .. } => Some("method"),
            Self::PkgEncoding { .. } => Some("pkg-encoding"),
            Self::Nested { .. } => Some("zipped-package"),
            Self::MacApp { .. } => Some("mac-app"),
            Self::Android => Some("android"),
            Self::NoInfoPlist { .. } => Some("no-info-plist"),
            Self::ManyApps { .. } => Some("two-apps"),
            Self::PkgSilent { .. } => Some("pkg"),
            Self::WrongType { .. } => Some("type"),
            Self::MissingKey { key }
            | Self::EmptyValue { key }
            | Self::Unexpanded { key, .. }
            | Self::BadValue { key, .. } => setting(key).is_none().then_some("by-xcode"),
            Self::UnknownPlatform { .. } => Some("other"),
            Self::Io(_)
            | Self::Truncated
            | Self::EmptyZip
            | Self::Damaged(_)
            | Self::WrongCount { .. }
            | Self::DamagedPkg(_)
            | Self::PkgXml { .. }
            | Self::NoApp
            | Self::AppOutsidePayload { .. }
            | Self::Archive
            | Self::PayloadInFolder { .. }
            | Self::PlistFormat
            | Self::Plist(_)
            | Self::PlistUnreasonable(_)
            | Self::Simulator { .. } => None,
        }
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

/// The build setting that Xcode writes the key from.
fn setting(key: &str) -> Option<&'static str> {
    match key {
        "CFBundleIdentifier" => Some("PRODUCT_BUNDLE_IDENTIFIER"),
        "CFBundleShortVersionString" => Some("MARKETING_VERSION"),
        "CFBundleVersion" => Some("CURRENT_PROJECT_VERSION"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_package_becomes_a_finding_with_the_setting_to_mend() {
        let error = Error::EmptyValue {
            key: "CFBundleVersion",
        };
        let finding = error.finding().unwrap();
        assert_eq!(finding.code, INFO_PLIST_VALUE);
        assert_eq!(finding.title, "CFBundleVersion in Info.plist is empty");
        assert_eq!(finding.variables["setting"], "CURRENT_PROJECT_VERSION");
        assert!(finding.is_listed(CODES, CASES));
        assert_eq!(finding.subjects, [Subject::BuildNumber]);
    }

    #[test]
    fn a_key_without_a_setting_is_a_case_of_its_own() {
        let finding = Error::MissingKey {
            key: "CFBundleExecutable",
        };
        let finding = finding.finding().unwrap();
        assert_eq!(finding.variables["case"], "by-xcode");
        assert!(finding.is_listed(CODES, CASES));
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
