//! Taking a package to App Store Connect.

use crate::plan::{Account, AltoolPlan, ExportPlan, PackageFile, Preflight, Waiting, Wishes};

/// Takes a package to App Store Connect.
#[derive(Clone, Debug)]
pub struct ShipPlan {
    /// The `.ipa` or `.pkg`; where an archive is exported, what comes of that takes its place.
    pub package: PackageFile,
    /// The archive that is exported first, where one was named.
    pub export: Option<Box<ExportPlan>>,
    /// What Apple's own tool uploads with, where it is asked to.
    pub altool: Option<Box<AltoolPlan>>,
    /// Whose App Store Connect.
    pub account: Account,
    /// What is looked for before.
    pub preflight: Preflight,
    /// How the bytes travel.
    pub transfer: Transfer,
    /// How long we stay.
    pub waiting: Waiting,
    /// What comes after the upload.
    pub wishes: Wishes,
}

/// How the bytes travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Parts on their way at a time, at least one.
    pub concurrency: usize,
}
