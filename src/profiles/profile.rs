//! A provisioning profile: who may sign what, with which rights, on which devices.

use std::fmt;
use std::time::SystemTime;

use plist::{Dictionary, Value};

use crate::der;
use crate::profiles::certificate::Certificate;
use crate::profiles::cms::SignedData;
use crate::profiles::identifier::{allows, without_prefix};
use crate::property_list;

/// The largest profile that is read, in bytes; real ones have some tens of KB.
const LARGEST: usize = 8 << 20;
/// Most certificates that are read; Apple gives a team some tens.
const MOST_CERTIFICATES: usize = 1_000;

/// Why a profile can't be read. The words go on after the profile's name.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Longer than any profile is.
    #[error("is larger than 8 MiB")]
    TooLarge,
    /// Cut off.
    #[error("is cut off")]
    Truncated,
    /// Something else, or a profile without its content.
    #[error("is no provisioning profile")]
    NoProfile,
    /// The list inside.
    #[error("holds a property list that {0}")]
    List(#[source] property_list::Error),
}

/// What a profile lets its apps be signed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// For the team's devices, with a debugger.
    Development,
    /// For the team's devices, without one; Xcode says release testing.
    AdHoc,
    /// For App Store Connect: TestFlight and the store.
    AppStore,
    /// For any device of the organisation, without the store.
    Enterprise,
    /// For Macs outside of the store.
    DeveloperId,
}

impl Kind {
    /// What `xcodebuild -exportArchive` calls the method, since Xcode 15.3.
    pub fn export_method(self) -> &'static str {
        match self {
            Self::Development => "debugging",
            Self::AdHoc => "release-testing",
            Self::AppStore => "app-store-connect",
            Self::Enterprise => "enterprise",
            Self::DeveloperId => "developer-id",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Development => "development",
            Self::AdHoc => "ad hoc",
            Self::AppStore => "App Store",
            Self::Enterprise => "enterprise",
            Self::DeveloperId => "Developer ID",
        })
    }
}

/// A provisioning profile, as it describes itself.
#[derive(Clone, Debug)]
pub struct Profile {
    /// The name in the developer's account.
    pub name: String,
    /// The UUID, which is also the file's name once it is installed.
    pub uuid: String,
    /// The teams; there is one in practice.
    pub teams: Vec<String>,
    /// The team's name.
    pub team_name: Option<String>,
    /// The App ID's prefixes. Old ones are not the team's id (Apple's QA1879).
    pub prefixes: Vec<String>,
    /// The application identifier, such as `A1B2C3D4E5.com.example.*`.
    pub application_identifier: Option<String>,
    /// Apple's names of platforms: `iOS`, `OSX`, `tvOS`, `xrOS`, `visionOS`, `watchOS`.
    pub platforms: Vec<String>,
    /// What it lets its apps be signed for.
    pub kind: Kind,
    /// What a signature may claim.
    pub entitlements: Dictionary,
    /// When it was made.
    pub created: Option<SystemTime>,
    /// Up to when it is good.
    pub expires: Option<SystemTime>,
    /// How many devices it names.
    pub devices: usize,
    /// Whether Xcode made it and makes it anew.
    pub is_xcode_managed: bool,
    /// Who may sign; what does not parse is left out.
    pub certificates: Vec<Certificate>,
}

impl Profile {
    /// Reads a `.mobileprovision` or `.provisionprofile`.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words that go on after its name.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() > LARGEST {
            return Err(Error::TooLarge);
        }
        let Some(signed) = SignedData::read(bytes) else {
            return Err(match der::element(&mut { bytes }) {
                Err(der::Broken::Short) if bytes.first() == Some(&der::SEQUENCE) => {
                    Error::Truncated
                }
                Ok(_) | Err(der::Broken::Short | der::Broken::Malformed) => Error::NoProfile,
            });
        };
        let content = signed.content().ok_or(Error::NoProfile)?;
        let list = property_list::parse(&content).map_err(Error::List)?;
        Ok(Self::from_list(&list))
    }

    fn from_list(list: &Dictionary) -> Self {
        let entitlements = list.get("Entitlements").and_then(Value::as_dictionary);
        let entitlements = entitlements.cloned().unwrap_or_default();
        let date = |key: &str| list.get(key)?.as_date().map(SystemTime::from);
        let platforms = texts(list, "Platform");
        let certificates = list.get("DeveloperCertificates").and_then(Value::as_array);
        Self {
            name: text(list, "Name").unwrap_or_default(),
            uuid: text(list, "UUID").unwrap_or_default(),
            teams: texts(list, "TeamIdentifier"),
            team_name: text(list, "TeamName"),
            prefixes: texts(list, "ApplicationIdentifierPrefix"),
            application_identifier: text(&entitlements, "application-identifier")
                .or_else(|| text(&entitlements, "com.apple.application-identifier")),
            kind: kind(list, &entitlements, &platforms),
            created: date("CreationDate"),
            expires: date("ExpirationDate"),
            devices: devices(list).map_or(0, <[Value]>::len),
            is_xcode_managed: says(list, "IsXcodeManaged"),
            certificates: certificates
                .into_iter()
                .flatten()
                .take(MOST_CERTIFICATES)
                .filter_map(|one| Certificate::read(one.as_data()?))
                .collect(),
            platforms,
            entitlements,
        }
    }

    /// The bundle identifiers that it covers: `com.example.app`, `com.example.*` or `*`.
    pub fn bundle_pattern(&self) -> Option<&str> {
        without_prefix(self.application_identifier.as_deref()?)
    }

    /// Whether it covers the bundle.
    pub fn covers(&self, bundle_identifier: &str) -> bool {
        self.bundle_pattern()
            .is_some_and(|pattern| allows(pattern, bundle_identifier))
    }

    /// Whether it covers more than one bundle identifier.
    pub fn is_wildcard(&self) -> bool {
        self.bundle_pattern()
            .is_some_and(|pattern| pattern.ends_with('*'))
    }

    /// Whether it is for the Mac.
    pub fn is_for_mac(&self) -> bool {
        is_for_mac(&self.platforms)
    }

    /// The certificate with this SHA-1, where it may sign.
    pub fn certificate(&self, sha1: &[u8; 20]) -> Option<&Certificate> {
        self.certificates.iter().find(|one| one.sha1 == *sha1)
    }
}

fn is_for_mac(platforms: &[String]) -> bool {
    platforms.iter().any(|name| name == "OSX")
}

/// The kind, by Apple's TN3125: devices, all devices, or neither, and whether a debugger may attach.
fn kind(list: &Dictionary, entitlements: &Dictionary, platforms: &[String]) -> Kind {
    let debugs = says(entitlements, "get-task-allow")
        || says(entitlements, "com.apple.security.get-task-allow");
    let is_for_mac = is_for_mac(platforms);
    if says(list, "ProvisionsAllDevices") {
        return if is_for_mac {
            Kind::DeveloperId
        } else {
            Kind::Enterprise
        };
    }
    match devices(list) {
        // A profile for Macs in development grants no debugger by itself, and there is no ad hoc for Macs.
        Some(_) if debugs || is_for_mac => Kind::Development,
        Some(_) => Kind::AdHoc,
        None if debugs => Kind::Development,
        None => Kind::AppStore,
    }
}

fn devices(list: &Dictionary) -> Option<&[Value]> {
    let devices = list.get("ProvisionedDevices")?.as_array()?;
    Some(devices.as_slice())
}

fn says(list: &Dictionary, key: &str) -> bool {
    list.get(key).and_then(Value::as_boolean) == Some(true)
}

fn text(list: &Dictionary, key: &str) -> Option<String> {
    list.get(key)?.as_string().map(str::to_owned)
}

fn texts(list: &Dictionary, key: &str) -> Vec<String> {
    let values = list.get(key).and_then(Value::as_array);
    let texts = values.into_iter().flatten().filter_map(Value::as_string);
    texts.map(str::to_owned).collect()
}
