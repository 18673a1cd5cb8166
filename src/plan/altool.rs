//! An upload by Apple's own tool, in place of the API.

use std::path::PathBuf;

use crate::apple::Toolbox;
use crate::secret::Secret;

/// What `altool` uploads with.
#[derive(Clone, Debug)]
pub struct AltoolPlan {
    /// Apple's tools.
    pub tools: Toolbox,
    /// Where private directories are made.
    pub scratch: PathBuf,
    /// The app's number in the App Store, where it was given.
    pub app: Option<String>,
    /// The person who uploads; the API key does where there is none.
    pub person: Option<Person>,
}

/// An Apple Account with an app-specific password.
#[derive(Clone, Debug)]
pub struct Person {
    /// Its name, an e-mail address.
    pub name: String,
    /// The app-specific password.
    pub password: Secret,
    /// The public id of the provider, where it was given.
    pub provider: Option<String>,
}
