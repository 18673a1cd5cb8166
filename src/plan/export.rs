//! What an archive is exported with.

use std::path::PathBuf;

use plist::Dictionary;

use crate::apple::Toolbox;
use crate::secret::Secret;
use crate::signing::material::Given;
use crate::signing::options::Method;

/// Exports an archive.
#[derive(Clone, Debug)]
pub struct ExportPlan {
    /// The `.xcarchive`, by an absolute path.
    pub archive: PathBuf,
    /// The directory that keeps what is exported, by an absolute path.
    pub output: PathBuf,
    /// The files that people gave, which nothing takes the place of.
    pub given: Vec<PathBuf>,
    /// What for.
    pub method: Method,
    /// The user's own option list; empty where there is none.
    pub options: Dictionary,
    /// What is signed with.
    pub signing: Signing,
    /// Apple's tools.
    pub tools: Toolbox,
    /// Where private directories are made.
    pub scratch: PathBuf,
    /// The user's home, where profiles are installed.
    pub home: PathBuf,
}

/// What is signed with.
#[derive(Clone, Debug)]
pub enum Signing {
    /// With what was given, or what the user's keychains hold.
    Manual {
        /// The certificates; none where the user's keychains hold what is needed.
        certificates: Vec<Given>,
        /// Their passwords.
        passwords: Vec<Secret>,
        /// The provisioning profiles.
        profiles: Vec<Given>,
    },
    /// By Xcode, with the API key and certificates that Apple keeps.
    Cloud,
}
