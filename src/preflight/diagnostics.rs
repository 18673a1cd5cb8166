//! The codes of this room that are ours and not Apple's. A code is for ever.

use crate::diagnostic::Code;

/// An ignore that nothing needs.
pub const IGNORE_UNNEEDED: Code = Code::new("ignore-unneeded");

/// Every code of this room that is not Apple's; the catalogue has a page for each.
#[cfg(test)]
pub const CODES: &[Code] = &[
    Code::new("watch-app-identifier"),
    Code::new("app-too-large"),
    Code::new("file-left-behind"),
    Code::new("file-names-alike"),
    Code::new("purpose-string-draft"),
    Code::new("entitlements-disagree"),
    Code::new("entitlement-lost"),
    Code::new("executable-flags"),
    Code::new("scenes-missing"),
    Code::new("signing-ends-soon"),
    IGNORE_UNNEEDED,
];
