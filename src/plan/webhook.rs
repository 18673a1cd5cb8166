//! What is done about webhooks.

use crate::ids::BundleIdentifier;
use crate::plan::{Account, Telling};
use crate::secret::Secret;

/// Something about the webhooks of an app.
#[derive(Clone, Debug)]
pub struct WebhookPlan {
    /// Whose App Store Connect.
    pub account: Account,
    /// Whose webhooks.
    pub bundle_identifier: BundleIdentifier,
    /// What.
    pub goal: WebhookGoal,
}

/// What is done.
#[derive(Clone, Debug)]
pub enum WebhookGoal {
    /// Makes one, unless there is one for the address.
    Create {
        /// Its name.
        name: String,
        /// Where Apple calls.
        url: String,
        /// What Apple signs with.
        secret: Secret,
        /// What for, in Apple's words.
        events: Vec<&'static str>,
    },
    /// Tells all there are.
    List(Telling),
    /// Has Apple call one; the only one where none is named.
    Ping(Option<String>),
}
