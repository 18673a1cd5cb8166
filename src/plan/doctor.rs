//! What the machine and the setup are looked over with.

use std::path::PathBuf;

use crate::apple::Toolbox;
use crate::ids::BundleIdentifier;
use crate::plan::{Account, Telling};
use crate::secret::Secret;
use crate::signing::material::Given;
use crate::signing::options::Method;

/// Looks the machine over.
pub struct DoctorPlan {
    /// Apple's tools; none on a machine that has none.
    pub tools: Option<Toolbox>,
    /// Where applications are.
    pub applications: PathBuf,
    /// The archive that is to be exported, where one was named.
    pub archive: Option<PathBuf>,
    /// The bundle identifiers of the project that was named.
    pub project: Vec<BundleIdentifier>,
    /// What for.
    pub method: Method,
    /// Whether Xcode signs, with the API key.
    pub is_by_cloud: bool,
    /// The certificates.
    pub certificates: Vec<Given>,
    /// Their passwords.
    pub passwords: Vec<Secret>,
    /// The provisioning profiles.
    pub profiles: Vec<Given>,
    /// Whose App Store Connect; without a key, it is only looked whether it is there.
    pub account: Account,
    /// Whether nobody outside of this machine is asked.
    pub is_offline: bool,
    /// Who is told all of it as JSON.
    pub told: Option<Telling>,
}
