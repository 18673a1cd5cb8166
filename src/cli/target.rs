//! Which build or version a command is about: by a receipt, or by its names.

use std::path::Path;

use clap::Args;

use crate::cli::choices::{self, NotTaken};
use crate::cli::given::{self, text};
use crate::cli::problems::Problems;
use crate::cli::{diagnostics, receipts};
use crate::ids::{BuildNumber, BundleIdentifier, MarketingVersion, Platform};
use crate::plan::Target;

const PLATFORMS: [(&str, Platform); 4] = [
    ("ios", Platform::Ios),
    ("tvos", Platform::TvOs),
    ("macos", Platform::MacOs),
    ("visionos", Platform::VisionOs),
];

/// A build or version by its names, in place of a receipt.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which build, in place of a receipt")]
pub struct NamedOptions {
    /// The app's bundle identifier
    #[arg(long, value_name = "ID", env = "JETWAY_BUNDLE_ID")]
    pub bundle_id: Option<String>,
    /// The version that people see; left out, the newest
    #[arg(long, value_name = "VERSION", env = "JETWAY_MARKETING_VERSION")]
    pub marketing_version: Option<String>,
    /// The build number; left out, the newest
    #[arg(long, value_name = "NUMBER", env = "JETWAY_BUILD_NUMBER")]
    pub build_number: Option<String>,
    /// The platform: ios, tvos, macos or visionos
    #[arg(long, value_name = "PLATFORM", env = "JETWAY_PLATFORM")]
    pub platform: Option<String>,
}

/// The names that were typed, else those of the receipt.
pub fn read(receipt: Option<&Path>, named: &NamedOptions, problems: &mut Problems) -> Target {
    match (is_named(named), given::path(receipt)) {
        (false, Some(path)) => match receipts::upload(path) {
            Ok(upload) => Target {
                bundle_identifier: upload.package.bundle_identifier.clone(),
                marketing_version: Some(upload.package.build.marketing_version.clone()),
                build_number: Some(upload.package.build.build_number.clone()),
                platform: upload.package.build.platform,
                upload: Some(Box::new(upload)),
            },
            Err(problem) => {
                problems.add(*problem);
                by_names(named, problems)
            }
        },
        (false, None) => {
            let why = "it is needed, or a receipt";
            problems.add(diagnostics::option_invalid("--bundle-id", why));
            by_names(named, problems)
        }
        (true, _) => by_names(named, problems),
    }
}

/// Whether an app is named by hand.
pub fn is_named(named: &NamedOptions) -> bool {
    text(named.bundle_id.as_deref()).is_some()
}

/// By what was typed alone.
pub fn by_names(named: &NamedOptions, problems: &mut Problems) -> Target {
    let bundle = text(named.bundle_id.as_deref()).unwrap_or_default();
    Target {
        bundle_identifier: BundleIdentifier::new(bundle),
        marketing_version: text(named.marketing_version.as_deref()).map(MarketingVersion::new),
        build_number: text(named.build_number.as_deref()).map(BuildNumber::new),
        platform: problems.value(
            "--platform",
            named.platform.as_deref(),
            Platform::Ios,
            platform,
        ),
        upload: None,
    }
}

fn platform(word: &str) -> Result<Platform, NotTaken> {
    choices::read(&PLATFORMS, &word.to_ascii_lowercase())
}
