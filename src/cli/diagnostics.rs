//! What can be wrong with the call itself, with its words. A code is for ever.

use std::io;
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::stages;

/// An option's value is not taken.
pub const OPTION_INVALID: Code = Code::new("option-invalid");
/// No package was named.
pub const PACKAGE_NOT_NAMED: Code = Code::new("package-not-named");
/// The path is of no kind that can be shipped.
pub const PACKAGE_KIND: Code = Code::new("package-kind-unknown");
/// A file that an option names can't be read.
pub const FILE_UNREADABLE: Code = Code::new("file-unreadable");
/// The sandbox could not be set up.
pub const SANDBOX_UNAVAILABLE: Code = Code::new("sandbox-unavailable");
/// There is no key, and that is to be expected here.
pub const SECRETS_MISSING: Code = Code::new("secrets-missing");

/// Every code of this room; the catalogue has a page for each.
#[cfg(test)]
pub const CODES: &[Code] = &[
    OPTION_INVALID,
    PACKAGE_NOT_NAMED,
    PACKAGE_KIND,
    FILE_UNREADABLE,
    SANDBOX_UNAVAILABLE,
    SECRETS_MISSING,
];

/// An option's value is not taken.
pub fn option_invalid(option: &'static str, why: &str) -> Diagnostic {
    let input = option.trim_start_matches('-').to_owned();
    Diagnostic::error(OPTION_INVALID, format!("{option}: {why}"))
        .variable("option", option)
        .about(Subject::WorkflowInput { name: input })
}

/// No package was named.
pub fn package_not_named() -> Diagnostic {
    Diagnostic::error(PACKAGE_NOT_NAMED, "no package was named")
        .fix("Name the .ipa or .pkg: jetway ship build/App.ipa")
        .fix("To see a run without any package or key: jetway ship --sandbox")
        .about(Subject::WorkflowInput {
            name: "path".to_owned(),
        })
}

/// The package can't be opened; these packages lie beside it.
pub fn package_unopened(path: &Path, error: &io::Error, beside: &[String]) -> Diagnostic {
    let mut found = stages::diagnostics::package_unopened(path, error);
    if !beside.is_empty() {
        found.fix = vec![format!("In that directory there is: {}", beside.join(", "))];
    }
    found
}

/// The path is a directory.
pub fn package_is_directory(path: &Path) -> Diagnostic {
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let diagnostic = Diagnostic::error(
        PACKAGE_KIND,
        format!("{} is a directory, not an .ipa or .pkg", path.display()),
    )
    .about(Subject::WorkflowInput {
        name: "path".to_owned(),
    });
    match ending.as_deref() {
        Some("xcarchive" | "app") => diagnostic.fix(
            "Export it first: xcodebuild -exportArchive with the method app-store-connect writes the .ipa.",
        ),
        Some(_) | None => diagnostic.fix("Name the package inside it."),
    }
}

/// The path has an ending that can't be shipped.
pub fn package_of_no_known_kind(path: &Path) -> Diagnostic {
    Diagnostic::error(
        PACKAGE_KIND,
        format!("{} is neither an .ipa nor a .pkg", path.display()),
    )
    .fix("Name the .ipa (iOS, tvOS, visionOS) or the .pkg (macOS) that the export wrote.")
    .about(Subject::WorkflowInput {
        name: "path".to_owned(),
    })
}

/// The package has no bytes.
pub fn package_empty(path: &Path) -> Diagnostic {
    Diagnostic::error(PACKAGE_KIND, format!("{} is empty", path.display()))
        .fix("Look at the step that wrote it: the export did not finish.")
        .about(Subject::WorkflowInput {
            name: "path".to_owned(),
        })
}

/// The key's file can't be read.
pub fn key_file_unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        FILE_UNREADABLE,
        format!("--api-key-path: {} can't be read: {error}", path.display()),
    )
    .fix("Check the path, or give the key's text in the environment variable JETWAY_API_KEY.")
    .about(Subject::WorkflowInput {
        name: "api-key-path".to_owned(),
    })
}

/// The trust roots can't be read.
pub fn certificates_unreadable(path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        FILE_UNREADABLE,
        format!("SSL_CERT_FILE: {path} can't be read: {error}"),
    )
    .fix("Mend or unset the environment variable SSL_CERT_FILE.")
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
        return found.message("JETWAY_API_KEY is empty, and --on-missing-secrets says skip.");
    }
    let found = found
        .message("GitHub gives no secrets to runs of pull requests from forks, nor to Dependabot's. That is right: anyone could read them there. The build is shipped once the change is merged.")
        .link("https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets");
    if is_rehearsed {
        found
    } else {
        found.fix("to rehearse here against the sandbox instead, set `rehearse: true`")
    }
}

/// No log was named, and nothing comes by standard input.
pub fn log_not_named() -> Diagnostic {
    Diagnostic::error(FILE_UNREADABLE, "no log was named")
        .fix("Name the log, or pipe it in: xcrun altool … 2>&1 | jetway annotate")
}

/// The log can't be read.
pub fn log_unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error(
        FILE_UNREADABLE,
        format!("{} can't be read: {error}", path.display()),
    )
    .fix("Check the path; it is taken from the directory that jetway runs in.")
}

/// The sandbox could not be set up.
pub fn sandbox_unavailable(why: &str) -> Diagnostic {
    Diagnostic::error(
        SANDBOX_UNAVAILABLE,
        format!("the sandbox could not be set up: {why}"),
    )
}
