//! What an app says of itself, from its Info.plist.

use plist::{Dictionary, Value};

use crate::ids::{BuildName, BuildNumber, BundleIdentifier, MarketingVersion, Platform};

use crate::ipa::bytes::shown;
use crate::ipa::{Error, Package, PackageKind};
use crate::text;

/// Longest identifier or version that is believed, in characters.
const LONGEST: usize = 255;

/// The package that the app's Info.plist describes.
pub(super) fn package(
    kind: PackageKind,
    app_path: String,
    info: Dictionary,
) -> Result<Package, Error> {
    let platform = platform(&info)?;
    package_for(platform, kind, app_path, info)
}

/// The same, where the platform is known otherwise.
pub(super) fn package_for(
    platform: Platform,
    kind: PackageKind,
    app_path: String,
    info: Dictionary,
) -> Result<Package, Error> {
    let minimum = match platform {
        Platform::MacOs => ["LSMinimumSystemVersion", "MinimumOSVersion"],
        Platform::Ios | Platform::TvOs | Platform::VisionOs => {
            ["MinimumOSVersion", "LSMinimumSystemVersion"]
        }
    };
    Ok(Package {
        kind,
        bundle_identifier: BundleIdentifier::new(required(&info, "CFBundleIdentifier")?),
        build: BuildName {
            marketing_version: MarketingVersion::new(required(
                &info,
                "CFBundleShortVersionString",
            )?),
            build_number: BuildNumber::new(required(&info, "CFBundleVersion")?),
            platform,
        },
        minimum_os: optional(&info, &minimum),
        sdk: optional(&info, &["DTSDKName"]),
        xcode: optional(&info, &["DTXcode"]),
        display_name: optional(&info, &["CFBundleDisplayName", "CFBundleName"]),
        app_path,
        info,
    })
}

/// A text that every app has, fit to be sent to Apple.
fn required(info: &Dictionary, key: &'static str) -> Result<String, Error> {
    let text = match info.get(key) {
        None => return Err(Error::MissingKey { key }),
        Some(Value::String(text)) => text,
        Some(other) => {
            return Err(Error::WrongType {
                key,
                found: type_of(other),
            });
        }
    };
    if text.trim().is_empty() {
        return Err(Error::EmptyValue { key });
    }
    if text.contains("$(") || text.contains("${") {
        return Err(Error::Unexpanded {
            key,
            value: shown(text),
        });
    }
    let why = if text.chars().count() > LONGEST {
        "is longer than 255 characters"
    } else if text.chars().any(text::is_hidden) {
        "has a line break or another invisible character in it"
    } else if text.trim() != text {
        "begins or ends with a space"
    } else {
        return Ok(text.clone());
    };
    Err(Error::BadValue {
        key,
        why,
        value: shown(text),
    })
}

/// The first of the keys that holds a text. What else it holds is not asked here.
fn optional(info: &Dictionary, keys: &[&str]) -> Option<String> {
    keys.iter()
        .filter_map(|key| info.get(key)?.as_string())
        .find(|text| !text.trim().is_empty())
        .map(shown)
}

/// From `DTPlatformName`, else from the first of `CFBundleSupportedPlatforms`.
fn platform(info: &Dictionary) -> Result<Platform, Error> {
    let supported = info
        .get("CFBundleSupportedPlatforms")
        .and_then(Value::as_array)
        .and_then(|platforms| platforms.first())
        .and_then(Value::as_string)
        .map(shown);
    let Some(name) = optional(info, &["DTPlatformName"]).or(supported) else {
        return Err(Error::MissingKey {
            key: "DTPlatformName",
        });
    };
    let lower = name.to_ascii_lowercase();
    if lower.ends_with("simulator") {
        return Err(Error::Simulator { name });
    }
    Platform::from_dt_platform_name(&lower).ok_or(Error::UnknownPlatform { name })
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Array(_) => "an array",
        Value::Dictionary(_) => "a dictionary",
        Value::Boolean(_) => "a boolean",
        Value::Data(_) => "data",
        Value::Date(_) => "a date",
        Value::Real(_) => "a real number",
        Value::Integer(_) => "an integer",
        Value::String(_) => "a string",
        Value::Uid(_) => "a UID",
        _ => "something else",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Dictionary {
        super::super::testing::info()
    }

    fn with(key: &str, value: impl Into<Value>) -> Result<Package, Error> {
        let mut info = example();
        info.insert(key.to_owned(), value.into());
        package(PackageKind::Ipa, "Payload/Example.app".into(), info)
    }

    fn without(key: &str) -> Result<Package, Error> {
        let mut info = example();
        info.remove(key);
        package(PackageKind::Ipa, "Payload/Example.app".into(), info)
    }

    #[test]
    fn a_missing_key_is_named_with_the_build_setting_that_makes_it() {
        insta::assert_snapshot!(
            without("CFBundleVersion").unwrap_err(),
            @"Info.plist has no CFBundleVersion"
        );
        insta::assert_snapshot!(
            without("CFBundleIdentifier").unwrap_err(),
            @"Info.plist has no CFBundleIdentifier"
        );
    }

    #[test]
    fn a_value_of_the_wrong_type_is_told_with_its_type() {
        insta::assert_snapshot!(
            with("CFBundleVersion", 42).unwrap_err(),
            @"CFBundleVersion in Info.plist is an integer, not a string"
        );
    }

    #[test]
    fn an_empty_or_unexpanded_value_has_its_own_sentence() {
        insta::assert_snapshot!(
            with("CFBundleVersion", " ").unwrap_err(),
            @"CFBundleVersion in Info.plist is empty"
        );
        insta::assert_snapshot!(
            with("CFBundleShortVersionString", "$(MARKETING_VERSION)").unwrap_err(),
            @"CFBundleShortVersionString in Info.plist is still `$(MARKETING_VERSION)`, which the build should have replaced"
        );
        assert!(matches!(
            with("CFBundleVersion", "${NUMBER}"),
            Err(Error::Unexpanded { .. })
        ));
    }

    #[test]
    fn a_value_that_would_break_a_line_is_refused_and_shown_harmless() {
        let error = with("CFBundleVersion", "1\n::error::x").unwrap_err();
        assert!(matches!(error, Error::BadValue { .. }));
        assert!(!error.to_string().contains('\n'));
        let long = with("CFBundleVersion", "9".repeat(300)).unwrap_err();
        assert!(long.to_string().len() < 400, "{long}");
    }

    #[test]
    fn the_platform_comes_from_either_key() {
        let platform = |name: &str| with("DTPlatformName", name).map(|p| p.build.platform);
        assert_eq!(platform("iphoneos").unwrap(), Platform::Ios);
        assert_eq!(platform("appletvos").unwrap(), Platform::TvOs);
        assert_eq!(platform("xros").unwrap(), Platform::VisionOs);
        assert_eq!(
            without("DTPlatformName").unwrap().build.platform,
            Platform::Ios,
            "from CFBundleSupportedPlatforms"
        );
        assert!(matches!(
            platform("watchos"),
            Err(Error::UnknownPlatform { .. })
        ));
    }

    #[test]
    fn a_simulator_build_has_its_own_sentence() {
        insta::assert_snapshot!(
            with("DTPlatformName", "iphonesimulator").unwrap_err(),
            @"the app was built for the simulator (`iphonesimulator`)"
        );
    }

    #[test]
    fn the_display_name_falls_back_to_the_bundle_name() {
        assert_eq!(
            with("CFBundleDisplayName", "").unwrap().display_name,
            Some("Example".to_owned())
        );
    }
}
