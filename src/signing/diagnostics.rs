//! What can be wrong with certificates and profiles, with its words. A code is for ever.

use std::time::SystemTime;

use crate::archive::Bundle;
use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::profiles::{self, Certificate};
use crate::signing::error::Error;
use crate::signing::material::{GivenProfile, Mistaken, Unfit, Wanted};
use crate::signing::options::Method;
use crate::text::chain;

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
    (CERTIFICATE_UNREADABLE, "profile"),
    (CERTIFICATE_UNREADABLE, "unsupported"),
    (CERTIFICATE_PASSWORD, "none"),
    (CERTIFICATE_EXPIRED, "not-yet"),
    (CERTIFICATE_KIND, "installer"),
    (CERTIFICATE_NOT_VALID, "revoked"),
    (PROFILE_MISSING, "certificate"),
    (PROFILE_MISSING, "expired"),
    (PROFILE_MISSING, "kind"),
    (PROFILE_MISSING, "platform"),
    (PROFILE_MISSING, "team"),
];

fn about(diagnostic: Diagnostic, input: &str) -> Diagnostic {
    diagnostic.about(Subject::WorkflowInput {
        name: input.to_owned(),
    })
}

/// No certificate was given, and none is there.
pub fn certificate_missing() -> Diagnostic {
    about(
        Diagnostic::error(CERTIFICATE_MISSING, "there is no certificate to sign with").message(
            "None was given, and no keychain of this user holds one that a given profile names.",
        ),
        "certificate",
    )
}

/// It is no PKCS#12 file.
pub fn not_pkcs12(name: &str, mistaken: Mistaken) -> Diagnostic {
    let what = match mistaken {
        Mistaken::Certificate => {
            let found = Diagnostic::error(
                CERTIFICATE_WITHOUT_KEY,
                format!("{name} is a certificate alone, without its private key"),
            );
            return about(found, "certificate");
        }
        Mistaken::Profile => "is a provisioning profile, not a .p12 file",
        Mistaken::Key => "is a private key alone, not a .p12 file",
        Mistaken::Unknown => "is no .p12 file, or a damaged one",
    };
    let found = Diagnostic::error(CERTIFICATE_UNREADABLE, format!("{name} {what}"));
    let found = about(found, "certificate");
    match mistaken {
        Mistaken::Profile => found.case("profile"),
        Mistaken::Certificate | Mistaken::Key | Mistaken::Unknown => found,
    }
}

/// It uses an encryption that is not read.
pub fn unsupported(name: &str) -> Diagnostic {
    let found = Diagnostic::error(
        CERTIFICATE_UNREADABLE,
        format!("{name} is encrypted in a way that can't be read"),
    );
    about(found.case("unsupported"), "certificate")
}

/// The password is another.
pub fn wrong_password(name: &str, is_given: bool) -> Diagnostic {
    let found = match is_given {
        true => Diagnostic::error(
            CERTIFICATE_PASSWORD,
            format!("the password is not the one of {name}"),
        )
        .message("The file is whole, and its checksum fits to another password."),
        false => Diagnostic::error(
            CERTIFICATE_PASSWORD,
            format!("{name} has a password, and none was given"),
        )
        .case("none"),
    };
    about(found, "certificate-password")
}

/// There is no private key with it.
pub fn without_key(name: &str, certificates: &[String]) -> Diagnostic {
    let found = Diagnostic::error(
        CERTIFICATE_WITHOUT_KEY,
        format!("{name} has no private key in it"),
    );
    let found = match certificates {
        [] => found,
        names => found.message(format!("It holds: {}.", names.join(", "))),
    };
    about(found, "certificate")
}

/// Its time is over.
pub fn expired(name: &str, certificate: &Certificate) -> Diagnostic {
    let found = Diagnostic::error(
        CERTIFICATE_EXPIRED,
        format!(
            "{name}, `{}`, expired on {}",
            certificate.common_name,
            day(certificate.not_after)
        ),
    );
    about(found, "certificate")
}

/// Its time has not begun.
pub fn not_yet_valid(name: &str, certificate: &Certificate) -> Diagnostic {
    let found = Diagnostic::error(
        CERTIFICATE_EXPIRED,
        format!(
            "{name}, `{}`, is not good before {}",
            certificate.common_name,
            day(certificate.not_before)
        ),
    );
    about(found.case("not-yet"), "certificate")
}

/// No certificate signs for this method.
pub fn wrong_kind(method: Method, certificates: &[Certificate]) -> Diagnostic {
    let names: Vec<String> = certificates
        .iter()
        .map(|certificate| format!("`{}`", certificate.common_name))
        .collect();
    let found = Diagnostic::error(
        CERTIFICATE_KIND,
        format!("no certificate signs for {}", method.name()),
    )
    .message(format!("Given: {}.", names.join(", ")))
    .variable("method", method.name());
    about(found, "certificate")
}

/// No certificate signs the installer in which the Mac App Store takes an app.
pub fn no_installer(certificates: &[Certificate]) -> Diagnostic {
    let names = certificates.iter().map(|own| own.common_name.as_str());
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    let found = Diagnostic::error(
        CERTIFICATE_KIND,
        "no certificate signs the installer (.pkg)",
    )
    .message(format!("Given: {}.", names.join(", ")))
    .case("installer");
    about(found, "certificate")
}

/// The system does not take it for an identity that signs, and its word why.
pub fn not_valid(certificate: &Certificate, problem: Option<&str>) -> Diagnostic {
    let name = &certificate.common_name;
    let found = match problem {
        Some(problem) => Diagnostic::error(
            CERTIFICATE_NOT_VALID,
            format!("macOS says of the certificate `{name}`: {problem}"),
        ),
        None => Diagnostic::error(
            CERTIFICATE_NOT_VALID,
            format!("macOS does not count the certificate `{name}` among those that can sign"),
        )
        .message("It was imported with its private key, and `security find-identity -v` does not list it."),
    };
    let is_revoked = problem.is_some_and(|problem| problem.contains("REVOKED"));
    let found = if is_revoked {
        found.case("revoked")
    } else {
        found
    };
    about(found, "certificate")
}

/// A profile can't be read.
pub fn profile_unreadable(name: &str, error: &profiles::Error) -> Diagnostic {
    let found = Diagnostic::error(PROFILE_UNREADABLE, format!("{name} {error}"));
    about(found, "provisioning-profile")
}

/// There is no profile for a bundle, and what the nearest one lacks.
pub fn no_profile(
    wanted: Wanted<'_>,
    bundle: &Bundle,
    certificate: &Certificate,
    near: Option<(Unfit, &GivenProfile)>,
) -> Diagnostic {
    let found = Diagnostic::error(
        PROFILE_MISSING,
        format!(
            "there is no provisioning profile for `{}`",
            bundle.identifier
        ),
    )
    .message(format!("It is {} in the archive.", bundle.path))
    .variable("bundle", bundle.identifier.as_str())
    .variable("method", wanted.method.name());
    let found = about(found, "provisioning-profile");
    let Some((why, given)) = near else {
        return found;
    };
    let profile = &given.profile;
    let (case, why) = match why {
        Unfit::Bundle => return found,
        Unfit::Platform => (
            "platform",
            format!("is for {}", profile.platforms.join(", ")),
        ),
        Unfit::Team => (
            "team",
            format!("belongs to team {}", profile.teams.join(", ")),
        ),
        Unfit::Kind => (
            "kind",
            format!(
                "is for {}, and {} wants one for {}",
                profile.kind,
                wanted.method.name(),
                wanted.method.profile_kind()
            ),
        ),
        Unfit::Expired => (
            "expired",
            match profile.expires {
                Some(end) => format!("expired on {}", day(end)),
                None => "has expired".to_owned(),
            },
        ),
        Unfit::Certificate => (
            "certificate",
            format!(
                "does not name the certificate `{}`",
                certificate.common_name
            ),
        ),
    };
    found
        .message(format!(
            "The nearest is {}, `{}`: it {why}.",
            given.name, profile.name
        ))
        .case(case)
}

/// The machine did not let us prepare.
pub fn not_set_up(error: &Error) -> Diagnostic {
    Diagnostic::error(NOT_SET_UP, "the machine could not be prepared for signing")
        .message(chain::sentence(error))
}

/// The day of a moment.
fn day(moment: SystemTime) -> String {
    let text = httpdate::fmt_http_date(moment);
    let mut words = text.split(' ').skip(1).take(3);
    let mut next = || words.next().unwrap_or_default();
    format!("{} {} {}", next(), next(), next())
}
