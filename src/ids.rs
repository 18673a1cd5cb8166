//! Names that Apple gives to things, each a type of its own, so that a build number can't be passed
//! where a marketing version is meant. No rules about apps live here.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps the text as it stands.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text as it was given.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name! {
    /// `CFBundleIdentifier`, such as `com.example.app`.
    BundleIdentifier
}
name! {
    /// `CFBundleShortVersionString`, the version that people see, such as `1.4.0`.
    MarketingVersion
}
name! {
    /// `CFBundleVersion`; App Store Connect's `builds.version` is this number.
    BuildNumber
}
name! {
    /// The numeric Apple ID of an app record (`apps.id`).
    AppId
}
name! {
    /// The id of a `buildUploads` resource; altool calls it the delivery UUID.
    BuildUploadId
}
name! {
    /// The id of a `buildUploadFiles` resource.
    BuildUploadFileId
}
name! {
    /// The id of a `builds` resource.
    BuildId
}
name! {
    /// The id of an App Store Connect API key, ten capitals and digits.
    KeyId
}
name! {
    /// The issuer id of a team's API keys, a UUID.
    IssuerId
}

impl KeyId {
    /// Whether the text has the shape of a key id: ten capital letters and digits.
    pub fn is_well_formed(&self) -> bool {
        self.0.len() == 10
            && self
                .0
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    }
}

impl IssuerId {
    /// Whether the text has the shape of an issuer id: a UUID in 8-4-4-4-12 groups.
    pub fn is_well_formed(&self) -> bool {
        let groups: Vec<&str> = self.0.split('-').collect();
        groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
            && groups
                .iter()
                .all(|group| group.bytes().all(|b| b.is_ascii_hexdigit()))
    }

    /// The last four characters, which are enough to tell two issuers apart in a log.
    pub fn tail(&self) -> String {
        let skip = self.0.chars().count().saturating_sub(4);
        format!("…{}", self.0.chars().skip(skip).collect::<String>())
    }
}

impl BuildNumber {
    /// Compares as App Store Connect does: number by number, missing parts as zero, so that
    /// `1.10` is above `1.9`. Text that is not made of numbers compares as text.
    pub fn compare(&self, other: &Self) -> Ordering {
        match (numbers(&self.0), numbers(&other.0)) {
            (Some(ours), Some(theirs)) => {
                let length = ours.len().max(theirs.len());
                let at = |list: &[u64], i| list.get(i).copied().unwrap_or(0);
                (0..length)
                    .map(|i| at(&ours, i).cmp(&at(&theirs, i)))
                    .find(|ordering| ordering.is_ne())
                    .unwrap_or(Ordering::Equal)
            }
            _ => self.0.cmp(&other.0),
        }
    }

    /// The next free number above this one: the last part counted up by one. `None` where the last
    /// part is no number.
    pub fn next(&self) -> Option<Self> {
        let (head, last) = match self.0.rsplit_once('.') {
            Some((head, last)) => (Some(head), last),
            None => (None, self.0.as_str()),
        };
        let last = last.parse::<u64>().ok()?.checked_add(1)?;
        Some(Self(match head {
            Some(head) => format!("{head}.{last}"),
            None => last.to_string(),
        }))
    }
}

fn numbers(text: &str) -> Option<Vec<u64>> {
    text.split('.').map(|part| part.parse().ok()).collect()
}

/// One build as its package names it: a version, a number and a platform make it the only one of an app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildName {
    /// `CFBundleShortVersionString`.
    pub marketing_version: MarketingVersion,
    /// `CFBundleVersion`.
    pub build_number: BuildNumber,
    /// The platform it was built for.
    pub platform: Platform,
}

impl fmt::Display for BuildName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.marketing_version, self.build_number)
    }
}

/// The platform of a build, as App Store Connect's `Platform` enumeration names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Platform {
    /// iPhone and iPad.
    Ios,
    /// The Mac.
    MacOs,
    /// Apple TV.
    TvOs,
    /// Apple Vision.
    VisionOs,
}

impl Platform {
    /// From `DTPlatformName`, such as `iphoneos`; a simulator's name gives `None`.
    pub fn from_dt_platform_name(name: &str) -> Option<Self> {
        match name {
            "iphoneos" => Some(Self::Ios),
            "macosx" => Some(Self::MacOs),
            "appletvos" => Some(Self::TvOs),
            "xros" => Some(Self::VisionOs),
            _ => None,
        }
    }

    /// From the API's `platform` attribute.
    pub fn from_api_name(name: &str) -> Option<Self> {
        let all = [Self::Ios, Self::MacOs, Self::TvOs, Self::VisionOs];
        all.into_iter().find(|platform| platform.api_name() == name)
    }

    /// The value of the API's `platform` attribute.
    pub fn api_name(self) -> &'static str {
        match self {
            Self::Ios => "IOS",
            Self::MacOs => "MAC_OS",
            Self::TvOs => "TV_OS",
            Self::VisionOs => "VISION_OS",
        }
    }

    /// The platform's part of a TestFlight address in App Store Connect.
    pub fn testflight_segment(self) -> &'static str {
        match self {
            Self::Ios => "ios",
            Self::MacOs => "macos",
            Self::TvOs => "tvos",
            Self::VisionOs => "visionos",
        }
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ios => "iOS",
            Self::MacOs => "macOS",
            Self::TvOs => "tvOS",
            Self::VisionOs => "visionOS",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn build_numbers_compare_by_number_not_by_letter() {
        let compare = |a, b| BuildNumber::new(a).compare(&BuildNumber::new(b));
        assert_eq!(compare("1.10", "1.9"), Ordering::Greater);
        assert_eq!(compare("2", "2.0.0"), Ordering::Equal);
        assert_eq!(compare("9", "10"), Ordering::Less);
    }

    #[test]
    fn the_next_build_number_counts_up_the_last_part() {
        let next = |text| BuildNumber::new(text).next();
        assert_eq!(next("41"), Some(BuildNumber::new("42")));
        assert_eq!(next("2.0.53.731"), Some(BuildNumber::new("2.0.53.732")));
        assert_eq!(next("1.x"), None);
        assert_eq!(next(&u64::MAX.to_string()), None);
    }

    #[test]
    fn key_and_issuer_ids_are_known_by_their_shape() {
        assert!(KeyId::new("2X9R4HXF34").is_well_formed());
        assert!(!KeyId::new("2x9r4hxf34").is_well_formed());
        assert!(IssuerId::new("57246542-96fe-1a63-e053-0824d011072a").is_well_formed());
        assert!(!IssuerId::new("2X9R4HXF34").is_well_formed());
        assert_eq!(
            IssuerId::new("57246542-96fe-1a63-e053-0824d011072a").tail(),
            "…072a"
        );
    }
}
