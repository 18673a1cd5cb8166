//! Findings: something wrong in the user's app, account or workflow, with its fix. A finding says
//! *what* it is about; `locate` alone turns that into a file and a line.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The stable name of a fault, such as `itms-90683` or `build-number-taken`. A code is for ever.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Code(Cow<'static, str>);

impl Code {
    /// One of our own codes, kept in a room's `diagnostics.rs`.
    pub const fn new(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// A code that was read, such as the number in a message of Apple's.
    pub fn read(name: impl Into<String>) -> Self {
        Self(Cow::Owned(name.into()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The variable that names the case of a finding, where its code has several.
pub const CASE: &str = "case";

/// How much a finding matters. The order is from worst to mildest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The build was, or would be, refused.
    Error,
    /// Apple accepts it today, or it is likely to surprise.
    Warning,
    /// Good to know.
    Notice,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        })
    }
}

/// Whether sending the same bytes again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Retry {
    /// Something has to change first.
    No,
    /// Not now: after a waiting time of Apple's, or a step by a person.
    Later,
    /// The fault is passing.
    Yes,
}

/// What a finding is about, in the words of the user's project, not yet a place in it.
///
/// `bundle` is a bundle identifier, or a bundle's path inside the package such as
/// `Payload/Runner.app/PlugIns/Share.appex`, where Apple or the package says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A key of an Info.plist, present or missing.
    InfoPlistKey {
        /// The bundle whose Info.plist it is; `None` is the app itself.
        bundle: Option<String>,
        /// The key, such as `NSCameraUsageDescription`.
        key: String,
    },
    /// A key of an entitlements file.
    Entitlement {
        /// The bundle that is signed with it; `None` is the app itself.
        bundle: Option<String>,
        /// The key, such as `aps-environment`.
        key: String,
    },
    /// An Xcode build setting, such as `IPHONEOS_DEPLOYMENT_TARGET`.
    BuildSetting {
        /// The bundle that the target builds; `None` is the app itself.
        bundle: Option<String>,
        /// The setting's name.
        name: String,
    },
    /// Where the project states its `CFBundleShortVersionString`.
    MarketingVersion,
    /// Where the project states its `CFBundleVersion`.
    BuildNumber,
    /// Where the project states its bundle identifier.
    BundleIdentifier,
    /// A `PrivacyInfo.xcprivacy`, for the API category where one is named.
    PrivacyManifest {
        /// The bundle or framework that lacks it; `None` is the app itself.
        bundle: Option<String>,
        /// Such as `NSPrivacyAccessedAPICategoryUserDefaults`.
        category: Option<String>,
    },
    /// The app icon's set in an asset catalogue.
    AppIcon,
    /// A third-party framework or SDK, by the name of its binary.
    Dependency {
        /// Such as `Alamofire` or `Frameworks/FBSDKCoreKit.framework`.
        name: String,
    },
    /// A key of ExportOptions.plist.
    ExportOption {
        /// Such as `method`.
        key: String,
    },
    /// An input of the action, in the workflow that calls it.
    WorkflowInput {
        /// Such as `api-key-id`.
        name: String,
    },
    /// The `permissions:` of the workflow.
    WorkflowPermission {
        /// Such as `pull-requests`.
        scope: String,
    },
    /// The Xcode that the workflow chooses.
    WorkflowXcode,
    /// A file of the project, by its path from the repository's root.
    File {
        /// The path, with `/` between its parts.
        path: String,
    },
}

/// A place in the user's repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Location {
    /// The path from the repository's root, with `/` between its parts on every system.
    pub path: String,
    /// The line, counted from 1; `None` means the file as a whole.
    pub line: Option<u32>,
    /// The column in that line, counted from 1, where a compiler names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
}

/// One finding, as a stage or a reader sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable name of the fault.
    pub code: Code,
    /// Every name that this fault goes by, such as `ITMS-90189`, `-19232` and
    /// `ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE`. Holds no repetition.
    pub codes: Vec<String>,
    /// How much it matters.
    pub severity: Severity,
    /// One line in our words: what is wrong.
    pub title: String,
    /// Apple's own sentence word for word where there is one; else the details in ours.
    pub message: String,
    /// What to do, one step each.
    pub fix: Vec<String>,
    /// Lines to paste, where they can be known.
    pub paste: Option<Paste>,
    /// What the words were about: `key`, `bundle`, `previous_build_number`, …
    pub variables: BTreeMap<String, String>,
    /// What it is about, best first; the first one that is found in the repository is shown.
    pub subjects: Vec<Subject>,
    /// Who said it, such as `app-store-connect`, `altool` or `jetway`.
    pub source: Cow<'static, str>,
    /// A public page about it.
    pub link: Option<String>,
    /// Our own page about the code at the running version, where it is known where that is.
    pub page: Option<String>,
    /// Whether sending the same bytes again can help, where that is known.
    pub retry: Option<Retry>,
}

/// Lines that belong into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paste {
    /// The file, by its usual name or from the repository's root.
    pub file: String,
    /// The lines, with the finding's own names in them.
    pub lines: String,
}

impl Diagnostic {
    /// A fault that stops the build.
    pub fn error(code: Code, title: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, title)
    }

    /// A fault that Apple lets pass today.
    pub fn warning(code: Code, title: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, title)
    }

    /// Something good to know.
    pub fn notice(code: Code, title: impl Into<String>) -> Self {
        Self::new(Severity::Notice, code, title)
    }

    /// A finding of the given severity, with nothing but code and title.
    pub fn new(severity: Severity, code: Code, title: impl Into<String>) -> Self {
        Self {
            codes: vec![code.to_string()],
            code,
            severity,
            title: title.into(),
            message: String::new(),
            fix: Vec::new(),
            paste: None,
            variables: BTreeMap::new(),
            subjects: Vec::new(),
            source: Cow::Borrowed("jetway"),
            link: None,
            page: None,
            retry: None,
        }
    }

    /// Adds a name that this fault also goes by.
    #[must_use]
    pub fn also_known_as(mut self, code: impl Into<String>) -> Self {
        let code = code.into();
        if !self.codes.contains(&code) {
            self.codes.push(code);
        }
        self
    }

    /// The same as a warning: something went on all the same.
    #[must_use]
    pub fn warned(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// Sets the details: Apple's own sentence, or ours.
    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// Says which of the catalogue's cases of the code it is: each has steps of its own.
    #[must_use]
    pub fn case(self, name: &'static str) -> Self {
        self.variable(CASE, name)
    }

    /// Whether its code and its case are among those that a room lists, for which the catalogue has steps.
    #[cfg(test)]
    pub fn is_listed(&self, codes: &[Code], cases: &[(Code, &str)]) -> bool {
        codes.contains(&self.code)
            && self
                .variables
                .get(CASE)
                .is_none_or(|case| cases.contains(&(self.code.clone(), case.as_str())))
    }

    /// Adds a step of the fix. The catalogue has the steps of every code.
    #[cfg(test)]
    #[must_use]
    pub fn fix(mut self, step: impl Into<String>) -> Self {
        self.fix.push(step.into());
        self
    }

    /// Adds a variable part of the words.
    #[must_use]
    pub fn variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// Adds what it is about; the best subject comes first.
    #[must_use]
    pub fn about(mut self, subject: Subject) -> Self {
        self.subjects.push(subject);
        self
    }

    /// Says who said it.
    #[must_use]
    pub fn said_by(mut self, source: impl Into<Cow<'static, str>>) -> Self {
        self.source = source.into();
        self
    }

    /// Says whether sending the same bytes again can help. The catalogue says it for most codes.
    #[cfg(test)]
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Links a public page about it. The catalogue has the links of every code.
    #[cfg(test)]
    #[must_use]
    pub fn link(mut self, url: impl Into<String>) -> Self {
        self.link = Some(url.into());
        self
    }
}

/// The lines that would mend a finding, in the file of its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The first line that changes, counted from 1.
    pub line: u32,
    /// The lines as they are, without their ends; never empty.
    pub old: Vec<String>,
    /// The lines as they should be.
    pub new: Vec<String>,
    /// What stands below, for the reader.
    pub below: Vec<String>,
}

/// A finding with the place where its fix belongs, where one was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub diagnostic: Diagnostic,
    /// Where to mend it: exact, or none.
    pub location: Option<Location>,
    /// How to mend it there, where the lines can be known.
    pub edit: Option<Edit>,
}

impl Finding {
    /// A finding whose place is not known.
    pub fn without_place(diagnostic: Diagnostic) -> Self {
        Self {
            diagnostic,
            location: None,
            edit: None,
        }
    }
}
