//! The codes of this room, each with its cases, and the words that its findings share. A code is for ever.

use std::time::SystemTime;

use crate::diagnostic::{Code, Diagnostic, Subject};

/// No certificate was given, and none is there.
pub const CERTIFICATE_MISSING: Code = Code::new("certificate-missing");
/// It is no PKCS#12 file.
pub const CERTIFICATE_UNREADABLE: Code = Code::new("certificate-unreadable");
/// The password is another.
pub const CERTIFICATE_PASSWORD: Code = Code::new("certificate-password-wrong");
/// There is no private key with it.
pub const CERTIFICATE_WITHOUT_KEY: Code = Code::new("certificate-without-key");
/// Its time is over, or has not begun.
pub const CERTIFICATE_EXPIRED: Code = Code::new("certificate-expired");
/// It signs other things.
pub const CERTIFICATE_KIND: Code = Code::new("certificate-kind-wrong");
/// The system does not take it for an identity that signs.
pub const CERTIFICATE_NOT_VALID: Code = Code::new("certificate-not-valid");
/// A profile can't be read.
pub const PROFILE_UNREADABLE: Code = Code::new("profile-unreadable");
/// There is no profile for a bundle.
pub const PROFILE_MISSING: Code = Code::new("profile-missing");
/// The machine did not let us prepare.
pub const NOT_SET_UP: Code = Code::new("signing-not-set-up");

/// Every code of this room; the catalogue has a page for each.
#[cfg(test)]
pub const CODES: &[Code] = &[
    CERTIFICATE_MISSING,
    CERTIFICATE_UNREADABLE,
    CERTIFICATE_PASSWORD,
    CERTIFICATE_WITHOUT_KEY,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_KIND,
    CERTIFICATE_NOT_VALID,
    PROFILE_UNREADABLE,
    PROFILE_MISSING,
    NOT_SET_UP,
];

/// Every case of them that has steps of its own.
#[cfg(test)]
pub const CASES: &[(Code, &str)] = &[
    (CERTIFICATE_UNREADABLE, "macos"),
    (CERTIFICATE_UNREADABLE, "profile"),
    (CERTIFICATE_UNREADABLE, "unsupported"),
    (CERTIFICATE_PASSWORD, "none"),
    (CERTIFICATE_EXPIRED, "not-yet"),
    (CERTIFICATE_KIND, "installer"),
    (CERTIFICATE_NOT_VALID, "revoked"),
    (PROFILE_MISSING, "certificate"),
    (PROFILE_MISSING, "enterprise"),
    (PROFILE_MISSING, "expired"),
    (PROFILE_MISSING, "kind"),
    (PROFILE_MISSING, "platform"),
    (PROFILE_MISSING, "team"),
];

/// The finding, about an input of the action.
pub fn about(diagnostic: Diagnostic, input: &str) -> Diagnostic {
    diagnostic.about(Subject::WorkflowInput {
        name: input.to_owned(),
    })
}

/// The day of a moment.
pub fn day(moment: SystemTime) -> String {
    let text = httpdate::fmt_http_date(moment);
    let mut words = text.split(' ').skip(1).take(3);
    let mut next = || words.next().unwrap_or_default();
    format!("{} {} {}", next(), next(), next())
}
