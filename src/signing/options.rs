//! The option list of an export (`ExportOptions.plist`), as `xcodebuild -help` describes it. Pure.

use std::fmt;

use plist::{Dictionary, Value};

use crate::profiles::{CertificateKind, Kind};

/// What an export is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// App Store Connect: TestFlight and the store.
    AppStoreConnect,
    /// The team's devices, as released.
    ReleaseTesting,
    /// The team's devices, with a debugger.
    Debugging,
    /// The organisation's own devices.
    Enterprise,
    /// Macs outside of the store.
    DeveloperId,
}

/// Every method with its name, and the one that it had before Xcode 15.4.
const METHODS: &[(Method, &str, &str)] = &[
    (Method::AppStoreConnect, "app-store-connect", "app-store"),
    (Method::ReleaseTesting, "release-testing", "ad-hoc"),
    (Method::Debugging, "debugging", "development"),
    (Method::Enterprise, "enterprise", "enterprise"),
    (Method::DeveloperId, "developer-id", "developer-id"),
];

/// The first Xcode that knows the new names; all later ones take the old ones too, with a notice.
const NEW_NAMES: Version = Version(15, 4);

/// The version of an Xcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u32, pub u32);

impl Version {
    /// From the first line of `xcodebuild -version`: `Xcode 16.4`.
    pub fn read(output: &str) -> Option<Self> {
        let line = output
            .lines()
            .find_map(|line| line.trim().strip_prefix("Xcode "))?;
        let mut numbers = line.split(['.', ' ']).map(str::parse);
        let major = numbers.next()?.ok()?;
        Some(Self(
            major,
            numbers.next().and_then(Result::ok).unwrap_or(0),
        ))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0, self.1)
    }
}

impl Method {
    /// The method of this name, new or old.
    pub fn named(name: &str) -> Option<Self> {
        let found = METHODS
            .iter()
            .find(|(_, new, old)| [new, old].contains(&&name));
        found.map(|(method, ..)| *method)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.names().0
    }

    /// Its name as this Xcode knows it.
    pub fn name_for(self, xcode: Version) -> &'static str {
        let (new, old) = self.names();
        if xcode < NEW_NAMES { old } else { new }
    }

    fn names(self) -> (&'static str, &'static str) {
        let found = METHODS.iter().find(|(method, ..)| *method == self);
        found.map_or(("", ""), |(_, new, old)| (*new, *old))
    }

    /// The kind of profile that it needs.
    pub fn profile_kind(self) -> Kind {
        match self {
            Self::AppStoreConnect => Kind::AppStore,
            Self::ReleaseTesting => Kind::AdHoc,
            Self::Debugging => Kind::Development,
            Self::Enterprise => Kind::Enterprise,
            Self::DeveloperId => Kind::DeveloperId,
        }
    }

    /// Whether a certificate of this kind signs apps for it.
    pub fn takes(self, kind: CertificateKind) -> bool {
        match self {
            Self::AppStoreConnect | Self::ReleaseTesting | Self::Enterprise => {
                kind.is_distribution()
            }
            Self::Debugging => matches!(
                kind,
                CertificateKind::AppleDevelopment
                    | CertificateKind::IphoneDeveloper
                    | CertificateKind::MacDeveloper
            ),
            Self::DeveloperId => kind == CertificateKind::DeveloperIdApplication,
        }
    }
}

/// How an export is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Style {
    /// With this certificate and these profiles.
    Manual {
        /// The certificate's SHA-1, which is never ambiguous.
        certificate: String,
        /// The SHA-1 of the installer's certificate, for packages of the Mac.
        installer: Option<String>,
        /// Bundle identifiers with the UUIDs of their profiles.
        profiles: Vec<(String, String)>,
        /// Whether a profile grants a choice of iCloud's environment.
        chooses_icloud: bool,
    },
    /// By Xcode, with certificates that Apple keeps.
    Automatic,
}

/// The whole list: the user's own keys over ours. The method's name is spelled as the Xcode knows it, and
/// the export stays on this machine, for that is what is shipped.
pub fn list(
    method: Method,
    xcode: Version,
    team: Option<&str>,
    style: &Style,
    users: &Dictionary,
) -> Dictionary {
    let mut list = Dictionary::new();
    let mut set = |key: &str, value: Value| {
        list.insert(key.to_owned(), value);
    };
    if let Some(team) = team {
        set("teamID", team.into());
    }
    set("manageAppVersionAndBuildNumber", false.into());
    set("uploadSymbols", true.into());
    match style {
        Style::Automatic => set("signingStyle", "automatic".into()),
        Style::Manual {
            certificate,
            installer,
            profiles,
            chooses_icloud,
        } => {
            set("signingStyle", "manual".into());
            set("signingCertificate", certificate.as_str().into());
            if let Some(installer) = installer {
                set("installerSigningCertificate", installer.as_str().into());
            }
            let profiles = profiles.iter();
            let profiles =
                profiles.map(|(bundle, uuid)| (bundle.clone(), Value::from(uuid.as_str())));
            set(
                "provisioningProfiles",
                Value::Dictionary(profiles.collect()),
            );
            if *chooses_icloud && method.is_for_users() {
                set("iCloudContainerEnvironment", "Production".into());
            }
        }
    }
    for (key, value) in users {
        list.insert(key.clone(), value.clone());
    }
    list.insert("method".to_owned(), method.name_for(xcode).into());
    list.insert("destination".to_owned(), "export".into());
    list.sort_keys();
    list
}

impl Method {
    fn is_for_users(self) -> bool {
        match self {
            Self::AppStoreConnect | Self::ReleaseTesting | Self::Enterprise | Self::DeveloperId => {
                true
            }
            Self::Debugging => false,
        }
    }
}

/// The list as a file.
pub fn file(list: &Dictionary) -> Vec<u8> {
    let mut bytes = Vec::new();
    plist::to_writer_xml(&mut bytes, list).expect("a list of texts is written into memory");
    bytes
}

/// The list on one line, for a person. A digest that stands right behind a name would look like a key, and be hidden.
pub fn shown(list: &Dictionary) -> String {
    let each = list
        .iter()
        .map(|(key, value)| format!("{key} = {}", one(value)));
    each.collect::<Vec<_>>().join(", ")
}

fn one(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Boolean(says) => says.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Dictionary(list) => format!("{{{}}}", shown(list)),
        Value::Array(values) => {
            let values: Vec<String> = values.iter().map(one).collect();
            format!("[{}]", values.join(", "))
        }
        _ => "…".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manual() -> Style {
        Style::Manual {
            certificate: "0123".to_owned(),
            installer: None,
            profiles: vec![("com.example.demo".to_owned(), "UUID".to_owned())],
            chooses_icloud: false,
        }
    }

    #[test]
    fn a_method_is_spelled_as_each_xcode_knows_it() {
        let versions = [
            Version(15, 2),
            Version(15, 4),
            Version(16, 4),
            Version(26, 6),
        ];
        let spelled = |method: Method| versions.map(|xcode| method.name_for(xcode));
        let new = "app-store-connect";
        assert_eq!(
            spelled(Method::AppStoreConnect),
            ["app-store", new, new, new]
        );
        assert_eq!(
            spelled(Method::Debugging)[..2],
            ["development", "debugging"]
        );
        for (method, new, old) in METHODS {
            assert_eq!(Method::named(new), Some(*method));
            assert_eq!(Method::named(old), Some(*method));
        }
        assert_eq!(Method::named("validation"), None);
    }

    #[test]
    fn a_version_is_read_from_what_xcodebuild_prints() {
        assert_eq!(
            Version::read("Xcode 16.4\nBuild version 16F6\n"),
            Some(Version(16, 4))
        );
        assert_eq!(Version::read("Xcode 26.0.1\n"), Some(Version(26, 0)));
        assert_eq!(Version::read("Xcode 27\nBuild"), Some(Version(27, 0)));
        assert_eq!(Version::read("xcode-select: error"), None);
    }

    #[test]
    fn the_list_of_a_manual_export_names_all_that_xcode_would_guess() {
        let team = Some("ABCDE12345");
        let users = Dictionary::new();
        let list = list(
            Method::AppStoreConnect,
            Version(26, 0),
            team,
            &manual(),
            &users,
        );
        insta::assert_snapshot!(shown(&list), @"destination = export, manageAppVersionAndBuildNumber = false, method = app-store-connect, provisioningProfiles = {com.example.demo = UUID}, signingCertificate = 0123, signingStyle = manual, teamID = ABCDE12345, uploadSymbols = true");
        assert!(file(&list).starts_with(b"<?xml"));
    }

    #[test]
    fn the_users_keys_stand_over_ours_but_for_where_the_package_goes() {
        let mut users = Dictionary::new();
        users.insert("destination".to_owned(), "upload".into());
        users.insert("uploadSymbols".to_owned(), false.into());
        users.insert("testFlightInternalTestingOnly".to_owned(), true.into());
        users.insert("method".to_owned(), "app-store".into());
        let list = list(
            Method::AppStoreConnect,
            Version(16, 4),
            None,
            &Style::Automatic,
            &users,
        );
        insta::assert_snapshot!(shown(&list), @"destination = export, manageAppVersionAndBuildNumber = false, method = app-store-connect, signingStyle = automatic, testFlightInternalTestingOnly = true, uploadSymbols = false");
    }
}
