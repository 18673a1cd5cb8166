//! What was given, what is wanted, and what keeps one from fitting the other, as plain values.

use std::collections::BTreeMap;
use std::time::SystemTime;

use zeroize::Zeroizing;

use crate::archive::{Archive, Bundle};
use crate::profiles::Profile;
use crate::signing::options::Method;

/// What was given as one certificate.
#[derive(Clone)]
pub struct Given {
    /// How a person knows it: its place in the input, or its path.
    pub name: String,
    /// Its bytes.
    pub bytes: Zeroizing<Vec<u8>>,
}

impl std::fmt::Debug for Given {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Given({})", self.name)
    }
}

/// What stands in the place of a PKCS#12 file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistaken {
    /// A certificate without a key.
    Certificate,
    /// A provisioning profile.
    Profile,
    /// A key without a certificate.
    Key,
    /// Nothing that is known.
    Unknown,
}

/// The rights that programs claim and a profile must grant, by the identifiers of their bundles.
pub type Claims = BTreeMap<String, Vec<String>>;

/// What is to be signed.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The archive.
    pub archive: &'a Archive,
    /// What it is exported for.
    pub method: Method,
    /// What is claimed in it.
    pub claims: &'a Claims,
    /// The time of day.
    pub now: SystemTime,
}

impl<'a> Wanted<'a> {
    /// What the bundle claims and a profile must grant.
    pub fn claims_of(&self, bundle: &Bundle) -> &'a [String] {
        let found = self.claims.get(bundle.identifier.as_str());
        found.map(Vec::as_slice).unwrap_or_default()
    }

    /// What of it the profile does not grant at all. Values are the export's to choose.
    pub fn lacking(&self, bundle: &Bundle, profile: &Profile) -> Vec<&'a str> {
        let claimed = self.claims_of(bundle).iter().map(String::as_str);
        let lacks = |key: &&str| !profile.entitlements.contains_key(key);
        claimed.filter(lacks).collect()
    }
}

/// A profile that was given.
#[derive(Clone, Debug)]
pub struct GivenProfile {
    /// How a person knows it: its place in the input, or its path.
    pub name: String,
    /// What it says of itself.
    pub profile: Profile,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why a profile is not for a bundle; the later, the nearer it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unfit {
    /// It is for another bundle.
    Bundle,
    /// It is for other platforms.
    Platform,
    /// It is of another team.
    Team,
    /// It is for another way of distribution.
    Kind,
    /// Its time is over.
    Expired,
    /// The certificate may not sign with it.
    Certificate,
    /// It does not grant what is claimed.
    Entitlement,
}
