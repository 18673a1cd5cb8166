//! Provisioning profiles made on the spot; they are signed by nobody.

use std::time::{Duration, SystemTime};

use plist::{Date, Dictionary, Value};

use super::certificates::{self, Certificate};
use super::der::{element, indefinite, integer, object, octets, sequence, set, tagged};

/// What a profile is made of; every field can be made to lie.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Its property list.
    pub list: Dictionary,
    /// Whether the envelope has indefinite lengths and its content comes in pieces.
    pub is_ber: bool,
}

/// A profile for the App Store: team `A1B2C3D4E5`, the given bundle identifier, good until 2027.
pub fn app_store(bundle_identifier: &str) -> Profile {
    let team = "A1B2C3D4E5";
    let certificate = certificates::distribution(team);
    let mut entitlements = Dictionary::new();
    let identifier = format!("{team}.{bundle_identifier}");
    entitlements.insert("application-identifier".into(), identifier.into());
    let groups = vec![Value::from(format!("{team}.*")), "com.apple.token".into()];
    entitlements.insert("keychain-access-groups".into(), Value::Array(groups));
    entitlements.insert("get-task-allow".into(), false.into());
    entitlements.insert("com.apple.developer.team-identifier".into(), team.into());
    entitlements.insert("beta-reports-active".into(), true.into());
    let mut list = Dictionary::new();
    let texts = |texts: &[&str]| Value::Array(texts.iter().map(|text| (*text).into()).collect());
    for (key, value) in [
        ("AppIDName", Value::from("Example")),
        ("ApplicationIdentifierPrefix", texts(&[team])),
        ("CreationDate", date(1_767_225_600)),
        ("DER-Encoded-Profile", Value::Data(vec![0x30, 0])),
        ("DeveloperCertificates", Value::Array(Vec::new())),
        ("Entitlements", Value::Dictionary(entitlements)),
        ("ExpirationDate", date(1_830_124_800)),
        ("IsXcodeManaged", false.into()),
        ("Name", "Example App Store".into()),
        ("Platform", texts(&["iOS", "xrOS", "visionOS"])),
        ("TeamIdentifier", texts(&[team])),
        ("TeamName", "Example Ltd".into()),
        ("TimeToLive", 364.into()),
        ("UUID", "0f0e0d0c-0b0a-4908-8706-050403020100".into()),
        ("Version", 1.into()),
    ] {
        list.insert(key.to_owned(), value);
    }
    Profile {
        list,
        is_ber: false,
    }
    .signed_by(&[certificate])
}

/// The same for development on two devices.
pub fn development(bundle_identifier: &str) -> Profile {
    app_store(bundle_identifier)
        .on_devices()
        .granting("get-task-allow", true)
        .signed_by(&[certificates::development("A1B2C3D4E5")])
}

impl Profile {
    /// Sets a key of the list.
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.list.insert(key.to_owned(), value.into());
        self
    }

    /// Takes a key of the list away.
    pub fn without(mut self, key: &str) -> Self {
        self.list.remove(key);
        self
    }

    /// Names two devices.
    pub fn on_devices(self) -> Self {
        let devices = vec!["00008030-000A".into(), "00008030-000B".into()];
        self.with("ProvisionedDevices", Value::Array(devices))
    }

    /// Grants an entitlement.
    pub fn granting(mut self, key: &str, value: impl Into<Value>) -> Self {
        let entitlements = self.list.get_mut("Entitlements");
        let entitlements = entitlements
            .and_then(Value::as_dictionary_mut)
            .expect("a profile has entitlements");
        entitlements.insert(key.to_owned(), value.into());
        self
    }

    /// Sets who may sign.
    pub fn signed_by(self, certificates: &[Certificate]) -> Self {
        let certificates = certificates.iter().map(|one| Value::Data(one.der()));
        let certificates = Value::Array(certificates.collect());
        self.with("DeveloperCertificates", certificates)
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut xml = Vec::new();
        Value::Dictionary(self.list.clone())
            .to_writer_xml(&mut xml)
            .expect("a list can be written");
        envelope(&xml, self.is_ber)
    }
}

/// A date in the list.
pub fn date(seconds: u64) -> Value {
    Value::Date(Date::from(
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds),
    ))
}

/// A SignedData around the content, with a certificate of Apple's and a signer in it.
pub fn envelope(content: &[u8], is_ber: bool) -> Vec<u8> {
    let content = if is_ber {
        let middle = content.len() / 2;
        let pieces = [octets(&content[..middle]), octets(&content[middle..])];
        indefinite(
            0x30,
            &[
                object("1.2.840.113549.1.7.1"),
                indefinite(0xa0, &indefinite(0x24, &pieces.concat())),
            ]
            .concat(),
        )
    } else {
        sequence(&[
            object("1.2.840.113549.1.7.1"),
            tagged(0, &[octets(content)]),
        ])
    };
    let signer = certificates::root();
    let digest = sequence(&[object("2.16.840.1.101.3.4.2.1"), element(5, &[])]);
    let body = [
        integer(1),
        set(std::slice::from_ref(&digest)),
        content,
        tagged(0, &[certificates::root().der()]),
        set(&[sequence(&[
            integer(1),
            sequence(&[signer.issuer_name(), integer(signer.serial)]),
            digest,
            sequence(&[object("1.2.840.113549.1.1.1"), element(5, &[])]),
            octets(&[7; 16]),
        ])]),
    ]
    .concat();
    let kind = object("1.2.840.113549.1.7.2");
    if is_ber {
        let body = indefinite(0xa0, &indefinite(0x30, &body));
        return indefinite(0x30, &[kind, body].concat());
    }
    sequence(&[kind, tagged(0, &[sequence(&[body])])])
}
