//! What can be wrong with certificates, with its words.

use crate::diagnostic::Diagnostic;
use crate::profiles::Certificate;
use crate::signing::diagnostics::codes::{
    CERTIFICATE_EXPIRED, CERTIFICATE_KIND, CERTIFICATE_MISSING, CERTIFICATE_NOT_VALID,
    CERTIFICATE_PASSWORD, CERTIFICATE_UNREADABLE, CERTIFICATE_WITHOUT_KEY, about, day,
};
use crate::signing::error::Error;
use crate::signing::material::Mistaken;
use crate::signing::options::Method;
use crate::text::chain;

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

/// macOS does not import it, though it is whole and its password fits.
pub fn not_imported(error: &Error) -> Diagnostic {
    let found = Diagnostic::error(CERTIFICATE_UNREADABLE, error.to_string())
        .message(format!(
            "The file is whole, and its password fits. {}",
            chain::sentence(error)
        ))
        .case("macos");
    about(found, "certificate")
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
        .message(format!(
            "It was imported with its private key, and `security find-identity -v` does not list it. `{}` issued it.",
            certificate.issuer
        )),
    };
    let is_revoked = problem.is_some_and(|problem| problem.contains("REVOKED"));
    let found = if is_revoked {
        found.case("revoked")
    } else {
        found
    };
    about(found, "certificate")
}
