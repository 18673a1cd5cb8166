//! What is tried about a key.

use std::time::Duration;

use crate::plan::{Account, PackageFile, ShipPlan, Telling, Wishes};

/// Tries a key, and what would be done with it.
#[derive(Clone, Debug)]
pub struct VerifyPlan {
    /// The key.
    pub account: Account,
    /// A package to look at too, and what would be done with its build.
    pub package: Option<(PackageFile, Wishes)>,
    /// What the key is wanted for; none where nobody says.
    pub purposes: Vec<Purpose>,
    /// What ends within this time is told, where anybody wants to know.
    pub expiring: Option<Duration>,
    /// Where the answer for machines goes.
    pub told: Option<Telling>,
}

impl VerifyPlan {
    /// All that can be tried of shipping, with this account.
    pub fn of_shipping(plan: ShipPlan, account: Account) -> Self {
        let wishes = &plan.wishes;
        let gives = !wishes.distribution.is_nothing();
        let mut purposes = vec![Purpose::Upload];
        purposes.extend(gives.then_some(Purpose::TestFlight));
        purposes.extend(wishes.submission.as_ref().map(|_| Purpose::AppStore));
        Self {
            account,
            package: Some((plan.package, plan.wishes)),
            purposes,
            expiring: None,
            told: None,
        }
    }
}

/// What a key is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To upload builds.
    Upload,
    /// To give builds to testers.
    TestFlight,
    /// To submit to the App Store.
    AppStore,
    /// To make certificates, profiles and identifiers.
    Certificates,
}
