//! What can be wrong with the call itself, with its words. A code is for ever.

use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::receipt;
use crate::secret::typed;
use crate::stages;

/// An option's value is not taken.
pub const OPTION_INVALID: Code = Code::new("option-invalid");
/// What every run needs was not given.
pub const CONFIGURATION_MISSING: Code = Code::new("configuration-missing");
/// No package was named.
pub const PACKAGE_NOT_NAMED: Code = Code::new("package-not-named");
/// A pattern fits no package, or several.
pub const PACKAGE_UNCLEAR: Code = Code::new("package-unclear");
/// The path is of no kind that can be shipped.
pub const PACKAGE_KIND: Code = Code::new("package-kind-unknown");
/// No log was named.
pub const LOG_NOT_NAMED: Code = Code::new("log-not-named");
/// A file that an option names can't be read.
pub const FILE_UNREADABLE: Code = Code::new("file-unreadable");
/// The sandbox could not be set up.
pub const SANDBOX_UNAVAILABLE: Code = Code::new("sandbox-unavailable");
/// No receipt was named.
pub const RECEIPT_NOT_NAMED: Code = Code::new("receipt-not-named");
/// What was named as a receipt can't be carried on with.
pub const RECEIPT_UNUSABLE: Code = Code::new("receipt-unusable");
/// There is no key, and that is to be expected here.
pub const SECRETS_MISSING: Code = Code::new("secrets-missing");

/// `jetway.toml` can't be read.
pub const CONFIGURATION_INVALID: Code = Code::new("configuration-invalid");

/// `altool` runs on a Mac alone.
pub const ALTOOL_NEEDS_MAC: Code = Code::new("altool-needs-mac");
/// An Apple Account's password where an app-specific one belongs.
pub const PASSWORD_NOT_APP_SPECIFIC: Code = Code::new("app-specific-password-wrong");

/// Every code of this room; the catalogue has a page for each.
#[cfg(test)]
pub const CODES: &[Code] = &[
    OPTION_INVALID,
    CONFIGURATION_MISSING,
    PACKAGE_NOT_NAMED,
    PACKAGE_UNCLEAR,
    PACKAGE_KIND,
    LOG_NOT_NAMED,
    FILE_UNREADABLE,
    SANDBOX_UNAVAILABLE,
    SECRETS_MISSING,
    CONFIGURATION_INVALID,
    RECEIPT_NOT_NAMED,
    RECEIPT_UNUSABLE,
    ALTOOL_NEEDS_MAC,
    PASSWORD_NOT_APP_SPECIFIC,
];

/// Every case of them that has steps of its own.
#[cfg(test)]
pub const CASES: &[(Code, &str)] = &[
    (OPTION_INVALID, "key"),
    (OPTION_INVALID, "taken"),
    (PACKAGE_KIND, "archive"),
    (PACKAGE_KIND, "empty"),
    (FILE_UNREADABLE, "key"),
    (FILE_UNREADABLE, "certificates"),
    (FILE_UNREADABLE, "signing"),
    (SECRETS_MISSING, "rehearsed"),
    (SECRETS_MISSING, "skipped"),
    (RECEIPT_UNUSABLE, "not-sent"),
    (RECEIPT_UNUSABLE, "rehearsal"),
];

/// An option's value is not taken.
pub fn option_invalid(option: &'static str, why: &str) -> Diagnostic {
    let input = option.trim_start_matches('-').to_owned();
    Diagnostic::error(OPTION_INVALID, format!("{option}: {why}"))
        .variable("option", option)
        .about(Subject::WorkflowInput { name: input })
}

/// The API takes no person's password.
pub fn person_needs_altool() -> Diagnostic {
    let why = "rest takes an API key, and there is none; with --apple-id it is altool";
    option_invalid("--upload-engine", why)
}

/// Apple's own tool is asked for where there is none.
pub fn altool_needs_a_mac(is_by_a_person: bool) -> Diagnostic {
    let message = match is_by_a_person {
        true => {
            "Apple's API takes no app-specific password, and altool, which does, comes with Xcode."
        }
        false => "altool comes with Xcode. The API uploads with the same key from any machine.",
    };
    let found = Diagnostic::error(ALTOOL_NEEDS_MAC, "altool runs on a Mac alone").message(message);
    found.about(Subject::WorkflowInput {
        name: "upload-engine".to_owned(),
    })
}

/// What was given has not the form that Apple gives to app-specific passwords. Nothing of it is repeated.
pub fn password_is_a_persons() -> Diagnostic {
    Diagnostic::error(
        PASSWORD_NOT_APP_SPECIFIC,
        "`app-specific-password` is no app-specific password",
    )
    .message("Apple makes them of sixteen small letters: xxxx-xxxx-xxxx-xxxx. What was given looks otherwise, as an Apple Account's own password does; no tool was started with it.")
    .about(Subject::WorkflowInput {
        name: "app-specific-password".to_owned(),
    })
}

/// `jetway.toml` can't be read, for this reason.
pub fn configuration_invalid(why: &str) -> Diagnostic {
    Diagnostic::error(CONFIGURATION_INVALID, format!("jetway.toml{why}")).about(Subject::File {
        path: "jetway.toml".to_owned(),
    })
}

/// An option got a key's text, or a token's. Nothing of it is repeated.
pub fn option_holds_key(option: &'static str) -> Diagnostic {
    option_invalid(
        option,
        "the value looks like the text of a key or a token, and it is not repeated here",
    )
    .case("key")
}

/// A file to write to would have a secret for its name. Nothing of it is repeated.
pub fn path_is_secret(option: &'static str) -> Diagnostic {
    option_invalid(
        option,
        "the value is one of this run's secrets, and it is not repeated here",
    )
    .case("key")
}

/// A file to write to is one that was given, or one that something else is written to.
pub fn output_is_taken(output: &'static str, other: &str) -> Diagnostic {
    option_invalid(
        output,
        &format!(
            "it is the same file as {other}, and writing there would destroy what that is for"
        ),
    )
    .case("taken")
}

/// No package was named.
pub fn package_not_named() -> Diagnostic {
    Diagnostic::error(PACKAGE_NOT_NAMED, "no package was named").about(Subject::WorkflowInput {
        name: "path".to_owned(),
    })
}

/// What every run needs was not given: these arguments, options and variables.
pub fn configuration_missing(names: &[&'static str]) -> Diagnostic {
    if names == ["PATH"] {
        return package_not_named();
    }
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let (list, verb) = match quoted.as_slice() {
        [only] => (only.clone(), "is"),
        [first @ .., last] => (format!("{} and {last}", first.join(", ")), "are"),
        [] => (String::new(), "are"),
    };
    let found = Diagnostic::error(CONFIGURATION_MISSING, format!("{list} {verb} not given"));
    names.iter().fold(found, |found, name| {
        let name = name.trim_start_matches("JETWAY_").trim_matches('-');
        let name = name.to_lowercase().replace('_', "-");
        found.about(Subject::WorkflowInput { name })
    })
}

/// The pattern fits no package, or these.
pub fn package_unclear(pattern: &Path, found: &[PathBuf]) -> Diagnostic {
    let title = match found.len() {
        0 => format!("no package fits {}", typed::path(pattern)),
        several => format!("{several} packages fit {}", typed::path(pattern)),
    };
    let names = found.iter().take(20).map(|path| typed::path(path));
    let names: Vec<String> = names.collect();
    Diagnostic::error(PACKAGE_UNCLEAR, title)
        .message(names.join("\n"))
        .about(Subject::WorkflowInput {
            name: "path".to_owned(),
        })
}

/// The package can't be opened; these packages lie beside it.
pub fn package_unopened(path: &Path, error: &io::Error, beside: &[String]) -> Diagnostic {
    let found = stages::diagnostics::package_unopened(path, error);
    match beside {
        [] => found,
        names => found.message(format!("In that directory there is: {}", names.join(", "))),
    }
}

/// The path is a link, and what it leads to is not there.
pub fn package_link_is_dangling(path: &Path, target: &Path, beside: &[String]) -> Diagnostic {
    let mut found = package_unopened(path, &io::ErrorKind::NotFound.into(), beside);
    found.title = format!(
        "{} is a link to {}, which is not there",
        typed::path(path),
        typed::path(target)
    );
    found
}

/// The path is a directory.
pub fn package_is_directory(path: &Path, within: &[String]) -> Diagnostic {
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let diagnostic = Diagnostic::error(
        PACKAGE_KIND,
        format!("{} is a directory, not an .ipa or .pkg", typed::path(path)),
    )
    .about(Subject::WorkflowInput {
        name: "path".to_owned(),
    });
    match (ending.as_deref(), within) {
        (Some("app"), _) => diagnostic.case("archive"),
        (_, []) => diagnostic,
        (_, names) => diagnostic.message(format!("In it there is: {}", names.join(", "))),
    }
}

/// The path has an ending that can't be shipped.
pub fn package_of_no_known_kind(path: &Path) -> Diagnostic {
    Diagnostic::error(
        PACKAGE_KIND,
        format!("{} is neither an .ipa nor a .pkg", typed::path(path)),
    )
    .about(Subject::WorkflowInput {
        name: "path".to_owned(),
    })
}

/// The package has no bytes.
pub fn package_empty(path: &Path) -> Diagnostic {
    Diagnostic::error(PACKAGE_KIND, format!("{} is empty", typed::path(path)))
        .case("empty")
        .about(Subject::WorkflowInput {
            name: "path".to_owned(),
        })
}

/// The key's file can't be read.
pub fn key_file_unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        FILE_UNREADABLE,
        format!(
            "--api-key-path: {} can't be read: {error}",
            typed::path(path)
        ),
    )
    .case("key")
    .about(Subject::WorkflowInput {
        name: "api-key-path".to_owned(),
    })
}

/// The trust roots can't be read.
pub fn certificates_unreadable(path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        FILE_UNREADABLE,
        format!(
            "SSL_CERT_FILE: {} can't be read: {error}",
            typed::shown(path)
        ),
    )
    .case("certificates")
}

/// There is no key, and that is to be expected here.
pub fn secrets_missing(lacks_secrets: bool, is_rehearsed: bool) -> Diagnostic {
    let done = if is_rehearsed {
        "a rehearsal took the place of the upload"
    } else {
        "the upload was skipped"
    };
    let found = Diagnostic::notice(
        SECRETS_MISSING,
        format!("this run has no App Store Connect key, so {done}"),
    )
    .about(Subject::WorkflowInput {
        name: "on-missing-secrets".to_owned(),
    });
    if !lacks_secrets {
        return found
            .case("skipped")
            .message("JETWAY_API_KEY is empty, and --on-missing-secrets says skip.");
    }
    let found = found
        .message("GitHub gives no secrets to runs of pull requests from forks, nor to Dependabot's. That is right: anyone could read them there.");
    if is_rehearsed {
        found.case("rehearsed")
    } else {
        found
    }
}

/// No archive was named.
pub fn archive_not_named() -> Diagnostic {
    Diagnostic::error(PACKAGE_NOT_NAMED, "no .xcarchive was named").about(input("path"))
}

/// The path is no archive.
pub fn not_an_archive(path: &Path) -> Diagnostic {
    Diagnostic::error(
        PACKAGE_KIND,
        format!("{} is no .xcarchive", typed::path(path)),
    )
    .about(input("path"))
}

/// Nobody knows where the user's home is.
pub fn home_missing() -> Diagnostic {
    let why = "HOME is not set, or is no absolute path: profiles are installed below it";
    option_invalid("--provisioning-profile", why)
}

/// The export makes a package that App Store Connect does not take.
pub fn method_not_shipped(method: &str) -> Diagnostic {
    let why = format!(
        "App Store Connect, and TestFlight with it, takes no package that was made for `{method}`; `jetway export` makes it without shipping"
    );
    option_invalid("--export-method", &why)
}

/// A certificate stands on the command line.
pub fn certificate_in_the_open() -> Diagnostic {
    let why = "the certificate itself stands in the list of processes for everybody to see; \
               give it by the variable JETWAY_CERTIFICATE, and name a file here";
    option_invalid("--certificate", why)
}

/// The base64 is none.
pub fn not_base64(what: &str, number: usize) -> Diagnostic {
    let why = format!("{what} {number} begins like base64 and is cut off or damaged");
    option_invalid(option_of(what), &why)
}

/// A certificate's or profile's file can't be read.
pub fn material_unreadable(what: &str, path: &Path, error: &io::Error) -> Diagnostic {
    let option = option_of(what);
    Diagnostic::error(
        FILE_UNREADABLE,
        format!("{option}: {} can't be read: {error}", typed::path(path)),
    )
    .case("signing")
    .about(input(option.trim_start_matches('-')))
}

fn option_of(what: &str) -> &'static str {
    match what {
        "certificate" => "--certificate",
        _ => "--provisioning-profile",
    }
}

fn input(name: &str) -> Subject {
    Subject::WorkflowInput {
        name: name.to_owned(),
    }
}

/// No log was named, and nothing comes by standard input.
pub fn log_not_named() -> Diagnostic {
    Diagnostic::error(LOG_NOT_NAMED, "no log was named")
}

/// The log can't be read.
pub fn log_unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        FILE_UNREADABLE,
        format!("{} can't be read: {error}", typed::path(path)),
    )
}

/// No receipt was named.
pub fn receipt_not_named() -> Diagnostic {
    Diagnostic::error(RECEIPT_NOT_NAMED, "no receipt was named")
}

/// The receipt can't be read.
pub fn receipt_unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        FILE_UNREADABLE,
        format!("the receipt {} can't be read: {error}", typed::path(path)),
    )
}

/// What was named as a receipt can't be carried on with.
pub fn receipt_unusable(path: &Path, error: &receipt::Error) -> Diagnostic {
    let found = Diagnostic::error(RECEIPT_UNUSABLE, format!("{}: {error}", typed::path(path)));
    match error {
        receipt::Error::NotSent => found.case("not-sent"),
        receipt::Error::Rehearsal => found.case("rehearsal"),
        receipt::Error::NoReceipt(_) | receipt::Error::OtherSchema { .. } => found,
    }
}

/// The sandbox could not be set up.
pub fn sandbox_unavailable(why: &str) -> Diagnostic {
    Diagnostic::error(
        SANDBOX_UNAVAILABLE,
        format!("the sandbox could not be set up: {why}"),
    )
}
