//! What changes with time, from the dated file beside this one: each line there has its source.

use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use serde::Deserialize;

/// How long before a date it is told.
const AHEAD: Duration = Duration::from_secs(90 * 86_400);

/// The dated file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lists {
    /// The lowest SDK, from a date on.
    pub minimum_sdk: Vec<Minimum>,
    /// The lowest `MinimumOSVersion` of an iOS app, from a date on.
    pub minimum_os: Vec<Minimum>,
    /// The newest SDK there is, up to a date.
    pub newest_sdk: Vec<Newest>,
    /// `UIBackgroundModes`.
    pub background_modes: Vec<String>,
    /// Functions that Apple keeps for itself.
    pub private_symbols: Vec<String>,
    /// APIs that need a reason.
    pub required_reasons: Vec<RequiredReason>,
    /// Symbols that stand in two categories of them: either satisfies.
    pub shared_symbols: Vec<String>,
    /// Purpose strings, and the code that asks for them.
    pub purposes: Vec<Purpose>,
    /// Entitlements, and the code that needs them.
    pub entitled_symbols: Vec<Entitled>,
    /// Categories of the Mac App Store, without their common start.
    pub mac_categories: Vec<String>,
    /// `UIRequiredDeviceCapabilities`.
    pub capabilities: Vec<Capability>,
    /// What extensions extend, without their common start.
    pub extension_points: Vec<String>,
    /// Apple's list of SDKs.
    pub listed_sdks: Vec<String>,
    /// Where the lists are from.
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the file"))]
    pub sources: Vec<String>,
}

/// A lowest version from a date on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minimum {
    /// The day, or a month where Apple named no day.
    pub since: String,
    /// The major version.
    pub major: u32,
    /// Where Apple says so.
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever reads the file"))]
    pub source: String,
}

/// Where a date lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// It has passed.
    Now,
    /// Within 90 days.
    Soon,
    /// Later.
    Later,
}

impl Minimum {
    /// Where its date lies.
    pub fn when(&self, now: SystemTime) -> When {
        let Some(since) = day(&self.since) else {
            return When::Later;
        };
        match since.duration_since(now) {
            Err(_) => When::Now,
            Ok(left) if left <= AHEAD => When::Soon,
            Ok(_) => When::Later,
        }
    }
}

/// The newest SDK up to a date; afterwards another one may have come.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Newest {
    /// The day.
    pub until: String,
    /// The major version.
    pub major: u32,
}

/// A category of APIs that need a reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredReason {
    /// Such as `NSPrivacyAccessedAPICategoryUserDefaults`.
    pub category: String,
    /// Apple's reasons for it.
    pub reasons: Vec<String>,
    /// Undefined symbols that use it.
    pub symbols: Vec<String>,
}

/// What a device can do.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capability {
    /// Such as `arkit`.
    pub name: String,
    /// The first major version that knows it; 0 where none is known.
    pub since: u32,
}

/// A purpose string.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// The key that Apple names, and others that satisfy too.
    pub keys: Vec<String>,
    /// Symbols and selectors that ask for the data.
    pub symbols: Vec<String>,
    /// Whether Apple's own words are known for it.
    pub is_certain: bool,
}

/// An entitlement that code needs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entitled {
    /// The symbol or selector.
    pub symbol: String,
    /// The entitlement.
    pub entitlement: String,
}

impl Lists {
    /// The file's content.
    pub fn get() -> &'static Self {
        static LISTS: OnceLock<Lists> = OnceLock::new();
        LISTS.get_or_init(|| {
            serde_json::from_str(include_str!("lists.json")).expect("a test reads the file")
        })
    }

    /// The newest SDK's major version.
    pub fn newest_sdk(&self, now: SystemTime) -> Option<u32> {
        let valid = |newest: &&Newest| day(&newest.until).is_some_and(|until| now < until);
        self.newest_sdk
            .iter()
            .find(valid)
            .map(|newest| newest.major)
    }

    /// Whether a rule asks about the symbol.
    pub fn has_symbol(&self, name: &str) -> bool {
        let known = |list: &[String]| list.iter().any(|one| one == name);
        name == "_OBJC_CLASS_$_UIWebView"
            || known(&self.private_symbols)
            || self.required_reasons.iter().any(|one| known(&one.symbols))
            || self.purposes.iter().any(|one| known(&one.symbols))
            || self.entitled_symbols.iter().any(|one| one.symbol == name)
    }
}

/// A day such as `2026-04-28`, or the first day of a month.
fn day(text: &str) -> Option<SystemTime> {
    let day = if text.len() == 7 {
        format!("{text}-01")
    } else {
        text.to_owned()
    };
    humantime::parse_rfc3339(&format!("{day}T00:00:00Z")).ok()
}
